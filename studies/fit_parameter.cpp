// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "world/load_world.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::studies {

namespace {

double rounded(double value) {
    return std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr);
}

}  // namespace

FitParameter::FitParameter(const FitParameterConfig& config,
                           std::shared_ptr<const world::WorldConfig> base,
                           std::vector<Mistake>& mistakes)
    : name_{config.name}, path_{config.field}, base_{std::move(base)}, scale_{config.scale} {
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
    const std::size_t before = mistakes.size();
    take_range(config, mistakes);
    if (mistakes.size() == before) take_start(config, mistakes);
}

std::optional<double> FitParameter::read(const std::string& text, const std::string& at,
                                         std::vector<Mistake>& mistakes) const {
    double number = 0;
    if (const auto refusal = world::parse_real(text, unit_, number)) {
        mistakes.push_back({at, refusal->message, refusal->expected});
        return std::nullopt;
    }
    return number;
}

void FitParameter::take_range(const FitParameterConfig& config, std::vector<Mistake>& mistakes) {
    const auto least = read(config.range[0].text, "range[0]", mistakes);
    const auto greatest = read(config.range[1].text, "range[1]", mistakes);
    if (!least || !greatest) return;
    least_ = *least;
    greatest_ = *greatest;
    if (!(least_ < greatest_)) {
        mistakes.push_back({"range", "does not rise from its first end to its second", ""});
    } else if (scale_ == FitScale::log && !(least_ > 0)) {
        mistakes.push_back({"range", "ratios need ends above zero", "`scale: linear`"});
    }
}

void FitParameter::take_start(const FitParameterConfig& config, std::vector<Mistake>& mistakes) {
    const std::string range = config.range[0].text + " to " + config.range[1].text;
    if (config.start) {
        const auto number = read(config.start->text, "start", mistakes);
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
    if (!(start_number_ >= least_ && start_number_ <= greatest_)) {
        const std::string value = world::number_literal(*field_, start_number_);
        mistakes.push_back(
            config.start ? Mistake{"start", value + " lies outside the range", range}
                         : Mistake{"range", "the world has " + value + ", which lies outside of it",
                                   "a `start` in " + range});
        return;
    }
    start_ = scale_ == FitScale::linear
                 ? (start_number_ - least_) / (greatest_ - least_)
                 : std::log(start_number_ / least_) / std::log(greatest_ / least_);
}

double FitParameter::number(double share) const {
    // The ends and the start are what was written, not what rounding makes of them.
    if (share == start_) return start_number_;
    if (share <= 0) return least_;
    if (share >= 1) return greatest_;
    const double value = scale_ == FitScale::linear
                             ? least_ + share * (greatest_ - least_)
                             : least_ * std::exp(share * std::log(greatest_ / least_));
    return std::clamp(rounded(value), least_, greatest_);
}

std::string FitParameter::text(double share) const {
    return world::number_literal(*field_, number(share));
}

std::string FitParameter::assignment(double share) const {
    return path_ + "=" + text(share);
}

}  // namespace crowdout::studies
