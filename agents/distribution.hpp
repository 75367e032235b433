// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace crowdout::agents {

/// How a parameter varies over the members of a population; the unit is the field's.
///
///     cash: $20k
///     cash: {lognormal: {median: $20k, sigma: 1.2}}
///     leverage: {uniform: [1, 5], max: 4}
///     horizon: {choice: {values: [1d, 30d], weights: [3, 1]}}
///
/// Only the parameters; drawing is done where the random streams are. A draw outside [low, high] is
/// set to the nearer end: `low` and `high` are the field's range, narrowed by the file's `min`,
/// `max`.
struct Distribution {
    enum class Kind : std::uint8_t {
        constant,     ///< a
        uniform,      ///< from a to b
        normal,       ///< mean a, standard deviation b
        lognormal,    ///< median a, standard deviation b of the logarithm
        pareto,       ///< at least a > 0, tail exponent b > 0: P(X > x) = (a / x)^b
        exponential,  ///< mean a > 0
        choice,       ///< one of `values`, with probability proportional to `weights`
    };

    Kind kind = Kind::constant;
    double a = 0;
    double b = 0;
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    std::vector<double> values;   ///< of `choice` only
    std::vector<double> weights;  ///< as many as `values`, not negative, not all zero

    Distribution() = default;
    explicit Distribution(double constant) : a{constant} {}

    friend bool operator==(const Distribution&, const Distribution&) = default;
};

}  // namespace crowdout::agents
