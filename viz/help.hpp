// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "viz/canvas.hpp"
#include "viz/look.hpp"

namespace crowdout::viz {

/// The table of keys over everything else.
void draw_help(Canvas& canvas, const Look& look);

}  // namespace crowdout::viz
