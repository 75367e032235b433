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
/// Values are rounded to six significant digits, and to what the field can hold: a count is whole,
/// money has four decimals. So what is printed is what was tried.
class FitParameter {
public:
    /// A thing that is wrong with a parameter, and where below its place in the fit file.
    struct Mistake {
        std::string at;  ///< `range[1]`, `field`
        std::string what;
        std::string expected;
    };

    /// @param base      the world that values are set in.
    /// @param mistakes  what makes it unusable is added here.
    FitParameter(const FitParameterConfig& config, std::shared_ptr<const world::WorldConfig> base,
                 std::vector<Mistake>& mistakes);

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
    std::optional<double> read(const std::string& text, const std::string& at,
                               std::vector<Mistake>& mistakes) const;
    void take_range(const FitParameterConfig& config, std::vector<Mistake>& mistakes);
    void take_start(const FitParameterConfig& config, std::vector<Mistake>& mistakes);

    std::string name_;
    std::string path_;
    std::shared_ptr<const world::WorldConfig> base_;  // which `field_` points into
    std::optional<world::FieldAt> field_;
    agents::Dimension unit_ = agents::Dimension::number;
    FitScale scale_;
    double least_ = 0;
    double greatest_ = 1;
    double start_ = 0;
    double start_number_ = 0;
};

}  // namespace crowdout::studies
