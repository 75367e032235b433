// SPDX-License-Identifier: Apache-2.0
#include "agents/market_maker.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Intent;
using agents::IntentKind;
using agents::MarketMaker;
using market::Price;
using market::Side;

namespace {

MarketMaker::Params plain() {
    MarketMaker::Params params;
    params.instrument = "asset0";
    params.depth = agents::Distribution{1e5};
    MarketMaker::bind(params, FakeNames{});
    return params;
}

/// $1m in cash and $1m in a coin.
struct Desk {
    FakeMarket market;
    MarketMaker::Params params = plain();
    MarketMaker::State state;

    explicit Desk(double price = 100.0) : market{{price}} {
        market.set_cash(1e6);
        market.set_holding(0, 1e6 / price);
        (void)market.begin<MarketMaker>(params, state);
    }
    agents::Wake decide() { return market.decide<MarketMaker>(params, state); }
    [[nodiscard]] double usd(Side side) const {
        double sum = 0;
        for (const Intent& intent : market.intents.orders) {
            if (intent.kind == IntentKind::submit && intent.order.side == side) {
                sum += static_cast<double>(intent.order.quantity.value());  // a lot is about $1
            }
        }
        return sum;
    }
    /// Everything it asked for comes to rest, and what backs it goes into escrow.
    void carry_out() {
        for (const Intent& intent : market.intents.orders) {
            const market::Order& order = intent.order;
            market.rest(0, order.side, order.limit.value(), order.quantity.value());
            const std::int64_t lots = order.quantity.value();
            if (order.side == Side::buy) {
                market.balances[0] -= lots * order.limit.value();
            } else {
                market.balances[1] -= lots * 1'000;
            }
        }
    }
};

}  // namespace

