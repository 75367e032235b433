// SPDX-License-Identifier: Apache-2.0
#include "studies/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "market/calendar.hpp"

namespace crowdout::studies {
namespace {

using market::Date;
using market::DayNumber;
using market::Duration;
using market::Time;

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Whole days since 1970 and the rest of the day, also before 1970.
struct Split {
    DayNumber day;
    Duration rest;
};
Split split(Time time) {
    std::int64_t day = time.ns / market::day.ns;
    if (time.ns % market::day.ns < 0) --day;
    return {static_cast<DayNumber>(day), Duration{time.ns - day * market::day.ns}};
}

Time midnight(DayNumber day) {
    return Time{std::int64_t{day} * market::day.ns};
}

std::string day_text(const Date& date, Language language) {
    if (language == Language::chinese) return fmt::format("{}月{}日", date.month, date.day);
    return fmt::format("{} {}", date.day, month_names[static_cast<std::size_t>(date.month - 1)]);
}

std::string month_text(const Date& date, Language language) {
    if (date.month == 1) {
        return fmt::format("{}{}", date.year, language == Language::chinese ? "年" : "");
    }
    if (language == Language::chinese) return fmt::format("{}月", date.month);
    return std::string{month_names[static_cast<std::size_t>(date.month - 1)]};
}

std::string clock_text(Duration since_midnight, bool with_seconds) {
    const std::int64_t seconds = since_midnight.ns / market::second.ns;
    if (!with_seconds) return fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

void tick_by_duration(Time from, Time to, Duration step, Language language,
                      std::vector<TimeTick>& ticks) {
    std::int64_t at = from.ns / step.ns * step.ns;
    while (at < from.ns) at += step.ns;
    for (; at <= to.ns; at += step.ns) {
        const Split parts = split(Time{at});
        const bool new_day = parts.rest.ns == 0;
        ticks.push_back({Time{at}, new_day ? day_text(market::civil_date(parts.day), language)
                                           : clock_text(parts.rest, step < market::minute)});
    }
}

void tick_by_months(Time from, Time to, std::int32_t step, Language language,
                    std::vector<TimeTick>& ticks) {
    Date date = market::civil_date(split(from).day);
    date = {date.year, (date.month - 1) / std::min(step, 12) * std::min(step, 12) + 1, 1};
    if (step > 12) date = {date.year / (step / 12) * (step / 12), 1, 1};
    for (; midnight(market::day_number(date)) <= to; date = market::add_months(date, step)) {
        const Time time = midnight(market::day_number(date));
        if (time >= from) ticks.push_back({time, month_text(date, language)});
    }
}

/// A large unit: from how much on it is used, and what it is worth.
struct Scale {
    double from;
    double worth;
    std::string_view name;
};
constexpr std::array<Scale, 4> english_scales{
    {{1e12, 1e12, "tn"}, {1e9, 1e9, "bn"}, {1e6, 1e6, "m"}, {1e5, 1e3, "k"}}};
constexpr std::array<Scale, 3> chinese_scales{
    {{1e12, 1e12, "万亿"}, {1e8, 1e8, "亿"}, {1e5, 1e4, "万"}}};

Scale scale_of(double magnitude, Language language) {
    const auto scales = language == Language::chinese ? std::span<const Scale>{chinese_scales}
                                                      : std::span<const Scale>{english_scales};
    for (const Scale& scale : scales) {
        if (magnitude >= scale.from) return scale;
    }
    return {0, 1, ""};
}

std::string with_thousands(double value, int decimals) {
    const std::string plain = fmt::format("{:.{}f}", std::abs(value), decimals);
    const std::size_t point = std::min(plain.find('.'), plain.size());
    std::string digits;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i < point && (point - i) % 3 == 0) digits += ',';
        digits += plain[i];
    }
    return digits;
}

std::string formatted(double value, int decimals, const Scale& scale, Unit unit) {
    const double shown = unit == Unit::percent ? value * 100 : value / scale.worth;
    const std::string digits = with_thousands(shown, decimals);
    const bool zero = digits.find_first_not_of("0.") == std::string::npos;
    return fmt::format("{}{}{}{}", value < 0 && !zero ? "-" : "", unit == Unit::dollars ? "$" : "",
                       digits, unit == Unit::percent ? "%" : scale.name);
}

Scale scale_for(double magnitude, Unit unit, Language language) {
    return unit == Unit::percent ? Scale{0, 0.01, ""} : scale_of(magnitude, language);
}

// A range this small a share of its numbers has none to mark in between: doubles have 16 digits.
constexpr double share_least = 1e-12;

}  // namespace

