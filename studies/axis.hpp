// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "market/time.hpp"
#include "studies/language.hpp"

namespace crowdout::studies {

/// What a value axis counts.
enum class Unit : std::uint8_t { plain, dollars, percent };  ///< percent: of 1, so 0.05 is 5 %

struct TimeTick {
    market::Time time;
    std::string label;
};

struct ValueTick {
    double value;
    std::string label;
};

/// Round moments (UTC) in [from, to] that cut it into at most `intervals_max` parts and the ends:
/// seconds, minutes, hours, days, months or years apart. The first moment of a day or year says
/// which.
[[nodiscard]] std::vector<TimeTick> time_ticks(market::Time from, market::Time to,
                                               std::size_t intervals_max, Language language);

/// Round values in [low, high] that cut it into at most `intervals_max` parts and the ends: 1, 2 or
/// 5 times a power of ten apart. None where the range is less than 1e-12 of its numbers.
[[nodiscard]] std::vector<ValueTick> value_ticks(double low, double high, std::size_t intervals_max,
                                                 Unit unit, Language language);

/// `3 Jun 2026 14:30`, `2026年6月3日 14:30`; with seconds where there are any. UTC.
[[nodiscard]] std::string time_text(market::Time time, Language language);

/// `$63,200`, `$1.25bn`, `-3.4%`, `4.8 bp`: about four figures, and the language's large units.
[[nodiscard]] std::string value_text(double value, Unit unit, Language language);

}  // namespace crowdout::studies
