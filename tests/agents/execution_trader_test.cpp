// SPDX-License-Identifier: Apache-2.0
#include "agents/execution_trader.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "agents/trading.hpp"
#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::ExecutionTrader;
using agents::IntentKind;
using market::Side;

namespace {

ExecutionTrader::Params plain() {
    ExecutionTrader::Params params;
    params.instrument = "asset0";
    ExecutionTrader::bind(params, FakeNames{});
    return params;
}

/// Fills the last order sent, at its limit.
void fill(FakeMarket& market) {
    const market::Order& order = market.intents.orders.back().order;
    const std::int64_t lots = order.quantity.value();
    const std::int64_t sign = order.side == Side::buy ? 1 : -1;
    market.balances[0] -= sign * lots * order.limit.value();
    market.balances[1] += sign * lots * 1'000;
}

}  // namespace

TEST_CASE("execution trader: works a parent child by child, one sign and one number") {
    FakeMarket market{{100.0}};
    market.set_cash(1e9);
    const auto params = plain();
    // Bought 3.5 children short of its target: a child is 1e-5 of $1bn at $100, 10,000 lots.
    ExecutionTrader::State state{.target = 35'000, .sequence = 4, .working = 1};

    std::vector<std::int64_t> children;
    while (state.working == 1 && children.size() < 10) {
        market.pass(market::minute);
        (void)market.decide<ExecutionTrader>(params, state);
        if (market.intents.orders.empty()) break;
        const market::Order& order = market.intents.orders.back().order;
        CHECK(order.side == Side::buy);
        CHECK(order.parent == agents::parent_id({3, 0}, 4));
        CHECK(order.limit <= market::Price{10'202});  // the ask and 2 %
        children.push_back(order.quantity.value());
        fill(market);
    }

    CHECK(children == std::vector<std::int64_t>{10'000, 10'000, 10'000, 5'000});
    CHECK(state.working == 0);
}

TEST_CASE("execution trader: a child that waits is moved to where it fills") {
    FakeMarket market{{100.0}};
    market.set_cash(1e9);
    ExecutionTrader::State state{.target = 15'000, .sequence = 1, .working = 1};
    market.rest(0, Side::buy, 9'500, 10'000);
    (void)market.decide<ExecutionTrader>(plain(), state);

    REQUIRE(market.intents.orders.size() == 2);
    CHECK(market.intents.orders[0].kind == IntentKind::replace);
    CHECK(market.intents.orders[0].order.limit == market::Price{10'202});  // ceil(100.01 x 1.02)
    CHECK(market.intents.orders[1].order.quantity == market::Quantity{5'000});
}

TEST_CASE("execution trader: a child whose move is not backed is withdrawn, then sent again") {
    FakeMarket market{{100.0}};
    market.set_holding(0, 50);  // 5,000 lots are free beside 10,000 that wait
    market.quote(0, 90.0, 0.0001);
    ExecutionTrader::State state{.target = 0, .sequence = 1, .working = 1};
    market.rest(0, Side::sell, 10'001, 10'000);
    const agents::Wake wake = market.decide<ExecutionTrader>(plain(), state);

    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(wake.at == market.snapshot.now + market.step);

    market.orders.clear();
    market.set_holding(0, 150);
    market.pass(market.step);
    (void)market.decide<ExecutionTrader>(plain(), state);

    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].kind == IntentKind::submit);
    CHECK(market.intents.orders[0].order.quantity == market::Quantity{11'111});  // $10,000 at $90
    CHECK(market.intents.orders[0].order.limit == market::Price{8'819});  // floor(89.99 x 0.98)
    CHECK(state.late == 0);
}

TEST_CASE("execution trader: what was sold beyond the target is bought back") {
    FakeMarket market{{100.0}};
    market.set_cash(1e9);
    market.set_holding(0, 30);  // 3,000 lots and 2,000 for sale: 1,000 too few
    ExecutionTrader::State state{.target = 6'000, .sequence = 1, .working = 1};
    market.rest(0, Side::sell, 10'001, 2'000);
    (void)market.decide<ExecutionTrader>(plain(), state);

    REQUIRE(market.intents.orders.size() == 2);
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(market.intents.orders[1].order.side == Side::buy);
    CHECK(market.intents.orders[1].order.quantity == market::Quantity{1'000});
}

TEST_CASE("execution trader: a new parent stays within its means") {
    FakeMarket market{{100.0}};
    market.set_holding(0, 50);  // 5,000 lots: half a child, and no cash
    ExecutionTrader::State state;
    (void)market.decide<ExecutionTrader>(plain(), state);

    CHECK(state.target == 0);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].order.side == Side::sell);
    CHECK(market.intents.orders[0].order.quantity == market::Quantity{5'000});
}

TEST_CASE("execution trader: the number of children has a power-law tail" *
          doctest::test_suite("property")) {
    agents::Random random{1, 1, agents::Purpose::decide, 0};
    const auto params = plain();
    int above_four = 0;
    int above_hundred = 0;
    constexpr int parents = 200'000;
    for (int i = 0; i < parents; ++i) {
        const auto children = ExecutionTrader::draw_children(params, random);
        if (children >= 4) ++above_four;       // 4^-1.5 = 1/8
        if (children >= 100) ++above_hundred;  // 100^-1.5 = 1/1000
    }
    CHECK(std::abs(above_four - parents / 8) < 740);
    CHECK(std::abs(above_hundred - parents / 1000) < 71);
}

// Goal: signs of orders remember each other with exponent a - 1 = 0.5.
// Method: four desks, one child at random at a time; least squares of log autocorrelation on log
// lag. The theory holds for lags far beyond the number of desks: 16 to 512. The tolerance is what
// the longest of some hundred thousand parents does to one sample.
TEST_CASE("execution trader: order signs of a few desks have a long memory" *
          doctest::test_suite("slow")) {
    constexpr std::uint32_t desks = 4;
    auto params = plain();
    params.idle = 1e-9;
    std::vector<ExecutionTrader::State> states(desks);
    std::vector<std::array<std::int64_t, 2>> purses(desks);
    for (auto& purse : purses) purse = {4'000'000'000'000'000, 4'000'000'000'000'000};
    FakeMarket market{{100.0}};
    agents::Random who{5, 1, agents::Purpose::decide, 0};
    std::vector<double> signs;
    while (signs.size() < 1'000'000) {
        const std::uint32_t desk = who.below(desks);
        market.snapshot.now = market.snapshot.now + market::second;
        market.balances = {purses[desk][0], purses[desk][1]};
        (void)market.decide<ExecutionTrader>(params, states[desk], desk);
        if (market.intents.orders.empty()) continue;
        signs.push_back(market.intents.orders.back().order.side == Side::buy ? 1.0 : -1.0);
        fill(market);
        purses[desk] = {market.balances[0], market.balances[1]};
    }

    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    int points = 0;
    for (std::size_t lag = 16; lag <= 512; lag *= 2, ++points) {
        double sum = 0;
        for (std::size_t i = lag; i < signs.size(); ++i) sum += signs[i] * signs[i - lag];
        const double x = std::log(static_cast<double>(lag));
        const double y = std::log(sum / static_cast<double>(signs.size() - lag));
        sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    const double slope = (points * sxy - sx * sy) / (points * sxx - sx * sx);
    INFO("exponent ", -slope);
    CHECK(slope < -0.35);
    CHECK(slope > -0.65);
}

TEST_CASE("execution trader: children are as large as their desk, and a desk keeps its size") {
    FakeMarket market{{100.0}};
    market.set_cash(1e9);
    auto params = plain();
    params.child_share.kind = agents::Distribution::Kind::choice;
    params.child_share.values = {1e-5, 4e-5};  // 10,000 and 40,000 lots
    params.child_share.weights = {1, 1};

    int large = 0;
    for (std::uint32_t member = 0; member < 200; ++member) {
        ExecutionTrader::State state{.target = 1'000'000, .sequence = 1, .working = 1};
        (void)market.decide<ExecutionTrader>(params, state, member);
        REQUIRE(market.intents.orders.size() == 1);
        const market::Quantity child = market.intents.orders[0].order.quantity;
        market.pass(market::minute);
        (void)market.decide<ExecutionTrader>(params, state, member);
        CHECK(market.intents.orders[0].order.quantity == child);
        if (child == market::Quantity{40'000}) {
            ++large;
        } else {
            CHECK(child == market::Quantity{10'000});
        }
    }
    CHECK(large == doctest::Approx(100).epsilon(0.25));
}

TEST_CASE("execution trader: one that takes sends each child to where it fills at once") {
    FakeMarket market{{100.0}};
    market.set_cash(1e9);
    auto params = plain();
    params.taking = 1;
    for (std::uint32_t member = 0; member < 50; ++member) {
        ExecutionTrader::State state{.target = 1'000'000, .sequence = 1, .working = 1};
        (void)market.decide<ExecutionTrader>(params, state, member);
        REQUIRE(market.intents.orders.size() == 1);
        CHECK(market.intents.orders[0].order.limit == market::Price{10'202});  // the ask and 2 %
    }
}
