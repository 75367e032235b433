// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_rolling.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::world {

namespace {

/// Multiples of 1e-9, ties to even.
std::int64_t scaled(double value) {
    constexpr double limit = RollingCorrelation::magnitude_max;
    return static_cast<std::int64_t>(std::nearbyint(std::clamp(value, -limit, limit) * 1e9));
}

/// Each value over the first that is neither missing nor zero.
std::vector<double> over_first(std::span<const double> levels) {
    std::vector<double> result(levels.begin(), levels.end());
    const auto first = std::find_if(levels.begin(), levels.end(),
                                    [](double x) { return !is_missing(x) && x != 0; });
    if (first == levels.end()) return result;
    for (double& x : result) x /= *first;
    return result;
}

}  // namespace

RollingCorrelation::RollingCorrelation(std::size_t window) : window_{window} {
    assert(window >= 2 && window <= window_max);
    x_.reserve(window);
    y_.reserve(window);
}

void RollingCorrelation::record(double x, double y) {
    if (is_missing(x) || is_missing(y)) return;
    const std::int64_t new_x = scaled(x);
    const std::int64_t new_y = scaled(y);
    add(new_x, new_y, 1);
    if (!is_full()) {
        x_.push_back(new_x);
        y_.push_back(new_y);
        return;
    }
    add(x_[oldest_], y_[oldest_], -1);
    x_[oldest_] = new_x;
    y_[oldest_] = new_y;
    oldest_ = oldest_ + 1 == window_ ? 0 : oldest_ + 1;
}

// At most 1e6 + 1 pairs of at most 1e13: sums of products stay below 1.1e32, and n times them below
// 1.1e38, of the 1.7e38 that 128 bits hold.
void RollingCorrelation::add(std::int64_t x, std::int64_t y, int times) {
    const market::Int128 wide_x = x;
    const market::Int128 wide_y = y;
    sum_x_ += times * wide_x;
    sum_y_ += times * wide_y;
    sum_xx_ += times * wide_x * wide_x;
    sum_yy_ += times * wide_y * wide_y;
    sum_xy_ += times * wide_x * wide_y;
}

double RollingCorrelation::value() const {
    if (!is_full()) return missing;
    const auto n = static_cast<market::Int128>(window_);
    const auto variance_x = static_cast<double>(n * sum_xx_ - sum_x_ * sum_x_);
    const auto variance_y = static_cast<double>(n * sum_yy_ - sum_y_ * sum_y_);
    if (!(variance_x > 0) || !(variance_y > 0)) return missing;
    const auto covariance = static_cast<double>(n * sum_xy_ - sum_x_ * sum_y_);
    // Root by root: the product of the variances would leave the range of doubles last.
    return std::clamp(covariance / std::sqrt(variance_x) / std::sqrt(variance_y), -1.0, 1.0);
}

Interval RollingCorrelation::interval(double level) const {
    return fisher_interval(value(), count(), level);
}

std::vector<double> rolling_correlation(std::span<const double> x, std::span<const double> y,
                                        std::size_t window) {
    assert(x.size() == y.size());
    RollingCorrelation rolling{window};
    std::vector<double> values;
    values.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        rolling.record(x[i], y[i]);
        values.push_back(rolling.value());
    }
    return values;
}

std::vector<double> rolling_level_correlation(std::span<const double> x, std::span<const double> y,
                                              std::size_t window) {
    return rolling_correlation(over_first(x), over_first(y), window);
}

}  // namespace crowdout::world
