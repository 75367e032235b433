#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the pictures and the clip of these pages from shipped worlds, as anybody can:
#
#     docs/screenshots.sh
#
# Needs the program (./crowdout.sh build), Xvfb, ffmpeg, ImageMagick and Chromium. Takes about two minutes.
set -euo pipefail

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
program=${CROWDOUT_PROGRAM:-$root/build/release/crowdout}
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

draw() { xvfb-run -a "$program" render "$folder/drain.mcap" "$@"; }

# picture NAME VIEW [OPTION...]: the world on its 60th day, in few colours: half the bytes.
picture() {
    local name=$1 view=$2
    shift 2
    draw --png "$folder/$name" --at 60d --view "$view" --size 1280x720 "$@"
    convert "$folder/$name"/*.png +dither -colors 128 -strip "PNG8:$root/docs/$name.png"
}

# The book that one of them looks into is recorded in full.
"$program" run "$root/configs/ai_capex_drain.yaml" --quiet --record "$folder/drain.mcap" \
    --set 'record.books=[BTC]'
picture overview overview
picture capital_flow flow --theme light --lang zh
picture order_book book
draw --video "$root/docs/drain.mp4" --view flow --size 960x600 --seconds 12

# The first screen of a report, by a browser without a display.
if command -v chromium >/dev/null; then
    "$program" run "$root/configs/ai_capex_drain_small.yaml" --quiet --report "$folder/drain.html"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$folder/profile" \
        --window-size=1000,1180 --screenshot="$folder/report.png" "file://$folder/drain.html" 2>/dev/null
    convert "$folder/report.png" +dither -colors 96 -strip "PNG8:$root/docs/report.png"
fi
