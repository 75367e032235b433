// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

/// What is measured of price series and of samples of runs; the definitions are those of
/// Cont (2001), Quantitative Finance 1, 223, where no other source is named.
namespace crowdout::test {

[[nodiscard]] inline double mean(std::span<const double> sample) {
    double sum = 0;
    for (const double x : sample) sum += x;
    return sum / static_cast<double>(sample.size());
}

/// Mean of (x - mean)^power: biased, as a moment is.
[[nodiscard]] inline double central_moment(std::span<const double> sample, int power) {
    const double centre = mean(sample);
    double sum = 0;
    for (const double x : sample) {
        double product = 1;
        for (int i = 0; i < power; ++i) product *= x - centre;
        sum += product;
    }
    return sum / static_cast<double>(sample.size());
}

/// Log returns of `prices` over `stride` observations that do not overlap.
[[nodiscard]] inline std::vector<double> log_returns(std::span<const double> prices,
                                                     std::size_t stride = 1) {
    std::vector<double> returns;
    for (std::size_t i = stride; i < prices.size(); i += stride) {
        returns.push_back(std::log(prices[i] / prices[i - stride]));
    }
    return returns;
}

[[nodiscard]] inline std::vector<double> magnitudes(std::span<const double> sample) {
    std::vector<double> result(sample.begin(), sample.end());
    for (double& x : result) x = std::abs(x);
    return result;
}

/// Fourth moment over the squared variance, less three: nil for a normal law.
[[nodiscard]] inline double excess_kurtosis(std::span<const double> sample) {
    const double variance = central_moment(sample, 2);
    return central_moment(sample, 4) / (variance * variance) - 3.0;
}

/// Correlation of a series with itself `lag` observations later, about one common mean.
[[nodiscard]] inline double autocorrelation(std::span<const double> series, std::size_t lag) {
    const double centre = mean(series);
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < series.size(); ++i) {
        square += (series[i] - centre) * (series[i] - centre);
        if (i >= lag) product += (series[i] - centre) * (series[i - lag] - centre);
    }
    return product / square;
}

/// Tail exponent of |x|, from the largest `share` of the sample.
///
/// k / sum ln(X_i / X_k+1) over the k largest. Needs at least one value beyond the k largest.
/// Source: Hill (1975), Annals of Statistics 3, 1163.
[[nodiscard]] inline double hill_index(std::span<const double> sample, double share) {
    std::vector<double> sizes = magnitudes(sample);
    std::sort(sizes.begin(), sizes.end(), std::greater<>{});
    const auto count = static_cast<std::size_t>(share * static_cast<double>(sizes.size()));
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += std::log(sizes[i] / sizes[count]);
    return static_cast<double>(count) / sum;
}

/// Least squares slope of y on x, with intercept.
[[nodiscard]] inline double slope(std::span<const double> x, std::span<const double> y) {
    const double centre_x = mean(x);
    const double centre_y = mean(y);
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        product += (x[i] - centre_x) * (y[i] - centre_y);
        square += (x[i] - centre_x) * (x[i] - centre_x);
    }
    return product / square;
}

/// A mean over independent runs, and its standard error.
struct Estimate {
    double mean = 0;
    double error = 0;
};

/// @param runs  at least two.
[[nodiscard]] inline Estimate estimate(std::span<const double> runs) {
    const auto n = static_cast<double>(runs.size());
    return {mean(runs), std::sqrt(central_moment(runs, 2) / (n - 1.0))};
}

}  // namespace crowdout::test
