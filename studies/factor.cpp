// SPDX-License-Identifier: Apache-2.0
#include "studies/factor.hpp"

#include <algorithm>
#include <tuple>

#include "world/config.hpp"
#include "world/field_at.hpp"
#include "world/load_world.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::studies {

namespace {

/// `find_field` reads only, but `visit` is one function for readers and writers alike.
std::optional<world::FieldAt> field_of(const world::WorldConfig& base, const std::string& path) {
    return world::find_field(world::world_type(), const_cast<world::WorldConfig*>(&base), path);
}

}  // namespace

Factor::Factor(const FactorConfig& config, const world::WorldConfig& base,
               std::vector<FieldMistake>& mistakes)
    : name_{config.name},
      relative_{config.relative},
      base_{std::make_shared<const world::WorldConfig>(base)} {
    if (!config.groups.empty()) {
        for (const FactorGroupConfig& group : config.groups) {
            listed_.push_back({group.name, std::nullopt, group.set});
        }
        axis_ = {.levels = listed_.size(), .ends = false};
        return;
    }
    find_targets(config, base, mistakes);
    if (!config.values.empty()) take_values(config, mistakes);
    if (!config.range.empty()) take_range(config, mistakes);
}

void Factor::find_targets(const FactorConfig& config, const world::WorldConfig& base,
                          std::vector<FieldMistake>& mistakes) {
    std::optional<agents::Dimension> unit;
    const std::vector<std::string> paths = config.paths();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string at = config.field.empty() ? "fields[" + std::to_string(i) + "]" : "field";
        const auto field = field_of(base, paths[i]);
        // What is no field at all is found, with the nearest name, when a value is tried.
        const auto number = field ? world::number_in(*field) : std::nullopt;
        if (field && relative_ && !number) {
            mistakes.push_back({at, "holds no single number that could be multiplied",
                                "values for it, without `relative`"});
        }
        if (field && !unit) unit = world::number_unit(*field);
        targets_.push_back({paths[i], number});
    }
    unit_ = relative_ ? agents::Dimension::number : unit;
}

void Factor::take_values(const FactorConfig& config, std::vector<FieldMistake>& mistakes) {
    for (std::size_t i = 0; i < config.values.size(); ++i) {
        const std::string& text = config.values[i].text;
        const std::string at = "values[" + std::to_string(i) + "]";
        if (relative_) {
            if (const auto number = read_number(text, *unit_, at, mistakes))
                listed_.push_back(level_of(*number));
            continue;
        }
        Level level{.text = text};
        double number = 0;
        // Names, dates and distributions are values too; only numbers can be drawn on an axis.
        if (unit_ && !world::parse_real(text, *unit_, number)) level.number = number;
        for (const Target& target : targets_) level.set.push_back(target.path + "=" + text);
        listed_.push_back(std::move(level));
    }
    axis_ = {.levels = config.values.size(), .ends = false};
}

void Factor::take_range(const FactorConfig& config, std::vector<FieldMistake>& mistakes) {
    axis_ = {.levels = static_cast<std::size_t>(config.levels), .ends = true};
    for (const Target& target : targets_) {
        // A path that leads nowhere is another mistake, told elsewhere.
        const auto field = field_of(*base_, target.path);
        if (!field) continue;
        const auto unit = world::number_unit(*field);
        if (!unit) {
            mistakes.push_back({"range",
                                "'" + target.path + "' takes no number, so it has no range",
                                "`values: [...]` for what it takes"});
        } else if (!relative_ && *unit != *unit_) {
            mistakes.push_back({"range",
                                "'" + target.path + "' takes other numbers than those before it",
                                "`relative: true`, or a factor for each"});
        }
    }
    if (!unit_) return;
    const auto range = read_range(config.range, config.scale, *unit_, mistakes);
    if (range) range_ = *range;
}

Level Factor::level(double share) const {
    const double inside = std::clamp(share, 0.0, 1.0);
    if (!listed_.empty()) {
        const auto count = static_cast<double>(listed_.size());
        return listed_[static_cast<std::size_t>(std::min(inside * count, count - 1))];
    }
    return level_of(range_.at(inside));
}

Level Factor::level_of(double number) const {
    Level level{.number = number};
    for (const Target& target : targets_) {
        const auto field = field_of(*base_, target.path);
        // Set all the same: whoever tries the level finds what is wrong with the path.
        if (!field) level.set.push_back(target.path + "=0");
        if (!field || !world::number_unit(*field)) continue;
        const double value = relative_ ? number * target.base.value_or(0) : number;
        const std::string text = world::number_literal(*field, value);
        level.set.push_back(target.path + "=" + text);
        if (!level.text.empty() || relative_) continue;
        level.text = text;
        // What the field holds, not what was asked for: a count is whole.
        std::ignore = world::parse_real(text, *unit_, *level.number);
    }
    if (relative_) level.text = world::format_real(number, agents::Dimension::number);
    return level;
}

}  // namespace crowdout::studies
