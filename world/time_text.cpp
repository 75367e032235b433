// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

constexpr std::string_view expected_time =
    "a date such as 2025-10-10, or a moment such as 2025-10-10T13:30Z, 2025-10-10 09:30 EDT";

struct Civil {
    int year = 1970;
    int month = 1;
    int day = 1;
};

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

/// Days before the first of January of `year`, counted from that of the year 0.
std::int64_t days_before_year(std::int64_t year) {
    const std::int64_t past = year - 1;  // years that are over, the leap year 0 apart
    return year * 365 + past / 4 - past / 100 + past / 400 + 1;
}

std::int64_t days_since_1970(const Civil& date) {
    std::int64_t days = days_before_year(date.year) - days_before_year(1970) + date.day - 1;
    for (int month = 1; month < date.month; ++month) days += days_in_month(date.year, month);
    return days;
}

Civil civil_from_days(std::int64_t days) {
    Civil date;
    date.year = static_cast<int>(1970 + days / 366);  // never too late, so count upwards
    if (days < 0) date.year = static_cast<int>(1970 + days / 365 - 1);
    while (days_since_1970({date.year + 1, 1, 1}) <= days) ++date.year;
    std::int64_t left = days - days_since_1970({date.year, 1, 1});
    while (left >= days_in_month(date.year, date.month)) {
        left -= days_in_month(date.year, date.month);
        ++date.month;
    }
    date.day = static_cast<int>(left) + 1;
    return date;
}

/// Takes exactly `digits` digits off the front of `text`.
bool take_number(std::string_view& text, std::size_t digits, int& value) {
    if (text.size() < digits) return false;
    const auto end = std::from_chars(text.data(), text.data() + digits, value);
    if (end.ptr != text.data() + digits || text[0] == '-') return false;
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

/// Takes a zone; @return false where there is none that we know.
bool take_zone(std::string_view& text, std::int64_t& offset_minutes) {
    struct Zone {
        std::string_view name;
        std::int64_t offset_minutes;
    };
    constexpr std::array<Zone, 4> zones{{{"Z", 0}, {"UTC", 0}, {"EST", -300}, {"EDT", -240}}};
    for (const Zone& zone : zones) {
        if (text != zone.name) continue;
        offset_minutes = zone.offset_minutes;
        text = {};
        return true;
    }
    const bool west = text.starts_with('-');
    if (!west && !text.starts_with('+')) return false;
    text.remove_prefix(1);
    int hours = 0;
    int minutes = 0;
    if (!take_number(text, 2, hours) || !take(text, ":") || !take_number(text, 2, minutes)) {
        return false;
    }
    offset_minutes = (std::int64_t{hours} * 60 + minutes) * (west ? -1 : 1);
    return hours <= 14 && minutes < 60;
}

}  // namespace

std::optional<Refusal> parse_time(std::string_view text, market::Time& value) {
    const auto refuse = [&](const std::string& why) {
        return Refusal{Code::bad_time, "'" + shortened(text) + "' " + why,
                       std::string{expected_time}};
    };
    std::string_view rest = text;
    Civil date;
    if (!take_number(rest, 4, date.year) || !take(rest, "-") || !take_number(rest, 2, date.month) ||
        !take(rest, "-") || !take_number(rest, 2, date.day)) {
        return refuse("is not a date");
    }
    // 64 bits of nanoseconds count 292 years, and no two dates lie further apart than these.
    if (date.year < 1850 || date.year > 2130) return refuse("lies outside the years 1850 to 2130");
    if (date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date.year, date.month)) {
        return refuse("is a day that no calendar has");
    }
    market::Time time{days_since_1970(date) * market::day.ns};
    if (rest.empty()) {
        value = time;
        return std::nullopt;
    }

    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!(take(rest, "T") || take(rest, " ")) || !take_number(rest, 2, hour) || !take(rest, ":") ||
        !take_number(rest, 2, minute) || (take(rest, ":") && !take_number(rest, 2, second)) ||
        hour > 23 || minute > 59 || second > 59) {
        return refuse("has no time of day after its date");
    }
    take(rest, " ");
    std::int64_t offset_minutes = 0;
    if (rest.empty()) return refuse("has a time of day without a zone");
    if (!take_zone(rest, offset_minutes) || !rest.empty()) {
        return refuse(
            "has a zone that is not known here; known are Z, UTC, EST, EDT and offsets "
            "such as +08:00");
    }
    time = time + market::hour * hour + market::minute * minute + market::second * second;
    value = time - market::minute * offset_minutes;
    return std::nullopt;
}

std::string format_time(market::Time value) {
    const std::int64_t days = value.ns / market::day.ns - (value.ns % market::day.ns < 0 ? 1 : 0);
    const std::int64_t seconds = (value.ns - days * market::day.ns) / market::second.ns;
    const Civil date = civil_from_days(days);
    std::string text = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    if (seconds == 0) return text;
    return text +
           fmt::format("T{:02}:{:02}:{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string time_pattern() {
    return R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})? ?)"
           R"((Z|UTC|EST|EDT|[+-][0-9]{2}:[0-9]{2}))?$)";
}

}  // namespace crowdout::world
