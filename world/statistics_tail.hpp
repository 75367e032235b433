// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "world/statistics_series.hpp"

namespace crowdout::world {

/// A tail that falls as P(X > x) ~ x^-index.
struct TailIndex {
    double index = missing;
    double error = missing;  ///< index / sqrt(count): the standard error of independent values
    double share = missing;  ///< of the sample that counts as tail
    std::size_t count = 0;   ///< values in the tail
};

/// Hill's index of the largest `share` of |x|: k / sum over i <= k of ln(X_i / X_k+1).
///
/// For returns, divide by season and volatility first (`without_season`, `over_volatility`). Sizes
/// of trades are positive already. Missing for fewer than two values in the tail.
/// @param share  in (0, 1); k is the share of the sample, rounded down. Cost: O(n log n).
/// Source: Hill (1975), Annals of Statistics 3, 1163.
[[nodiscard]] TailIndex hill_index(std::span<const double> sample, double share = 0.025);

/// The index for several shares, one sort for all: 1 % to 5 % in steps of half a percent if not
/// told otherwise. A tail is a power law where it does not depend on the share.
[[nodiscard]] std::vector<TailIndex> hill_plot(std::span<const double> sample,
                                               std::span<const double> shares = {});

}  // namespace crowdout::world
