// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "world/statistics_series.hpp"

namespace crowdout::world {

/// y = intercept + slope x, by least squares. Everything is missing that the data do not define.
struct LineFit {
    double intercept = missing;
    double slope = missing;
    double intercept_error = missing;     ///< standard error; missing for fewer than three pairs
    double slope_error = missing;         ///< standard error; missing for fewer than three pairs
    double residual_deviation = missing;  ///< sqrt(residual sum of squares / (n - 2))
    double r_squared = missing;
    std::size_t count = 0;  ///< complete pairs
};

/// Ordinary least squares. Cost: O(n).
[[nodiscard]] LineFit fit_line(std::span<const double> x, std::span<const double> y);

/// Least squares with weights, in proportion to 1 / variance of each y. Pairs whose weight is
/// missing or not above zero are left out.
[[nodiscard]] LineFit fit_line(std::span<const double> x, std::span<const double> y,
                               std::span<const double> weights);

/// y = sum of coefficients times columns.
struct PlaneFit {
    std::vector<double> coefficients;  ///< [columns]; empty where the columns depend on each other
    std::vector<double> errors;        ///< [columns]; standard errors
    double residual_deviation = missing;
    double r_squared = missing;  ///< about the mean of y
    std::size_t count = 0;       ///< complete rows
};

/// Ordinary least squares of several columns, by Householder reflections; an intercept is a column
/// of ones. Rows that lack a value are left out.
///
/// @param columns  [columns x rows].
/// Cost: O(rows columns^2). Source: Golub & Van Loan (2013), Matrix computations, algorithm 5.3.2.
[[nodiscard]] PlaneFit fit_plane(std::span<const std::vector<double>> columns,
                                 std::span<const double> y);

/// Slope of an asset's returns on an index's, fallen and risen days apart.
struct AsymmetricBeta {
    LineFit down;  ///< of the days with index return below zero
    LineFit up;    ///< above zero
};

/// Source: Ang, Chen & Xing (2006), Review of Financial Studies 19, 1191.
[[nodiscard]] AsymmetricBeta asymmetric_beta(std::span<const double> index,
                                             std::span<const double> asset);

/// Pearson's r of two series, in one pass over deviations from the means. Cost: O(n).
[[nodiscard]] double correlation(std::span<const double> x, std::span<const double> y);

/// Spearman's: Pearson's r of the ranks, equal values sharing the mean of theirs. O(n log n).
///
/// Of returns against the order that a scenario predicts it is the drawdown ordering.
[[nodiscard]] double rank_correlation(std::span<const double> x, std::span<const double> y);

/// Ranks from 1, equal values sharing the mean of theirs; missing stays missing.
[[nodiscard]] std::vector<double> ranks(std::span<const double> values);

}  // namespace crowdout::world
