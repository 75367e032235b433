// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "world/statistics_interval.hpp"

namespace crowdout::studies {

/// What one run of a study came to, and what it shares with others: its settings and its luck.
struct Draw {
    std::size_t point = 0;
    std::uint64_t seed = 0;
    double value = 0;
};

/// Mean over runs, with Student's 95 % interval over seeds.
///
/// Runs of one seed at several points have the same luck, and say no more about it than one does.
/// With S seeds, n_p of them with a value at point p, and N runs:
///
///     r_s = sum over p of sqrt(n_p / (n_p - 1)) (y_ps - mean_p)
///     mean +- t(S - 1) sqrt(sum over s of r_s^2) / N
///
/// Where no run is missing, that is Student's interval of the seeds' means over points. The ends
/// are missing where a point has values of fewer than two seeds: nothing shows its luck.
/// @param runs  all with a value; one at most for a point and a seed.
/// Source: Cameron & Miller (2015), J. Human Resources 50(2), section II, for clustered errors.
[[nodiscard]] world::Interval mean_over_seeds(std::span<const Draw> runs);

}  // namespace crowdout::studies
