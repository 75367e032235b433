// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "market/units.hpp"
#include "world/statistics_interval.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

/// Pearson correlation of the last n pairs, exact however long it runs.
///
///     rho = (n Sxy - Sx Sy) / sqrt((n Sxx - Sx^2) (n Syy - Sy^2))
///
/// Values are rounded to whole multiples of 1e-9 and summed in 128 bits; adding the new and
/// dropping the old pair leaves no rounding behind, so nothing ever needs to be computed afresh.
/// Give it returns, or levels as multiples of a typical one (the first, say): correlation does not
/// mind. Cost: O(1) a pair, 16 n bytes.
class RollingCorrelation {
public:
    static constexpr std::size_t window_max = 1'000'000;
    /// A larger value counts as this, so that no sum overflows.
    static constexpr double magnitude_max = 10'000;

    /// @param window  pairs, 2 to `window_max`.
    explicit RollingCorrelation(std::size_t window);

    /// A pair that lacks a value is left out: the window is of the last complete pairs.
    void record(double x, double y);

    [[nodiscard]] std::size_t count() const { return x_.size(); }
    [[nodiscard]] bool is_full() const { return x_.size() == window_; }
    /// -1 to 1; missing until the window is full, and where either does not vary.
    [[nodiscard]] double value() const;
    /// See `fisher_interval`.
    [[nodiscard]] Interval interval(double level = 0.95) const;

private:
    void add(std::int64_t x, std::int64_t y, int times);

    std::size_t window_;
    std::size_t oldest_ = 0;
    std::vector<std::int64_t> x_;  ///< a ring, as long as the window once that is full
    std::vector<std::int64_t> y_;
    market::Int128 sum_x_ = 0;
    market::Int128 sum_y_ = 0;
    market::Int128 sum_xx_ = 0;
    market::Int128 sum_yy_ = 0;
    market::Int128 sum_xy_ = 0;
};

/// `RollingCorrelation` at every index of two series, of what they are given: returns, as a rule.
///
/// @return [series]; missing where the window is not full. Cost: O(series).
[[nodiscard]] std::vector<double> rolling_correlation(std::span<const double> x,
                                                      std::span<const double> y,
                                                      std::size_t window);

/// The same of levels, each over the first that is present. Two independent walks often correlate
/// highly over a short window: report it, but score that of returns.
[[nodiscard]] std::vector<double> rolling_level_correlation(std::span<const double> x,
                                                            std::span<const double> y,
                                                            std::size_t window);

}  // namespace crowdout::world
