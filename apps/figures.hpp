// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "studies/shell_word.hpp"

namespace crowdout::apps {

/// 1234567 as `1,234,567`, whatever the locale.
[[nodiscard]] std::string thousands(std::int64_t value);

/// Dollars with three significant digits or more and a unit: `$950`, `$1.23M`, `-$45.6B`.
[[nodiscard]] std::string dollars(double usd);

/// A price in dollars: two decimals, more below one dollar.
[[nodiscard]] std::string price(double usd);

/// A share as a signed percentage with one decimal: 0.0125 is `+1.3 %`; NaN is `-`.
[[nodiscard]] std::string percent(double share);

/// A part of a whole as a percentage: 0.25 is `25.0 %`.
[[nodiscard]] std::string portion(double share);

/// Seconds as `45 s`, `3:07` or `1:02:03`.
[[nodiscard]] std::string clock_time(double seconds);

/// `1 step`, `2 steps`, `1,000 steps`.
[[nodiscard]] std::string counted(std::int64_t count, std::string_view noun);

using studies::shell_option;
using studies::shell_sets;
using studies::shell_word;

/// Columns of a terminal that UTF-8 `text` takes: two for a Chinese, Japanese or Korean character.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace crowdout::apps
