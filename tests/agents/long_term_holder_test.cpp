// SPDX-License-Identifier: Apache-2.0
#include "agents/long_term_holder.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "toy_economy.hpp"

using namespace toy;

namespace {

struct Case {
    Economy world;
    market::InstrumentId coin = world.add("coin", 100'000, 40e9);
    LongTermHolder::Params params;
    LongTermHolder::State state{};

    Case() {
        world.open(8e6);
        world.give(coin, 100);
        params.coin = "coin";
        params.cost = Distribution{0.5};
        LongTermHolder::bind(params, world);
        state = world.begin<LongTermHolder>(params);
        state.offset = 0.5;
    }
    void look() { world.look<LongTermHolder>(params, state); }
    std::vector<market::Order> orders(market::Side side) {
        std::vector<market::Order> result;
        for (const Intent& intent : world.intents.orders) {
            if (intent.kind == IntentKind::submit && intent.order.side == side) {
                result.push_back(intent.order);
            }
        }
        return result;
    }
};

}  // namespace

TEST_CASE("long-term holder: bids 4 to 10 % below with a share of its cash") {
    Case c;
    c.look();
    const auto bids = c.orders(market::Side::buy);

    // Rungs at 4 + 6 (k + 0.5) / 4 %: 4.75, 6.25, 7.75, 9.25 %, of a million dollars each.
    REQUIRE(bids.size() == 4);
    CHECK(bids[0].limit == market::Price{952'500});
    CHECK(bids[3].limit == market::Price{907'500});
    CHECK(bids[0].quantity == market::Quantity{10'498});  // 1e6 / 95,250 = 10.4986 coins
    for (const market::Order& bid : bids) CHECK(bid.post_only);
}

TEST_CASE("long-term holder: bids are thinner at weekends") {
    Case c;
    c.world.now = monday + market::day * 4;  // 2025-12-06, a Saturday
    c.look();

    const auto bids = c.orders(market::Side::buy);
    REQUIRE(bids.size() == 4);
    CHECK(bids[0].quantity == market::Quantity{5'249});
}

TEST_CASE("long-term holder: sells above the market and only above its gain") {
    Case c;
    c.look();
    const auto sales = c.orders(market::Side::sell);
    // 7.5, 12.5, ... 27.5 % above; a coin each.
    REQUIRE(sales.size() == 5);
    CHECK(sales[0].limit == market::Price{1'075'000});
    CHECK(sales[4].limit == market::Price{1'275'000});
    CHECK(sales[0].quantity == market::Quantity{1'000});

    Case under_water;
    under_water.state.cost = 95'000;  // 30 % of gain begins at 123,500
    under_water.look();
    CHECK(under_water.orders(market::Side::sell).size() == 1);
}

TEST_CASE("long-term holder: its reference follows the market slowly, in any steps") {
    for (const int parts : {1, 24}) {
        Case c;
        c.world.book(c.coin).mid = 90'000;
        for (int i = 0; i < parts; ++i) {
            c.world.now = c.world.now + market::Duration{market::day.ns * 3 / parts};
            c.look();
        }
        CHECK(c.state.reference == doctest::Approx(90'000 + 10'000 * std::exp(-1.0)));
    }
}

TEST_CASE("long-term holder: no bid stands above a market that has fallen below its ladder") {
    Case c;
    c.world.book(c.coin).mid = 80'000;
    c.look();

    for (const market::Order& bid : c.orders(market::Side::buy)) {
        CHECK(bid.limit == market::Price{796'000});
    }
}

TEST_CASE("long-term holder: a stale ladder is taken down first, a fresh one stays") {
    Case c;
    c.look();
    c.world.orders.push_back({.ticket = {market::OrderId{7}, 3},
                              .instrument = c.coin,
                              .limit = market::Price{952'500},
                              .left = market::Quantity{10'498}});
    c.world.now = c.world.now + market::hour;
    c.look();
    CHECK(c.world.intents.orders.empty());

    c.world.now = c.world.now + market::hour * 12;
    c.look();
    REQUIRE(c.world.intents.orders.size() == 1);
    CHECK(c.world.intents.orders[0].kind == IntentKind::cancel);
    CHECK(c.world.intents.orders[0].order.id == market::OrderId{7});

    c.world.orders.clear();
    c.look();
    CHECK(c.orders(market::Side::buy).size() == 4);
}

TEST_CASE("long-term holder: its state has no padding") {
    CHECK(sizeof(LongTermHolder::State) == 6 * 8);
}
