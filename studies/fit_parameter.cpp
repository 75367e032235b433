// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_parameter.hpp"

#include <utility>

#include "world/load_world.hpp"

namespace crowdout::studies {

FitParameter::FitParameter(const FitParameterConfig& config,
                           std::shared_ptr<const world::WorldConfig> base,
                           std::vector<FieldMistake>& mistakes)
    : name_{config.name}, path_{config.field}, base_{std::move(base)} {
    // `find_field` reads only, but `visit` is one function for readers and writers alike.
    auto* world = const_cast<world::WorldConfig*>(base_.get());
    field_ = world::find_field(world::world_type(), world, path_);
    if (!field_) return;
    const auto unit = world::number_unit(*field_);
    if (!unit) {
        mistakes.push_back({"field", "takes no number, so it cannot be moved", ""});
        return;
    }
    unit_ = *unit;
    const auto range = read_range(config.range, config.scale, unit_, mistakes);
    if (!range) return;
    range_ = *range;
    take_start(config, mistakes);
}

void FitParameter::take_start(const FitParameterConfig& config,
                              std::vector<FieldMistake>& mistakes) {
    const std::string range = config.range[0].text + " to " + config.range[1].text;
    if (config.start) {
        const auto number = read_number(config.start->text, unit_, "start", mistakes);
        if (!number) return;
        start_number_ = *number;
    } else {
        const auto number = world::number_in(*field_);
        if (!number) {
            mistakes.push_back({"field", "holds no single number to start from", "a `start`"});
            return;
        }
        start_number_ = *number;
    }
    if (!range_.contains(start_number_)) {
        const std::string value = world::number_literal(*field_, start_number_);
        mistakes.push_back(
            config.start
                ? FieldMistake{"start", value + " lies outside the range", range}
                : FieldMistake{"range", "the world has " + value + ", which lies outside of it",
                               "a `start` in " + range});
        return;
    }
    start_ = range_.share_of(start_number_);
}

double FitParameter::number(double share) const {
    // The ends and the start are what was written, not what rounding makes of them.
    if (share == start_) return start_number_;
    return range_.at(share);
}

std::string FitParameter::text(double share) const {
    return world::number_literal(*field_, number(share));
}

std::string FitParameter::assignment(double share) const {
    return path_ + "=" + text(share);
}

}  // namespace crowdout::studies
