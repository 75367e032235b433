// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "world/statistics_series.hpp"

namespace crowdout::world {

/// An estimate with the range that covers the truth with the level's probability.
struct Interval {
    double estimate = missing;
    double low = missing;
    double high = missing;
};

// Levels are probabilities in (0, 1): 0.95 for "19 times of 20".

/// The t below which Student's variable with `freedom` degrees falls with probability p.
///
/// @param p        in (0, 1).  @param freedom  greater than zero. Error below 1e-12.
[[nodiscard]] double student_quantile(double p, double freedom);

/// Mean of independent runs: mean +- t s / sqrt(n). Ends are missing for fewer than two values.
[[nodiscard]] Interval mean_interval(std::span<const double> runs, double level = 0.95);

/// Share of successes. Its ends stay within 0 and 1, and it holds for few trials too.
/// Source: Wilson (1927), J. American Statistical Association 22, 209.
[[nodiscard]] Interval share_interval(std::uint64_t successes, std::uint64_t trials,
                                      double level = 0.95);

/// Median, between two order statistics: free of any assumption on the law of the values.
///
/// The ends are the narrowest symmetric pair x_(k), x_(n+1-k) that covers with at least the level;
/// missing where even the extremes do not (fewer than six values at 95 %).
/// Source: Conover (1999), Practical nonparametric statistics, section 3.2.
[[nodiscard]] Interval median_interval(std::span<const double> values, double level = 0.95);

/// Of a correlation of n independent pairs: tanh(atanh rho +- z / sqrt(n - 3)).
///
/// The ends are missing for n below four, and are rho where |rho| is 1.
/// Source: Fisher (1921), Metron 1.
[[nodiscard]] Interval fisher_interval(double correlation, std::size_t count, double level = 0.95);

/// Type 7, that of R and NumPy: linear between order statistics, h = (n - 1) p.
///
/// @param p  in [0, 1]. Missing values are left out. Cost: O(n log n).
/// Source: Hyndman & Fan (1996), The American Statistician 50, 361.
[[nodiscard]] double quantile(std::span<const double> values, double p);
[[nodiscard]] double median(std::span<const double> values);

/// Quantiles over runs at each time: the bands of a fan chart.
///
/// @param runs           [runs x times], each of one length.
/// @param probabilities  [bands], in [0, 1].
/// @return [bands x times].
[[nodiscard]] std::vector<std::vector<double>> fan(std::span<const std::vector<double>> runs,
                                                   std::span<const double> probabilities);

}  // namespace crowdout::world
