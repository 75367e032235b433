// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "market/time.hpp"
#include "world/trace.hpp"

namespace crowdout::viz {

using Series = world::Trace;

/// A vertex of a line: where across, in columns, and the value; not a number breaks the line.
struct PlotPoint {
    double column;
    double value;
};

/// What a line of `columns` pixels between two times needs to look like the series: at most two
/// points a column, its lowest and highest in their order, and one point beyond either end.
/// A gap shorter than a column is not seen.
/// Cost: O(columns log size).
void decimate(const Series& series, market::Time from, market::Time to, std::size_t columns,
              std::vector<PlotPoint>& points);

}  // namespace crowdout::viz
