#!/usr/bin/env bash
# Runs the tests of the command line against the real program:  tests/cli/run.sh [FILE.test.ts ...]
#
# Needs build/release/bin/tayori (TAYORI_BIN names another), and for dev.test.ts Chromium (/usr/bin/chromium; CHROMIUM
# names another) and playwright-core from `npm ci`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/cli-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

if [ $# = 0 ]; then set -- "$here"/*.test.ts; fi
for file in "$@"; do
  "${ESBUILD:-esbuild}" "$file" --outfile="$out/$(basename "$file" .ts).mjs" --bundle --platform=node --format=esm \
    --external:playwright-core --sourcemap=inline --log-level=warning
done

TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori} TAYORI_ROOT=$root \
  node --enable-source-maps --test "$out"/*.mjs
