// SPDX-License-Identifier: Apache-2.0
#include "agents/execution.hpp"

#include <doctest/doctest.h>

#include "toy_economy.hpp"

using namespace toy;

namespace {

constexpr ExecutionTerms terms{
    .participation_max = 0.05, .concession_max = 0.02, .order_min = 100, .pace = market::hour};

double send(Economy& world, ParentOrder& parent, market::InstrumentId id, market::Side side,
            double usd) {
    const Observation seen = world.observe();
    world.intents.begin(seen);
    return work(terms, parent, {id, side, market::Cause::capital_call, usd}, seen, world.intents);
}

}  // namespace

TEST_CASE("execution: open days count open time in full sessions") {
    Economy world;
    const auto coin = world.add("btc", 90'000, 40e9);
    const auto share =
        world.add("nvda", 180, 30e9, market::InstrumentKind::share, market::Session::us_equities);
    // 2025-12-02 is a Tuesday: New York's session is 14:30 to 21:00 UTC.
    const market::Time noon_new_york = monday + market::hour * 17;

    CHECK(open_days(world.instrument(coin), monday, noon_new_york) == doctest::Approx(17.0 / 24));
    CHECK(open_days(world.instrument(share), monday, noon_new_york) == doctest::Approx(2.5 / 6.5));
    CHECK(open_days(world.instrument(share), monday, monday + market::day * 7) ==
          doctest::Approx(5));
    CHECK(open_days(world.instrument(share), noon_new_york, monday) == 0);
}

TEST_CASE("execution: a child is a share of the volume since the last one") {
    Economy world;
    const auto coin = world.add("btc", 100'000, 24e9);
    world.open(0);
    world.give(coin, 50'000);
    ParentOrder parent = make_parent(3);

    // The first: one pace, an hour of 1e9 dollars of volume, of which 5 %.
    CHECK(send(world, parent, coin, market::Side::sell, 1e9) == doctest::Approx(50e6));
    world.now = world.now + market::hour * 6;
    CHECK(send(world, parent, coin, market::Side::sell, 1e9) == doctest::Approx(300e6));
    // However long it waited: a day's volume at most.
    world.now = world.now + market::day * 3;
    CHECK(send(world, parent, coin, market::Side::sell, 5e9) == doctest::Approx(1.2e9));

    REQUIRE(world.intents.orders.size() == 3);
    const market::Order& order = world.intents.orders[0].order;
    CHECK(order.quantity == market::Quantity{500'000});  // 500 coins in thousandths
    CHECK(order.limit == market::Price{980'000});        // 98,000 dollars in tenths
    CHECK(order.cause == market::Cause::capital_call);
    CHECK(order.time_in_force == market::TimeInForce::immediate_or_cancel);
}

TEST_CASE("execution: children share their parent's number until the side changes or it ends") {
    Economy world;
    const auto coin = world.add("btc", 100'000, 24e9);
    world.open(1e9);
    world.give(coin, 1'000);
    ParentOrder parent = make_parent(3);

    (void)send(world, parent, coin, market::Side::sell, 1e6);
    world.now = world.now + market::hour;
    (void)send(world, parent, coin, market::Side::sell, 1e6);
    world.now = world.now + market::hour;
    (void)send(world, parent, coin, market::Side::buy, 1e6);
    finish(parent);
    world.now = world.now + market::hour;
    (void)send(world, parent, coin, market::Side::buy, 1e6);

    REQUIRE(world.intents.orders.size() == 4);
    CHECK(world.intents.orders[0].order.parent == market::ParentId{3 + 16});
    CHECK(world.intents.orders[1].order.parent == market::ParentId{3 + 16});
    CHECK(world.intents.orders[2].order.parent == market::ParentId{3 + 32});
    CHECK(world.intents.orders[3].order.parent == market::ParentId{3 + 48});
}

TEST_CASE("execution: nothing is sent to a closed book, beyond the holding, or for crumbs") {
    Economy world;
    const auto coin = world.add("btc", 100'000, 24e9);
    world.open(0);
    world.give(coin, 1);
    ParentOrder parent = make_parent(0);

    world.book(coin).open = false;
    CHECK(send(world, parent, coin, market::Side::sell, 1e9) == 0);
    world.book(coin).open = true;
    world.book(coin).volume_daily = 24'000;  // a slice of 50 dollars, where 100 is the least
    CHECK(send(world, parent, coin, market::Side::sell, 1e9) == 0);
    world.book(coin).volume_daily = 24e9;
    CHECK(send(world, parent, coin, market::Side::sell, 1e9) == doctest::Approx(100'000));
    world.now = world.now + market::hour;
    CHECK(send(world, parent, coin, market::Side::buy, 100) == doctest::Approx(100));
}

TEST_CASE("execution: looks are spread around the pace and wait for an opening") {
    Economy world;
    const auto share = world.add("nvda", 180, 30e9);
    world.open(0);

    CHECK(next_look(monday, market::hour, 0.0) == monday + market::minute * 30);
    CHECK(next_look(monday, market::hour, 0.5) == monday + market::hour);
    const market::Time later = monday + market::day;
    CHECK(or_after_opening(later, world.observe(), share) == later);
    world.book(share).open = false;
    world.book(share).next_change = monday + market::hour * 14;
    CHECK(or_after_opening(later, world.observe(), share) ==
          monday + market::hour * 14 + market::minute * 15);
}
