// SPDX-License-Identifier: Apache-2.0
#include "agents/tape_trader.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::TapeOrder;
using agents::TapeOrderKind;
using agents::TapeTrader;
using market::Price;
using market::Quantity;
using market::Side;

namespace {

const market::Time opening{20'000 * market::day.ns};  // FakeMarket's first moment

TapeOrder order_at(market::Time time, Side side, double size) {
    return {.time = time, .size = size, .side = side};
}
TapeOrder limit_at(market::Time time, Side side, double size, double price) {
    return {.time = time, .size = size, .price = price, .side = side, .kind = TapeOrderKind::limit};
}

struct Player {
    explicit Player(std::vector<TapeOrder> orders, TapeTrader::Params given = {}) : params{given} {
        names.tape.orders = std::move(orders);
        params.instrument = "asset0";
        TapeTrader::bind(params, names);
        market.step = market::minute;
    }
    agents::Wake begin() { return market.begin<TapeTrader>(params, state); }
    /// Sends what is due in the step that begins at `now`.
    agents::Wake decide(market::Time now) {
        market.snapshot.now = now;
        return market.decide<TapeTrader>(params, state);
    }
    [[nodiscard]] const std::vector<agents::Intent>& sent() const { return market.intents.orders; }

    FakeNames names;
    TapeTrader::Params params;
    TapeTrader::State state;
    FakeMarket market{{100.0}};
};

}  // namespace

TEST_CASE("tape trader: each order comes at its own date, in the order of the tape") {
    const market::Time first = opening + market::second * 10;
    Player player{{order_at(first, Side::buy, 1), order_at(first, Side::sell, 2),
                   order_at(first + market::second * 5, Side::buy, 3),
                   order_at(first + market::hour, Side::buy, 4)}};

    CHECK(player.begin().at == first);
    const agents::Wake wake = player.decide(opening);

    REQUIRE(player.sent().size() == 3);
    CHECK(player.sent()[0].arrival == first);
    CHECK(player.sent()[0].order.side == Side::buy);
    CHECK(player.sent()[1].arrival == first);  // of two at once, the first line comes first
    CHECK(player.sent()[1].order.side == Side::sell);
    CHECK(player.sent()[2].arrival == first + market::second * 5);
    CHECK(wake.at == first + market::hour);  // and sleeps until then

    CHECK(player.decide(first + market::hour).at == market::never);
    REQUIRE(player.sent().size() == 1);
    CHECK(player.sent()[0].order.quantity == Quantity{400});  // 4 wholes in lots of 0.01
}

TEST_CASE("tape trader: an order due as a step ends belongs to the next") {
    Player player{{order_at(opening + market::minute, Side::buy, 1)}};
    CHECK(player.decide(opening).at == opening + market::minute);
    CHECK(player.sent().empty());
}

TEST_CASE("tape trader: `begin` moves the whole tape") {
    const market::Time past{1'000 * market::day.ns};
    TapeTrader::Params params;
    params.begin = opening + market::hour;
    Player player{{order_at(past, Side::buy, 1), order_at(past + market::minute, Side::buy, 2)},
                  params};

    CHECK(player.begin().at == opening + market::hour);
    CHECK(player.decide(opening + market::hour).at == opening + market::hour + market::minute);
    CHECK(player.sent()[0].arrival == opening + market::hour);
}

TEST_CASE("tape trader: what lies before the start is passed over, what lies after time too") {
    Player player{{order_at(opening - market::second, Side::buy, 1),
                   order_at(opening + market::second, Side::buy, 2)}};
    CHECK(player.begin().at == opening + market::second);
    CHECK(player.state.next == 1);

    TapeTrader::Params params;
    params.begin = market::Time{INT64_MAX - 1};
    Player late{{order_at(opening, Side::buy, 1), order_at(opening + market::day, Side::buy, 1)},
                params};
    CHECK(late.decide(opening).at == market::Time{INT64_MAX - 1});
    CHECK(late.sent().empty());
}

TEST_CASE("tape trader: sizes and prices in decimals hit their lots and ticks") {
    // 0.03 / 0.01 is 2.9999999999999996, 100.29 / 0.01 is 10029.000000000002.
    Player player{{limit_at(opening, Side::buy, 0.03, 100.29),
                   limit_at(opening, Side::sell, 0.03, 100.29),
                   limit_at(opening, Side::buy, 0.037, 100.295),
                   limit_at(opening, Side::sell, 0.037, 100.295)}};
    (void)player.decide(opening);

    REQUIRE(player.sent().size() == 4);
    CHECK(player.sent()[0].order.quantity == Quantity{3});
    CHECK(player.sent()[0].order.limit == Price{10'029});
    CHECK(player.sent()[1].order.limit == Price{10'029});
    CHECK(player.sent()[2].order.quantity == Quantity{3});
    CHECK(player.sent()[2].order.limit == Price{10'029});  // a buyer pays no more than it said
    CHECK(player.sent()[3].order.limit == Price{10'030});  // a seller takes no less
    CHECK(player.sent()[0].order.type == market::OrderType::limit);
    CHECK(player.sent()[0].order.expiry == opening + market::day);
}

TEST_CASE("tape trader: relative prices are basis points from the mid that everybody sees") {
    Player player{{limit_at(opening, Side::buy, 1, -50), limit_at(opening, Side::sell, 1, 25)}};
    player.names.tape.relative = true;
    player.market.quote(0, 200.0, 0.0001);
    (void)player.decide(opening);

    CHECK(player.sent()[0].order.limit == Price{19'900});  // 200 less 0.5 %
    CHECK(player.sent()[1].order.limit == Price{20'050});  // 200 and 0.25 %
}

TEST_CASE("tape trader: a market order takes up to its slippage") {
    TapeTrader::Params params;
    params.scale = 2.5;
    params.slippage = 0.1;
    Player player{{order_at(opening, Side::buy, 2)}, params};
    player.market.quote(0, 100.0, 0.01);
    (void)player.decide(opening);

    const market::Order& order = player.sent()[0].order;
    CHECK(order.type == market::OrderType::market);
    CHECK(order.time_in_force == market::TimeInForce::immediate_or_cancel);
    CHECK(order.limit == Price{11'110});     // 101 and a tenth
    CHECK(order.quantity == Quantity{500});  // 2 x 2.5 wholes
    CHECK(order.cause == market::Cause::choice);
}

TEST_CASE("tape trader: kinds and causes of the tape are kept, or all take at market") {
    const auto of_kind = [](TapeOrderKind kind) {
        return TapeOrder{.time = opening,
                         .size = 1,
                         .price = 90,
                         .side = Side::buy,
                         .kind = kind,
                         .cause = market::Cause::liquidation};
    };
    const std::vector<TapeOrder> tape{of_kind(TapeOrderKind::immediate_or_cancel),
                                      of_kind(TapeOrderKind::fill_or_kill),
                                      of_kind(TapeOrderKind::post_only)};
    Player player{tape};
    (void)player.decide(opening);
    CHECK(player.sent()[0].order.time_in_force == market::TimeInForce::immediate_or_cancel);
    CHECK(player.sent()[1].order.time_in_force == market::TimeInForce::fill_or_kill);
    CHECK(player.sent()[2].order.time_in_force == market::TimeInForce::good_till_time);
    CHECK(player.sent()[2].order.post_only);
    CHECK(player.sent()[2].order.cause == market::Cause::liquidation);
    CHECK(player.sent()[0].order.limit == Price{9'000});

    TapeTrader::Params params;
    params.at_market = true;
    Player taker{tape, params};
    (void)taker.decide(opening);
    for (const agents::Intent& intent : taker.sent()) {
        CHECK(intent.order.type == market::OrderType::market);
        CHECK(intent.order.limit == Price{10'202});  // ceil(100.01 x 1.02)
        CHECK_FALSE(intent.order.post_only);
    }
}

TEST_CASE("tape trader: sends what cannot trade too, for the market to refuse and count") {
    Player player{{order_at(opening, Side::buy, 0.009), limit_at(opening, Side::sell, 1e18, 1e18)}};
    (void)player.decide(opening);
    REQUIRE(player.sent().size() == 2);
    CHECK(player.sent()[0].order.quantity == Quantity{0});
    CHECK(player.sent()[1].order.limit > player.market.instruments[0].price_max);
    CHECK(player.sent()[1].order.quantity > player.market.instruments[0].lots_max);
}
