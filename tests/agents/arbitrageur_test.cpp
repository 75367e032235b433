// SPDX-License-Identifier: Apache-2.0
#include "agents/arbitrageur.hpp"

#include <doctest/doctest.h>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Arbitrageur;
using agents::Intent;
using market::Price;
using market::Quantity;
using market::Side;

namespace {

/// Half a spread of 1 bp on both books, $1m of each coin and of cash.
struct Desk {
    FakeMarket market{{100.0, 200.0, 1.0}};
    Arbitrageur::Params params;
    Arbitrageur::State state;

    explicit Desk(const char* bridge = "") {
        params.first = "asset0";
        params.second = "asset1";
        params.bridge = bridge;
        params.units = 2;
        Arbitrageur::bind(params, FakeNames{});
        market.set_cash(1e6);
        market.set_holding(0, 1e4);
        market.set_holding(1, 5e3);
        market.set_holding(2, 1e6);
        (void)market.begin<Arbitrageur>(params, state);
        market.pass(market::minute);
    }
    void decide() { (void)market.decide<Arbitrageur>(params, state); }
};

}  // namespace

TEST_CASE("arbitrageur: leaves a gap alone that does not pay its cost") {
    Desk desk;
    desk.market.quote(1, 200.2, 0.0001);  // 10 bp, less the spreads; the cost is 15 bp
    desk.decide();

    CHECK(desk.market.intents.orders.empty());
}

TEST_CASE("arbitrageur: sells the dear one and buys the cheap one, in proportion") {
    Desk desk;
    desk.market.quote(1, 202.0, 0.0001);  // bid 201.98 against two at 100.01: 0.98 %
    desk.decide();

    REQUIRE(desk.market.intents.orders.size() == 2);
    const Intent& sale = desk.market.intents.orders[0];
    const Intent& purchase = desk.market.intents.orders[1];
    CHECK(sale.instrument == FakeMarket::id(1));
    CHECK(sale.order.side == Side::sell);
    CHECK(purchase.instrument == FakeMarket::id(0));
    CHECK(purchase.order.side == Side::buy);
    CHECK(sale.order.cause == market::Cause::arbitrage);
    // 98 % of its cash buys parts at 2 x 100.01: 4,899.5 packages; speed and bound allow more.
    const double packages = 0.98e6 / 200.02;
    CHECK(sale.order.quantity.value() == static_cast<std::int64_t>(packages * 100));
    CHECK(purchase.order.quantity.value() == static_cast<std::int64_t>(packages * 200));
    // Neither gives away more than half of the 0.83 % beyond its cost.
    CHECK(sale.order.limit >= Price{20'114});
    CHECK(purchase.order.limit <= Price{10'043});
}

TEST_CASE("arbitrageur: trades the other way round at a discount") {
    Desk desk;
    desk.market.quote(1, 198.0, 0.0001);
    desk.params.terms.order_max = 19'802;  // USD: 100 of the second at 198.02
    desk.decide();

    REQUIRE(desk.market.intents.orders.size() == 2);
    CHECK(desk.market.intents.orders[0].order.side == Side::buy);
    CHECK(desk.market.intents.orders[0].order.quantity == Quantity{10'000});
    CHECK(desk.market.intents.orders[1].order.side == Side::sell);
    CHECK(desk.market.intents.orders[1].order.quantity == Quantity{20'000});
}

TEST_CASE("arbitrageur: what half a fill left open is taken back at the part") {
    Desk desk;
    desk.market.set_holding(1, 5e3 - 2e3);  // 2,000 of the second sold, nothing bought: $400k short
    desk.decide();

    REQUIRE(desk.market.intents.orders.size() == 1);
    CHECK(desk.market.intents.orders[0].instrument == FakeMarket::id(0));
    CHECK(desk.market.intents.orders[0].order.side == Side::buy);
    // $400k at mid over the part's price of 100.01.
    CHECK(desk.market.intents.orders[0].order.quantity.value() ==
          static_cast<std::int64_t>(400'000 / 100.01 * 100));
}

TEST_CASE("arbitrageur: a triangle closes over the money that the second is paid in") {
    Desk desk{"asset2"};
    desk.market.quote(2, 0.98, 0.0);  // the stablecoin slips: its coin is dear by as much
    desk.decide();

    // The second at 200 stablecoins is worth $196: it buys that, sells the first twice, and buys
    // the stablecoins that it pays.
    REQUIRE(desk.market.intents.orders.size() == 3);
    CHECK(desk.market.intents.orders[0].instrument == FakeMarket::id(1));
    CHECK(desk.market.intents.orders[0].order.side == Side::buy);
    CHECK(desk.market.intents.orders[1].instrument == FakeMarket::id(2));
    CHECK(desk.market.intents.orders[1].order.side == Side::buy);
    CHECK(desk.market.intents.orders[2].instrument == FakeMarket::id(0));
    CHECK(desk.market.intents.orders[2].order.side == Side::sell);
}
