// SPDX-License-Identifier: Apache-2.0
#include "world/quantity_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

using namespace crowdout;
using world::Code;
using world::Dimension;

namespace {

struct RealCase {
    std::string_view text;
    Dimension dimension;
    double value;
};

struct Refused {
    std::string_view text;
    Dimension dimension;
    Code code;
};

}  // namespace

TEST_CASE("quantity text: a suffix scales a number as its dimension says") {
    const std::vector<RealCase> cases{
        {"12", Dimension::number, 12},
        {"-0.5", Dimension::number, -0.5},
        {"+.25", Dimension::number, 0.25},
        {"1e6", Dimension::number, 1'000'000},
        {"3.5k", Dimension::number, 3'500},
        {"2M", Dimension::number, 2'000'000},
        {"0.05", Dimension::ratio, 0.05},
        {"5%", Dimension::ratio, 0.05},
        {"25bp", Dimension::ratio, 0.0025},
        {"0bp", Dimension::ratio, 0},
        {"4%/yr", Dimension::rate, 0.04},
        {"25bp", Dimension::rate, 0.0025},
        {"6/d", Dimension::rate, 2'190},
        {"2/h", Dimension::rate, 17'520},
        {"1%/mo", Dimension::rate, 0.12},
        {"$1.2B", Dimension::money, 1'200'000'000},
        {"-$30M", Dimension::money, -30'000'000},
        {"20k", Dimension::money, 20'000},
        {"$400B/yr", Dimension::money_rate, 4e11},
        {"$1M/d", Dimension::money_rate, 3.65e8},
        {"0", Dimension::money_rate, 0},
        {"$92k", Dimension::price, 92'000},
        {"19.8M", Dimension::quantity, 19'800'000},
        {"30d", Dimension::duration, 2'592'000},
        {"2h", Dimension::duration, 7'200},
        {"5min", Dimension::duration, 300},
        {"100ms", Dimension::duration, 0.1},
        {"1yr", Dimension::duration, 31'536'000},
        {"0", Dimension::duration, 0},
    };
    for (const RealCase& each : cases) {
        CAPTURE(each.text);
        double value = -1;
        CHECK_FALSE(world::parse_real(each.text, each.dimension, value).has_value());
        CHECK(value == each.value);
    }
}

TEST_CASE("quantity text: a refusal says what is wrong with a text") {
    const std::vector<Refused> cases{
        {"", Dimension::number, Code::not_a_number},
        {"-", Dimension::number, Code::not_a_number},
        {"abc", Dimension::number, Code::not_a_number},
        {"1.2.3", Dimension::number, Code::not_a_number},
        {"1e", Dimension::number, Code::wrong_unit},
        {".nan", Dimension::number, Code::not_finite},
        {"-.inf", Dimension::number, Code::not_finite},
        {"Infinity", Dimension::number, Code::not_finite},
        {"010", Dimension::number, Code::ambiguous_number},
        {"0x1F", Dimension::number, Code::ambiguous_number},
        {"0o17", Dimension::number, Code::ambiguous_number},
        {"1_000", Dimension::number, Code::ambiguous_number},
        {"1,000", Dimension::money, Code::ambiguous_number},
        {"$1,000", Dimension::money, Code::ambiguous_number},
        {"1e400", Dimension::number, Code::too_large},
        {"1e-400", Dimension::number, Code::not_representable},
        {"99999999999999999999999999", Dimension::number, Code::too_large},
        {"5%", Dimension::number, Code::wrong_unit},
        {"$5", Dimension::number, Code::wrong_unit},
        {"3k", Dimension::ratio, Code::wrong_unit},
        {"4%/yr", Dimension::ratio, Code::wrong_unit},
        {"$4/yr", Dimension::rate, Code::wrong_unit},
        {"4%/w", Dimension::rate, Code::wrong_unit},
        {"5%", Dimension::money, Code::wrong_unit},
        {"$5/yr", Dimension::money, Code::wrong_unit},
        {"$400B", Dimension::money_rate, Code::wrong_unit},
        {"400", Dimension::money_rate, Code::wrong_unit},
        {"30", Dimension::duration, Code::wrong_unit},
        {"30m", Dimension::duration, Code::wrong_unit},
        {"30 d", Dimension::duration, Code::wrong_unit},
        {"3mo", Dimension::duration, Code::wrong_unit},
        {"5d", Dimension::money, Code::wrong_unit},
    };
    for (const Refused& each : cases) {
        CAPTURE(each.text);
        double value = -1;
        const auto refusal = world::parse_real(each.text, each.dimension, value);
        REQUIRE(refusal.has_value());
        CHECK(refusal->code == each.code);
        CHECK_FALSE(refusal->message.empty());
        CHECK(value == -1);
    }
}

TEST_CASE("quantity text: no duration is so long that it would leave the calendar") {
    for (const char* sign : {"", "-"}) {
        CAPTURE(sign);
        double real = 0;
        std::int64_t ns = 0;
        const std::string longest = std::string{sign} + "50yr";
        const std::string longer = std::string{sign} + "18251d";
        CHECK_FALSE(world::parse_real(longest, Dimension::duration, real));
        CHECK_FALSE(world::parse_exact(longest, Dimension::duration, 1'000'000'000, ns));
        CHECK(std::abs(ns) == 50 * market::year.ns);
        CHECK(world::parse_real(longer, Dimension::duration, real)->code == Code::too_large);
        CHECK(world::parse_exact(longer, Dimension::duration, 1'000'000'000, ns)->code ==
              Code::too_large);
    }
}

TEST_CASE("quantity text: a wrong unit names what was meant") {
    double value = 0;
    CHECK(world::parse_real("5%", Dimension::duration, value)->message ==
          "'5%' is a share, not a duration such as 30d, 2h, 5min, 10s, 100ms");
    CHECK(world::parse_real("3bn", Dimension::money, value)->message ==
          "'3bn': unknown unit 'bn'; write 'B'");
    CHECK(world::parse_real("15m", Dimension::duration, value)->message ==
          "'15m': unknown unit 'm'; write 'M' for million or 'min' for minutes");
}

TEST_CASE("quantity text: what is counted is exact or refused") {
    std::int64_t value = 0;
    CHECK_FALSE(world::parse_exact("$0.0001", Dimension::money, 10'000, value));
    CHECK(value == 1);
    CHECK_FALSE(world::parse_exact("$922.337203685T", Dimension::money, 10'000, value));
    CHECK(value == 9'223'372'036'850'000'000);
    CHECK_FALSE(world::parse_exact("2.5bp", Dimension::ratio, 1'000'000'000, value));
    CHECK(value == 250'000);
    CHECK_FALSE(world::parse_exact("0.1s", Dimension::duration, 1'000'000'000, value));
    CHECK(value == 100'000'000);
    CHECK_FALSE(world::parse_exact("1e3", Dimension::number, 1, value));
    CHECK(value == 1'000);

    CHECK(world::parse_exact("$0.00001", Dimension::money, 10'000, value)->code ==
          Code::not_representable);
    CHECK(world::parse_exact("$923T", Dimension::money, 10'000, value)->code == Code::too_large);
    CHECK(world::parse_exact("1.5", Dimension::number, 1, value)->code == Code::not_representable);
    CHECK(world::parse_exact("1e9999", Dimension::number, 1, value)->code == Code::too_large);
    CHECK(value == 1'000);
}

TEST_CASE("quantity text: what is printed reads back to the same") {
    for (const double value : {0.0, 0.1, -2.5e-7, 1.0 / 3, 1e15, 6.02e23, 123456.789}) {
        for (const Dimension dimension :
             {Dimension::number, Dimension::ratio, Dimension::rate, Dimension::money,
              Dimension::money_rate, Dimension::price, Dimension::quantity, Dimension::duration}) {
            if (dimension == Dimension::duration && value > 1e9) continue;  // too long to be read
            const std::string text = world::format_real(value, dimension);
            CAPTURE(text);
            double back = -1;
            CHECK_FALSE(world::parse_real(text, dimension, back).has_value());
            CHECK(back == value);
        }
    }
    CHECK(world::format_exact(12'000'500, Dimension::money, 10'000) == "$1200.05");
    CHECK(world::format_exact(-1, Dimension::money, 10'000) == "-$0.0001");
    CHECK(world::format_exact(30 * market::day.ns, Dimension::duration, 1'000'000'000) == "30d");
    CHECK(world::format_exact(90 * market::minute.ns, Dimension::duration, 1'000'000'000) ==
          "90min");
    CHECK(world::format_exact(1'500'000, Dimension::duration, 1'000'000'000) == "1500us");
}

TEST_CASE("time text: dates and moments count from 1970 in UTC") {
    struct Case {
        std::string_view text;
        std::int64_t seconds;
    };
    // Seconds by `date -u -d TEXT +%s`.
    const std::vector<Case> cases{
        {"1970-01-01", 0},
        {"2000-02-29", 951'782'400},
        {"2025-10-10", 1'760'054'400},
        {"2025-10-10T13:30Z", 1'760'103'000},
        {"2025-10-10T13:30:05Z", 1'760'103'005},
        {"2025-10-10 09:30 EDT", 1'760'103'000},
        {"2025-12-11 09:30 EST", 1'765'463'400},
        {"2025-10-10T21:30+08:00", 1'760'103'000},
        {"1969-12-31T23:59:59Z", -1},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        market::Time time{-7};
        CHECK_FALSE(world::parse_time(each.text, time).has_value());
        CHECK(time.ns == each.seconds * 1'000'000'000);
        market::Time back{-7};
        CHECK_FALSE(world::parse_time(world::format_time(time), back).has_value());
        CHECK(back == time);
    }
}

TEST_CASE("time text: days that no calendar has and times without a zone are refused") {
    for (const std::string_view text :
         {"2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "10.10.2025", "2025-10-10T13:30",
          "2025-10-10T24:00Z", "2025-10-10 09:30 ET", "2025-10-10T13:30+15:00", "0001-01-01",
          "1849-12-31", "2131-01-01", "2025-10-10Z", ""}) {
        CAPTURE(text);
        market::Time time;
        const auto refusal = world::parse_time(text, time);
        REQUIRE(refusal.has_value());
        CHECK(refusal->code == Code::bad_time);
    }
}
