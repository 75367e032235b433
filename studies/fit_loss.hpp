// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "studies/fit.hpp"
#include "studies/verdict.hpp"
#include "world/measure.hpp"

namespace crowdout::studies {

/// What a target, or a claim that is only looked at, came to at one point of the parameters.
struct FitEstimate {
    Judgement judgement{};             ///< the estimate with its 95 % interval, and the verdict
    std::optional<double> distance{};  ///< from the range, in tolerances; 0 within it
};

/// All that members of one set of seeds say about one point.
struct FitOutcome {
    double loss = 0;
    std::vector<FitEstimate> targets{};  ///< by `Fit::targets`
    std::vector<FitEstimate> others{};   ///< by `Fit::held_out`, from its first further claim on
    std::size_t undefined = 0;           ///< targets without an estimate
    std::size_t members_lost = 0;
};

/// How far a judged claim lies outside its range, in tolerances. Nothing where it has no estimate.
///
/// What lies there is what the claim's `judge` looks at: the mean or the median of the members, the
/// share of them within the bounds, or the nearer end of their band.
[[nodiscard]] std::optional<double> distance_of(const world::ClaimConfig& claim, double tolerance,
                                                const Judgement& judgement);

/// The loss of a point: sum over targets of weight times squared distance; a target without an
/// estimate counts `penalty` instead of its squared distance.
///
/// An estimate is missing where more than a fifth of the members have no value, as for claims.
/// @param values  [claims of the plan x members]; the targets first.
[[nodiscard]] FitOutcome outcome_of(const Fit& fit, const ClaimsPlan& plan,
                                    std::span<const std::vector<world::Measured>> values);

}  // namespace crowdout::studies
