// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_interval.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"
#include "world/statistics_moments.hpp"

namespace crowdout::world {

namespace {

[[maybe_unused]] bool is_level(double level) {
    return level > 0 && level < 1;
}

/// Half of what a normal interval spans, in standard deviations.
double normal_reach(double level) {
    return agents::normal_quantile(0.5 + level / 2);
}

/// Inverse of tanh without loss near zero.
double atanh(double x) {
    return 0.5 * agents::log1p(2 * x / (1 - x));
}

double sorted_quantile(std::span<const double> sorted, double p) {
    if (sorted.empty()) return missing;
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double fraction = position - static_cast<double>(below);
    return sorted[below] + fraction * (sorted[above] - sorted[below]);
}

std::vector<double> sorted_values(std::span<const double> values) {
    std::vector<double> sorted = present(values);
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

}  // namespace

// Boost's distributions call the system's libm. Intervals are read by people and claims, never by
// the simulation, and an end that differs in its last bit decides nothing.
double student_quantile(double p, double freedom) {
    assert(p > 0 && p < 1 && freedom > 0);
    return boost::math::quantile(boost::math::students_t_distribution<double>{freedom}, p);
}

Interval mean_interval(std::span<const double> runs, double level) {
    assert(is_level(level));
    const Moments sample = moments(runs);
    if (sample.count() < 2) return {.estimate = sample.mean()};
    const double reach =
        student_quantile(0.5 + level / 2, static_cast<double>(sample.count() - 1)) *
        sample.standard_error();
    return {sample.mean(), sample.mean() - reach, sample.mean() + reach};
}

Interval share_interval(std::uint64_t successes, std::uint64_t trials, double level) {
    assert(is_level(level) && successes <= trials);
    if (trials == 0) return {};
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double z = normal_reach(level);
    const double shrink = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / shrink;
    const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / shrink;
    // At no success and at nothing but successes rounding could step over the end.
    return {share, successes == 0 ? 0 : centre - reach, successes == trials ? 1 : centre + reach};
}

Interval median_interval(std::span<const double> values, double level) {
    assert(is_level(level));
    const std::vector<double> sorted = sorted_values(values);
    Interval interval{.estimate = sorted_quantile(sorted, 0.5)};
    if (sorted.empty()) return interval;
    // x_(k) .. x_(n+1-k) covers with probability 1 - 2 P(B <= k - 1), B binomial(n, 1/2).
    const boost::math::binomial_distribution<double> below{static_cast<double>(sorted.size()), 0.5};
    for (std::size_t k = 1; 2 * k <= sorted.size(); ++k) {
        if (2 * boost::math::cdf(below, static_cast<double>(k - 1)) > 1 - level) break;
        interval.low = sorted[k - 1];
        interval.high = sorted[sorted.size() - k];
    }
    return interval;
}

Interval fisher_interval(double correlation, std::size_t count, double level) {
    assert(is_level(level));
    if (is_missing(correlation) || count < 4) return {.estimate = correlation};
    if (std::abs(correlation) >= 1) return {correlation, correlation, correlation};
    const double centre = atanh(correlation);
    const double reach = normal_reach(level) / std::sqrt(static_cast<double>(count - 3));
    return {correlation, agents::tanh(centre - reach), agents::tanh(centre + reach)};
}

double quantile(std::span<const double> values, double p) {
    assert(p >= 0 && p <= 1);
    return sorted_quantile(sorted_values(values), p);
}

double median(std::span<const double> values) {
    return quantile(values, 0.5);
}

std::vector<std::vector<double>> fan(std::span<const std::vector<double>> runs,
                                     std::span<const double> probabilities) {
    const std::size_t times = runs.empty() ? 0 : runs.front().size();
    std::vector<std::vector<double>> bands(probabilities.size(), std::vector<double>(times));
    std::vector<double> column(runs.size());
    for (std::size_t t = 0; t < times; ++t) {
        for (std::size_t run = 0; run < runs.size(); ++run) {
            assert(runs[run].size() == times);
            column[run] = runs[run][t];
        }
        const std::vector<double> sorted = sorted_values(column);
        for (std::size_t band = 0; band < probabilities.size(); ++band) {
            bands[band][t] = sorted_quantile(sorted, probabilities[band]);
        }
    }
    return bands;
}

}  // namespace crowdout::world
