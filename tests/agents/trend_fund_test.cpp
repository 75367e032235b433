// SPDX-License-Identifier: Apache-2.0
#include "agents/trend_fund.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::PriceHistory;
using agents::TrendFund;
using agents::Working;
using market::Side;

namespace {

constexpr market::Time start{20'000 * market::day.ns};

/// A price that has grown by `rate` a day in logs for 400 days and ends at 100.
PriceHistory steady(double rate) {
    PriceHistory history;
    const double first = 100 * std::exp(-400 * rate);
    history.start(start - market::day * 400, first);
    for (int d = 1; d <= 400; ++d) {
        history.record(start - market::day * (400 - d), first * std::exp(rate * d));
    }
    return history;
}

/// Mean of 100 e^(-rate d) with weights (1 - 1/n)^d for d = 0 .. 400: two geometric sums.
double mean_of_steady(double n, double rate) {
    const double q = 1 - 1 / n;
    const double qe = q * std::exp(-rate);
    return 100 * (1 - std::pow(qe, 401)) / (1 - qe) * (1 - q) / (1 - std::pow(q, 401));
}

TrendFund::Params plain() {
    TrendFund::Params params;
    params.assets = {{"asset0", 0.5}, {"asset1", 0.5}};
    params.execution.order_min = 100;
    TrendFund::bind(params, FakeNames{});
    return params;
}

}  // namespace

TEST_CASE("trend fund: the signal of a steady rise is that of three geometric sums") {
    const double rate = 0.01;
    const double c = 2.0;
    double expected = 0;
    for (const double fast : {8.0, 16.0, 32.0}) {
        const double slow = 3 * fast;
        expected += std::tanh(c * (mean_of_steady(fast, rate) - mean_of_steady(slow, rate)) /
                              (100 * rate * std::sqrt(slow))) /
                    3;
    }

    const PriceHistory rise = steady(rate);
    CHECK(TrendFund::daily_volatility(rise) == doctest::Approx(rate).epsilon(1e-9));
    CHECK(TrendFund::signal(rise, c) == doctest::Approx(expected).epsilon(1e-9));
    CHECK(TrendFund::signal(steady(-rate), c) < -0.9);
    CHECK(std::abs(TrendFund::signal(steady(0), c)) < 1e-6);
}

TEST_CASE("trend fund: buys what rises, sized by volatility and at its share of volume") {
    FakeMarket market{{100.0, 100.0}};
    market.histories[0] = steady(0.01);
    market.histories[1] = steady(-0.01);
    market.set_cash(1e9);
    market.set_holding(1, 1e5);
    auto params = plain();
    params.sigma_target = 0.01;
    TrendFund::State state;
    (void)market.begin<TrendFund>(params, state);
    const auto wake = market.decide<TrendFund>(params, state);

    // A rise at 1 % a day: sigma is 19.1 % a year, so at most 1 % / 19.1 % / 2 of $1.01bn, $26.4m;
    // an hour at 5 % of $1bn a day allows $2.08m. What falls ($10m) is sold at the same pace.
    REQUIRE(market.intents.orders.size() == 2);
    const auto& buy = market.intents.orders[0].order;
    const auto& sell = market.intents.orders[1].order;
    CHECK(buy.side == Side::buy);
    CHECK(buy.quantity.value() == 2'083'333);  // a lot is $1
    CHECK(sell.side == Side::sell);
    CHECK(sell.quantity.value() == 2'083'333);
    CHECK(buy.parent != sell.parent);
    CHECK(wake.at < market.snapshot.now + market::hour * 2);
}

TEST_CASE("trend fund: within the band it leaves its position alone until the next day") {
    FakeMarket market{{100.0, 100.0}};
    market.histories[0] = steady(0.01);
    const auto params = plain();
    TrendFund::State state;
    (void)market.begin<TrendFund>(params, state);
    // 0.4 / 0.191 x 0.5 exceeds its wealth: the target is all of it; 95 % held is within the band.
    market.set_cash(5e6);
    market.set_holding(0, 0.95e6);
    const auto wake = market.decide<TrendFund>(params, state);

    CHECK(market.intents.orders.empty());
    CHECK(wake.at >= market.snapshot.now + market::hour * 12);

    market.set_holding(0, 0.5e6);
    market.set_cash(50e6);
    (void)market.decide<TrendFund>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(state.parents[0].working == Working::purchase);
}
