// SPDX-License-Identifier: Apache-2.0
#include "market/calendar.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace crowdout::market {

namespace {

constexpr std::int8_t closed = 0;
constexpr std::int8_t usual = -1;

/// A weekday on which somebody closes early or does not open.
struct SpecialDay {
    DayNumber day;
    std::int8_t equities_close;  ///< hour in New York, `closed` or `usual`
    std::int8_t bonds_close;
};

constexpr SpecialDay holiday(Date date) {
    return {day_number(date), closed, closed};
}
constexpr SpecialDay half_day(Date date) {
    return {day_number(date), 13, 14};
}
constexpr SpecialDay bank_holiday(Date date) {
    return {day_number(date), usual, closed};
}

constexpr std::array special_days{
    // 2024
    holiday({2024, 1, 1}), holiday({2024, 1, 15}), holiday({2024, 2, 19}), holiday({2024, 3, 29}),
    holiday({2024, 5, 27}), holiday({2024, 6, 19}), half_day({2024, 7, 3}), holiday({2024, 7, 4}),
    holiday({2024, 9, 2}), bank_holiday({2024, 10, 14}), bank_holiday({2024, 11, 11}),
    holiday({2024, 11, 28}), half_day({2024, 11, 29}), half_day({2024, 12, 24}),
    holiday({2024, 12, 25}),
    // 2025; on 9 January the exchanges mourned a president, the bond market until 14:00 only
    holiday({2025, 1, 1}), SpecialDay{day_number({2025, 1, 9}), closed, 14}, holiday({2025, 1, 20}),
    holiday({2025, 2, 17}), holiday({2025, 4, 18}), holiday({2025, 5, 26}), holiday({2025, 6, 19}),
    half_day({2025, 7, 3}), holiday({2025, 7, 4}), holiday({2025, 9, 1}),
    bank_holiday({2025, 10, 13}), bank_holiday({2025, 11, 11}), holiday({2025, 11, 27}),
    half_day({2025, 11, 28}), half_day({2025, 12, 24}), holiday({2025, 12, 25}),
    // 2026; Good Friday brings the employment report, so bonds trade until noon
    holiday({2026, 1, 1}), holiday({2026, 1, 19}), holiday({2026, 2, 16}),
    SpecialDay{day_number({2026, 4, 3}), closed, 12}, holiday({2026, 5, 25}),
    holiday({2026, 6, 19}), holiday({2026, 7, 3}), holiday({2026, 9, 7}),
    bank_holiday({2026, 10, 12}), bank_holiday({2026, 11, 11}), holiday({2026, 11, 26}),
    half_day({2026, 11, 27}), half_day({2026, 12, 24}), holiday({2026, 12, 25}),
    // 2027
    holiday({2027, 1, 1}), holiday({2027, 1, 18}), holiday({2027, 2, 15}), holiday({2027, 3, 26}),
    holiday({2027, 5, 31}), holiday({2027, 6, 18}), holiday({2027, 7, 5}), holiday({2027, 9, 6}),
    bank_holiday({2027, 10, 11}), bank_holiday({2027, 11, 11}), holiday({2027, 11, 25}),
    half_day({2027, 11, 26}), holiday({2027, 12, 24})};

constexpr bool is_earlier(const SpecialDay& a, const SpecialDay& b) {
    return a.day < b.day;
}
static_assert(std::is_sorted(special_days.begin(), special_days.end(), is_earlier));

/// Closing hour as the table has it, or `usual`.
std::int8_t special_close(Session session, DayNumber on) {
    const auto at = std::lower_bound(special_days.begin(), special_days.end(),
                                     SpecialDay{on, usual, usual}, is_earlier);
    if (at == special_days.end() || at->day != on) return usual;
    return session == Session::us_equities ? at->equities_close : at->bonds_close;
}

Time midnight_utc(DayNumber on) {
    return Time{} + day * on;
}

DayNumber utc_day(Time time) {
    const std::int64_t days = time.ns / day.ns;
    return static_cast<DayNumber>(time.ns % day.ns < 0 ? days - 1 : days);
}

DayNumber nth_sunday(std::int32_t in_year, std::int32_t month, std::int32_t nth) {
    const DayNumber first = day_number({in_year, month, 1});
    const auto to_sunday = 6 - static_cast<std::int32_t>(weekday(first));
    return first + to_sunday + 7 * (nth - 1);
}

}  // namespace

