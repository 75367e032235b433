// SPDX-License-Identifier: Apache-2.0
#include "apps/figures.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace crowdout::apps;

TEST_CASE("figures: thousands are set apart, the sign is not") {
    CHECK(thousands(0) == "0");
    CHECK(thousands(999) == "999");
    CHECK(thousands(1000) == "1,000");
    CHECK(thousands(1234567) == "1,234,567");
    CHECK(thousands(-999) == "-999");
    CHECK(thousands(-123456) == "-123,456");
    CHECK(thousands(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

TEST_CASE("figures: dollars keep three digits and take a unit") {
    CHECK(dollars(0) == "$0");
    CHECK(dollars(0.4) == "$0");
    CHECK(dollars(950) == "$950");
    CHECK(dollars(1'234) == "$1.23k");
    CHECK(dollars(12'345) == "$12.3k");
    CHECK(dollars(-45.6e9) == "-$45.6B");
    CHECK(dollars(456e6) == "$456M");
    CHECK(dollars(2.5e12) == "$2.50T");
    CHECK(dollars(std::numeric_limits<double>::quiet_NaN()) == "-");
}

TEST_CASE("figures: a rounding never shows a thousand of a unit") {
    CHECK(dollars(999.6) == "$1.00k");
    CHECK(dollars(999'499) == "$999k");
    CHECK(dollars(999'999) == "$1.00M");
    CHECK(dollars(9'996) == "$10.0k");
    CHECK(dollars(99'960) == "$100k");
}

TEST_CASE("figures: prices have cents, small ones more") {
    CHECK(price(64'000) == "64,000.00");
    CHECK(price(-1'234.5) == "-1,234.50");
    CHECK(price(1) == "1.00");
    CHECK(price(0.99987) == "0.9999");
}

TEST_CASE("figures: shares are signed percentages") {
    CHECK(percent(0.0125) == "+1.2 %");
    CHECK(percent(-0.2) == "-20.0 %");
    CHECK(percent(0) == "+0.0 %");
    CHECK(portion(0.25) == "25.0 %");
    CHECK(percent(std::numeric_limits<double>::infinity()) == "-");
}

TEST_CASE("figures: seconds turn into minutes and hours") {
    CHECK(clock_time(-1) == "0 s");
    CHECK(clock_time(59.4) == "59 s");
    CHECK(clock_time(59.6) == "1:00");
    CHECK(clock_time(187) == "3:07");
    CHECK(clock_time(3723) == "1:02:03");
}

TEST_CASE("figures: width counts columns, not bytes") {
    CHECK(display_width("BTC") == 3);
    CHECK(display_width("é") == 1);
    CHECK(display_width("比特币") == 6);
    CHECK(display_width("") == 0);
    CHECK(display_width("\xff\xfe") == 2);
    CHECK(display_width("\xe6\xaf") == 2);  // a torn character: its bytes count one each
}

TEST_CASE("figures: one is singular") {
    CHECK(counted(0, "step") == "0 steps");
    CHECK(counted(1, "step") == "1 step");
    CHECK(counted(1'000, "trade") == "1,000 trades");
}
