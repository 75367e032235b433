// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "world/statistics_regression.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

/// What one parent order did to the price, from its first child to its last.
struct ParentOrder {
    double size = missing;  ///< Q / V: of a day's volume, greater than zero
    double move = missing;  ///< sign ln(p_end / p_start) / daily volatility
};

/// Orders of about one size.
struct ImpactBin {
    double size = missing;   ///< geometric mean of Q / V
    double move = missing;   ///< mean
    double error = missing;  ///< standard error of `move`; missing for fewer than two orders
    std::size_t count = 0;
};

/// Orders by size, rising, in bins of equal width in ln size; every power of ten is an edge.
///
/// Bins without orders are left out; orders that lack a value or have no size are too.
/// Cost: O(n log n).
[[nodiscard]] std::vector<ImpactBin> impact_curve(std::span<const ParentOrder> orders,
                                                  std::size_t per_decade = 4);

/// move = prefactor size^exponent, in daily volatilities and days' volumes.
struct ImpactLaw {
    double exponent = missing;
    double exponent_error = missing;  ///< standard error of the slope
    double prefactor = missing;       ///< of the fitted law: the move of a whole day's volume
    /// Y of the square-root law: the geometric mean over bins of move / sqrt(size).
    double prefactor_root = missing;
    std::size_t bins = 0;      ///< bins with a positive move
    std::size_t left_out = 0;  ///< bins without one
};

/// Least squares of ln move on ln size over bins of at least `count_min` orders.
/// Source: Toth et al. (2011), Physical Review X 1, 021006; Sato & Kanazawa (2024), arXiv
/// 2411.13965.
[[nodiscard]] ImpactLaw impact_law(std::span<const ImpactBin> curve, std::size_t count_min = 2);

/// What is left of the impact as time goes by: at each time the mean move over orders, divided by
/// the mean at the end of the orders.
///
/// @param paths  [orders x times], signed moves since the start of each order; column 0 is the end
///               of the order, each column the same share of its duration later. Orders that lack
///               either value are left out of a column.
/// @return [times]; 1 at column 0; missing where the peak is not above zero.
/// Source: Bucci et al. (2018), Market Microstructure and Liquidity 4, 1950006.
[[nodiscard]] std::vector<double> impact_decay(std::span<const std::vector<double>> paths);

}  // namespace crowdout::world
