#!/usr/bin/env bash
# Runs the tests of what networks do to channels:  tests/networks/run.sh [--OPTION-OF-NODE ...] [FILE.test.ts ...]
#
# Needs what `tools/install-packages test` installs (Chromium, Firefox, WebKitGTK, nginx, HAProxy), playwright-core from
# `npm ci`, and build/release/bin/tayori (TAYORI_BIN names another). TAYORI_NETWORKS_SEED=N replays the faults of a run, each
# of which prints its seed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/network-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

options=()
while [[ ${1:-} == --* ]]; do
  options+=("$1")
  shift
done
if [ $# = 0 ]; then set -- "$here"/*.test.ts; fi
for file in "$@"; do
  "${ESBUILD:-esbuild}" "$file" --outfile="$out/$(basename "$file" .ts).mjs" --bundle --platform=node --format=esm \
    --external:playwright-core --sourcemap=inline --log-level=warning
done
"$root/clients/js/build.sh" "$out" >"$out/sizes.txt"

TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori} TAYORI_MODULE=$out/tayori.mjs TAYORI_ROOT=$root \
  node --enable-source-maps --test "${options[@]}" "$out"/*.test.mjs
