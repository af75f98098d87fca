#!/usr/bin/env bash
# Runs the tests of the browser client and of the SDK for backends: bundles them with esbuild, then node --test (18 or later). Arguments go to node.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"${ESBUILD:-esbuild}" "$here"/src/*.test.ts "$here"/server/*.test.ts --outdir="$out" --outbase="$here" --out-extension:.js=.mjs \
  --bundle --platform=node --format=esm --sourcemap=inline --log-level=warning
"$here/build.sh" "$out/client" >/dev/null
TAYORI_CLIENT=$out/client node --enable-source-maps --test "$@" "$out"/src/*.mjs "$out"/server/*.mjs
