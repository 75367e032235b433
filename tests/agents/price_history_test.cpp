// SPDX-License-Identifier: Apache-2.0
#include "agents/price_history.hpp"

#include <doctest/doctest.h>

using namespace crowdout;
using agents::PriceHistory;
using market::day;
using market::Duration;
using market::hour;
using market::minute;
using market::Time;

TEST_CASE("price history: begins with a flat past") {
    PriceHistory history;
    history.start(Time{1000 * day.ns}, 50);

    CHECK(history.price_ago({0}) == 50);
    CHECK(history.price_ago(day * 399) == 50);
    CHECK(history.price_ago(day * 4000) == 50);  // older than it knows: the oldest
}

TEST_CASE("price history: each grid tells the price that held at its points") {
    PriceHistory history;
    const Time start{1000 * day.ns};
    history.start(start, 100);

    // 1 dollar more at every five minutes, for three days.
    for (int i = 1; i <= 3 * 288; ++i) history.record(start + minute * (5 * i), 100 + i);

    const double last = 100 + 3 * 288;
    CHECK(history.price_ago({0}) == last);
    CHECK(history.price_ago(minute * 5) == last - 1);
    CHECK(history.price_ago(hour) == last - 12);
    CHECK(history.price_ago(day) == last - 288);
    CHECK(history.price_ago(hour * 60) == last - 720);  // past two days: the hourly grid
    CHECK(history.daily_close(0) == last);
    CHECK(history.daily_close(1) == last - 288);
    CHECK(history.daily_close(3) == 100);
    CHECK(history.daily_close(4) == 100);
}

TEST_CASE("price history: a gap holds the last price seen before it") {
    PriceHistory history;
    const Time start{1000 * day.ns};
    history.start(start, 10);

    history.record(start + minute, 20);
    history.record(start + hour, 30);

    CHECK(history.price_ago(hour) == 10);
    CHECK(history.price_ago(minute * 30) == 20);
    CHECK(history.price_ago({0}) == 30);
}
