#!/usr/bin/env bash
# Bundles the SDK for backends:  clients/js/server/build.sh OUTDIR
#
#   OUTDIR/server.mjs    the ES module `tayori/server`, for Node 18 and later
#
# Needs nothing but esbuild (Debian's 0.17 will do; ESBUILD names another).
set -euo pipefail

out=${1:?usage: build.sh OUTDIR}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Not minified: a stack trace through it should be readable.
"${ESBUILD:-esbuild}" "$here/index.ts" --outfile="$out/server.mjs" --bundle --platform=node --format=esm --target=node18 \
  --charset=utf8 --log-level=warning
printf 'server.mjs: %d bytes\n' "$(wc -c <"$out/server.mjs")"
