// SPDX-License-Identifier: Apache-2.0
#include "world/frame_times.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/split_mix.hpp"

namespace crowdout::world {

TEST_CASE("frame times: a steady pace is one stretch, and a change begins another") {
    FrameTimes times;
    for (const std::int64_t time : {10, 20, 30, 40, 41, 42, 52}) times.append(time);

    CHECK(times.size() == 7);
    CHECK(times.stretches() == 3);  // 10-40 by 10, 41-42 by 1, and 52
    CHECK(times.front() == 10);
    CHECK(times.back() == 52);
    CHECK(times[3] == 40);
    CHECK(times[4] == 41);
    CHECK(times[6] == 52);
    CHECK(times.until(9) == 0);
    CHECK(times.until(10) == 1);
    CHECK(times.until(39) == 3);
    CHECK(times.until(40) == 4);
    CHECK(times.before(40) == 3);
    CHECK(times.before(99) == 7);
}

// Goal: nothing but memory tells them from a vector. Method: random paces, some of them zero,
// every frame and every time between.
TEST_CASE("frame times: they are what a vector of them is") {
    test::SplitMix64 random{1};
    FrameTimes times;
    std::vector<std::int64_t> plain;
    std::int64_t now = 100;
    while (plain.size() < 2000) {
        const std::int64_t pace = random.below(5);
        for (std::int64_t n = 1 + random.below(6); n > 0; --n) {
            now += pace;
            times.append(now);
            plain.push_back(now);
        }
    }

    REQUIRE(times.size() == plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) REQUIRE(times[i] == plain[i]);
    for (std::int64_t at = 90; at < now + 10; ++at) {
        const auto after = std::ranges::upper_bound(plain, at) - plain.begin();
        const auto first = std::ranges::lower_bound(plain, at) - plain.begin();
        REQUIRE(times.until(at) == static_cast<std::size_t>(after));
        REQUIRE(times.before(at) == static_cast<std::size_t>(first));
    }
}

}  // namespace crowdout::world
