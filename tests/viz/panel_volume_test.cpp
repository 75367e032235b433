// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_volume.hpp"

#include <doctest/doctest.h>

#include "market/units.hpp"

using namespace crowdout;
using market::Cause;

TEST_CASE("panel volume: a trade counts half for the cause of either side") {
    constexpr std::int64_t dollar = market::money_per_dollar;
    const auto cause = [](Cause each) { return static_cast<std::uint8_t>(each); };

    const viz::CauseSums sums = viz::volume_by_cause(
        {{.book = 0, .sector = 0, .cause = cause(Cause::quote), .side = 0, .money = 60 * dollar},
         {.book = 0,
          .sector = 1,
          .cause = cause(Cause::redemption),
          .side = 1,
          .money = 60 * dollar},
         {.book = 1, .sector = 1, .cause = cause(Cause::quote), .side = 0, .money = 8 * dollar},
         {.book = 1, .sector = 0, .cause = cause(Cause::quote), .side = 1, .money = 8 * dollar}});

    CHECK(sums[cause(Cause::redemption)] == 30);
    CHECK(sums[cause(Cause::quote)] == 38);
    CHECK(sums[cause(Cause::choice)] == 0);
}

TEST_CASE("panel volume: bars end at round numbers of frames and stay while a film goes on") {
    using Frames = std::vector<std::ptrdiff_t>;
    CHECK(viz::bar_frames(0, 3, 10) == Frames{-1, 0, 1, 2, 3});
    // Twenty frames in at most ten bars: two frames each.
    CHECK(viz::bar_frames(0, 19, 10) == Frames{-1, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19});
    // Four each from here on; the last bar shows when it is whole.
    CHECK(viz::bar_frames(0, 21, 10) == Frames{-1, 3, 7, 11, 15, 19});
    CHECK(viz::bar_frames(0, 22, 10) == viz::bar_frames(0, 21, 10));
    CHECK(viz::bar_frames(9, 12, 10) == Frames{8, 9, 10, 11, 12});
    CHECK(viz::bar_frames(5, 4, 10).empty());
}
