// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_loss.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::studies {

std::optional<double> distance_of(const world::ClaimConfig& claim, double tolerance,
                                  const Judgement& judgement) {
    const world::Interval& interval = judgement.interval;
    // Claims have no verdict where many members have no value; neither has a fit an estimate.
    const bool is_there =
        !std::isnan(interval.estimate) && judgement.missing * 5 <= judgement.members;
    if (!is_there) return std::nullopt;
    const world::Bounds range = judged_bounds(claim);
    const bool is_band = claim.judge == world::Judge::band;
    const double low = is_band ? interval.low : interval.estimate;
    const double high = is_band ? interval.high : interval.estimate;
    return std::max({range.low - high, low - range.high, 0.0}) / tolerance;
}

FitOutcome outcome_of(const Fit& fit, const ClaimsPlan& plan,
                      std::span<const std::vector<world::Measured>> values) {
    assert(values.size() == plan.claims.size() && values.size() >= fit.targets.size());
    FitOutcome outcome;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const world::ClaimConfig& claim = plan.claims[i].claim;
        // All members at once: this look is the last one.
        FitEstimate estimate{.judgement = judge(claim, values[i], values[i].size()),
                             .distance = {}};
        if (i >= fit.targets.size()) {
            outcome.others.push_back(std::move(estimate));
            continue;
        }
        const FitTarget& target = fit.targets[i];
        estimate.distance = distance_of(claim, target.tolerance, estimate.judgement);
        if (!estimate.distance) ++outcome.undefined;
        const double squared =
            estimate.distance ? *estimate.distance * *estimate.distance : fit.config.penalty;
        outcome.loss += target.weight * squared;
        outcome.targets.push_back(std::move(estimate));
    }
    return outcome;
}

}  // namespace crowdout::studies
