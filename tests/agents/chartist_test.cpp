// SPDX-License-Identifier: Apache-2.0
#include "agents/chartist.hpp"

#include <doctest/doctest.h>

#include "agents/trading.hpp"
#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Chartist;
using agents::IntentKind;
using market::Side;

namespace {

Chartist::Params params_for_one_instrument() {
    Chartist::Params params;
    params.instrument = "asset0";
    Chartist::bind(params, FakeNames{});
    return params;
}

}  // namespace

TEST_CASE("chartist: its order is backed, lives for its horizon and has one cause") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.set_holding(0, 10);
    const auto params = params_for_one_instrument();

    int buys = 0;
    int sells = 0;
    for (std::uint32_t member = 0; member < 100; ++member) {
        Chartist::State state;
        (void)market.begin<Chartist>(params, state, 100, member);
        (void)market.decide<Chartist>(params, state, member);
        for (const agents::Intent& intent : market.intents.orders) {
            const market::Order& order = intent.order;
            CHECK(order.expiry == agents::after(market.snapshot.now, state.character.horizon));
            CHECK(order.cause == market::Cause::choice);
            if (order.side == Side::buy) {
                ++buys;
                CHECK(order.limit.value() * order.quantity.value() <= 10'000'000);
            } else {
                ++sells;
                CHECK(order.quantity <= market::Quantity{1'000});
            }
        }
    }
    CHECK(buys > 20);
    CHECK(sells > 20);
}

TEST_CASE("chartist: what rested is withdrawn before the next order") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.rest(0, Side::buy, 9'000, 50);
    const auto params = params_for_one_instrument();
    Chartist::State state;
    (void)market.begin<Chartist>(params, state);
    (void)market.decide<Chartist>(params, state);

    REQUIRE(!market.intents.orders.empty());
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(market.intents.orders[0].order.id == market::OrderId{1});
}

TEST_CASE("chartist: one who believes in value buys what is cheap and sells what is dear") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.set_holding(0, 10);
    auto params = params_for_one_instrument();
    params.beliefs.reversion = 86'400.0;
    Chartist::State state;
    (void)market.begin<Chartist>(params, state);
    state.character = {.fundamental = 1, .horizon = 86'400.0, .risk_aversion = 1};

    // Double the price: phat = 100 e^0.69, all cash is used a few percent below that.
    market.books[0].value = 200;
    (void)market.decide<Chartist>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].order.limit > market.books[0].ask);

    // Half of it: whatever it holds is for sale far below the market.
    market.set_cash(0);
    market.books[0].value = 50;
    (void)market.decide<Chartist>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].order.side == Side::sell);
    CHECK(market.intents.orders[0].order.limit < market.books[0].bid);
}

TEST_CASE("chartist: draws do not depend on who was asked before") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.set_holding(0, 10);
    const auto params = params_for_one_instrument();
    Chartist::State first;
    Chartist::State second;
    (void)market.begin<Chartist>(params, first, 2, 0);
    (void)market.begin<Chartist>(params, second, 2, 1);
    const Chartist::State before = second;

    const auto alone = market.decide<Chartist>(params, second, 1);
    second = before;
    (void)market.decide<Chartist>(params, first, 0);
    const auto behind = market.decide<Chartist>(params, second, 1);

    CHECK(alone.at == behind.at);
    CHECK(first.character.horizon != second.character.horizon);
}
