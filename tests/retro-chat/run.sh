#!/usr/bin/env bash
# Runs Retro Chat's browser tests against the real program:  tests/retro-chat/run.sh [FILE.test.ts ...]
#
# Without names all of them run twice: on the Tayori inside the program, and each chat on a separate one (build/release/bin/tayori;
# TAYORI_BIN names another), but for what looks the same in both. With names those run once, on the Tayori inside unless
# RETROCHAT_TAYORI=separate is in the environment.
#
# Each file is a process of node's test runner with a browser and a chat of its own. RETRO_CHAT_LANES of them run at a time, one more
# than there are processors unless that is told, as people in rooms also wait. Needs Chromium without its
# windows, which takes half the processor time (/usr/bin/chromium-headless-shell; CHROMIUM names another), playwright-core from `npm ci`, and build/release/bin/retrochat (RETROCHAT_BIN names another). Screenshots go to
# build/screenshots/retro-chat.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# Below the tree, so that node finds playwright-core from there.
mkdir -p "$root/build"
out=$(mktemp -d "$root/build/retro-chat-tests.XXXXXX")
trap 'rm -rf "$out"' EXIT

export RETROCHAT_BIN=${RETROCHAT_BIN:-$root/build/release/bin/retrochat} TAYORI_BIN=${TAYORI_BIN:-$root/build/release/bin/tayori}
export SCREENSHOTS=$root/build/screenshots/retro-chat TAYORI_ROOT=$root PALETTES=$root/apps/retro-chat/static/palettes.css

lanes=$(nproc)
lanes=$((lanes < 8 ? lanes + 1 : 8))

# bundle TAYORI FILE...: makes a bundle of each file, for chats on a Tayori that is `inside` or `separate`. Their names begin with
# the files' order by size, which is the order in which node takes them: what takes long does not come last.
bundle() (
  cd "$here"
  local tayori=$1 file name entries=() place=10
  shift
  while read -r file; do
    name=${file##*/}
    entries+=("$((place += 1))-${name%.ts}-$tayori=$file")
  done < <(ls -S "${@##*retro-chat/}")
  local banner="process.env.RETROCHAT_TAYORI = '$tayori';"
  # The two would otherwise write the same pictures at the same time.
  if [ "$tayori" = separate ]; then banner+=" process.env.SCREENSHOTS += '/separate';"; fi
  "${ESBUILD:-esbuild}" "${entries[@]}" --outdir="$out" --out-extension:.js=.mjs --banner:js="$banner" --bundle \
    --platform=node --format=esm --external:playwright-core --external:oidc-provider --sourcemap=inline --log-level=warning
)

if [ $# != 0 ]; then
  bundle "${RETROCHAT_TAYORI:-inside}" "$@"
else
  inside=() separate=()
  for file in "$here"/page/*.test.ts "$here"/*.test.ts; do
    case ${file##*/} in
      separate*) separate+=("$file") ;;
      screenshots* | looks* | axe* | forms_of_page* | line_parts* | palettes* | bench*) inside+=("$file") ;;
      *) inside+=("$file") separate+=("$file") ;;
    esac
  done
  bundle inside "${inside[@]}"
  bundle separate "${separate[@]}"
fi
node --enable-source-maps --test --test-concurrency="${RETRO_CHAT_LANES:-$lanes}" "$out"/*.mjs
