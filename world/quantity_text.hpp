// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agents/field.hpp"
#include "market/time.hpp"
#include "market/units.hpp"
#include "world/diagnostic.hpp"

namespace crowdout::world {

using agents::Dimension;

/// Why a text is not the value it should be.
struct Refusal {
    Code code{};
    std::string message;
    std::string expected;
};

/// Reads `text` as a real number of `dimension`: the nearest double of the exact decimal.
/// @param value  in the unit of `Dimension`; untouched where refused.
[[nodiscard]] std::optional<Refusal> parse_real(std::string_view text, Dimension dimension,
                                                double& value);

/// Reads `text` exactly, as a whole number of `1 / per_unit` of the dimension's unit.
/// @param per_unit  a power of ten: 10'000 for Money, 1e9 for Duration and RateR9, 1 for counts.
/// Refuses what would need rounding, and what does not fit 64 bits.
[[nodiscard]] std::optional<Refusal> parse_exact(std::string_view text, Dimension dimension,
                                                 std::int64_t per_unit, std::int64_t& value);

/// Reads `2025-10-10`, `2025-10-10T13:30[:00]Z`, `2025-10-10 09:30 EDT`, `... +08:00`.
///
/// A date alone is midnight UTC; a time of day needs its zone: Z, UTC, EST, EDT or an offset.
[[nodiscard]] std::optional<Refusal> parse_time(std::string_view text, market::Time& value);

/// Forms that the parsers above read back to the same value.
[[nodiscard]] std::string format_real(double value, Dimension dimension);
[[nodiscard]] std::string format_exact(std::int64_t value, Dimension dimension,
                                       std::int64_t per_unit);
[[nodiscard]] std::string format_time(market::Time value);
[[nodiscard]] std::string decimal_digits(market::Int128 value);

/// What may be written for a dimension, for messages and manuals: `a share such as 5%, 25bp, 0.05`.
[[nodiscard]] std::string_view described(Dimension dimension);
/// The unit's name in tables: `per year`, `USD`, `s`; empty for plain numbers.
[[nodiscard]] std::string_view unit_name(Dimension dimension);
/// Regular expression (ECMA 262) of the texts with a unit that a dimension takes.
[[nodiscard]] std::string unit_pattern(Dimension dimension);
/// Regular expression of the texts that `parse_time` takes.
[[nodiscard]] std::string time_pattern();
/// Whether a bare number is complete: not for durations and money per time, but for zero.
[[nodiscard]] bool bare_number_allowed(Dimension dimension);

}  // namespace crowdout::world
