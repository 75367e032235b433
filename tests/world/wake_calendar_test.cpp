// SPDX-License-Identifier: Apache-2.0
#include "world/wake_calendar.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "world/awake_set.hpp"

using namespace crowdout;
using market::day;
using market::minute;
using market::never;
using market::Time;
using world::WakeCalendar;

namespace {

std::vector<std::uint32_t> due(WakeCalendar& calendar, Time until) {
    std::vector<std::uint32_t> members;
    calendar.take_until(until, [&](std::uint32_t member) { members.push_back(member); });
    std::ranges::sort(members);
    return members;
}

}  // namespace

TEST_CASE("wake calendar: each is due once, at the first step that reaches its date") {
    WakeCalendar calendar{4, minute * 5, Time{0}};
    calendar.set(0, Time{} + minute * 7);
    calendar.set(1, Time{} + minute * 10);
    calendar.set(2, Time{} + minute * 9);

    CHECK(due(calendar, Time{} + minute * 5).empty());
    CHECK(due(calendar, Time{} + minute * 10) == std::vector<std::uint32_t>{0, 2});
    CHECK(due(calendar, Time{} + minute * 15) == std::vector<std::uint32_t>{1});
    CHECK(due(calendar, Time{} + day * 30).empty());
}

TEST_CASE("wake calendar: steps shorter and longer than its days find the same") {
    WakeCalendar calendar{2, minute * 5, Time{0}};
    calendar.set(0, Time{} + minute * 7);
    calendar.set(1, Time{} + minute * 61);

    CHECK(due(calendar, Time{} + minute * 6).empty());
    CHECK(due(calendar, Time{} + minute * 7).empty());  // before, not at
    CHECK(due(calendar, Time{} + minute * 8) == std::vector<std::uint32_t>{0});
    CHECK(due(calendar, Time{} + day) == std::vector<std::uint32_t>{1});
}

TEST_CASE("wake calendar: a date beyond the ring waits for its own round") {
    WakeCalendar calendar{2, minute * 5, Time{0}};
    const Time far = Time{} + day * 100;
    calendar.set(0, far);
    calendar.set(1, never);

    for (Time t{}; t < far; t = t + day) CHECK(due(calendar, t).empty());
    CHECK(due(calendar, far + minute) == std::vector<std::uint32_t>{0});
}

TEST_CASE("wake calendar: a new date takes the place of the old one") {
    WakeCalendar calendar{3, minute, Time{0}};
    for (std::uint32_t m = 0; m < 3; ++m) calendar.set(m, Time{} + minute * 2);
    calendar.set(1, Time{} + minute * 4);
    calendar.set(2, never);

    CHECK(due(calendar, Time{} + minute * 3) == std::vector<std::uint32_t>{0});
    CHECK(due(calendar, Time{} + minute * 5) == std::vector<std::uint32_t>{1});
}

TEST_CASE("wake calendar: what is overdue is due at once") {
    WakeCalendar calendar{1, minute, Time{} + day};
    calendar.set(0, Time{} + minute);

    CHECK(due(calendar, Time{} + day + minute) == std::vector<std::uint32_t>{0});
}

TEST_CASE("awake set: drains in ascending order, once") {
    world::AwakeSet awake;
    awake.resize(10'000);
    for (const std::uint32_t m : {9'999u, 64u, 63u, 4'096u, 0u, 64u}) awake.insert(m);

    std::vector<std::uint32_t> drained;
    awake.drain([&](std::uint32_t m) { drained.push_back(m); });
    CHECK(drained == std::vector<std::uint32_t>{0, 63, 64, 4'096, 9'999});

    drained.clear();
    awake.drain([&](std::uint32_t m) { drained.push_back(m); });
    CHECK(drained.empty());
}