Date civil_date(DayNumber on) {
    const std::int32_t from_march = on + 719'468;
    const std::int32_t cycle = (from_march - (from_march < 0 ? 146'096 : 0)) / 146'097;
    const std::int32_t day_of_cycle = from_march - cycle * 146'097;
    // Leap days at the ends of 4, 100 and 400 years are taken out before dividing by 365.
    const std::int32_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1'460 + day_of_cycle / 36'524 - day_of_cycle / 146'096) /
        365;
    const std::int32_t day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const std::int32_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {year_of_cycle + cycle * 400 + (month <= 2 ? 1 : 0), month,
            day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

std::int32_t days_in_month(std::int32_t in_year, std::int32_t month) {
    const Date next = month == 12 ? Date{in_year + 1, 1, 1} : Date{in_year, month + 1, 1};
    return day_number(next) - day_number({in_year, month, 1});
}

Date add_months(Date date, std::int32_t months) {
    const std::int32_t since_year_0 = date.year * 12 + date.month - 1 + months;
    assert(since_year_0 >= 0);
    const Date moved{since_year_0 / 12, since_year_0 % 12 + 1, 1};
    return {moved.year, moved.month, std::min(date.day, days_in_month(moved.year, moved.month))};
}

Duration new_york_offset(Time time) {
    const std::int32_t this_year = civil_date(utc_day(time)).year;
    const Time spring = midnight_utc(nth_sunday(this_year, 3, 2)) + hour * 7;
    const Time autumn = midnight_utc(nth_sunday(this_year, 11, 1)) + hour * 6;
    return time >= spring && time < autumn ? hour * -4 : hour * -5;
}

DayNumber new_york_day(Time time) {
    return utc_day(time + new_york_offset(time));
}

Time new_york_time(DayNumber on, Duration since_midnight) {
    const Time shown = midnight_utc(on) + since_midnight;
    const Time daylight = shown + hour * 4;
    return new_york_offset(daylight) == hour * -4 ? daylight : shown + hour * 5;
}

SessionHours session_hours(Session session, DayNumber on) {
    assert(session != Session::always);
    const Time midnight = midnight_utc(on);
    if (weekday(on) >= Weekday::saturday) return {midnight, midnight};
    const std::int8_t special = special_close(session, on);
    if (special == closed) return {midnight, midnight};
    const bool equities = session == Session::us_equities;
    const std::int64_t close_hour = special != usual ? special : equities ? 16 : 17;
    const Duration open_at = equities ? hour * 9 + minute * 30 : hour * 8;
    return {new_york_time(on, open_at), new_york_time(on, hour * close_hour)};
}

bool is_open(Session session, Time time) {
    if (session == Session::always) return true;
    const SessionHours hours = session_hours(session, new_york_day(time));
    return time >= hours.open && time < hours.close;
}

bool is_pre_open(Session session, Time time) {
    if (session == Session::always) return false;
    const SessionHours hours = session_hours(session, new_york_day(time));
    return hours.open < hours.close && time >= hours.open - pre_open_span && time < hours.open;
}

Time next_change(Session session, Time time) {
    if (session == Session::always) return never;
    for (DayNumber on = new_york_day(time);; ++on) {
        const SessionHours hours = session_hours(session, on);
        if (hours.open == hours.close) continue;
        if (time < hours.open) return hours.open;
        if (time < hours.close) return hours.close;
    }
}

Duration open_time_between(Session session, Time from, Time to) {
    assert(from <= to);
    if (session == Session::always) return to - from;
    Duration sum;
    for (DayNumber on = new_york_day(from), last = new_york_day(to); on <= last; ++on) {
        const SessionHours hours = session_hours(session, on);
        const Time start = std::max(from, hours.open);
        const Time end = std::min(to, hours.close);
        if (start < end) sum = sum + (end - start);
    }
    return sum;
}

bool is_business_day(Session session, DayNumber on) {
    if (session == Session::always) return true;
    const SessionHours hours = session_hours(session, on);
    return hours.open < hours.close;
}

DayNumber add_business_days(Session session, DayNumber on, std::int32_t count) {
    const std::int32_t step = count < 0 ? -1 : 1;
    for (; count != 0; count -= step) {
        do {
            on += step;
        } while (!is_business_day(session, on));
    }
    return on;
}

Time next_local(Session session, Time time, Duration since_midnight) {
    assert(since_midnight >= Duration{0} && since_midnight < day);
    for (DayNumber today = new_york_day(time);; ++today) {
        if (!is_business_day(session, today)) continue;
        const Time moment = new_york_time(today, since_midnight);
        if (moment > time) return moment;
    }
}

}  // namespace crowdout::market
