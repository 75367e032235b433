// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "world/statistics_series.hpp"

namespace crowdout::world {

/// part / whole; missing where the whole is zero. The money multiplier is that of M2 and base
/// money, an asset's dominance that of its value and the market's.
[[nodiscard]] double ratio(double part, double whole);

/// (y_t - y_t-lag) / (x_t - x_t-lag): dL/dR of loans and reserves with a lag of four quarters.
///
/// @return [series]; missing before `lag` and where x did not change.
[[nodiscard]] std::vector<double> difference_ratio(std::span<const double> y,
                                                   std::span<const double> x, std::size_t lag);

/// Effect of a flow that itself answers prices, from what moves it alone.
struct InstrumentedSlope {
    double slope = missing;
    double slope_error = missing;  ///< standard error, homoskedastic
    /// F of the instruments in the first stage: below 10 they are weak, and the slope is biased
    /// towards that of plain least squares (Staiger & Stock 1997, Econometrica 65). Infinite where
    /// they leave nothing unexplained.
    double first_stage_f = missing;
    std::size_t count = 0;  ///< complete rows
};

/// Two-stage least squares with intercepts: flow on the instruments, then y on what they explain.
///
/// dCap/dFlow: y is the change of market value, `flow` all net inflow, the instruments are flows
/// that no price explains (scheduled sovereign orders). Missing where the instruments explain
/// nothing.
/// @param instruments  [instruments x rows], at least one.
/// Source: Wooldridge (2010), Econometric analysis of cross section and panel data,
/// section 5.1-5.2.
[[nodiscard]] InstrumentedSlope instrumented_slope(std::span<const std::vector<double>> instruments,
                                                   std::span<const double> flow,
                                                   std::span<const double> y);

/// The slope over the last `window` rows at each index; missing before.
/// Cost: O(rows window), for one instrument or few.
[[nodiscard]] std::vector<InstrumentedSlope> rolling_instrumented_slope(
    std::span<const std::vector<double>> instruments, std::span<const double> flow,
    std::span<const double> y, std::size_t window);

}  // namespace crowdout::world
