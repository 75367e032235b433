// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/field.hpp"
#include "studies/design.hpp"
#include "studies/number_range.hpp"
#include "studies/study_config.hpp"
#include "world/config.hpp"

namespace crowdout::studies {

/// One value of a factor, ready to be set.
struct Level {
    std::string text{};              ///< as people read it: `$80B/yr`, `2`, a group's name
    std::optional<double> number{};  ///< in the unit of the factor; none of names
    std::vector<std::string> set{};  ///< `a.b=c`
};

/// A factor that knows its fields: from a share of its range to what is set in the world.
class Factor {
public:
    /// @param base      the world that values are set in, for types, units and multiples.
    /// @param mistakes  what makes it unusable is added here.
    Factor(const FactorConfig& config, const world::WorldConfig& base,
           std::vector<FieldMistake>& mistakes);

    [[nodiscard]] const std::string& name() const { return name_; }
    /// Of the numbers of its levels; none where they are names.
    [[nodiscard]] std::optional<agents::Dimension> unit() const { return unit_; }
    [[nodiscard]] GridAxis axis() const { return axis_; }
    /// @param share  0..1 of its range, or of its list.
    [[nodiscard]] Level level(double share) const;

private:
    /// A field with the number that it has in the base world.
    struct Target {
        std::string path;
        std::optional<double> base;
    };

    void find_targets(const FactorConfig& config, const world::WorldConfig& base,
                      std::vector<FieldMistake>& mistakes);
    void take_values(const FactorConfig& config, std::vector<FieldMistake>& mistakes);
    void take_range(const FactorConfig& config, std::vector<FieldMistake>& mistakes);
    [[nodiscard]] Level level_of(double number) const;

    std::string name_;
    std::optional<agents::Dimension> unit_;
    GridAxis axis_;
    bool relative_ = false;
    std::vector<Target> targets_;
    std::shared_ptr<const world::WorldConfig> base_;  // whose fields write the numbers
    std::vector<Level> listed_;
    NumberRange range_;
};

}  // namespace crowdout::studies
