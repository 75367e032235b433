// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_series.hpp"

#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"
#include "world/statistics_moments.hpp"

namespace crowdout::world {

std::vector<double> on_grid(std::span<const market::Time> times, std::span<const double> values,
                            std::span<const market::Time> grid, market::Duration stale_after) {
    assert(times.size() == values.size());
    std::vector<double> sampled;
    sampled.reserve(grid.size());
    std::size_t seen = 0;  // observations at or before the moment
    for (const market::Time moment : grid) {
        while (seen < times.size() && times[seen] <= moment) ++seen;
        const bool fresh = seen > 0 && moment - times[seen - 1] <= stale_after;
        sampled.push_back(fresh ? values[seen - 1] : missing);
    }
    return sampled;
}

std::vector<double> log_returns(std::span<const double> levels, std::size_t stride) {
    assert(stride > 0);
    std::vector<double> returns;
    returns.reserve(levels.size() / stride);
    for (std::size_t i = stride; i < levels.size(); i += stride) {
        const double before = levels[i - stride];
        const double after = levels[i];
        // Infinite levels pass the comparisons; a ratio of finite ones may leave doubles' range.
        const double growth = is_missing(before) || is_missing(after) ? missing : after / before;
        const bool defined = before > 0 && growth > 0 && !is_missing(growth);
        returns.push_back(defined ? agents::log(growth) : missing);
    }
    return returns;
}

std::vector<double> magnitudes(std::span<const double> series) {
    std::vector<double> sizes(series.begin(), series.end());
    for (double& x : sizes) x = std::abs(x);
    return sizes;
}

std::vector<double> signs(std::span<const double> series) {
    std::vector<double> result(series.begin(), series.end());
    for (double& x : result) {
        if (!is_missing(x)) x = static_cast<double>((x > 0) - (x < 0));
    }
    return result;
}

std::vector<double> present(std::span<const double> series) {
    std::vector<double> kept;
    kept.reserve(series.size());
    for (const double x : series) {
        if (!is_missing(x)) kept.push_back(x);
    }
    return kept;
}

Pairs complete_pairs(std::span<const double> x, std::span<const double> y) {
    assert(x.size() == y.size());
    Pairs pairs;
    pairs.x.reserve(x.size());
    pairs.y.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (is_missing(x[i]) || is_missing(y[i])) continue;
        pairs.x.push_back(x[i]);
        pairs.y.push_back(y[i]);
    }
    return pairs;
}

std::vector<double> intraday_season(std::span<const double> series, std::size_t slots) {
    assert(slots > 0);
    std::vector<Moments> by_slot(slots);
    Moments all;
    for (std::size_t i = 0; i < series.size(); ++i) {
        by_slot[i % slots].record(std::abs(series[i]));
        all.record(std::abs(series[i]));
    }
    std::vector<double> season;
    season.reserve(slots);
    for (const Moments& slot : by_slot) {
        const bool defined = slot.count() > 0 && all.mean() > 0;
        season.push_back(defined ? slot.mean() / all.mean() : 1.0);
    }
    return season;
}

std::vector<double> without_season(std::span<const double> series, std::span<const double> season) {
    assert(!season.empty());
    std::vector<double> result;
    result.reserve(series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        const double factor = season[i % season.size()];
        result.push_back(factor > 0 ? series[i] / factor : missing);
    }
    return result;
}

std::vector<double> over_volatility(std::span<const double> returns, double decay) {
    assert(decay > 0 && decay < 1);
    Moments squares;
    for (const double x : returns) squares.record(x * x);
    double variance = squares.mean();
    std::vector<double> result;
    result.reserve(returns.size());
    for (const double x : returns) {
        result.push_back(variance > 0 ? x / std::sqrt(variance) : missing);
        if (!is_missing(x)) variance = decay * variance + (1 - decay) * x * x;
    }
    return result;
}

}  // namespace crowdout::world
