#!/usr/bin/env bash
# Runs the tests of what a backend asks and is told:  tests/api/run.sh [--OPTION-OF-NODE ...] [FILE.test.ts ...]
#
# Needs build/release/bin/tayori (TAYORI_BIN names another) and the packages of `npm ci`. TAYORI_TEST_SEED=N makes other
# random requests than usual.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds the packages of `npm ci` from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/api-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

# The SDK as a program that depends on it has it: a package in node_modules.
package=$out/node_modules/tayori
mkdir -p "$package"
cp "$root/clients/js/package.json" "$package"
"$root/clients/js/server/build.sh" "$package/dist" >"$out/sizes.txt"
"$root/node_modules/.bin/tsc" -p "$root/clients/js/server/tsconfig.types.json" --outDir "$package/dist/types"

options=()
while [[ ${1:-} == --* ]]; do
  options+=("$1")
  shift
done
if [ $# = 0 ]; then set -- "$here"/*.test.ts; fi
packages=(tayori/server standardwebhooks yaml ajv ajv/dist/2020.js ajv-formats @seriousme/openapi-schema-validator)
"${ESBUILD:-esbuild}" "$@" --outdir="$out" --out-extension:.js=.mjs --bundle --platform=node --format=esm --sourcemap=inline \
  --log-level=warning "${packages[@]/#/--external:}"

TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori} TAYORI_ROOT=$root TAYORI_PACKAGE=$package \
  node --enable-source-maps --test "${options[@]}" "$out"/*.test.mjs
