// SPDX-License-Identifier: Apache-2.0
#include "agents/attention.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/chartist.hpp"
#include "agents/execution_trader.hpp"
#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Attention;

namespace {

/// All look back over a day, in a market whose usual day is 2 %.
Attention of_a_day(double moves, double falls = 0) {
    Attention attention;
    attention.moves = moves;
    attention.falls = falls;
    attention.memory = agents::Distribution{86'400.0};
    return attention;
}

/// Liveliness after the price has gone from 100 to `price` within a day.
double after_move(const Attention& attention, double price) {
    FakeMarket market{{100.0}};
    market.pass(market::hour * 30);
    market.quote(0, price, 0.0001);
    market.pass(market::hour);
    return attention.liveliness(market.see(), FakeMarket::id(0));
}

}  // namespace

TEST_CASE("attention: activity is that of usual moves where the move is a usual one") {
    CHECK(after_move(of_a_day(0.5), 100 * std::exp(0.02)) == doctest::Approx(1.0));
    CHECK(after_move(of_a_day(0.5), 100 * std::exp(-0.02)) == doctest::Approx(1.0));
}

TEST_CASE("attention: it grows with the square of the move, from what answers to none") {
    CHECK(after_move(of_a_day(0.5), 100) == doctest::Approx(0.5));
    // 1 - 0.5 + 0.5 x 3^2
    CHECK(after_move(of_a_day(0.5), 100 * std::exp(0.06)) == doctest::Approx(5.0));
    CHECK(after_move(of_a_day(0), 100 * std::exp(0.06)) == 1.0);
}

TEST_CASE("attention: a fall counts for more than a rise, and both for what they did together") {
    // 1 - 0.5 + (0.5 +- 0.3) x 2^2
    CHECK(after_move(of_a_day(0.5, 0.3), 100 * std::exp(-0.04)) == doctest::Approx(3.7));
    CHECK(after_move(of_a_day(0.5, 0.3), 100 * std::exp(0.04)) == doctest::Approx(1.3));
}

TEST_CASE("attention: no crash makes it livelier than its bound") {
    CHECK(after_move(of_a_day(1), 50) == 8.0);
}

TEST_CASE("attention: spans are as many as the distribution has, and stay with their owners") {
    FakeMarket market{{100.0}};
    market.pass(market::hour * 30);
    market.quote(0, 106.0, 0.0001);
    market.pass(market::minute * 5);
    market.pass(market::hour);
    Attention attention = of_a_day(0.5);
    attention.memory = Attention::spans();

    // Five and thirty minutes ago the price stood where it is; the other four spans saw it move.
    int calm = 0;
    for (std::uint32_t member = 0; member < 600; ++member) {
        const double once = attention.liveliness(market.see(member), FakeMarket::id(0));
        CHECK(once == attention.liveliness(market.see(member), FakeMarket::id(0)));
        if (once == 0.5) ++calm;
    }
    CHECK(calm == doctest::Approx(200).epsilon(0.2));
}

// Goal: thinning makes a clock that runs as lively as it should. Method: share of moments that
// count, against liveliness over the bound: 5 of 8.
TEST_CASE("attention: of the moments at which it may act, as many count as it is lively") {
    FakeMarket market{{100.0}};
    market.pass(market::hour * 30);
    market.quote(0, 100 * std::exp(0.06), 0.0001);
    market.pass(market::hour);
    const Attention attention = of_a_day(0.5);
    const auto seen = market.see();

    agents::Random random{1, 0, agents::Purpose::decide, 0};
    int acted = 0;
    for (int i = 0; i < 8'000; ++i) {
        if (attention.acts(seen, FakeMarket::id(0), random)) ++acted;
    }
    CHECK(acted == doctest::Approx(5'000).epsilon(0.03));
    CHECK(attention.wait(800.0) == 100.0);
}

TEST_CASE("attention: who pays none draws nothing and waits as before") {
    FakeMarket market{{100.0}};
    const Attention none;
    agents::Random random{1, 0, agents::Purpose::decide, 0};
    agents::Random untouched{1, 0, agents::Purpose::decide, 0};
    CHECK(none.acts(market.see(), FakeMarket::id(0), random));
    CHECK(random.bits64() == untouched.bits64());
    CHECK(none.wait(800.0) == 800.0);
}

// Nobody is lively where all activity answers to moves and there is none.
TEST_CASE("attention: traders who only answer to moves do nothing in a market that stands still") {
    FakeMarket market{{100.0}};
    market.set_cash(1e6);
    market.set_holding(0, 1e4);

    agents::Chartist::Params chartist;
    chartist.instrument = "asset0";
    chartist.attention = of_a_day(1);
    agents::Chartist::bind(chartist, FakeNames{});
    agents::Chartist::State idle;
    (void)market.begin<agents::Chartist>(chartist, idle);
    const auto wake = market.decide<agents::Chartist>(chartist, idle);
    CHECK(market.intents.orders.empty());
    CHECK(wake.at > market.snapshot.now);

    agents::ExecutionTrader::Params desk;
    desk.instrument = "asset0";
    desk.attention = of_a_day(1);
    agents::ExecutionTrader::bind(desk, FakeNames{});
    agents::ExecutionTrader::State waiting;
    (void)market.decide<agents::ExecutionTrader>(desk, waiting);
    CHECK(market.intents.orders.empty());
    CHECK(waiting.sequence == 0);
}
