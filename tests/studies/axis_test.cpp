// SPDX-License-Identifier: Apache-2.0
#include "studies/axis.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "market/calendar.hpp"

using namespace crowdout;
using market::Time;
using studies::Language;
using studies::Unit;

namespace {

Time at(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) {
    const Time midnight{std::int64_t{market::day_number({year, month, day})} * market::day.ns};
    return midnight + market::hour * hour + market::minute * minute + market::second * second;
}

template <class Tick>
std::string labels(const std::vector<Tick>& ticks) {
    std::string joined;
    for (const Tick& tick : ticks) joined += (joined.empty() ? "" : " | ") + tick.label;
    return joined;
}

}  // namespace

TEST_CASE("axis: moments are round, and the first of a day says which day") {
    const auto in = [](Time from, Time to, std::size_t count) {
        return labels(studies::time_ticks(from, to, count, Language::english));
    };
    CHECK(in(at(2026, 6, 3, 21, 10), at(2026, 6, 4, 3, 0), 7) ==
          "22:00 | 23:00 | 4 Jun | 01:00 | 02:00 | 03:00");
    CHECK(in(at(2026, 6, 3, 9, 59, 57), at(2026, 6, 3, 10, 0, 12), 4) ==
          "10:00:00 | 10:00:05 | 10:00:10");
    CHECK(in(at(2026, 2, 27), at(2026, 3, 2), 4) == "27 Feb | 28 Feb | 1 Mar | 2 Mar");
    CHECK(in(at(2025, 11, 15), at(2026, 3, 15), 5) == "Dec | 2026 | Feb | Mar");
    CHECK(in(at(2024, 2, 1), at(2027, 2, 1), 3) == "2025 | 2026 | 2027");
}

TEST_CASE("axis: Chinese dates are Chinese") {
    CHECK(labels(studies::time_ticks(at(2026, 6, 3), at(2026, 6, 5), 3, Language::chinese)) ==
          "6月3日 | 6月4日 | 6月5日");
    CHECK(labels(studies::time_ticks(at(2025, 12, 1), at(2026, 2, 1), 3, Language::chinese)) ==
          "12月 | 2026年 | 2月");
}

TEST_CASE("axis: never more ticks than asked for, inside the span, in order") {
    for (std::int64_t span = 1'000'000; span < 2'000'000'000'000'000'000 / 2; span *= 3) {
        for (const std::size_t count : {1U, 3U, 8U, 20U}) {
            const Time from = at(2026, 1, 17, 5, 3, 1);
            const auto ticks =
                studies::time_ticks(from, Time{from.ns + span}, count, Language::english);
            CAPTURE(span);
            CHECK(ticks.size() <= count + 1);
            for (std::size_t i = 0; i < ticks.size(); ++i) {
                CHECK(ticks[i].time >= from);
                CHECK(ticks[i].time.ns <= from.ns + span);
                if (i > 0) CHECK(ticks[i - 1].time < ticks[i].time);
            }
        }
    }
    CHECK(studies::time_ticks(at(2026, 1, 2), at(2026, 1, 1), 5, Language::english).empty());
}

TEST_CASE("axis: values are round, and zero is never -0") {
    const auto in = [](double low, double high, std::size_t count, Unit unit = Unit::plain) {
        return labels(studies::value_ticks(low, high, count, unit, Language::english));
    };
    CHECK(in(0, 10, 5) == "0 | 2 | 4 | 6 | 8 | 10");
    CHECK(in(-0.3, 0.3, 6) == "-0.3 | -0.2 | -0.1 | 0.0 | 0.1 | 0.2 | 0.3");
    CHECK(in(62'950, 63'870, 5, Unit::dollars) ==
          "$63,000 | $63,200 | $63,400 | $63,600 | $63,800");
    CHECK(in(0, 3.1e9, 4, Unit::dollars) == "$0bn | $1bn | $2bn | $3bn");
    CHECK(in(-0.25, 0, 5, Unit::percent) == "-25% | -20% | -15% | -10% | -5% | 0%");
    CHECK(in(1, 1, 5).empty());
    CHECK(in(0, std::nan(""), 5).empty());
}

TEST_CASE("axis: a range of nothing but rounding has no values to mark") {
    const auto count = [](double low, double high) {
        return studies::value_ticks(low, high, 5, Unit::plain, Language::english).size();
    };
    CHECK(count(62'950, std::nextafter(62'950, 1e9)) == 0);
    CHECK(count(1e17, 1e17 + 64) == 0);
    CHECK(count(0, 5e-324) == 0);
    CHECK(count(-1.7e308, 1.7e308) == 0);
    CHECK(count(1, 1 + 1e-11) > 1);
    CHECK(count(1, 1 + 1e-11) <= 6);
    CHECK(count(0, 1e-300) == 6);
}

TEST_CASE("axis: a value says its unit in about four figures") {
    const auto english = [](double v, Unit unit) {
        return studies::value_text(v, unit, Language::english);
    };
    CHECK(english(63'214.7, Unit::dollars) == "$63,215");
    CHECK(english(1.2549e9, Unit::dollars) == "$1.25bn");
    CHECK(english(-2.5e13, Unit::dollars) == "-$25.00tn");
    CHECK(english(123'456, Unit::plain) == "123.5k");
    CHECK(english(-0.0341, Unit::percent) == "-3.41%");
    CHECK(english(-0.000001, Unit::percent) == "0.00%");
    CHECK(english(std::nan(""), Unit::dollars) == "–");
    CHECK(english(0.001, Unit::percent) == "0.10%");
    CHECK(english(-0.00048, Unit::percent) == "-4.8 bp");
    CHECK(studies::value_text(1.25e9, Unit::dollars, Language::chinese) == "$12.50亿");
    CHECK(studies::value_text(123'456, Unit::plain, Language::chinese) == "12.35万");
}

TEST_CASE("axis: a moment in full") {
    CHECK(studies::time_text(at(2026, 6, 3, 14, 30), Language::english) == "3 Jun 2026 14:30");
    CHECK(studies::time_text(at(2026, 6, 3, 14, 30, 5), Language::english) ==
          "3 Jun 2026 14:30:05");
    CHECK(studies::time_text(at(2026, 6, 3, 14, 30), Language::chinese) == "2026年6月3日 14:30");
    CHECK(studies::time_text(Time{-market::second.ns}, Language::english) ==
          "31 Dec 1969 23:59:59");
}