TEST_CASE("market maker: quotes ten levels a side for its depth, symmetric when flat") {
    Desk desk;
    (void)desk.decide();

    REQUIRE(desk.market.intents.orders.size() == 20);
    CHECK(desk.usd(Side::buy) == doctest::Approx(1e5).epsilon(0.001));
    CHECK(desk.usd(Side::sell) == doctest::Approx(1e5).epsilon(0.001));
    for (std::size_t i = 0; i < 10; ++i) {
        const auto& bid = desk.market.intents.orders[i].order;
        const auto& ask = desk.market.intents.orders[i + 10].order;
        CHECK(bid.post_only);
        CHECK(bid.cause == market::Cause::quote);
        CHECK(std::abs(bid.limit.value() + ask.limit.value() - 20'000) <= 1);
    }
    // First level: 1e5 / 15.937 = $6,274.5 (the weights 1.1^i add up to 15.937), A = 1e8 / 6274.5 =
    // 15,937 a day; margin = 0.0002 x 15 ln(16/15) = 1.936 bp; slope = sqrt(4e-4 / 15 / 31,875 x
    // 2.8084) = 0.4847 bp: the bid stands 2.18 bp below 100, at 99.97 when rounded down.
    CHECK(desk.market.intents.orders[0].order.limit == Price{9'997});
    // The last one stands 5 % - 7.28 bp + 2.18 bp away.
    CHECK(desk.market.intents.orders[9].order.limit == Price{9'505});
}

TEST_CASE("market maker: quotes that are near enough cost no message") {
    Desk desk;
    (void)desk.decide();
    desk.carry_out();
    (void)desk.decide();
    CHECK(desk.market.intents.orders.empty());

    // A move of 1 %: near levels are off by more than a quarter of their distance, far ones not.
    desk.market.quote(0, 101.0, 0.0001);
    (void)desk.decide();
    CHECK(desk.market.intents.orders.size() > 8);
    CHECK(desk.market.intents.orders.size() < 20);
    for (const Intent& intent : desk.market.intents.orders) {
        CHECK(intent.kind == IntentKind::replace);
    }
}

TEST_CASE("market maker: leans against its inventory and stops adding at its limit") {
    Desk desk;
    desk.market.set_holding(0, 1e4 + 500);  // $50k too much, $6,274 a quote: 8 quotes
    (void)desk.decide();
    // Skew 7.97 x 0.4847 bp = 3.9 bp: the bid stands 6.05 bp below, the ask one tick over the bid.
    CHECK(desk.market.intents.orders[0].order.limit == Price{9'993});
    CHECK(desk.usd(Side::buy) == doctest::Approx(1e5 * 0.99).epsilon(0.001));  // 0.05m of 5m
    CHECK(desk.usd(Side::sell) == doctest::Approx(1e5).epsilon(0.001));

    desk.market.set_holding(0, 1e4 + 5e4);  // $5m: 0.5 % of daily volume
    (void)desk.decide();
    CHECK(desk.usd(Side::buy) == 0);
    CHECK(desk.usd(Side::sell) > 0);
}

// Goal: a maker alone with its inventory lowers the price at a rate, not once a look.
// Method: the book is nothing but its quotes for ten minutes; a look every 5 seconds or every 30.
TEST_CASE("market maker: how fast it moves its own market does not depend on how often it looks") {
    const auto price_after = [](market::Duration look) {
        Desk desk{10'000.0};
        FakeMarket& market = desk.market;
        market.set_holding(0, 100 + 5);  // $50,000 too much: 7.97 quotes
        const market::Time end = market.snapshot.now + market::minute * 10;
        for (; market.snapshot.now <= end; market.snapshot.now = market.snapshot.now + look) {
            (void)desk.decide();
            market.orders.clear();
            Price bid{0};
            Price ask{10'000'000};
            for (const Intent& intent : market.intents.orders) {
                if (intent.kind == IntentKind::cancel) continue;
                const Price limit = intent.order.limit;
                if (intent.order.side == Side::buy) bid = std::max(bid, limit);
                if (intent.order.side == Side::sell) ask = std::min(ask, limit);
            }
            market.books[0].mid = static_cast<double>((bid + ask).value()) * 0.005;
            market.books[0].bid = bid;
            market.books[0].ask = ask;
            market.rest(0, Side::buy, bid.value(), 0);
            market.rest(0, Side::sell, ask.value(), 0);
        }
        return market.books[0].mid;
    };

    // The first look leans by 7.97 x 0.4847 bp; in ten minutes, one `acceptance`, as much again.
    const double fall = 10'000 * 2 * 7.97 * 0.4847e-4;
    CHECK(std::abs(10'000 - price_after(market::second * 5) - fall) < 0.1 * fall);
    CHECK(std::abs(10'000 - price_after(market::second * 30) - fall) < 0.1 * fall);
}

TEST_CASE("market maker: withdraws as volatility and toxicity rise") {
    Desk desk;
    desk.state.volatility_aversion = 0.3;
    desk.market.books[0].sigma_fast = 0.08;  // four times the usual
    desk.market.books[0].toxicity = 0.25;
    (void)desk.decide();

    CHECK(desk.usd(Side::buy) == doctest::Approx(1e5 * std::exp(-0.9 - 0.5)).epsilon(0.002));
}

TEST_CASE("market maker: a loss in five minutes ends quoting; it returns small") {
    Desk desk;
    desk.market.set_holding(0, 1e4 + 5e3);  // $500,000 too much; the rest of it is no risk
    desk.state.result_marked = 1.5e6;
    (void)desk.decide();
    const std::size_t quotes = desk.market.intents.orders.size();
    desk.carry_out();
    desk.market.pass(market::minute);
    desk.market.quote(0, 99.0, 0.0001);  // $5,000 lost; the stop is at 0.2 % of $1.5m
    const auto wake = desk.decide();

    CHECK(wake.at == desk.market.snapshot.now + market::minute * 15);
    REQUIRE(desk.market.intents.orders.size() == quotes);
    CHECK(desk.market.intents.orders[0].kind == IntentKind::cancel);

    desk.market.orders.clear();
    desk.market.set_cash(1.495e6);  // the excess has been sold at 99
    desk.market.set_holding(0, 1e4);
    desk.market.pass(market::minute * 15);
    (void)desk.decide();
    CHECK(desk.usd(Side::buy) == doctest::Approx(0.05 * 1e5).epsilon(0.01));
    desk.market.pass(market::day * 10);
    (void)desk.decide();
    CHECK(desk.usd(Side::buy) == doctest::Approx(0.7 * 1e5).epsilon(0.01));
}

TEST_CASE("market maker: promises no more than it owns") {
    Desk desk;
    desk.market.set_cash(5'000);
    desk.market.set_holding(0, 30);
    desk.state.home = 3'000;
    desk.state.result_marked = 5'000;
    (void)desk.decide();

    CHECK(desk.usd(Side::buy) <= 5'300);  // up to 5 % below $100, $5,000 buy a little more
    CHECK(desk.usd(Side::buy) > 4'900);
    CHECK(desk.usd(Side::sell) <= 3'000);
}
