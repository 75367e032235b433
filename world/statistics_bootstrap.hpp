// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "world/statistics_interval.hpp"

namespace crowdout::world {

/// How a series is drawn anew.
struct Bootstrap {
    std::size_t block = 1;         ///< observations that stay together: a day's, as a rule
    std::size_t resamples = 1000;  ///< our choice: an end is then known to a tenth of its reach
    double level = 0.95;
    std::uint64_t seed = 1;
};

/// Blocks of a series joined end to end from random starts, round the end if need be: positions of
/// 0 .. count - 1. The draws depend on seed and resample alone, not on who asks first.
///
/// Source: Politis & Romano (1992), in Exploring the limits of bootstrap (the circular bootstrap).
[[nodiscard]] std::vector<std::size_t> resampled_positions(std::size_t count, std::size_t block,
                                                           std::uint64_t seed,
                                                           std::uint32_t resample);

/// A statistic of one series with its percentile interval.
///
/// Resamples in which the statistic is missing are left out; the ends are missing where all are.
/// Cost: resamples times that of the statistic, one after another.
/// Source: Efron & Tibshirani (1993), An introduction to the bootstrap, chapter 13.
[[nodiscard]] Interval bootstrap_interval(
    std::span<const double> series, const Bootstrap& bootstrap,
    const std::function<double(std::span<const double>)>& statistic);

/// The same of two series, whose values stay in pairs.
[[nodiscard]] Interval bootstrap_interval(
    std::span<const double> x, std::span<const double> y, const Bootstrap& bootstrap,
    const std::function<double(std::span<const double>, std::span<const double>)>& statistic);

}  // namespace crowdout::world
