// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "world/quantity_text.hpp"

namespace crowdout::world {

using market::Int128;

namespace {

/// Shortest digits that read back to `value`.
std::string shortest(double value) {
    std::array<char, 64> buffer{};
    const double size = value < 0 ? -value : value;
    const auto format = size == 0 || (size >= 1e-6 && size < 1e15) ? std::chars_format::fixed
                                                                   : std::chars_format::general;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
    return {buffer.data(), end.ptr};
}

/// `number` with the signs and units that make it complete.
std::string dressed(std::string number, Dimension dimension) {
    const bool negative = number.starts_with('-');
    const std::string bare = negative ? number.substr(1) : number;
    const std::string sign = negative ? "-" : "";
    if (bare == "0") return "0";
    switch (dimension) {
        case Dimension::money:
        case Dimension::price:
            return sign + "$" + bare;
        case Dimension::money_rate:
            return sign + "$" + bare + "/yr";
        case Dimension::rate:
            return number + "/yr";
        case Dimension::duration:
            return number + "s";
        case Dimension::number:
        case Dimension::ratio:
        case Dimension::quantity:
            break;
    }
    return number;
}

}  // namespace

std::string decimal_digits(Int128 value) {
    const bool negative = value < 0;
    std::string digits;
    do {
        const int digit = static_cast<int>(value % 10);
        digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    } while (value != 0);
    if (negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string format_real(double value, Dimension dimension) {
    return dressed(shortest(value), dimension);
}

std::string format_exact(std::int64_t value, Dimension dimension, std::int64_t per_unit) {
    if (dimension == Dimension::duration && value != 0) {
        constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> units{
            {{"d", market::day.ns},
             {"h", market::hour.ns},
             {"min", market::minute.ns},
             {"s", market::second.ns},
             {"ms", market::millisecond.ns},
             {"us", 1'000},
             {"ns", 1}}};
        // The largest unit that divides it: 30d rather than 2592000s.
        for (const auto& [unit, ns] : units) {
            const std::int64_t size = ns / (market::second.ns / per_unit);
            if (size > 0 && value % size == 0) {
                return std::to_string(value / size) + std::string{unit};
            }
        }
    }
    // 128 bits, because the smallest 64-bit number has no positive twin.
    const Int128 absolute = value < 0 ? -Int128{value} : Int128{value};
    std::string number = decimal_digits(absolute / per_unit);
    std::string fraction = decimal_digits(absolute % per_unit + per_unit).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    if (per_unit > 1 && !fraction.empty()) number += "." + fraction;
    return dressed((value < 0 ? "-" : "") + number, dimension);
}

std::string_view described(Dimension dimension) {
    switch (dimension) {
        case Dimension::number:
            return "a number such as 12, 0.5, 1e6, 3.5k";
        case Dimension::ratio:
            return "a share such as 5%, 25bp, 0.05";
        case Dimension::rate:
            return "a rate such as 4%/yr, 25bp/yr, 6/d, 0.04";
        case Dimension::money:
            return "an amount of dollars such as $1.2B, 20k, 1500";
        case Dimension::money_rate:
            return "dollars per time such as $400B/yr, $1.5M/d";
        case Dimension::price:
            return "a price in dollars such as $92k, 0.25";
        case Dimension::quantity:
            return "a number of coins, shares or $100 faces such as 450, 19.8M";
        case Dimension::duration:
            return "a duration such as 30d, 2h, 5min, 10s, 100ms";
    }
    return "";
}

std::string_view unit_name(Dimension dimension) {
    constexpr std::array<std::string_view, 8> names{
        "", "1", "per year", "USD", "USD per year", "USD per whole", "whole units", "s"};
    return names[static_cast<std::size_t>(dimension)];
}

bool bare_number_allowed(Dimension dimension) {
    return dimension != Dimension::duration && dimension != Dimension::money_rate;
}

// Looser than the parser in one way: leading zeros, which it tells better than a pattern could.
std::string unit_pattern(Dimension dimension) {
    const std::string number = R"(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)";
    const std::string per = "/(yr|mo|d|h|min|s)";
    switch (dimension) {
        case Dimension::number:
        case Dimension::quantity:
            return "^[+-]?" + number + "[kMBT]$";
        case Dimension::ratio:
            return "^[+-]?" + number + "(%|bp)$";
        case Dimension::rate:
            return "^[+-]?" + number + "((%|bp|[kMBT])(" + per + ")?|" + per + ")$";
        case Dimension::money:
        case Dimension::price:
            return "^[+-]?(\\$" + number + "[kMBT]?|" + number + "[kMBT])$";
        case Dimension::money_rate:
            return "^[+-]?\\$?" + number + "[kMBT]?" + per + "$";
        case Dimension::duration:
            return "^[+-]?" + number + "(ns|us|ms|s|min|h|d|w|yr)$";
    }
    return "";
}

}  // namespace crowdout::world
