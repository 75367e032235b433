// SPDX-License-Identifier: Apache-2.0
#include "market/alarm_queue.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace crowdout::market;

TEST_CASE("alarm queue: alarms come by due moment, then by arrival") {
    AlarmQueue queue;
    const auto live = [](const Alarm&) { return true; };
    queue.push({.due = 30, .arrival = 1, .slot = 10}, 1, live);
    queue.push({.due = 20, .arrival = 3, .slot = 11}, 2, live);
    queue.push({.due = 20, .arrival = 2, .slot = 12}, 3, live);

    CHECK_FALSE(queue.any_due(19));
    CHECK(queue.any_due(20));
    std::vector<std::uint32_t> slots;
    while (queue.any_due(30)) slots.push_back(queue.pop().slot);

    CHECK(slots == std::vector<std::uint32_t>{12, 11, 10});
    CHECK(queue.empty());
}

TEST_CASE("alarm queue: stale alarms are swept out when they outnumber the live") {
    AlarmQueue queue;
    std::uint64_t pushed = 0;
    const auto live = [&](const Alarm& alarm) { return alarm.arrival + 10 > pushed; };
    while (pushed < 100'000) {
        ++pushed;
        queue.push({.due = 1'000'000, .arrival = pushed}, 10, live);
    }

    CHECK(queue.bytes() < 8'192);
    std::uint64_t found = 0;
    while (!queue.empty()) found += live(queue.pop()) ? 1 : 0;
    CHECK(found == 10);
}
