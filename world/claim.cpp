// SPDX-License-Identifier: Apache-2.0
#include "world/claim.hpp"

#include "world/measure_catalogue.hpp"

namespace crowdout::world {

using agents::Complaints;
using agents::Dimension;

namespace {

/// A bound in the unit of the value that it is for.
double value_of(const Bound& bound, MeasureUnit unit) {
    const bool is_days = unit == MeasureUnit::days && bound.unit == Dimension::duration;
    return is_days ? bound.value / 86'400 : bound.value;
}

}  // namespace

void MeasureConfig::check(Complaints& complaints) const {
    if (until.ns > 0 && until <= from) complaints.error("until", "lies not after `from`");
    if (!measure.empty()) entry_of(measure).check(measure.params.get(), complaints);
}

void BoundsConfig::check(Complaints& complaints) const {
    if (between && between->size() != 2) complaints.error("between", "takes two values");
    if (between && (above || below)) {
        complaints.error("between", "says what `above` and `below` say; write one of them");
    }
    if (!between && !above && !below) {
        complaints.error("", "has no bound; write `above`, `below` or `between`");
    }
    if (judge == Judge::share && share <= 0) {
        complaints.error("share", "0 of the seeds hold always");
    }
}

void ClaimConfig::check(Complaints& complaints) const {
    MeasureConfig::check(complaints);
    BoundsConfig::check(complaints);
    if (!minus.empty() && !over.empty()) {
        complaints.error("over", "a claim takes `minus` or `over`, not both");
    }
    if (!in.empty() && (in == minus || in == over)) {
        complaints.error("in", "compares the counterfactual " + in + " with itself");
    }
}

Bounds bounds_of(const ClaimConfig& claim) {
    const MeasureUnit unit = unit_of(claim);
    Bounds bounds;
    if (claim.above) bounds.low = value_of(*claim.above, unit);
    if (claim.below) bounds.high = value_of(*claim.below, unit);
    if (claim.between && claim.between->size() == 2) {
        bounds = {value_of(claim.between->front(), unit), value_of(claim.between->back(), unit)};
    }
    return bounds;
}

MeasureUnit unit_of(const ClaimConfig& claim) {
    return claim.over.empty() ? unit_of(static_cast<const MeasureConfig&>(claim))
                              : MeasureUnit::ratio;
}

Measured claimed(const ClaimConfig& claim, const Measured& here, const Measured& there) {
    if (claim.minus.empty() && claim.over.empty()) return here;
    const std::string& other = claim.minus.empty() ? claim.over : claim.minus;
    if (!here.value) return here;
    if (!there.value) {
        return {.value = {}, .why_not = "in " + other + ": " + there.why_not, .within_run_95 = {}};
    }
    if (!claim.minus.empty()) {
        return {.value = *here.value - *there.value, .why_not = {}, .within_run_95 = {}};
    }
    if (*there.value == 0) {
        return {.value = {}, .why_not = "it is 0 in " + other, .within_run_95 = {}};
    }
    return {.value = *here.value / *there.value, .why_not = {}, .within_run_95 = {}};
}

}  // namespace crowdout::world
