// SPDX-License-Identifier: Apache-2.0
#include "apps/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "world/text.hpp"

namespace crowdout::apps {

std::string thousands(std::int64_t value) {
    std::string digits = std::to_string(value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string dollars(double usd) {
    struct Unit {
        double size;
        const char* suffix;
    };
    static constexpr std::array<Unit, 5> units{
        {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}, {1, ""}}};
    if (!std::isfinite(usd)) return "-";
    const double size = std::abs(usd);
    const char* sign = usd < 0 ? "-" : "";
    for (const Unit& unit : units) {
        // 999.6 k rounds to 1000 k, which is 1.00 M.
        if (size < unit.size * 0.9995) continue;
        const double value = size / unit.size;
        const int decimals = unit.size < 10 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return fmt::format("{}${:.{}f}{}", sign, value, decimals, unit.suffix);
    }
    return "$0";
}

std::string price(double usd) {
    if (!std::isfinite(usd)) return "-";
    if (std::abs(usd) < 1) return fmt::format("{:.4f}", usd);
    const std::string text = fmt::format("{:.2f}", usd);
    const std::size_t point = text.size() - 3;
    return thousands(std::stoll(text.substr(0, point))) + text.substr(point);
}

std::string percent(double share) {
    if (!std::isfinite(share)) return "-";
    return fmt::format("{:+.1f} %", share * 100);
}

std::string portion(double share) {
    if (!std::isfinite(share)) return "-";
    return fmt::format("{:.1f} %", share * 100);
}

std::string clock_time(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", thousands(count), noun, count == 1 ? "" : "s");
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        width += world::is_wide(text) ? 2 : 1;
        text.remove_prefix(std::max<std::size_t>(1, world::utf8_length(text)));
    }
    return width;
}

}  // namespace crowdout::apps
