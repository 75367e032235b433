// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "market/time.hpp"

/// Statistics of series: numbers in, numbers out, nothing known of worlds or frames.
///
/// A missing value is NaN, in and out; infinities count as missing too. A transformation of a
/// series passes missing values on. A statistic of one series leaves them out, a statistic of two
/// leaves out every pair that lacks either. A statistic that is not defined (too few values, no
/// variance) is missing. Lists that belong together have one length; anything else is a mistake of
/// the caller.
namespace crowdout::world {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline bool is_missing(double value) {
    return !std::isfinite(value);
}

/// Two series without the pairs in which either value was missing.
struct Pairs {
    std::vector<double> x;
    std::vector<double> y;
};

/// The last value at or before each moment of a grid: what markets with different hours have in
/// common.
///
/// Assets that trade day and night are looked at when the shares' session closes: the grid holds
/// the closes.
/// @param times        of the observations, not falling.
/// @param grid         not falling.
/// @param stale_after  an observation older than this is missing at the grid's moment.
/// @return one value for each moment of the grid. Cost: O(observations + grid).
[[nodiscard]] std::vector<double> on_grid(std::span<const market::Time> times,
                                          std::span<const double> values,
                                          std::span<const market::Time> grid,
                                          market::Duration stale_after);

/// ln(level_i / level_i-stride) at i = stride, 2 stride, ...: returns that do not overlap.
///
/// A return is missing where either level is, or is not above zero.
/// @param stride  at least 1.
[[nodiscard]] std::vector<double> log_returns(std::span<const double> levels,
                                              std::size_t stride = 1);

/// |x|, value by value.
[[nodiscard]] std::vector<double> magnitudes(std::span<const double> series);

/// -1, 0 or 1, value by value.
[[nodiscard]] std::vector<double> signs(std::span<const double> series);

/// The values that are not missing.
[[nodiscard]] std::vector<double> present(std::span<const double> series);

[[nodiscard]] Pairs complete_pairs(std::span<const double> x, std::span<const double> y);

/// Mean of |x| in each of the `slots` of a day, over the series' mean of |x|: its intraday season.
///
/// @param series  begins in slot 0 of a day and has a value, or a missing one, for every slot.
/// @return [slots]; 1 where a slot has no values.
/// Source: Cont (2001), Quantitative Finance 1, section 2; Andersen & Bollerslev (1997), J.
/// Empirical Finance 4.
[[nodiscard]] std::vector<double> intraday_season(std::span<const double> series,
                                                  std::size_t slots);

/// The series with each value divided by its slot's season; missing where that is zero.
[[nodiscard]] std::vector<double> without_season(std::span<const double> series,
                                                 std::span<const double> season);

/// Returns over the volatility that their past foretells: x_t / s_t with
///
///     s_t^2 = decay s_t-1^2 + (1 - decay) x_t-1^2
///
/// and s_0 the root mean square of the whole series. Missing values leave s as it was.
/// @param decay  in (0, 1); 0.94 is RiskMetrics's for days (Technical document, 1996).
[[nodiscard]] std::vector<double> over_volatility(std::span<const double> returns, double decay);

}  // namespace crowdout::world