std::vector<TimeTick> time_ticks(Time from, Time to, std::size_t intervals_max, Language language) {
    std::vector<TimeTick> ticks;
    if (!(from < to) || intervals_max == 0) return ticks;
    using market::day;
    using market::hour;
    using market::minute;
    using market::second;
    static constexpr std::array durations{
        second, second * 5, second * 15, second * 30, minute, minute * 5, minute * 15, minute * 30,
        hour,   hour * 3,   hour * 6,    hour * 12,   day,    day * 2,    day * 7,     day * 14};
    const auto spacing = static_cast<double>(to.ns - from.ns) / static_cast<double>(intervals_max);
    for (const Duration step : durations) {
        if (static_cast<double>(step.ns) < spacing) continue;
        tick_by_duration(from, to, step, language, ticks);
        break;
    }
    for (const std::int32_t months : {1, 2, 3, 6, 12, 24, 60, 120, 1200}) {
        if (!ticks.empty() || static_cast<double>(day.ns) * 30.5 * months < spacing) continue;
        tick_by_months(from, to, months, language, ticks);
        break;
    }
    return ticks;
}

std::vector<ValueTick> value_ticks(double low, double high, std::size_t intervals_max, Unit unit,
                                   Language language) {
    std::vector<ValueTick> ticks;
    const double size = std::max(std::abs(low), std::abs(high));
    const double range = high - low;
    const double range_least = std::max(share_least * size, std::numeric_limits<double>::min());
    if (!std::isfinite(range) || !(range > range_least) || intervals_max == 0) return ticks;
    const double least = range / static_cast<double>(intervals_max);
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least) {
            step = factor * power;
            break;
        }
    }
    const Scale scale = scale_for(size, unit, language);
    const double digits = std::ceil(-std::log10(step / scale.worth) - 1e-9);
    const int decimals = static_cast<int>(std::clamp(digits, 0.0, 9.0));
    // Counted, not added up: sums of 0.1 drift.
    const double first = std::ceil(low / step - 1e-9);
    const double last = std::floor(high / step + 1e-9);
    const auto count = static_cast<std::size_t>(std::max(last - first + 1, 0.0));
    for (std::size_t i = 0; i < count; ++i) {
        const double value = (first + static_cast<double>(i)) * step;
        ticks.push_back({value, formatted(value, decimals, scale, unit)});
    }
    return ticks;
}

std::string time_text(Time time, Language language) {
    const Split parts = split(time);
    const Date date = market::civil_date(parts.day);
    const bool with_seconds = parts.rest.ns % market::minute.ns != 0;
    const std::string clock = clock_text(parts.rest, with_seconds);
    if (language == Language::chinese) {
        return fmt::format("{}年{} {}", date.year, day_text(date, language), clock);
    }
    return fmt::format("{} {} {}", day_text(date, language), date.year, clock);
}

std::string value_text(double value, Unit unit, Language language) {
    if (!std::isfinite(value)) return "–";
    const double size = std::abs(value);
    // Two decimals would leave nothing of a spread of 4.8 basis points.
    if (unit == Unit::percent && size < 1e-3 && size >= 5e-6) {
        return fmt::format("{:.3g} bp", value * 1e4);
    }
    const Scale scale = scale_for(std::abs(value), unit, language);
    const double shown = std::abs(value) / scale.worth;
    const int decimals = shown >= 1000 ? 0 : shown >= 100 ? 1 : 2;
    return formatted(value, decimals, scale, unit);
}

}  // namespace crowdout::studies
