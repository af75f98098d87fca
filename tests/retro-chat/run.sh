#!/usr/bin/env bash
# Runs Retro Chat's browser tests against the real program:  tests/retro-chat/run.sh [FILE.test.ts ...]
#
# All files go into one run with one browser. Needs Chromium (/usr/bin/chromium; CHROMIUM names another), playwright-core from
# `npm ci`, and build/release/bin/retrochat (RETROCHAT_BIN names another). Screenshots go to build/screenshots/retro-chat.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/retro-chat-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

if [ $# = 0 ]; then set -- "$here"/page/*.test.ts "$here"/*.test.ts; fi
(
  cd "$here"
  for file in "$@"; do printf "import './%s';\n" "${file##*retro-chat/}"; done |
    "${ESBUILD:-esbuild}" --sourcefile=all.ts --loader=ts --outfile="$out/retro-chat.mjs" --bundle \
      --platform=node --format=esm --external:playwright-core --external:oidc-provider --sourcemap=inline --log-level=warning
)

RETROCHAT_BIN=${RETROCHAT_BIN:-$root/build/release/bin/retrochat} SCREENSHOTS=$root/build/screenshots/retro-chat TAYORI_ROOT=$root \
  PALETTES=$root/apps/retro-chat/static/palettes.css \
  node --enable-source-maps --test "$out/retro-chat.mjs"
