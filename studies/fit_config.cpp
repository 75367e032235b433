// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_config.hpp"

#include "studies/fit_fields.hpp"

namespace crowdout::studies {

const world::Type& fit_type() {
    return *world::type_of<FitConfig>();
}

world::ClaimConfig FitTargetConfig::as_claim() const {
    world::ClaimConfig claim;
    static_cast<world::MeasureConfig&>(claim) = static_cast<const world::MeasureConfig&>(*this);
    claim.says = name;
    static_cast<world::BoundsConfig&>(claim) = static_cast<const world::BoundsConfig&>(*this);
    return claim;
}

void FitTargetConfig::check(agents::Complaints& complaints) const {
    as_claim().check(complaints);
}

void FitParameterConfig::check(agents::Complaints& complaints) const {
    if (range.size() != 2) complaints.error("range", "has two ends: [least, greatest]");
}

void FitSurfaceConfig::check(agents::Complaints& complaints) const {
    if (slice == 1) complaints.error("slice", "is one point, the best itself; 0 for none");
    if (grid == 1) complaints.error("grid", "is one point, the best itself; 0 for none");
}

void FitConfig::check(agents::Complaints& complaints) const {
    if (claims.empty() && targets.empty()) {
        complaints.error("", "has nothing to meet; name `claims` of the world, or `targets`");
    }
    for (const FitTargetConfig& target : targets) {
        if (claims.find(target.name) == nullptr) continue;
        complaints.error("targets[" + target.name + "].name", "is a claim's name too");
    }
    const bool apart =
        training.last_seed() < held_out.first_seed || held_out.last_seed() < training.first_seed;
    if (!apart) {
        complaints.error("held_out.first_seed", "training and held-out seeds overlap: " +
                                                    std::to_string(training.first_seed) + " to " +
                                                    std::to_string(training.last_seed()) + " and " +
                                                    std::to_string(held_out.first_seed) + " to " +
                                                    std::to_string(held_out.last_seed()));
    }
    for (std::size_t i = 0; i < held_out.claims.size(); ++i) {
        if (claims.find(held_out.claims[i]) == nullptr) continue;
        complaints.error("held_out.claims[" + std::to_string(i) + "]",
                         "is a target, so it is not held out");
    }
}

}  // namespace crowdout::studies
