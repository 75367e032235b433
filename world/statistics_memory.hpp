// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "world/statistics_regression.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

/// Correlation of a series with itself `lag` observations later, about one common mean:
///
///     sum of (x_i - m)(x_i+lag - m) / sum of (x_i - m)^2
///
/// With missing values both sums become means over what is there, times (n - lag) / n, which is the
/// same where nothing is missing. Give it returns, their magnitudes, or signs of orders. O(n).
/// Source: Box & Jenkins (1976), Time series analysis, eq. 2.1.11; Parzen (1963), Sankhya A 25.
[[nodiscard]] double autocorrelation(std::span<const double> series, std::size_t lag);

/// At lags 0 to `lag_max`. Cost: O(n lag_max).
[[nodiscard]] std::vector<double> autocorrelations(std::span<const double> series,
                                                   std::size_t lag_max);

/// How slowly memory fades: C(lag) ~ lag^-exponent.
struct MemoryDecay {
    double exponent = missing;
    double error = missing;    ///< standard error of the fit over the bins
    std::size_t bins = 0;      ///< bins with a positive mean
    std::size_t left_out = 0;  ///< bins without: where there are many, no memory is left to fade
};

/// Least squares of ln C on ln lag, over bins of equal width in ln lag.
///
/// Within a bin the mean of C stands at the mean of ln lag; bins are `per_decade` to a decade.
/// @param autocorrelations  from lag 0 on; all is missing where they end before `last`.
/// @param first, last       lags, 0 < first < last: 5 to 500 for the size of returns.
[[nodiscard]] MemoryDecay memory_decay(std::span<const double> autocorrelations,
                                       std::size_t first = 5, std::size_t last = 500,
                                       std::size_t per_decade = 10);

/// Hurst exponent by detrended fluctuation analysis of first order: 1/2 without memory, 1 - g / 2
/// for an autocorrelation that falls as lag^-g, 0 < g < 1.
///
/// The profile (running sum about the mean) is cut into boxes of n values, from both ends; F(n) is
/// the root mean square about each box's own line; the exponent is the slope of ln F on ln n.
/// Missing values are left out and the rest joined.
/// @param boxes  lengths of 4 or more, those above a quarter of the series left out; none: eight to
///               a decade from 16 on. Missing for fewer than three. Cost: O(n boxes).
/// Source: Peng et al. (1994), Physical Review E 49, 1685; both ends: Kantelhardt et al. (2001),
/// Physica A 295, 441.
[[nodiscard]] LineFit hurst_exponent(std::span<const double> series,
                                     std::span<const std::size_t> boxes = {});

/// L(lag) = <r_t r_t+lag^2> / <r_t^2>^2 with means over complete pairs; negative where falls make
/// the days after them livelier.
/// Source: Bouchaud, Matacz & Potters (2001), Physical Review Letters 87, 228701.
[[nodiscard]] double leverage(std::span<const double> returns, std::size_t lag);

/// At lags 0 to `lag_max`. Cost: O(n lag_max).
[[nodiscard]] std::vector<double> leverages(std::span<const double> returns, std::size_t lag_max);

/// Correlation of volume with the size of the return of the same span.
/// Source: Karpoff (1987), J. Financial and Quantitative Analysis 22, 109.
[[nodiscard]] double volume_volatility_correlation(std::span<const double> volumes,
                                                   std::span<const double> returns);

}  // namespace crowdout::world
