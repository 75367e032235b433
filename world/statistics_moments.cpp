// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_moments.hpp"

#include <cmath>

namespace crowdout::world {

void Moments::record(double value) {
    if (is_missing(value)) return;
    const auto before = static_cast<double>(count_);
    ++count_;
    const auto n = static_cast<double>(count_);
    const double delta = value - mean_;
    const double step = delta / n;
    const double square = delta * step * before;  // what the value adds to sum2_
    mean_ += step;
    sum4_ +=
        square * step * step * (n * n - 3 * n + 3) + 6 * step * step * sum2_ - 4 * step * sum3_;
    sum3_ += square * step * (n - 2) - 3 * step * sum2_;
    sum2_ += square;
}

void Moments::merge(const Moments& other) {
    if (other.count_ == 0) return;
    const auto a = static_cast<double>(count_);
    const auto b = static_cast<double>(other.count_);
    const double n = a + b;
    const double delta = other.mean_ - mean_;
    const double part = delta / n;
    sum4_ += other.sum4_ + delta * part * part * part * a * b * (a * a - a * b + b * b) +
             6 * part * part * (a * a * other.sum2_ + b * b * sum2_) +
             4 * part * (a * other.sum3_ - b * sum3_);
    sum3_ += other.sum3_ + delta * part * part * a * b * (a - b) +
             3 * part * (a * other.sum2_ - b * sum2_);
    sum2_ += other.sum2_ + delta * part * a * b;
    mean_ += part * b;
    count_ += other.count_;
}

double Moments::mean() const {
    return count_ > 0 ? mean_ : missing;
}

double Moments::variance() const {
    return count_ > 1 ? sum2_ / static_cast<double>(count_ - 1) : missing;
}

double Moments::deviation() const {
    return std::sqrt(variance());
}

double Moments::standard_error() const {
    return std::sqrt(variance() / static_cast<double>(count_));
}

double Moments::skewness() const {
    if (!(sum2_ > 0)) return missing;
    return std::sqrt(static_cast<double>(count_)) * sum3_ / (sum2_ * std::sqrt(sum2_));
}

double Moments::excess_kurtosis() const {
    if (!(sum2_ > 0)) return missing;
    return static_cast<double>(count_) * sum4_ / (sum2_ * sum2_) - 3.0;
}

Moments moments(std::span<const double> series) {
    Moments result;
    for (const double x : series) result.record(x);
    return result;
}

// The second pass takes back what the first one's rounding added: of a series that does not vary
// the mean is its value, and deviations from it are nothing.
double mean(std::span<const double> series) {
    double sum = 0;
    double count = 0;
    for (const double x : series) {
        if (is_missing(x)) continue;
        sum += x;
        count += 1;
    }
    const double rough = sum / count;
    double correction = 0;
    for (const double x : series) {
        if (!is_missing(x)) correction += x - rough;
    }
    return rough + correction / count;
}

std::vector<HorizonKurtosis> kurtosis_by_horizon(std::span<const double> levels,
                                                 std::span<const std::size_t> strides) {
    std::vector<HorizonKurtosis> horizons;
    horizons.reserve(strides.size());
    for (const std::size_t stride : strides) {
        const Moments returns = moments(log_returns(levels, stride));
        horizons.push_back({.stride = stride,
                            .count = returns.count(),
                            .excess_kurtosis = returns.excess_kurtosis(),
                            .skewness = returns.skewness()});
    }
    return horizons;
}

}  // namespace crowdout::world
