// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/time.hpp"

namespace crowdout::viz {

/// The lowest and the highest of some points, and which they are; `none` where all are gaps.
struct Extremes {
    static constexpr std::size_t none = SIZE_MAX;
    std::size_t low_at = none;
    std::size_t high_at = none;
};

/// Values in the order of their times, and the extremes of any part of them.
///
/// A gap, a time without a value, breaks the line: a closed session. Extremes are kept for blocks
/// of 16 points, of 16 blocks and so on, so that drawing 100,000 points costs what the columns
/// cost that they are drawn into.
class Series {
public:
    /// @param time  not before the last. What is not finite is a gap.
    void append(market::Time time, double value);
    void gap(market::Time time);
    /// Forgets all but the first `size` points: the view went back, or a run was forked.
    void truncate(std::size_t size);
    void clear() { truncate(0); }

    [[nodiscard]] std::size_t size() const { return times_.size(); }
    [[nodiscard]] bool empty() const { return times_.empty(); }
    [[nodiscard]] market::Time time(std::size_t index) const { return market::Time{times_[index]}; }
    [[nodiscard]] double value(std::size_t index) const { return values_[index]; }
    [[nodiscard]] bool is_gap(std::size_t index) const;

    /// The first point that is not before `time`; `size()` where all are. Cost: O(log size).
    [[nodiscard]] std::size_t first_at(market::Time time) const;
    /// The value that holds at a time: the last one not after it; a gap's is not a number.
    [[nodiscard]] double value_at(market::Time time) const;
    /// Of the points [first, last). The earliest of equals. Cost: O(log size).
    [[nodiscard]] Extremes extremes(std::size_t first, std::size_t last) const;

private:
    void take(Extremes& found, std::size_t candidate) const;
    void take(Extremes& found, const Extremes& part) const;

    std::vector<std::int64_t> times_;
    std::vector<double> values_;
    std::vector<std::vector<Extremes>> levels_;  // of whole blocks; level 0 of 16 points
};

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
