// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/field.hpp"
#include "world/field_type.hpp"

namespace crowdout::studies {

/// How a range is gone through: by equal differences, or by equal ratios.
enum class Scale : std::uint8_t { linear, log };
inline constexpr std::array<std::string_view, 2> scale_names{"linear", "log"};
constexpr agents::EnumNames enum_names(Scale) {
    return {scale_names.data(), scale_names.size()};
}

/// What is wrong with a factor or a parameter, and where below its place in the file.
struct FieldMistake {
    std::string at;  ///< `range[1]`, `field`; "" for all of it
    std::string what;
    std::string expected;
};

/// From a number to a greater one.
struct NumberRange {
    double from = 0;
    double to = 1;
    Scale scale = Scale::linear;

    /// The number at a share of the way: the ends are exact, others are rounded to six significant
    /// digits, so that what is printed is what was tried.
    /// @param share  0..1.
    [[nodiscard]] double at(double share) const;
    /// @param number  from `from` to `to`.
    [[nodiscard]] double share_of(double number) const;
    [[nodiscard]] bool contains(double number) const { return number >= from && number <= to; }
};

/// A number as a field of that unit takes it. Nothing, and a mistake, where it is none.
[[nodiscard]] std::optional<double> read_number(const std::string& text, agents::Dimension unit,
                                                const std::string& at,
                                                std::vector<FieldMistake>& mistakes);

/// @param ends  two; what is wrong with them is a mistake of `range`.
[[nodiscard]] std::optional<NumberRange> read_range(const std::vector<world::Literal>& ends,
                                                    Scale scale, agents::Dimension unit,
                                                    std::vector<FieldMistake>& mistakes);

}  // namespace crowdout::studies
