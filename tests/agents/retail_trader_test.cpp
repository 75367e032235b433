// SPDX-License-Identifier: Apache-2.0
#include "agents/retail_trader.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::RetailTrader;
using market::OrderType;
using market::Side;
using market::Time;

namespace {

RetailTrader::Params plain() {
    RetailTrader::Params params;
    params.favourites = {{"asset0", 3.0}, {"asset1", 1.0}};
    RetailTrader::bind(params, FakeNames{});
    return params;
}

}  // namespace

TEST_CASE("retail trader: a sleeper's memory is 48 bytes") {
    CHECK(sizeof(RetailTrader::State) == 48);
}

TEST_CASE("retail trader: the day's season has the mean that its clock reckons with") {
    double sum = 0;
    double busiest = 0;
    for (int h = 0; h < 24; ++h) {
        const double share = RetailTrader::season(Time{h * market::hour.ns});
        sum += share;
        busiest = std::max(busiest, share);
    }
    CHECK(sum / 24 == doctest::Approx(0.625));
    CHECK(busiest == 1.0);
}

TEST_CASE("retail trader: panic grows with the drawdown and the loss on cost") {
    // 0.2 a year x e^(6 x 0.3 + 4 x 0.25) for nerves of one.
    CHECK(RetailTrader::panic_hazard(plain(), 1, 0.3, 0.25) ==
          doctest::Approx(0.2 * std::exp(2.8)));
    CHECK(RetailTrader::panic_hazard(plain(), 2, 0, 0) == doctest::Approx(0.4));
}

TEST_CASE("retail trader: cost is the mean price paid, as it notices") {
    FakeMarket market{{100.0, 10.0}};
    market.set_holding(0, 1);
    const auto params = plain();
    RetailTrader::State state;
    (void)market.begin<RetailTrader>(params, state);
    CHECK(state.memories[0].cost == 100.0F);

    market.set_holding(0, 4);
    market.quote(0, 120.0, 0.0001);
    (void)market.decide<RetailTrader>(params, state);
    CHECK(state.memories[0].cost == doctest::Approx(115));  // (100 + 3 x 120) / 4
    market.set_holding(0, 2);
    market.quote(0, 50.0, 0.0001);
    (void)market.decide<RetailTrader>(params, state);
    CHECK(state.memories[0].cost == doctest::Approx(115));
}

TEST_CASE("retail trader: in panic it sells all of that holding and keeps the other") {
    FakeMarket market{{100.0, 10.0}};
    market.set_holding(0, 2);
    market.set_holding(1, 5);
    auto params = plain();
    params.shares = {0.0, 0.0};  // it thinks of nothing else
    RetailTrader::State state;
    (void)market.begin<RetailTrader>(params, state);
    market.pass(market::day);
    market.quote(0, 20.0, 0.0001);
    params.panic_rate = 1e-3;
    params.panic_drawdown = 20;  // 1e-3 e^(16 + 3.2) a year: certain within the day
    (void)market.decide<RetailTrader>(params, state);

    REQUIRE(market.intents.orders.size() == 1);
    const auto& intent = market.intents.orders[0];
    CHECK(intent.instrument == FakeMarket::id(0));
    CHECK(intent.order.type == OrderType::market);
    CHECK(intent.order.side == Side::sell);
    CHECK(intent.order.quantity == market::Quantity{200});
}

// Goal: who looks mostly while the market is closed panics as often as the file says.
// Method: a day of fear passes over a look at a closed market; a certain panic comes at the next.
TEST_CASE("retail trader: fear that finds the market closed is kept") {
    FakeMarket market{{100.0}};
    market.set_holding(0, 2);
    auto params = plain();
    params.ids.resize(1);
    params.shares = {0.0};
    RetailTrader::State state;
    (void)market.begin<RetailTrader>(params, state);
    params.panic_rate = 5e3;  // a year: within a day all but certain, within a second all but never
    market.pass(market::day);
    market.books[0].accepts = false;
    (void)market.decide<RetailTrader>(params, state);
    CHECK(market.intents.orders.empty());

    market.pass(market::second);
    market.books[0].accepts = true;
    (void)market.decide<RetailTrader>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].order.quantity == market::Quantity{200});

    market.pass(market::second);
    (void)market.decide<RetailTrader>(params, state);
    CHECK(market.intents.orders.empty());
}

