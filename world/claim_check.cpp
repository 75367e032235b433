// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "world/claim.hpp"
#include "world/config.hpp"
#include "world/measure_catalogue.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

using agents::Complaints;
using agents::Dimension;

namespace {

/// Whether a bound written in `written` can be one of a value in `unit`. A bare number fits
/// everything but a time, as it does elsewhere in a world file; 0 fits everything.
bool fits(const Bound& bound, MeasureUnit unit) {
    if (bound.value == 0) return true;
    switch (bound.unit) {
        case Dimension::number:
            return unit != MeasureUnit::days;
        case Dimension::ratio:
            return unit == MeasureUnit::ratio || unit == MeasureUnit::rate;
        case Dimension::rate:
            return unit == MeasureUnit::rate;
        case Dimension::money:
            return unit == MeasureUnit::usd;
        case Dimension::duration:
            return unit == MeasureUnit::days;
        default:
            return false;
    }
}

std::string duration_text(market::Duration span) {
    return format_exact(span.ns, Dimension::duration, market::second.ns);
}

std::string_view example_of(MeasureUnit unit) {
    switch (unit) {
        case MeasureUnit::number:
            return "a plain number, such as 0.4";
        case MeasureUnit::ratio:
            return "a share, such as 12% or 25bp";
        case MeasureUnit::rate:
            return "a rate, such as 25bp/yr";
        case MeasureUnit::usd:
            return "dollars, such as $30B";
        case MeasureUnit::days:
            return "a duration, such as 20d";
    }
    return "";
}

void check_bounds(const ClaimConfig& claim, const std::string& key, Complaints& complaints) {
    const MeasureUnit unit = unit_of(claim);
    bool all_fit = true;
    const auto check = [&](const Bound& bound, const char* field) {
        if (fits(bound, unit)) return;
        all_fit = false;
        const std::string what{claim.over.empty() ? claim.measure.tag() : "a quotient of two runs"};
        complaints.error(key + field,
                         "the unit does not fit: " + what + " is " + std::string{example_of(unit)});
    };
    if (claim.above) check(*claim.above, ".above");
    if (claim.below) check(*claim.below, ".below");
    for (const Bound& bound : claim.between.value_or(std::vector<Bound>{})) {
        check(bound, ".between");
    }
    const Bounds bounds = bounds_of(claim);
    if (all_fit && bounds.low > bounds.high) {
        complaints.error(key + (claim.between ? ".between" : ".above"),
                         "the lower bound lies above the upper one");
    }
}

}  // namespace

void check_measure(const MeasureConfig& measure, const WorldConfig& config, const std::string& key,
                   Complaints& complaints) {
    if (measure.from >= config.duration) {
        complaints.error(key + ".from", "lies not before the end of the run");
    } else if (measure.until > config.duration) {
        complaints.error(key + ".until", "lies after the end of the run");
    }
    const MeasureEntry& entry = entry_of(measure.measure);
    const market::Duration horizon = entry.horizon(measure.measure.params.get());
    if (horizon.ns > 0 && horizon < config.steps.front()) {
        complaints.warning(key + ".horizon", "is finer than the steps of the world, " +
                                                 duration_text(config.steps.front()) +
                                                 ", and has no value in it");
    }
    const market::Duration until = measure.until.ns > 0 ? measure.until : config.duration;
    const market::Duration span = entry.span(measure.measure.params.get());
    if (measure.from < until && span > until - measure.from) {
        complaints.error(key + ".measure",
                         "looks at " + duration_text(span) +
                             " at once or more, longer than the stretch from `from` to `until`");
    }
    if (measure.when != When::always && entry.reference(measure.measure.params.get()).empty()) {
        complaints.error(key + ".when", std::string{measure.measure.tag()} +
                                            " looks at the stretch as a whole; leave `when` out");
    }
}

void check_claims(const WorldConfig& config, Complaints& complaints) {
    for (const CounterfactualConfig& each : config.counterfactuals) {
        if (each.world.empty() && each.set.empty()) {
            complaints.error("counterfactuals[" + each.name + "]",
                             "is the world itself; give it a `world` or something to `set`");
        }
    }
    for (const ClaimConfig& claim : config.claims) {
        const std::string key = "claims[" + claim.name + "]";
        check_bounds(claim, key, complaints);
        check_measure(claim, config, key, complaints);
    }
}

}  // namespace crowdout::world
