// SPDX-License-Identifier: Apache-2.0
#include "agents/historical_series.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace crowdout::agents {

HistoricalSeries::HistoricalSeries(std::vector<Point> points) : points_{std::move(points)} {
    assert(std::ranges::adjacent_find(points_, std::ranges::greater_equal{}, &Point::at) ==
           points_.end());
}

double HistoricalSeries::known_at(market::Time now) const {
    assert(!points_.empty());
    const auto later = std::ranges::upper_bound(points_, now, {}, &Point::at);
    return later == points_.begin() ? points_.front().value : (later - 1)->value;
}

}  // namespace crowdout::agents
