// SPDX-License-Identifier: Apache-2.0
#include "agents/value_fund.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::InstructionKind;
using agents::SaleMode;
using agents::ValueFund;
using market::Cause;
using market::Money;
using market::Side;

namespace {

/// Wealth of $10m in cash, beta 10, at most three times levered, a line of $100m.
struct Fund {
    FakeMarket market{{100.0, 50.0}};
    ValueFund::Params params;
    ValueFund::State state;

    explicit Fund(double share_of_second = 0) {
        params.assets = {{"asset0", 1.0}, {"asset1", share_of_second}};
        params.aggression = agents::Distribution{10};
        params.sale_mode = agents::Distribution{0};
        params.investors = "investors";
        ValueFund::bind(params, FakeNames{});
        market.set_cash(10e6);
        market.books[0].value = 100;
        market.books[1].value = 50;
        (void)market.begin<ValueFund>(params, state);
        market.credit.limit = dollars(100e6);
        market.pass(market::hour);
    }
    static Money dollars(double usd) { return Money{static_cast<std::int64_t>(usd * 1e4)}; }
    agents::Wake decide() { return market.decide<ValueFund>(params, state); }
    [[nodiscard]] double wanted(std::size_t i, double own) {
        return ValueFund::demand(params, state, market.see(), own)[i];
    }
    /// Dollars of an instruction of this kind, or nothing.
    [[nodiscard]] double instructed(InstructionKind kind) const {
        double usd = 0;
        for (const auto& instruction : market.intents.instructions) {
            if (instruction.kind == kind) {
                usd += static_cast<double>(instruction.amount.value()) * 1e-4;
            }
        }
        return usd;
    }
};

}  // namespace

TEST_CASE("value fund: demand is beta m W, nothing above value, lambda W at the most") {
    Fund fund;
    CHECK(fund.wanted(0, 10e6) == 0);
    fund.market.quote(0, 110, 0.0001);
    CHECK(fund.wanted(0, 10e6) == 0);
    fund.market.quote(0, 95, 0.0001);  // m = 5 %: 10 x 0.05 x W
    CHECK(fund.wanted(0, 10e6) == doctest::Approx(5e6));
    fund.market.quote(0, 60, 0.0001);  // 10 x 0.4 is beyond 3
    CHECK(fund.wanted(0, 10e6) == doctest::Approx(30e6));
    CHECK(fund.wanted(0, -1e6) == 0);
}

TEST_CASE("value fund: owns what it thinks well of, and less of what nobody can be sure of") {
    Fund fund;
    fund.market.books[0].value_sigma = 0.1;
    fund.state.opinions = {-1.0};
    CHECK(fund.wanted(0, 10e6) == 0);
    fund.state.opinions = {1.0};  // V = 100 e^0.1: m = 1 - e^-0.1 = 9.516 %, beta 10
    CHECK(fund.wanted(0, 10e6) == doctest::Approx(9.5163e6).epsilon(1e-4));
    fund.market.books[0].value_sigma = 0.2;  // m = 1 - e^-0.2 = 18.127 %, beta 10 / 4
    CHECK(fund.wanted(0, 10e6) == doctest::Approx(4.5317e6).epsilon(1e-4));
}

TEST_CASE("value fund: assets share one leverage") {
    Fund fund{1.0};
    fund.market.quote(0, 60, 0.0001);  // m = 0.4 and 0.2: 4 W and 2 W, cut to 2 W and W
    fund.market.quote(1, 40, 0.0001);
    CHECK(fund.wanted(0, 10e6) == doctest::Approx(20e6));
    CHECK(fund.wanted(1, 10e6) == doctest::Approx(10e6));
}

TEST_CASE("value fund: buys at its share of volume and borrows what cash does not cover") {
    Fund fund;
    fund.market.quote(0, 60, 0.0001);
    fund.decide();

    REQUIRE(fund.market.intents.orders.size() == 1);
    CHECK(fund.market.intents.orders[0].order.side == Side::buy);
    CHECK(fund.market.intents.orders[0].order.cause == Cause::choice);
    // An hour of $1bn a day at 5 %: $2.083m at $60.
    CHECK(fund.market.intents.orders[0].order.quantity.value() ==
          static_cast<std::int64_t>(1e9 / 24 * 0.05 / 60 * 100));
    // Wants $30m, cash buys 10 / 1.022: the rest and a tenth.
    CHECK(fund.instructed(InstructionKind::draw) ==
          doctest::Approx(1.1 * (30e6 - 10e6 / 1.022)).epsilon(1e-6));
}

