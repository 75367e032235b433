// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_ladder.hpp"

#include <doctest/doctest.h>

#include "market/units.hpp"

using namespace crowdout;

TEST_CASE("panel ladder: rungs are worth their lots at the middle of their prices") {
    world::Manifest manifest;
    // A tick of half a dollar, and a tick of one lot is worth 2 dollars: a lot is four wholes.
    manifest.books.resize(2);
    manifest.books[1] = {.name = "COIN",
                         .usd_per_tick = 0.5,
                         .whole_per_lot = 4,
                         .money_per_tick_lot = 2 * market::money_per_dollar};
    world::Frame frame;
    frame.ladders = {{.book = 0, .side = 0, .width = 1, .price = 7, .lots = 1},
                     {.book = 1, .side = 0, .width = 1, .price = 100, .lots = 3},
                     {.book = 1, .side = 0, .width = 5, .price = 90, .lots = 10},
                     {.book = 1, .side = 1, .width = 5, .price = 101, .lots = 2},
                     {.book = 1, .side = 1, .width = 1, .price = 120, .lots = 0}};

    const viz::Rungs rungs = viz::rungs_of(manifest, frame, 1);

    REQUIRE(rungs.bids.size() == 2);
    CHECK(rungs.bids[0].price == 50);
    CHECK(rungs.bids[0].usd == 600);   // 3 lots x 100 ticks x $2
    CHECK(rungs.bids[1].price == 47);  // ticks 90 to 94: the nearest to the asks
    CHECK(rungs.bids[1].usd == 1840);  // 10 lots x 92 ticks x $2
    REQUIRE(rungs.asks.size() == 1);   // a row without lots says that nothing waits
    CHECK(rungs.asks[0].price == 50.5);
    CHECK(rungs.asks[0].usd == 412);  // 2 lots x 103 ticks x $2
}

// A ladder that is recorded every two hours is older than the price: what the best bid and ask
// have passed is no longer there.
TEST_CASE("panel ladder: nothing waits beyond the best prices") {
    world::Manifest manifest;
    manifest.books = {{.name = "COIN", .usd_per_tick = 1}};
    world::Frame frame;
    frame.books = {{.book = 0, .bid = 92, .ask = 103}};
    frame.ladders = {{.book = 0, .side = 0, .width = 5, .price = 95, .lots = 1},
                     {.book = 0, .side = 0, .width = 5, .price = 90, .lots = 1},
                     {.book = 0, .side = 0, .width = 5, .price = 85, .lots = 1},
                     {.book = 0, .side = 1, .width = 3, .price = 100, .lots = 1},
                     {.book = 0, .side = 1, .width = 3, .price = 102, .lots = 1},
                     {.book = 0, .side = 1, .width = 3, .price = 105, .lots = 1}};

    const viz::Rungs rungs = viz::rungs_of(manifest, frame, 0);

    REQUIRE(rungs.bids.size() == 2);
    CHECK(rungs.bids[0].price == 92);  // of 90 to 94 there can be orders up to the best bid
    CHECK(rungs.bids[1].price == 89);
    REQUIRE(rungs.asks.size() == 2);
    CHECK(rungs.asks[0].price == 103);
    CHECK(rungs.asks[1].price == 105);
}
