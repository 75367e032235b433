// SPDX-License-Identifier: Apache-2.0
#include "world/quantity_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "world/text.hpp"

namespace crowdout::world {
namespace {

using market::Int128;

enum class SuffixKind : std::uint8_t { magnitude, share, time };

/// A suffix stands for `factor` times ten to `exponent`.
struct Suffix {
    std::string_view text;
    SuffixKind kind;
    std::int64_t factor;
    int exponent;
};

constexpr std::array<Suffix, 15> suffixes{{
    {"k", SuffixKind::magnitude, 1, 3},
    {"M", SuffixKind::magnitude, 1, 6},
    {"B", SuffixKind::magnitude, 1, 9},
    {"T", SuffixKind::magnitude, 1, 12},
    {"%", SuffixKind::share, 1, -2},
    {"bp", SuffixKind::share, 1, -4},
    {"ns", SuffixKind::time, 1, -9},
    {"us", SuffixKind::time, 1, -6},
    {"ms", SuffixKind::time, 1, -3},
    {"s", SuffixKind::time, 1, 0},
    {"min", SuffixKind::time, 60, 0},
    {"h", SuffixKind::time, 3'600, 0},
    {"d", SuffixKind::time, 86'400, 0},
    {"w", SuffixKind::time, 604'800, 0},
    {"yr", SuffixKind::time, 31'536'000, 0},
}};

/// What `/x` multiplies a number by to make it per year of 365 days.
constexpr std::array<Suffix, 6> per_year{{
    {"yr", SuffixKind::time, 1, 0},
    {"mo", SuffixKind::time, 12, 0},
    {"d", SuffixKind::time, 365, 0},
    {"h", SuffixKind::time, 8'760, 0},
    {"min", SuffixKind::time, 525'600, 0},
    {"s", SuffixKind::time, 31'536'000, 0},
}};

/// Spellings that people try, and what they should write.
struct Advice {
    std::string_view wrong;
    std::string_view right;
};
constexpr std::array<Advice, 28> advices{{
    {"m", "'M' for million or 'min' for minutes"},
    {"K", "'k'"},
    {"b", "'B' for billion or 'bp' for basis points"},
    {"t", "'T'"},
    {"G", "'B'"},
    {"bn", "'B'"},
    {"mn", "'M'"},
    {"mm", "'M'"},
    {"tn", "'T'"},
    {"bps", "'bp'"},
    {"pct", "'%'"},
    {"percent", "'%'"},
    {"sec", "'s'"},
    {"secs", "'s'"},
    {"mins", "'min'"},
    {"minute", "'min'"},
    {"minutes", "'min'"},
    {"hr", "'h'"},
    {"hrs", "'h'"},
    {"hour", "'h'"},
    {"hours", "'h'"},
    {"day", "'d'"},
    {"days", "'d'"},
    {"weeks", "'w'"},
    {"mo", "days, as '30d': months differ in length"},
    {"y", "'yr'"},
    {"years", "'yr'"},
    {"USD", "a '$' in front"},
}};

/// A number with its unit, taken apart: mantissa * 10^exponent, suffix and divisor applied.
struct Amount {
    Int128 mantissa = 0;
    int exponent = 0;
    bool dollar = false;
    bool per_time = false;
    const Suffix* suffix = nullptr;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `0b1`, as C writes binary numbers; `0bp` is no basis points at all.
bool is_binary(std::string_view text) {
    return text.size() > 2 && text.starts_with("0b") && is_digit(text[2]);
}

std::string quoted(std::string_view text) {
    return "'" + shortened(text) + "'";
}

/// With every date, it must be counted in 64 bits of nanoseconds (our choice).
constexpr std::int64_t seconds_max = 50LL * 365 * 86'400;

Refusal too_long(std::string_view text) {
    return {Code::too_large, quoted(text) + " is longer than 50 years", "at most 50yr"};
}

class AmountParser {
public:
    AmountParser(std::string_view text, Dimension dimension)
        : whole_{text}, rest_{text}, dimension_{dimension} {}

    std::optional<Refusal> parse(Amount& amount) {
        if (auto refusal = refuse_look_alikes()) return refusal;
        const bool negative = take_sign();
        amount.dollar = take('$');
        if (auto refusal = parse_digits(amount)) return refusal;
        if (auto refusal = parse_suffix(amount)) return refusal;
        if (auto refusal = parse_divisor(amount)) return refusal;
        if (negative) amount.mantissa = -amount.mantissa;
        return check_dimension(amount);
    }

private:
    [[nodiscard]] Refusal refusal(Code code, std::string message) const {
        return {code, std::move(message), std::string{described(dimension_)}};
    }

    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool take_sign() {
        if (take('-')) return true;
        take('+');
        return false;
    }

    /// Texts that YAML, C or a spreadsheet would read as some other number than is seen.
    [[nodiscard]] std::optional<Refusal> refuse_look_alikes() const {
        std::string_view bare = whole_;
        if (bare.starts_with('-') || bare.starts_with('+')) bare.remove_prefix(1);
        for (const std::string_view word : {".nan", ".inf", "nan", "inf", "infinity", "NaN"}) {
            const bool same = std::equal(bare.begin(), bare.end(), word.begin(), word.end(),
                                         [](char a, char b) { return (a | 0x20) == (b | 0x20); });
            if (same) return refusal(Code::not_finite, quoted(whole_) + " is no finite number");
        }
        if (bare.starts_with('$')) bare.remove_prefix(1);
        if (bare.size() > 1 && bare[0] == '0' && (is_digit(bare[1]) || bare[1] == 'o')) {
            return refusal(Code::ambiguous_number,
                           quoted(whole_) +
                               " starts with a zero, which some read as octal; write " +
                               "it without");
        }
        if (bare.starts_with("0x") || bare.starts_with("0X") || is_binary(bare)) {
            return refusal(Code::ambiguous_number,
                           quoted(whole_) + " is not decimal; write it in decimal");
        }
        const std::size_t odd = bare.find_first_of("_,");
        if (odd != std::string_view::npos && odd > 0 && is_digit(bare[odd - 1])) {
            return refusal(Code::ambiguous_number,
                           quoted(whole_) + " has separators between digits; write them without");
        }
        return std::nullopt;
    }

    std::optional<Refusal> parse_digits(Amount& amount) {
        constexpr int digits_max = 25;  // times 31'536'000 still fits 128 bits
        int digits = 0;
        bool any = false;
        bool point = false;
        for (; !rest_.empty() && (is_digit(rest_[0]) || (rest_[0] == '.' && !point));
             rest_.remove_prefix(1)) {
            if (rest_[0] == '.') {
                point = true;
                continue;
            }
            any = true;
            if (amount.mantissa != 0 || rest_[0] != '0') ++digits;
            if (digits > digits_max) {
                return refusal(Code::too_large, quoted(whole_) + " has more than 25 digits");
            }
            amount.mantissa = amount.mantissa * 10 + (rest_[0] - '0');
            if (point) --amount.exponent;
        }
        if (!any) return refusal(Code::not_a_number, quoted(whole_) + " is not a number");
        return parse_exponent(amount);
    }

    std::optional<Refusal> parse_exponent(Amount& amount) {
        constexpr int exponent_max = 9'999;
        if (rest_.size() < 2 || (rest_[0] != 'e' && rest_[0] != 'E')) return std::nullopt;
        std::string_view tail = rest_.substr(1);
        const bool negative = tail.starts_with('-');
        if (negative || tail.starts_with('+')) tail.remove_prefix(1);
        if (tail.empty() || !is_digit(tail[0]))
            return std::nullopt;  // a suffix, and an unknown one
        int exponent = 0;
        for (; !tail.empty() && is_digit(tail[0]); tail.remove_prefix(1)) {
            exponent = std::min(exponent_max, exponent * 10 + (tail[0] - '0'));
        }
        amount.exponent += negative ? -exponent : exponent;
        rest_ = tail;
        return std::nullopt;
    }

    std::optional<Refusal> parse_suffix(Amount& amount) {
        const std::string_view word = rest_.substr(0, rest_.find('/'));
        if (word.empty()) return std::nullopt;
        for (const Suffix& suffix : suffixes) {
            if (suffix.text != word) continue;
            amount.suffix = &suffix;
            amount.mantissa *= suffix.factor;
            amount.exponent += suffix.exponent;
            rest_.remove_prefix(word.size());
            return std::nullopt;
        }
        return unknown_unit(word);
    }

    std::optional<Refusal> parse_divisor(Amount& amount) {
        if (rest_.empty()) return std::nullopt;
        const std::string_view word = rest_.substr(1);
        for (const Suffix& unit : per_year) {
            if (unit.text != word) continue;
            amount.per_time = true;
            amount.mantissa *= unit.factor;
            return std::nullopt;
        }
        return unknown_unit(rest_);
    }

    [[nodiscard]] Refusal unknown_unit(std::string_view word) const {
        std::string_view bare = word;
        while (!bare.empty() && (bare[0] == ' ' || bare[0] == '/')) bare.remove_prefix(1);
        for (const Advice& advice : advices) {
            if (advice.wrong != bare || word.starts_with('/')) continue;
            return refusal(Code::wrong_unit, quoted(whole_) + ": unknown unit " + quoted(bare) +
                                                 "; write " + std::string{advice.right});
        }
        if (word.starts_with(' ')) {
            return refusal(Code::wrong_unit,
                           quoted(whole_) + ": a unit follows its number without a blank");
        }
        if (word.starts_with('/')) {
            return refusal(Code::wrong_unit, quoted(whole_) + ": unknown time after '/'; write " +
                                                 "/yr, /mo, /d, /h, /min or /s");
        }
        const bool unit_like = !is_digit(word.back()) && word.size() <= 8 && word[0] != '.';
        return unit_like
                   ? refusal(Code::wrong_unit, quoted(whole_) + ": unknown unit " + quoted(word))
                   : refusal(Code::not_a_number, quoted(whole_) + " is not a number");
    }

    /// Which dimension the text speaks of, against the one that is asked for.
    [[nodiscard]] std::optional<Refusal> check_dimension(const Amount& amount) const {
        const bool magnitude =
            amount.suffix == nullptr || amount.suffix->kind == SuffixKind::magnitude;
        const bool share = amount.suffix != nullptr && amount.suffix->kind == SuffixKind::share;
        const bool time = amount.suffix != nullptr && amount.suffix->kind == SuffixKind::time;
        const bool bare = amount.suffix == nullptr && !amount.dollar && !amount.per_time;
        const bool zero = amount.mantissa == 0;

        bool fits = false;
        switch (dimension_) {
            case Dimension::number:
            case Dimension::quantity:
                fits = magnitude && !amount.dollar && !amount.per_time;
                break;
            case Dimension::ratio:
                fits = (bare || share) && !amount.dollar && !amount.per_time;
                break;
            case Dimension::rate:
                fits = (magnitude || share) && !amount.dollar;
                break;
            case Dimension::money:
            case Dimension::price:
                fits = magnitude && !amount.per_time;
                break;
            case Dimension::money_rate:
                fits = (magnitude && amount.per_time) || (bare && zero);
                break;
            case Dimension::duration:
                fits = (time && !amount.dollar && !amount.per_time) || (bare && zero);
                break;
        }
        if (fits) return std::nullopt;
        if (bare) return refusal(Code::wrong_unit, quoted(whole_) + " needs a unit");
        const std::string_view is = time              ? "a duration"
                                    : share           ? "a share"
                                    : amount.dollar   ? "an amount of money"
                                    : amount.per_time ? "an amount per time"
                                                      : "a plain number";
        return refusal(Code::wrong_unit, quoted(whole_) + " is " + std::string{is} + ", not " +
                                             std::string{described(dimension_)});
    }

    std::string_view whole_;
    std::string_view rest_;
    Dimension dimension_;
};

}  // namespace

std::optional<Refusal> parse_real(std::string_view text, Dimension dimension, double& value) {
    Amount amount;
    if (auto refusal = AmountParser{text, dimension}.parse(amount)) return refusal;
    const std::string decimal =
        decimal_digits(amount.mantissa) + "e" + std::to_string(amount.exponent);
    double parsed = 0;
    const auto result = std::from_chars(decimal.data(), decimal.data() + decimal.size(), parsed);
    if (result.ec != std::errc{}) {
        const bool large = amount.exponent > 0;
        return Refusal{large ? Code::too_large : Code::not_representable,
                       quoted(text) + (large ? " is too large" : " is too close to zero"),
                       std::string{described(dimension)}};
    }
    if (dimension == Dimension::duration && std::abs(parsed) > seconds_max) return too_long(text);
    value = parsed;
    return std::nullopt;
}

std::optional<Refusal> parse_exact(std::string_view text, Dimension dimension,
                                   std::int64_t per_unit, std::int64_t& value) {
    Amount amount;
    if (auto refusal = AmountParser{text, dimension}.parse(amount)) return refusal;
    int exponent = amount.exponent;
    for (std::int64_t scale = per_unit; scale > 1; scale /= 10) ++exponent;

    Int128 scaled = amount.mantissa;
    for (; exponent < 0 && scaled != 0; ++exponent) {
        if (scaled % 10 != 0) {
            const std::string step =
                per_unit == 1 ? "a whole number" : "a multiple of 1/" + std::to_string(per_unit);
            return Refusal{Code::not_representable, quoted(text) + " is not " + step,
                           std::string{described(dimension)}};
        }
        scaled /= 10;
    }
    constexpr Int128 limit = INT64_MAX;
    for (; exponent > 0 && scaled != 0 && scaled <= limit && scaled >= -limit; --exponent) {
        scaled *= 10;
    }
    if (scaled > limit || scaled < -limit) {
        return Refusal{Code::too_large, quoted(text) + " is too large",
                       "at most " + format_exact(INT64_MAX, dimension, per_unit)};
    }
    if (dimension == Dimension::duration) {
        const Int128 most = Int128{per_unit} * seconds_max;
        if (scaled > most || scaled < -most) return too_long(text);
    }
    value = static_cast<std::int64_t>(scaled);
    return std::nullopt;
}

}  // namespace crowdout::world
