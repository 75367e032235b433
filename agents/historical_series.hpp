// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "market/time.hpp"

namespace crowdout::agents {

/// A figure of the past as the world comes to know it: each value holds from its date until the
/// next one's.
///
/// Whoever acts on it asks `known_at` only, which never looks past the moment that it is given: so
/// no agent can know a row before its date.
class HistoricalSeries {
public:
    struct Point {
        market::Time at;   ///< when it became known
        double value = 0;  ///< in the unit of its Dimension

        friend bool operator==(const Point&, const Point&) = default;
    };

    HistoricalSeries() = default;
    /// @param points  by date, each after the one before.
    explicit HistoricalSeries(std::vector<Point> points);

    [[nodiscard]] bool empty() const { return points_.empty(); }
    /// The last value at or before the moment; before the first one, that one (a loader refuses a
    /// world that would ask). Cost: O(log rows).
    [[nodiscard]] double known_at(market::Time now) const;
    /// All of it, for those who measure and draw.
    [[nodiscard]] std::span<const Point> points() const { return points_; }

    friend bool operator==(const HistoricalSeries&, const HistoricalSeries&) = default;

private:
    std::vector<Point> points_;
};

}  // namespace crowdout::agents
