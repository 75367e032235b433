// SPDX-License-Identifier: Apache-2.0
#include "viz/recent_decisions.hpp"

#include <doctest/doctest.h>

#include "tests/support/torn_strip.hpp"

using namespace crowdout;
using viz::RecentDecisions;

namespace {

constexpr std::uint32_t watched = 7;

/// In frame i, account 7 decides once, at price i, and somebody else too.
world::FilmStrip film(std::int64_t frames) {
    world::FilmStrip strip{world::Manifest{}};
    for (std::int64_t i = 0; i < frames; ++i) {
        world::Frame frame;
        frame.head.to = i;
        frame.decisions = {{.account = watched, .price = i}, {.account = 8, .price = -1}};
        strip.append(frame);
    }
    return strip;
}

}  // namespace

TEST_CASE("recent decisions: the last 50 of one account, the oldest first") {
    world::FilmStrip strip = film(400);
    RecentDecisions recent;

    CHECK(recent.follow(strip, 9, watched).size() == 10);
    const auto& rows = recent.follow(strip, 399, watched);
    REQUIRE(rows.size() == 50);
    CHECK(rows.front().price == 350);
    CHECK(rows.back().price == 399);
    CHECK(strip.at(399).frames == 400);
}

TEST_CASE("recent decisions: going on, back and elsewhere show the same") {
    world::FilmStrip strip = film(300);
    RecentDecisions recent;
    for (const std::size_t index : {0U, 1U, 2U, 60U, 59U, 299U, 100U, 100U, 3U}) {
        CAPTURE(index);
        RecentDecisions fresh;
        CHECK(recent.follow(strip, index, watched) == fresh.follow(strip, index, watched));
    }
    CHECK(recent.follow(strip, 3, 8).back().price == -1);
    CHECK(recent.follow(strip, 3, 9).empty());
}

TEST_CASE("recent decisions: those of long ago are not looked for") {
    world::FilmStrip strip = film(1);
    for (std::int64_t i = 1; i < 300; ++i) {
        world::Frame quiet;
        quiet.head.to = i;
        strip.append(quiet);
    }
    RecentDecisions recent;
    CHECK(recent.follow(strip, 255, watched).size() == 1);  // 256 frames: 0 to 255
    CHECK(RecentDecisions{}.follow(strip, 256, watched).empty());
}

TEST_CASE("recent decisions: those of frames that are lost are left out") {
    test::TornStrip torn{film(20), 3, 17};
    RecentDecisions recent;

    const auto& rows = recent.follow(torn, 19, watched);

    REQUIRE(rows.size() == 6);
    CHECK(rows[2].price == 2);
    CHECK(rows[3].price == 17);
}
