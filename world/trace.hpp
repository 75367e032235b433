// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/time.hpp"

namespace crowdout::world {

/// The lowest and the highest of some points, and which they are; `none` where all are gaps.
struct Extremes {
    static constexpr std::uint32_t none = UINT32_MAX;
    std::uint32_t low_at = none;
    std::uint32_t high_at = none;
};

/// Values in the order of their times, for charts, in bounded memory: all of it is taken with the
/// first value.
///
/// A gap, a time without a value, breaks the line: a closed session. When there are more values
/// than points, each two points stand for a group of successive values: the lowest and the highest
/// of it in their order, so that every peak stays in sight. A group has 2, 4, 8 ... values, the
/// same number everywhere. The newest value is always the last point.
///
/// Extremes are kept for blocks of 16 points, of 16 blocks and so on, so that drawing costs what
/// the columns cost that is drawn into.
class Trace {
public:
    /// Our choice: a screen 2,560 pixels wide shows two points a column. 110 KB.
    static constexpr std::size_t points_max = 8192;

    /// @param points  at most; a multiple of 4.
    explicit Trace(std::size_t points = points_max) : points_max_{points} {}

    /// @param time  not before the last. What is not finite is a gap.
    void append(market::Time time, double value);
    void gap(market::Time time);
    void clear();

    /// Points, not values.
    [[nodiscard]] std::size_t size() const { return times_.size(); }
    [[nodiscard]] bool empty() const { return times_.empty(); }
    [[nodiscard]] market::Time time(std::size_t index) const { return market::Time{times_[index]}; }
    [[nodiscard]] double value(std::size_t index) const {
        return static_cast<double>(values_[index]);
    }
    [[nodiscard]] bool is_gap(std::size_t index) const;
    /// Values that two points stand for: 2 as long as each value is a point.
    [[nodiscard]] std::size_t group() const { return group_; }

    /// The first point that is not before `time`; `size()` where all are. Cost: O(log size).
    [[nodiscard]] std::size_t first_at(market::Time time) const;
    /// The value of the last point not after a time; a gap's is not a number.
    [[nodiscard]] double value_at(market::Time time) const;
    /// Of the points [first, last). The earliest of equals. Cost: O(log size).
    [[nodiscard]] Extremes extremes(std::size_t first, std::size_t last) const;

private:
    struct Pair {
        std::size_t first;
        std::size_t second;
    };

    void take_memory();
    void thin_open();
    void settle();
    void halve();
    [[nodiscard]] Pair pair_of(std::size_t first, std::size_t last) const;
    void keep_pair(std::size_t first, std::size_t last, std::size_t to);
    void add_blocks(std::size_t points);
    void take(Extremes& found, std::uint32_t candidate) const;
    void take(Extremes& found, const Extremes& part) const;

    std::size_t points_max_;
    std::vector<std::int64_t> times_;
    std::vector<float> values_;
    std::vector<std::vector<Extremes>> levels_;  // of whole blocks; level 0 of 16 points

    std::size_t group_ = 2;
    std::size_t settled_ = 0;  // points of whole groups; those behind them are of the open one
    std::size_t open_ = 0;     // values in it
};

}  // namespace crowdout::world
