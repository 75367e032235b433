// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_regression.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "world/statistics_moments.hpp"

namespace crowdout::world {

namespace {

/// Sums of products of deviations from weighted means. The means are kept by steps, so that a
/// series that does not vary deviates from its mean by exactly nothing.
struct Deviations {
    double weight = 0;
    double mean_x = 0;
    double mean_y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
};

double weight_of(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
}

Deviations deviations(const Pairs& pairs, std::span<const double> weights) {
    Deviations sums;
    for (std::size_t i = 0; i < pairs.x.size(); ++i) {
        const double weight = weight_of(weights, i);
        sums.weight += weight;
        sums.mean_x += (pairs.x[i] - sums.mean_x) * (weight / sums.weight);
        sums.mean_y += (pairs.y[i] - sums.mean_y) * (weight / sums.weight);
    }
    for (std::size_t i = 0; i < pairs.x.size(); ++i) {
        const double weight = weight_of(weights, i);
        const double x = pairs.x[i] - sums.mean_x;
        const double y = pairs.y[i] - sums.mean_y;
        sums.xx += weight * x * x;
        sums.yy += weight * y * y;
        sums.xy += weight * x * y;
    }
    return sums;
}

/// @param weights  [pairs], or none: all equal.
LineFit line_through(const Pairs& pairs, std::span<const double> weights) {
    LineFit fit{.count = pairs.x.size()};
    const Deviations sums = deviations(pairs, weights);
    if (fit.count < 2 || !(sums.xx > 0)) return fit;
    fit.slope = sums.xy / sums.xx;
    fit.intercept = sums.mean_y - fit.slope * sums.mean_x;
    double residuals = 0;
    for (std::size_t i = 0; i < fit.count; ++i) {
        // About the means: the intercept may be far away, and large.
        const double residual = (pairs.y[i] - sums.mean_y) - fit.slope * (pairs.x[i] - sums.mean_x);
        residuals += weight_of(weights, i) * residual * residual;
    }
    if (sums.yy > 0) fit.r_squared = 1 - residuals / sums.yy;
    if (fit.count < 3) return fit;
    fit.residual_deviation = std::sqrt(residuals / static_cast<double>(fit.count - 2));
    fit.slope_error = fit.residual_deviation / std::sqrt(sums.xx);
    fit.intercept_error =
        fit.residual_deviation * std::sqrt(1 / sums.weight + sums.mean_x * sums.mean_x / sums.xx);
    return fit;
}

}  // namespace

LineFit fit_line(std::span<const double> x, std::span<const double> y) {
    return line_through(complete_pairs(x, y), {});
}

LineFit fit_line(std::span<const double> x, std::span<const double> y,
                 std::span<const double> weights) {
    assert(x.size() == y.size() && x.size() == weights.size());
    Pairs pairs;
    std::vector<double> kept;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (is_missing(x[i]) || is_missing(y[i]) || is_missing(weights[i])) continue;
        if (weights[i] <= 0) continue;
        pairs.x.push_back(x[i]);
        pairs.y.push_back(y[i]);
        kept.push_back(weights[i]);
    }
    return line_through(pairs, kept);
}

AsymmetricBeta asymmetric_beta(std::span<const double> index, std::span<const double> asset) {
    const Pairs days = complete_pairs(index, asset);
    Pairs fallen;
    Pairs risen;
    for (std::size_t i = 0; i < days.x.size(); ++i) {
        if (days.x[i] == 0) continue;
        Pairs& side = days.x[i] < 0 ? fallen : risen;
        side.x.push_back(days.x[i]);
        side.y.push_back(days.y[i]);
    }
    return {line_through(fallen, {}), line_through(risen, {})};
}

double correlation(std::span<const double> x, std::span<const double> y) {
    const Deviations sums = deviations(complete_pairs(x, y), {});
    if (!(sums.xx > 0) || !(sums.yy > 0)) return missing;
    return std::clamp(sums.xy / std::sqrt(sums.xx) / std::sqrt(sums.yy), -1.0, 1.0);
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
    const Pairs pairs = complete_pairs(x, y);
    return correlation(ranks(pairs.x), ranks(pairs.y));
}

std::vector<double> ranks(std::span<const double> values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!is_missing(values[i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return values[a] != values[b] ? values[a] < values[b] : a < b;
    });
    std::vector<double> result(values.size(), missing);
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
        const double shared = 1 + static_cast<double>(first + last) / 2;
        for (std::size_t i = first; i <= last; ++i) result[order[i]] = shared;
        first = last + 1;
    }
    return result;
}

}  // namespace crowdout::world
