#!/usr/bin/env bash
# Runs the browser tests against the real server:  tests/browser/run.sh [FILE.test.ts ...]
#
# All files go into one run with one server and one browser. Needs Chromium (/usr/bin/chromium; CHROMIUM names another),
# playwright-core from `npm ci`, and build/release/bin/tayori (TAYORI_BIN names another).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/browser-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

if [ $# = 0 ]; then set -- "$here"/*.test.ts; fi
(
  cd "$here"
  for file in "$@"; do printf "import './%s';\n" "$(basename "$file")"; done |
    "${ESBUILD:-esbuild}" --sourcefile=all.ts --loader=ts --outfile="$out/browser.mjs" --bundle \
      --platform=node --format=esm --external:playwright-core --sourcemap=inline --log-level=warning
)
"$root/clients/js/build.sh" "$out" >"$out/sizes.txt"

TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori} TAYORI_MODULE=$out/tayori.mjs TAYORI_ROOT=$root \
  node --enable-source-maps --test "$out/browser.mjs"
