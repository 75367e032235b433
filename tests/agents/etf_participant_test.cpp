// SPDX-License-Identifier: Apache-2.0
#include "agents/etf_participant.hpp"

#include <doctest/doctest.h>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::EtfParticipant;
using agents::InstructionKind;
using market::Side;

namespace {

/// A share of one tenth of asset1 and two of asset2: $10 + $10. Baskets of 1,000 shares.
struct Desk {
    FakeMarket market{{20.0, 100.0, 5.0}};
    EtfParticipant::Params params;
    EtfParticipant::State state;

    Desk() {
        params.share = "asset0";
        params.contents = {{"asset1", 0.1}, {"asset2", 2.0}};
        params.basket_shares = 1'000;
        EtfParticipant::bind(params, FakeNames{});
        market.set_cash(1e6);
        market.set_holding(0, 10'000);
        market.set_holding(1, 1'000);
        market.set_holding(2, 20'000);
        for (std::size_t i = 0; i < 3; ++i) market.quote(i, market.books[i].mid, 0.0);
        (void)market.begin<EtfParticipant>(params, state);
        market.pass(market::minute);
    }
    void decide() { (void)market.decide<EtfParticipant>(params, state); }
};

}  // namespace

TEST_CASE("etf participant: a premium inside its cost is left alone") {
    Desk desk;
    desk.market.quote(0, 20.02, 0.0);  // 10 bp
    desk.decide();

    CHECK(desk.market.intents.orders.empty());
    CHECK(desk.market.intents.instructions.empty());
}

TEST_CASE("etf participant: at a premium it sells shares and buys what they hold") {
    Desk desk;
    desk.market.quote(0, 20.20, 0.0);      // 1 %
    desk.params.terms.order_max = 20'200;  // 1,000 shares
    desk.decide();

    REQUIRE(desk.market.intents.orders.size() == 3);
    const auto& orders = desk.market.intents.orders;
    CHECK(orders[0].order.side == Side::sell);
    CHECK(orders[0].order.quantity.value() == 100'000);
    CHECK(orders[1].order.side == Side::buy);
    CHECK(orders[1].order.quantity.value() == 10'000);
    CHECK(orders[2].order.side == Side::buy);
    CHECK(orders[2].order.quantity.value() == 200'000);
}

TEST_CASE("etf participant: creates whole baskets once shares are missing and contents are there") {
    Desk desk;
    desk.market.set_holding(0, 10'000 - 2'700);
    desk.market.set_holding(1, 1'000 + 270);
    desk.market.set_holding(2, 20'000 + 5'400);
    desk.decide();

    REQUIRE(desk.market.intents.instructions.size() == 1);
    const auto& instruction = desk.market.intents.instructions[0];
    CHECK(instruction.kind == InstructionKind::create_baskets);
    CHECK(instruction.instrument == FakeMarket::id(0));
    CHECK(instruction.amount == market::Units{2});
    CHECK(desk.market.intents.orders.empty());

    // Contents for one basket only: 100 of asset1, 2,000 of asset2.
    desk.market.set_holding(1, 199);
    CHECK(EtfParticipant::baskets_due(desk.params, desk.state, desk.market.see()) == 1);
    desk.params.baskets_max = 1;
    desk.market.set_holding(1, 1'270);
    CHECK(EtfParticipant::baskets_due(desk.params, desk.state, desk.market.see()) == 1);
}

TEST_CASE("etf participant: redeems what it has too much of") {
    Desk desk;
    desk.market.set_holding(0, 10'000 + 3'999);
    desk.decide();

    REQUIRE(desk.market.intents.instructions.size() == 1);
    CHECK(desk.market.intents.instructions[0].kind == InstructionKind::redeem_baskets);
    CHECK(desk.market.intents.instructions[0].amount == market::Units{3});
}

TEST_CASE("etf participant: keeps the hours of the share") {
    Desk desk;
    desk.market.books[0].open = false;
    desk.market.books[0].next_change = desk.market.snapshot.now + market::hour;
    desk.market.set_holding(0, 20'000);
    const auto wake = desk.market.decide<EtfParticipant>(desk.params, desk.state);

    CHECK(desk.market.intents.instructions.empty());
    CHECK(wake.at == desk.market.books[0].next_change);
}
