// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "studies/chart.hpp"
#include "world/overlay.hpp"

namespace crowdout::studies {

class Page;

/// A line of the past in a chart of a run, and the sentence that says what it is.
struct PastLine {
    Line line{};
    std::string note{};
};

/// @param of     what it was, as the chart names the run's own line.
/// @param scale  from the overlay's unit to the chart's.
/// @param begin  where the run begins; its first value is told a frame later, and stands for both.
/// @param run    the run's own line; the past is drawn in its colour, no longer than it goes.
/// @param since_start  times are counted from 0, as days.
/// @return a line without points where the two have no moment in common.
[[nodiscard]] PastLine past_line(const world::Overlay& overlay, const std::string& of, double scale,
                                 std::int64_t begin, const Line& run, Language language,
                                 bool since_start = false);

/// Shows the sentences below a chart.
void say_past(Page& page, const std::vector<PastLine>& past);

}  // namespace crowdout::studies
