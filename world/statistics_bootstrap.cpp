// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_bootstrap.hpp"

#include <algorithm>
#include <cassert>

#include "agents/random.hpp"

namespace crowdout::world {

namespace {

/// @param statistic_of  of the positions of one resample.
template <class StatisticOf>
Interval percentile_interval(double estimate, std::size_t count, const Bootstrap& bootstrap,
                             StatisticOf&& statistic_of) {
    assert(bootstrap.level > 0 && bootstrap.level < 1);
    std::vector<double> values;
    values.reserve(bootstrap.resamples);
    for (std::uint32_t i = 0; i < bootstrap.resamples; ++i) {
        values.push_back(
            statistic_of(resampled_positions(count, bootstrap.block, bootstrap.seed, i)));
    }
    const double tail = (1 - bootstrap.level) / 2;
    return {estimate, quantile(values, tail), quantile(values, 1 - tail)};
}

void take(std::span<const double> series, std::span<const std::size_t> positions,
          std::vector<double>& taken) {
    taken.resize(positions.size());
    std::transform(positions.begin(), positions.end(), taken.begin(),
                   [series](std::size_t position) { return series[position]; });
}

}  // namespace

std::vector<std::size_t> resampled_positions(std::size_t count, std::size_t block,
                                             std::uint64_t seed, std::uint32_t resample) {
    assert(block > 0 && count <= UINT32_MAX);
    std::vector<std::size_t> positions;
    positions.reserve(count);
    agents::Random random{agents::stream_key(seed, "bootstrap"), resample, agents::Purpose::trait,
                          0};
    while (positions.size() < count) {
        std::size_t position = random.below(static_cast<std::uint32_t>(count));
        for (std::size_t i = 0; i < block && positions.size() < count; ++i) {
            positions.push_back(position);
            position = position + 1 == count ? 0 : position + 1;
        }
    }
    return positions;
}

Interval bootstrap_interval(std::span<const double> series, const Bootstrap& bootstrap,
                            const std::function<double(std::span<const double>)>& statistic) {
    std::vector<double> taken;
    return percentile_interval(statistic(series), series.size(), bootstrap,
                               [&](const std::vector<std::size_t>& positions) {
                                   take(series, positions, taken);
                                   return statistic(taken);
                               });
}

Interval bootstrap_interval(
    std::span<const double> x, std::span<const double> y, const Bootstrap& bootstrap,
    const std::function<double(std::span<const double>, std::span<const double>)>& statistic) {
    assert(x.size() == y.size());
    std::vector<double> taken_x;
    std::vector<double> taken_y;
    return percentile_interval(statistic(x, y), x.size(), bootstrap,
                               [&](const std::vector<std::size_t>& positions) {
                                   take(x, positions, taken_x);
                                   take(y, positions, taken_y);
                                   return statistic(taken_x, taken_y);
                               });
}

}  // namespace crowdout::world
