// SPDX-License-Identifier: Apache-2.0
#include "agents/zero_intelligence.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Intent;
using agents::IntentKind;
using agents::ZeroIntelligence;
using market::OrderType;
using market::Side;

namespace {

constexpr double per_second = 86'400 * 365.0;

/// One market order a second and side, one limit order a second, side and 100 ticks of the band.
ZeroIntelligence::Params one_a_second() {
    ZeroIntelligence::Params params;
    params.order_size = 0.05;  // five lots
    params.market_rate = per_second;
    params.limit_rate = per_second / 100;
    params.band = 100;
    params.lifetime = 60;
    params.id = FakeMarket::id(0);
    return params;
}

}  // namespace

TEST_CASE("zero intelligence: spreads are mu over alpha times a function of s0 delta over mu") {
    // mu = 1 a second, alpha = 0.01 a tick and second, delta = 1/60, s0 = 1; (1/60)^0.75 =
    // 0.046386.
    const double power = std::pow(1.0 / 60, 0.75);
    CHECK(ZeroIntelligence::quoted_spread(one_a_second()) ==
          doctest::Approx(28 + 186 * power).epsilon(1e-12));
    CHECK(ZeroIntelligence::predicted_spread(one_a_second()) ==
          doctest::Approx(43.2 + 111 * power).epsilon(1e-12));
}

TEST_CASE("zero intelligence: limit orders lie in the band on their own side of the best") {
    FakeMarket market{{100.0}};  // 9999 / 10001
    const auto params = one_a_second();
    ZeroIntelligence::State state;
    (void)market.begin<ZeroIntelligence>(params, state);
    (void)market.decide<ZeroIntelligence>(params, state);

    REQUIRE(market.intents.orders.size() > 100);
    for (const Intent& intent : market.intents.orders) {
        CHECK(intent.order.quantity == market::Quantity{5});
        if (intent.order.type == OrderType::market) continue;
        const std::int64_t limit = intent.order.limit.value();
        if (intent.order.side == Side::buy) {
            CHECK(limit <= 10'000);
            CHECK(limit > 10'000 - 100);
        } else {
            CHECK(limit >= 10'000);
            CHECK(limit < 10'000 + 100);
        }
    }
}

TEST_CASE("zero intelligence: events of a step are sent in order, within it, and wake it after") {
    FakeMarket market{{100.0}};
    const auto params = one_a_second();
    ZeroIntelligence::State state;
    (void)market.begin<ZeroIntelligence>(params, state);
    const auto wake = market.decide<ZeroIntelligence>(params, state);

    market::Time before = market.snapshot.now;
    for (const Intent& intent : market.intents.orders) {
        CHECK(intent.arrival >= before);
        before = intent.arrival;
    }
    CHECK(before < market.snapshot.now + market.step);
    CHECK(wake.at >= market.snapshot.now + market.step);
}

TEST_CASE("zero intelligence: a closed book is left alone until it opens") {
    FakeMarket market{{100.0}};
    market.books[0].open = false;
    market.books[0].next_change = market.snapshot.now + market::hour;
    const auto params = one_a_second();
    ZeroIntelligence::State state;
    (void)market.begin<ZeroIntelligence>(params, state);

    CHECK(market.decide<ZeroIntelligence>(params, state).at > market.books[0].next_change);
    CHECK(market.intents.orders.empty());
}

// Goal: a population's rates are those configured, whatever its number of members.
// Method: 4 members share 1,000 steps of a minute; counts are Poisson, so five standard deviations.
TEST_CASE("zero intelligence: the rates of all members add up to those configured" *
          doctest::test_suite("property")) {
    FakeMarket market{{100.0}};
    const auto params = one_a_second();
    int market_orders = 0;
    int buys = 0;
    int limits = 0;
    int cancels = 0;
    for (int order = 0; order < 3; ++order) market.rest(0, Side::buy, 9'000, 5);
    for (std::uint32_t member = 0; member < 4; ++member) {
        market.snapshot.now = market::Time{20'000 * market::day.ns};
        ZeroIntelligence::State state;
        auto wake = market.begin<ZeroIntelligence>(params, state, 4, member);
        for (int step = 0; step < 1'000; ++step) {
            const auto start = market.snapshot.now;
            if (wake.at < start + market.step) {
                market.snapshot.now = wake.at;
                market.step = start + market::minute - wake.at;
                wake = market.decide<ZeroIntelligence>(params, state, member);
                for (const Intent& intent : market.intents.orders) {
                    if (intent.kind == IntentKind::cancel) {
                        ++cancels;
                        continue;
                    }
                    (intent.order.type == OrderType::market ? market_orders : limits) += 1;
                    if (intent.order.side == Side::buy) ++buys;
                }
            }
            market.snapshot.now = start + market::minute;
            market.step = market::minute;
        }
    }

    // 60,000 seconds, two a second of either kind: 120,000 +- 5 x 346.
    CHECK(std::abs(market_orders - 120'000) < 1'732);
    CHECK(std::abs(limits - 120'000) < 1'732);
    CHECK(std::abs(buys - 120'000) < 1'732);
    // Three orders that never go, at 1/60 a second each, for four members: 12,000; but each goes at
    // most once a step of one minute, so 1 - 1/e of it: 7,585 +- 5 x 87.
    CHECK(std::abs(cancels - 12'000 * (1 - std::exp(-1.0))) < 436);
}
