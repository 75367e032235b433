// SPDX-License-Identifier: Apache-2.0
#include "market/calendar.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <set>

using namespace crowdout::market;

namespace {

Time utc(Date date, int hours, int minutes) {
    return Time{} + day * day_number(date) + hour * hours + minute * minutes;
}

DayNumber nth(Weekday wanted, int in_year, int month, int count) {
    DayNumber at = day_number({in_year, month, 1});
    while (weekday(at) != wanted) ++at;
    return at + 7 * (count - 1);
}

/// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
DayNumber easter_sunday(int y) {
    const int a = y % 19, b = y / 100, c = y % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    return day_number({y, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1});
}

/// A holiday with a date of its own is kept on the weekday beside it.
DayNumber observed(Date date) {
    const DayNumber at = day_number(date);
    return weekday(at) == Weekday::saturday ? at - 1 : weekday(at) == Weekday::sunday ? at + 1 : at;
}

}  // namespace

TEST_CASE("calendar: days are numbered from 1970-01-01 and back again") {
    CHECK(day_number({1970, 1, 1}) == 0);
    CHECK(day_number({2000, 3, 1}) == 11'017);
    CHECK(day_number({2025, 10, 10}) == 20'371);
    CHECK(day_number({1969, 12, 31}) == -1);
    CHECK(weekday(day_number({2025, 10, 10})) == Weekday::friday);
    CHECK(weekday(-4) == Weekday::sunday);

    DayNumber expected = day_number({1890, 1, 1});
    for (int y = 1890; y < 2110; ++y) {
        for (int month = 1; month <= 12; ++month) {
            for (int d = 1; d <= days_in_month(y, month); ++d, ++expected) {
                REQUIRE(day_number({y, month, d}) == expected);
                REQUIRE(civil_date(expected) == Date{y, month, d});
            }
        }
    }
    CHECK(days_in_month(1900, 2) == 28);
    CHECK(days_in_month(2000, 2) == 29);
}

TEST_CASE("calendar: months are added within the length of the month") {
    CHECK(add_months({2025, 8, 31}, 6) == Date{2026, 2, 28});
    CHECK(add_months({2023, 8, 31}, 6) == Date{2024, 2, 29});
    CHECK(add_months({2025, 1, 15}, -6) == Date{2024, 7, 15});
    CHECK(add_months({2025, 11, 30}, 1) == Date{2025, 12, 30});
}

TEST_CASE("calendar: New York saves daylight from March to November") {
    CHECK(new_york_offset(utc({2025, 3, 9}, 6, 59)) == hour * -5);
    CHECK(new_york_offset(utc({2025, 3, 9}, 7, 0)) == hour * -4);
    CHECK(new_york_offset(utc({2025, 11, 2}, 5, 59)) == hour * -4);
    CHECK(new_york_offset(utc({2025, 11, 2}, 6, 0)) == hour * -5);
    CHECK(new_york_offset(utc({2026, 3, 8}, 7, 0)) == hour * -4);
    CHECK(new_york_day(utc({2025, 12, 31}, 3, 0)) == day_number({2025, 12, 30}));
    CHECK(new_york_day(Time{0}) == -1);

    // 01:30 is shown twice on 2 November and 02:30 never on 9 March.
    CHECK(new_york_time(day_number({2025, 11, 2}), hour + minute * 30) ==
          utc({2025, 11, 2}, 5, 30));
    CHECK(new_york_time(day_number({2025, 11, 2}), hour * 2) == utc({2025, 11, 2}, 7, 0));
    CHECK(new_york_time(day_number({2025, 3, 9}), hour * 2 + minute * 30) ==
          utc({2025, 3, 9}, 7, 30));
}

TEST_CASE("calendar: sessions open and close on New York's clock") {
    // Friday 10 October 2025, daylight saving: 13:30-20:00 UTC.
    CHECK_FALSE(is_open(Session::us_equities, utc({2025, 10, 10}, 13, 29)));
    CHECK(is_open(Session::us_equities, utc({2025, 10, 10}, 13, 30)));
    CHECK(is_open(Session::us_equities, utc({2025, 10, 10}, 19, 59)));
    CHECK_FALSE(is_open(Session::us_equities, utc({2025, 10, 10}, 20, 0)));
    CHECK(is_open(Session::us_bonds, utc({2025, 10, 10}, 12, 0)));
    CHECK(is_open(Session::us_bonds, utc({2025, 10, 10}, 20, 59)));
    CHECK_FALSE(is_open(Session::us_bonds, utc({2025, 10, 10}, 21, 0)));
    CHECK(is_open(Session::always, utc({2025, 10, 11}, 3, 0)));
    CHECK_FALSE(is_open(Session::us_equities, utc({2025, 10, 11}, 15, 0)));  // Saturday

    // Standard time: 14:30 UTC.
    CHECK_FALSE(is_open(Session::us_equities, utc({2025, 11, 3}, 14, 29)));
    CHECK(is_open(Session::us_equities, utc({2025, 11, 3}, 14, 30)));
}

TEST_CASE("calendar: orders are collected in the five minutes before the opening") {
    CHECK_FALSE(is_pre_open(Session::us_equities, utc({2025, 10, 10}, 13, 24)));
    CHECK(is_pre_open(Session::us_equities, utc({2025, 10, 10}, 13, 25)));
    CHECK_FALSE(is_pre_open(Session::us_equities, utc({2025, 10, 10}, 13, 30)));
    CHECK_FALSE(is_pre_open(Session::us_equities, utc({2025, 10, 11}, 13, 25)));
    CHECK_FALSE(is_pre_open(Session::always, utc({2025, 10, 10}, 13, 25)));
}

TEST_CASE("calendar: the next change crosses weekends, holidays and half days") {
    CHECK(next_change(Session::us_equities, utc({2025, 10, 10}, 13, 30)) ==
          utc({2025, 10, 10}, 20, 0));
    CHECK(next_change(Session::us_equities, utc({2025, 10, 10}, 20, 0)) ==
          utc({2025, 10, 13}, 13, 30));
    // Columbus Day: the bond market waits for Tuesday.
    CHECK(next_change(Session::us_bonds, utc({2025, 10, 10}, 21, 0)) == utc({2025, 10, 14}, 12, 0));
    // Thanksgiving, then a half day.
    CHECK(next_change(Session::us_equities, utc({2025, 11, 26}, 21, 0)) ==
          utc({2025, 11, 28}, 14, 30));
    CHECK(next_change(Session::us_equities, utc({2025, 11, 28}, 14, 30)) ==
          utc({2025, 11, 28}, 18, 0));
    CHECK(next_change(Session::us_bonds, utc({2025, 11, 28}, 14, 30)) ==
          utc({2025, 11, 28}, 19, 0));
    // Good Friday 2026: bonds until noon, shares not at all.
    CHECK(next_change(Session::us_bonds, utc({2026, 4, 3}, 14, 0)) == utc({2026, 4, 3}, 16, 0));
    CHECK_FALSE(is_open(Session::us_equities, utc({2026, 4, 3}, 14, 0)));
    CHECK(next_change(Session::always, utc({2025, 10, 10}, 0, 0)) == never);
}

TEST_CASE("calendar: the table agrees with the rules from which the holidays follow") {
    // Goal: an error in any of the sixty dates shows. Method: derive them from the rules.
    for (int y = 2024; y <= 2027; ++y) {
        const DayNumber thanksgiving = nth(Weekday::thursday, y, 11, 4);
        DayNumber memorial = nth(Weekday::monday, y, 5, 4);
        if (civil_date(memorial + 7).month == 5) memorial += 7;
        std::set<DayNumber> full{observed({y, 1, 1}),
                                 nth(Weekday::monday, y, 1, 3),
                                 nth(Weekday::monday, y, 2, 3),
                                 easter_sunday(y) - 2,
                                 memorial,
                                 observed({y, 6, 19}),
                                 observed({y, 7, 4}),
                                 nth(Weekday::monday, y, 9, 1),
                                 thanksgiving,
                                 observed({y, 12, 25})};
        if (y == 2025) full.insert(day_number({2025, 1, 9}));
        std::set<DayNumber> half{thanksgiving + 1};
        // The eves of 4 July and Christmas, where both they and the feast are weekdays.
        for (const Date eve : {Date{y, 7, 3}, Date{y, 12, 24}}) {
            const DayNumber at = day_number(eve);
            if (weekday(at) <= Weekday::thursday) half.insert(at);
        }
        const std::set<DayNumber> banks{nth(Weekday::monday, y, 10, 2), day_number({y, 11, 11})};

        for (DayNumber at = day_number({y, 1, 1}); at < day_number({y + 1, 1, 1}); ++at) {
            CAPTURE(y);
            CAPTURE(civil_date(at).month);
            CAPTURE(civil_date(at).day);
            const bool weekend = weekday(at) >= Weekday::saturday;
            const SessionHours shares = session_hours(Session::us_equities, at);
            const double hours_open = (shares.close - shares.open).seconds() / 3600;
            CHECK(hours_open == (weekend || full.contains(at) ? 0.0
                                 : half.contains(at)          ? 3.5
                                                              : 6.5));
            const bool bonds_trade = at == day_number({2025, 1, 9}) ||
                                     at == day_number({2026, 4, 3}) ||
                                     (!weekend && !full.contains(at) && !banks.contains(at));
            CHECK(is_business_day(Session::us_bonds, at) == bonds_trade);
        }
    }
}

TEST_CASE("calendar: open time leaves nights, weekends and holidays out") {
    // Friday 15:00 to Monday 10:00 New York: one hour and half an hour.
    CHECK(open_time_between(Session::us_equities, utc({2025, 10, 10}, 19, 0),
                            utc({2025, 10, 13}, 14, 0)) == minute * 90);
    CHECK(open_time_between(Session::us_equities, utc({2025, 10, 11}, 0, 0),
                            utc({2025, 10, 12}, 0, 0)) == Duration{0});
    CHECK(open_time_between(Session::always, utc({2025, 10, 11}, 0, 0),
                            utc({2025, 10, 12}, 0, 0)) == day);
    // 250 sessions in 2025, three of them half days.
    CHECK(open_time_between(Session::us_equities, utc({2025, 1, 1}, 0, 0),
                            utc({2026, 1, 1}, 0, 0)) == minute * (247 * 390 + 3 * 210));
}

TEST_CASE("calendar: business days are counted over holidays, forwards and back") {
    // From Thursday 20 November 2025: ten business days over Thanksgiving.
    const DayNumber call = day_number({2025, 11, 20});
    CHECK(add_business_days(Session::us_equities, call, 10) == day_number({2025, 12, 5}));
    CHECK(add_business_days(Session::us_equities, day_number({2025, 12, 5}), -10) == call);
    CHECK(add_business_days(Session::us_equities, day_number({2025, 10, 11}), 1) ==
          day_number({2025, 10, 13}));
    CHECK(add_business_days(Session::us_equities, day_number({2025, 10, 11}), 0) ==
          day_number({2025, 10, 11}));
    CHECK(add_business_days(Session::always, day_number({2025, 10, 11}), 2) ==
          day_number({2025, 10, 13}));
}

TEST_CASE("calendar: a local hour comes on the next business day") {
    const Duration nav = hour * 16;
    CHECK(next_local(Session::us_equities, utc({2025, 10, 10}, 19, 59), nav) ==
          utc({2025, 10, 10}, 20, 0));
    CHECK(next_local(Session::us_equities, utc({2025, 10, 10}, 20, 0), nav) ==
          utc({2025, 10, 13}, 20, 0));
    CHECK(next_local(Session::us_equities, utc({2025, 10, 31}, 20, 0), nav) ==
          utc({2025, 11, 3}, 21, 0));  // the clocks went back
    CHECK(next_local(Session::always, utc({2025, 10, 10}, 20, 0), nav) ==
          utc({2025, 10, 11}, 20, 0));
}
