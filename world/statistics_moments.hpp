// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "world/statistics_series.hpp"

namespace crowdout::world {

/// Mean, variance, skewness and kurtosis of a sample seen once, value by value.
///
/// Keeps the mean and the sums of the second to fourth power about it, so that a large mean costs
/// no digits. Two halves that were seen apart merge into the whole. Cost: O(1) a value.
/// Source: Welford (1962), Technometrics 4; Pebay (2008), Sandia report SAND2008-6212, eq. 1.1-1.6,
/// 2.1-2.4.
class Moments {
public:
    /// A missing value is left out.
    void record(double value);
    void merge(const Moments& other);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] double mean() const;
    /// Sum of squares about the mean over n - 1; missing for fewer than two values.
    [[nodiscard]] double variance() const;
    [[nodiscard]] double deviation() const;  ///< root of `variance`
    /// Of the mean, if the values are independent: deviation / sqrt(n).
    [[nodiscard]] double standard_error() const;
    /// m3 / m2^1.5 with moments m over n; missing where nothing varies.
    [[nodiscard]] double skewness() const;
    /// m4 / m2^2 - 3 with moments m over n: zero for a normal law; missing where nothing varies.
    [[nodiscard]] double excess_kurtosis() const;

private:
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double sum2_ = 0;  ///< of squares about the mean
    double sum3_ = 0;
    double sum4_ = 0;
};

[[nodiscard]] Moments moments(std::span<const double> series);
/// In two passes, much faster than all moments at once. Missing for no values. Cost: O(n).
[[nodiscard]] double mean(std::span<const double> series);

/// How heavy the tails of returns over one horizon are.
struct HorizonKurtosis {
    std::size_t stride = 1;  ///< observations that a return spans
    std::uint64_t count = 0;
    double excess_kurtosis = missing;
    double skewness = missing;
};

/// Of log returns that do not overlap, by horizon: aggregational Gaussianity is a fall of it.
/// Source: Cont (2001), Quantitative Finance 1, 223.
[[nodiscard]] std::vector<HorizonKurtosis> kurtosis_by_horizon(
    std::span<const double> levels, std::span<const std::size_t> strides);

}  // namespace crowdout::world
