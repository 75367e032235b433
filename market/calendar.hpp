// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

#include "market/instrument.hpp"
#include "market/time.hpp"

namespace crowdout::market {

/// Days since 1970-01-01, whichever clock on the wall counts them.
using DayNumber = std::int32_t;

/// A day of the proleptic Gregorian calendar.
struct Date {
    std::int32_t year = 1970;
    std::int32_t month = 1;  ///< 1..12
    std::int32_t day = 1;    ///< 1..31

    friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Source: the civil-from-days arithmetic of 400-year cycles that begin on 1 March.
[[nodiscard]] constexpr DayNumber day_number(Date date) {
    const std::int32_t year_from_march = date.month > 2 ? date.year : date.year - 1;
    const std::int32_t cycle = (year_from_march - (year_from_march < 0 ? 399 : 0)) / 400;
    const std::int32_t year_of_cycle = year_from_march - cycle * 400;
    const std::int32_t month_from_march = (date.month + 9) % 12;
    const std::int32_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const std::int32_t day_of_cycle =
        365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    // 719,468 days lie between 1 March of year 0 and 1 January 1970.
    return cycle * 146'097 + day_of_cycle - 719'468;
}

[[nodiscard]] Date civil_date(DayNumber on);

[[nodiscard]] std::int32_t days_in_month(std::int32_t in_year, std::int32_t month);

/// The same day of another month, or that month's last day where it has no such day.
[[nodiscard]] Date add_months(Date date, std::int32_t months);

enum class Weekday : std::uint8_t {
    monday,
    tuesday,
    wednesday,
    thursday,
    friday,
    saturday,
    sunday
};

[[nodiscard]] constexpr Weekday weekday(DayNumber on) {
    const std::int32_t since_monday = (on + 3) % 7;  // 1970-01-01 was a Thursday
    return static_cast<Weekday>(since_monday < 0 ? since_monday + 7 : since_monday);
}

/// What New York's clocks add to UTC: -5 h, or -4 h from the second Sunday of March 02:00 to the
/// first Sunday of November 02:00. Source: Energy Policy Act of 2005, in force since 2007.
[[nodiscard]] Duration new_york_offset(Time time);

[[nodiscard]] DayNumber new_york_day(Time time);

/// The moment at which New York's clocks show `since_midnight` on day `on`. An hour that is shown
/// twice is its first showing; one that is skipped counts on from the hour before.
[[nodiscard]] Time new_york_time(DayNumber on, Duration since_midnight);

/// From the opening, included, to the close, excluded; equal where the day has no session.
struct SessionHours {
    Time open;
    Time close;
};

/// The hours of one New York day. Not for `Session::always`, which has no days.
///
/// The days: NYSE Group's holiday and early-closings calendar 2024-2027, with the day of mourning
/// of 9 January 2025; for bonds also SIFMA's Columbus Day and Veterans Day, and 14:00 where NYSE
/// closes at 13:00. Other early closes of SIFMA's are left out (our choice). Outside 2024-2027
/// every weekday is a business day.
[[nodiscard]] SessionHours session_hours(Session session, DayNumber on);

/// Cost: O(log holidays), as everything below that looks at one day.
[[nodiscard]] bool is_open(Session session, Time time);

/// Orders for the opening auction are taken so long before the opening (our choice; NYSE takes
/// them from 06:30, of which a simulated crowd needs the end only).
inline constexpr Duration pre_open_span{5 * minute.ns};

[[nodiscard]] bool is_pre_open(Session session, Time time);

/// The next moment, later than `time`, at which the session opens or closes; `never` if it does
/// neither.
[[nodiscard]] Time next_change(Session session, Time time);

/// How long the session is open between two moments, `from` not later than `to`.
/// Cost: O(days between).
[[nodiscard]] Duration open_time_between(Session session, Time from, Time to);

/// Whether the session has hours on that New York day; `always` has every day.
[[nodiscard]] bool is_business_day(Session session, DayNumber on);

/// The `count`-th business day after `on` (before it, where negative); `on` itself for 0.
[[nodiscard]] DayNumber add_business_days(Session session, DayNumber on, std::int32_t count);

/// The next moment, later than `time`, at which New York's clocks show `since_midnight` on a
/// business day of the session: 16:00 for a fund's net asset value, 14:00 for its cut-off. A half
/// day does not move it.
[[nodiscard]] Time next_local(Session session, Time time, Duration since_midnight);

}  // namespace crowdout::market
