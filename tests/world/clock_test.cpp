// SPDX-License-Identifier: Apache-2.0
#include "world/clock.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace crowdout;
using market::hour;
using market::minute;
using market::second;
using market::Session;
using market::Time;
using world::Clock;

namespace {

// Monday 5 January 2026, 00:00 UTC; New York opens at 14:30 UTC.
const Time monday = Time{} + market::day * market::day_number({2026, 1, 5});

}  // namespace

TEST_CASE("clock: a step ends at a multiple of its length") {
    Clock clock{monday + minute * 7, {minute * 5}, hour};

    clock.plan({}, {});
    CHECK(clock.step_end() == monday + minute * 10);
    clock.advance();
    clock.plan({}, {});
    CHECK(clock.step() == minute * 5);
    CHECK(clock.steps() == 1);
}

TEST_CASE("clock: no step crosses a session edge") {
    Clock clock{monday + hour * 14, {hour}, hour};
    const std::array sessions{Session::always, Session::us_equities};

    clock.plan(sessions, {});
    CHECK(clock.step_end() == monday + hour * 14 + minute * 30);
    clock.advance();
    clock.plan(sessions, {});
    CHECK(clock.step_end() == monday + hour * 15);
}

TEST_CASE("clock: no step crosses a scheduled event, and none is missed") {
    Clock clock{monday, {hour}, hour};
    const std::array events{monday, monday + minute * 20, monday + minute * 50};

    clock.plan({}, events);
    CHECK(clock.step_end() == monday + minute * 20);
    clock.advance();
    clock.plan({}, events);
    CHECK(clock.step_end() == monday + minute * 50);
    clock.advance();
    clock.plan({}, events);
    CHECK(clock.step_end() == monday + hour);
}

TEST_CASE("clock: no step crosses a date that is due, and one that is past does not matter") {
    Clock clock{monday, {hour}, hour};

    clock.plan({}, {}, monday + minute * 20);
    CHECK(clock.step_end() == monday + minute * 20);
    clock.advance();
    clock.plan({}, {}, monday + minute * 20);
    CHECK(clock.step_end() == monday + hour);
}

TEST_CASE("clock: goes finer when asked and coarser, level by level, after a calm") {
    Clock clock{monday, {minute * 5, minute, second * 5}, minute * 10};

    clock.refine(2);
    clock.plan({}, {});
    CHECK(clock.step() == second * 5);

    while (clock.now() < monday + minute * 10) {
        clock.advance();
        clock.plan({}, {});
    }
    CHECK(clock.step() == minute);
    while (clock.now() < monday + minute * 20) {
        clock.advance();
        clock.plan({}, {});
    }
    CHECK(clock.step() == minute * 5);
}

TEST_CASE("clock: a milder wish does not shorten the calm after a stronger one") {
    Clock clock{monday, {minute * 5, minute, second * 5}, minute};
    clock.refine(2);
    clock.plan({}, {});
    clock.refine(1);
    clock.plan({}, {});

    CHECK(clock.level() == 2);
    clock.refine(99);  // as fine as there is
    clock.plan({}, {});
    CHECK(clock.step() == second * 5);
}
