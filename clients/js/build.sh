#!/usr/bin/env bash
# Bundles the browser client:  clients/js/build.sh OUTDIR
#
#   OUTDIR/tayori.js    the script served at /_ah/channel/jsapi
#   OUTDIR/tayori.mjs   the ES module
#
# Needs nothing but esbuild (Debian's 0.17 will do; ESBUILD names another).
set -euo pipefail

out=${1:?usage: build.sh OUTDIR}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Names of upcalls and of units (onFrame, heartbeatSeconds) and the words below are of the client alone: nothing that it
# takes from a browser, says to the server or shows to the page is called so.
ours='^(on|has)[A-Z]|(Ms|Seconds)$'
words='access|answer|beacon|bookmark|clientId|crowded|epoch|events|handoff|heard|kind|openedAt|opening|platform|recall|refresh|rung|seq|suspect|wake|withSlot'

bundle() {
  "${ESBUILD:-esbuild}" "$here/src/$1" --outfile="$out/$2" --format="$3" \
    --bundle --minify --mangle-props="$ours|^($words)\$" --target=safari15 --charset=utf8 --log-level=warning
  printf '%s: %d bytes, %d gzipped\n' "$2" "$(wc -c <"$out/$2")" "$(gzip -9 -c "$out/$2" | wc -c)"
}

bundle script.ts tayori.js iife
bundle index.ts tayori.mjs esm
