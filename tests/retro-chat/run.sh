#!/usr/bin/env bash
# Runs Retro Chat's browser tests against the real program:  tests/retro-chat/run.sh [FILE.test.ts ...]
#
# Without names all of them run twice: on the Tayori inside the program, then each chat on a separate one (build/release/bin/tayori;
# TAYORI_BIN names another), but for what looks the same in both. With names those run once, on the Tayori inside unless
# RETROCHAT_TAYORI=separate is in the environment.
#
# All files of a run share one browser. Needs Chromium (/usr/bin/chromium; CHROMIUM names another), playwright-core from
# `npm ci`, and build/release/bin/retrochat (RETROCHAT_BIN names another). Screenshots go to build/screenshots/retro-chat.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/retro-chat-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

export RETROCHAT_BIN=${RETROCHAT_BIN:-$root/build/release/bin/retrochat} TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori}
export SCREENSHOTS=$root/build/screenshots/retro-chat TAYORI_ROOT=$root PALETTES=$root/apps/retro-chat/static/palettes.css

# run_files NAME FILE...
run_files() {
  local bundle=$out/$1.mjs
  shift
  (
    cd "$here"
    for file in "$@"; do printf "import './%s';\n" "${file##*retro-chat/}"; done |
      "${ESBUILD:-esbuild}" --sourcefile=all.ts --loader=ts --outfile="$bundle" --bundle \
        --platform=node --format=esm --external:playwright-core --external:oidc-provider --sourcemap=inline --log-level=warning
  )
  node --enable-source-maps --test "$bundle"
}

if [ $# != 0 ]; then
  run_files named "$@"
  exit
fi
inside=() separate=()
for file in "$here"/page/*.test.ts "$here"/*.test.ts; do
  case ${file##*/} in
    separate*) separate+=("$file") ;;
    screenshots* | looks* | line_parts* | palettes* | bench*) inside+=("$file") ;;
    *) inside+=("$file") separate+=("$file") ;;
  esac
done
# Both are run, whatever becomes of the first.
failed=0
RETROCHAT_TAYORI=inside run_files inside "${inside[@]}" || failed=1
RETROCHAT_TAYORI=separate run_files separate "${separate[@]}" || failed=1
exit $failed
