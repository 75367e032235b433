// SPDX-License-Identifier: Apache-2.0
#include "world/bound.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "world/quantity_text.hpp"

namespace crowdout::world {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What the text wants to be; whether it is that is for the parser to say.
Dimension dimension_of(std::string_view text) {
    const bool is_per_time = text.find('/') != std::string_view::npos;
    if (text.find('$') != std::string_view::npos) {
        return is_per_time ? Dimension::money_rate : Dimension::money;
    }
    if (is_per_time) return Dimension::rate;
    const auto last = std::find_if_not(text.rbegin(), text.rend(), is_letter);
    const std::string_view suffix =
        text.substr(text.size() - static_cast<std::size_t>(last - text.rbegin()));
    constexpr std::array<std::string_view, 9> times{"ns", "us", "ms", "s", "min",
                                                    "h",  "d",  "w",  "yr"};
    if (text.ends_with('%') || suffix == "bp") return Dimension::ratio;
    if (std::ranges::find(times, suffix) != times.end()) return Dimension::duration;
    return Dimension::number;
}

}  // namespace

std::optional<Refusal> parse_bound(std::string_view text, Bound& bound) {
    const Dimension unit = dimension_of(text);
    double value = 0;
    if (auto refusal = parse_real(text, unit, value)) {
        refusal->expected = "a number with its unit, such as 0.4, -10%, 25bp, $30B, 2d";
        return refusal;
    }
    bound = {value, unit};
    return std::nullopt;
}

std::string format_bound(const Bound& bound) {
    if (bound.unit != Dimension::ratio) return format_real(bound.value, bound.unit);
    // A share keeps a unit of its own, or it would be read back as a bare number.
    const std::string text = format_real(bound.value * 100, Dimension::number) + "%";
    Bound again;
    const bool is_exact = !parse_bound(text, again) && again == bound;
    return is_exact ? text : format_real(bound.value, Dimension::number) + "e2%";
}

}  // namespace crowdout::world