TEST_CASE("retail trader: a large move of its largest holding wakes it") {
    FakeMarket market{{100.0, 10.0}};
    market.set_holding(0, 1);
    market.set_holding(1, 50);  // $500 of it: the larger one
    auto params = plain();
    params.nerves_sigma = 0;
    RetailTrader::State state;
    (void)market.begin<RetailTrader>(params, state);
    const auto wake = market.decide<RetailTrader>(params, state);

    CHECK(wake.instrument == FakeMarket::id(1));
    CHECK(wake.below == doctest::Approx(10 * (1 - 0.08)));
    CHECK(wake.above == doctest::Approx(10 * (1 + 0.08)));
}

// Goal: what is not kept between looks is drawn as it was drawn first, for each member its own.
// Method: nerves divide the alarm, and a sigma twice as large squares them.
TEST_CASE("retail trader: its character is the same at every look") {
    FakeMarket market{{100.0}};
    market.set_holding(0, 1);
    RetailTrader::Params params;
    params.favourites = {{"asset0", 1.0}};
    RetailTrader::bind(params, FakeNames{});
    params.alarm = 0.01;
    const auto alarm = [&](double sigma, std::uint32_t member) {
        params.nerves_sigma = sigma;
        RetailTrader::State state;
        const auto first = market.begin<RetailTrader>(params, state, 9, member);
        for (int look = 0; look < 3; ++look) {
            market.pass(market::day);
            const auto next = market.decide<RetailTrader>(params, state, member);
            CHECK(next.below == first.below);
        }
        return 1 - first.below / 100;
    };

    CHECK(alarm(0, 3) == doctest::Approx(0.01));
    const double nerves = 0.01 / alarm(0.5, 3);
    CHECK(0.01 / alarm(1, 3) == doctest::Approx(nerves * nerves));
    CHECK(std::abs(alarm(0.5, 4) - alarm(0.5, 3)) > 1e-5);
}

TEST_CASE("retail trader: sells gains half as often again as losses" *
          doctest::test_suite("property")) {
    FakeMarket market{{100.0, 10.0}};
    market.set_holding(0, 10);
    auto params = plain();
    params.beliefs.trend_scale = 0;
    params.beliefs.noise_scale = 0;
    params.beliefs.horizon = agents::Distribution{86'400};
    int sold_gain = 0;
    int sold_loss = 0;
    for (int i = 0; i < 20'000; ++i) {
        market.snapshot.now = market.snapshot.now + market::second;
        // It believes the price halves: whatever it draws, it wants to sell.
        RetailTrader::State state;
        state.looked = market.snapshot.now;
        market.books[0].value = 1e-9;
        market.books[0].sigma_daily = 1e-6;
        for (const float cost : {50.0F, 200.0F}) {
            state.memories[0] = {cost, 1'000};
            (void)market.decide<RetailTrader>(params, state);
            for (const auto& intent : market.intents.orders) {
                if (intent.order.side == Side::sell) (cost < 100 ? sold_gain : sold_loss) += 1;
            }
        }
    }

    // It thinks of this holding three times out of four: 15,000 +- 5 x 61, and 10,000 +- 5 x 71.
    CHECK(std::abs(sold_gain - 15'000) < 306);
    CHECK(std::abs(sold_loss - 10'000) < 354);
}

TEST_CASE("retail trader: looks as often as its attention says, and more after a rise" *
          doctest::test_suite("property")) {
    FakeMarket market{{100.0, 10.0}};
    const auto params = plain();
    const auto mean_gap = [&] {
        double sum = 0;
        for (std::uint32_t member = 0; member < 4'000; ++member) {
            RetailTrader::State state;
            const auto wake = market.begin<RetailTrader>(params, state, 4'000, member);
            sum += (wake.at - market.snapshot.now).days();
        }
        return sum / 4'000;
    };

    CHECK(std::abs(mean_gap() - 365.0 / 52) < 5 * 7.02 / 63);
    market.quote(0, 140.0, 0.0001);  // weight 3/4 x 40 % x b1 = 5: two and a half times as often
    CHECK(std::abs(mean_gap() - 365.0 / 52 / 2.5) < 5 * 2.81 / 63);
}
