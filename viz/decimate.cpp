// SPDX-License-Identifier: Apache-2.0
#include "viz/decimate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace crowdout::viz {

void decimate(const Series& series, market::Time from, market::Time to, std::size_t columns,
              std::vector<PlotPoint>& points) {
    points.clear();
    if (series.empty() || columns == 0 || !(from < to)) return;
    const auto span = static_cast<double>(to.ns - from.ns);
    const auto count = static_cast<double>(columns);
    const auto add = [&](std::size_t i) {
        const auto since = static_cast<double>(series.time(i).ns - from.ns);
        points.push_back({since / span * count, series.value(i)});
    };
    std::size_t first = series.first_at(from);
    if (first > 0) add(first - 1);
    for (std::size_t column = 0; column < columns && first < series.size(); ++column) {
        const double end = span * static_cast<double>(column + 1) / count;
        const market::Time until{from.ns + static_cast<std::int64_t>(std::ceil(end))};
        const std::size_t last = series.first_at(column + 1 == columns ? to : until);
        if (last == first) continue;
        const world::Extremes found = series.extremes(first, last);
        if (found.low_at == world::Extremes::none) {
            add(first);  // a gap: all of them are
        } else {
            add(std::min(found.low_at, found.high_at));
            if (found.low_at != found.high_at) add(std::max(found.low_at, found.high_at));
        }
        first = last;
    }
    if (first < series.size()) add(first);
}

}  // namespace crowdout::viz
