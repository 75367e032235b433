// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/field.hpp"
#include "studies/fit_config.hpp"
#include "world/config.hpp"
#include "world/field_at.hpp"

namespace crowdout::studies {

/// A parameter that knows its field: from a share of its range to what is set in the world.
///
/// Values are those of a `NumberRange`, rounded to what the field can hold: a count is whole, money
/// has four decimals.
class FitParameter {
public:
    /// @param base      the world that values are set in.
    /// @param mistakes  what makes it unusable is added here.
    FitParameter(const FitParameterConfig& config, std::shared_ptr<const world::WorldConfig> base,
                 std::vector<FieldMistake>& mistakes);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Whether the world has such a field. What there is instead shows when a value is set.
    [[nodiscard]] bool is_found() const { return field_.has_value(); }
    [[nodiscard]] agents::Dimension unit() const { return unit_; }

    /// Where the search begins, as a share of the range.
    [[nodiscard]] double start() const { return start_; }
    /// In the unit of the field. @param share  0..1 of the range.
    [[nodiscard]] double number(double share) const;
    /// As a file would give it to the field: `2.5%`.
    [[nodiscard]] std::string text(double share) const;
    /// `path=text`
    [[nodiscard]] std::string assignment(double share) const;

private:
    void take_start(const FitParameterConfig& config, std::vector<FieldMistake>& mistakes);

    std::string name_;
    std::string path_;
    std::shared_ptr<const world::WorldConfig> base_;  // which `field_` points into
    std::optional<world::FieldAt> field_;
    agents::Dimension unit_ = agents::Dimension::number;
    NumberRange range_;
    double start_ = 0;
    double start_number_ = 0;
};

}  // namespace crowdout::studies