TEST_CASE("value fund: a fall beyond its leverage makes it sell back to lambda") {
    Fund fund;
    fund.market.set_cash(0);
    fund.market.set_holding(0, 300'000);
    fund.market.credit.drawn = Fund::dollars(20e6);
    fund.market.quote(0, 95, 0.0001);  // 28.5m held, 8.5m own: 25.5m allowed, 3m to sell
    fund.market.books[0].volume_daily = 1e12;
    (void)fund.decide();

    REQUIRE(fund.market.intents.orders.size() == 1);
    const auto& order = fund.market.intents.orders[0].order;
    CHECK(order.side == Side::sell);
    CHECK(order.cause == Cause::margin_call);
    CHECK(static_cast<double>(order.quantity.value()) * 0.95 ==
          doctest::Approx(3e6 - 0.001 * 25.5e6).epsilon(1e-5));
    CHECK(fund.state.called == fund.market.snapshot.now);

    // A day later its lender sells for it, without regard for volume.
    fund.market.pass(market::day);
    fund.market.books[0].volume_daily = 1e6;
    (void)fund.decide();
    REQUIRE(fund.market.intents.orders.size() == 1);
    CHECK(fund.market.intents.orders[0].order.cause == Cause::liquidation);
    CHECK(fund.market.intents.orders[0].order.quantity.value() > 900'000);
}

TEST_CASE("value fund: a line that is cut is paid back by selling") {
    Fund fund;
    fund.market.set_cash(0);
    fund.market.set_holding(0, 150'000);
    fund.market.credit.drawn = Fund::dollars(5e6);
    fund.market.credit.limit = Fund::dollars(3e6);
    fund.market.books[0].volume_daily = 1e12;
    (void)fund.decide();

    REQUIRE(fund.market.intents.orders.size() == 1);
    CHECK(fund.market.intents.orders[0].order.cause == Cause::margin_call);
    CHECK(fund.market.intents.orders[0].order.quantity.value() == 2'000'000);
}

TEST_CASE("value fund: money follows performance") {
    const ValueFund::Params params;
    // b = 0.15, r_b = 0.004.
    CHECK(ValueFund::flow(params, 0.024, 1e8) == doctest::Approx(3e5));
    CHECK(ValueFund::flow(params, -0.016, 1e8) == doctest::Approx(-3e5));
    CHECK(ValueFund::flow(params, -20, 1e8) == -1e8);

    Fund fund;
    fund.market.set_cash(9e6);  // lost a tenth in its first period
    fund.market.pass(market::day * 31);
    (void)fund.decide();
    // Performance 0.1 x -0.1; 0.15 x (-0.01 - 0.004) x 9m = 18,900 leave.
    CHECK(fund.state.performance == doctest::Approx(-0.01));
    CHECK(fund.state.leaving == doctest::Approx(18'900));
    (void)fund.decide();
    CHECK(fund.instructed(InstructionKind::pay) == doctest::Approx(18'900));
    CHECK(fund.state.leaving == doctest::Approx(0));

    fund.market.set_cash(12e6);
    fund.market.pass(market::day * 31);
    (void)fund.decide();
    CHECK(fund.instructed(InstructionKind::call_capital) > 0);
}

TEST_CASE("value fund: sells for a redemption over its notice and pays it when it is due") {
    Fund fund;
    fund.market.set_cash(0);
    fund.market.set_holding(0, 100'000);
    fund.market.books[0].volume_daily = 1e12;
    agents::Obligation redemption;
    redemption.id = 4;
    redemption.kind = agents::ObligationKind::redemption;
    redemption.amount = Fund::dollars(6e6);
    redemption.due = fund.market.snapshot.now + market::day * 31;
    fund.market.obligations.push_back(redemption);
    (void)fund.decide();
    // 30 of 60 days before the last one are gone: half of it.
    REQUIRE(fund.market.intents.orders.size() == 1);
    CHECK(fund.market.intents.orders[0].order.cause == Cause::redemption);
    CHECK(fund.market.intents.orders[0].order.quantity.value() == 3'000'000);

    fund.market.set_cash(6e6);
    fund.market.set_holding(0, 40'000);
    fund.market.obligations[0].due = fund.market.snapshot.now + market::minute;
    (void)fund.decide();
    CHECK(fund.instructed(InstructionKind::meet) == 0);  // its gate has not been asked yet

    const double before = fund.state.wealth_period;
    fund.market.pass(market::minute);
    (void)fund.decide();
    CHECK(fund.instructed(InstructionKind::meet) == doctest::Approx(6e6));
    CHECK(fund.market.intents.instructions[0].reference == 4);
    CHECK(fund.state.wealth_period == doctest::Approx(before - 6e6));  // it is no loss
}

TEST_CASE("value fund: what investors put in is no gain") {
    Fund fund;
    fund.market.set_cash(12e6);
    fund.market.pass(market::day * 31);
    (void)fund.decide();
    // 0.15 x (0.1 x 0.2 - 0.004) x 12m = 28,800 are asked for.
    CHECK(fund.instructed(InstructionKind::call_capital) == doctest::Approx(28'800));
    CHECK(fund.state.wealth_period == doctest::Approx(12e6));
    agents::Obligation call;
    call.amount = Fund::dollars(28'800);
    fund.market.receivables.push_back(call);
    (void)fund.decide();
    CHECK(fund.state.wealth_period == doctest::Approx(12e6));

    fund.market.receivables.clear();
    (void)fund.decide();
    CHECK(fund.state.wealth_period == doctest::Approx(12e6 + 28'800));
}

TEST_CASE("value fund: below a tenth of its first wealth it closes, and later asks for more") {
    Fund fund;
    fund.market.set_cash(0);
    fund.market.set_holding(0, 200'000);
    fund.market.credit.drawn = Fund::dollars(19.5e6);
    (void)fund.decide();
    CHECK(fund.state.status == ValueFund::Status::closed);
    REQUIRE(fund.market.intents.orders.size() == 1);
    CHECK(fund.market.intents.orders[0].order.cause == Cause::liquidation);

    fund.market.set_holding(0, 0);
    fund.market.credit.drawn = Money{0};
    const auto wake = fund.decide();
    CHECK(wake.at == fund.state.returns);
    fund.market.pass(market::day * 101);
    (void)fund.decide();
    CHECK(fund.instructed(InstructionKind::call_capital) == doctest::Approx(10e6));
    fund.market.set_cash(10e6);
    fund.market.pass(market::day * 14);
    (void)fund.decide();
    CHECK(fund.state.status == ValueFund::Status::open);
}
