// SPDX-License-Identifier: Apache-2.0
#include "agents/sovereign_fund.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "toy_economy.hpp"

using namespace toy;

namespace {

/// A fund with a share index whose expected return is 7 % and a cash rate of 4 %.
struct Case {
    Economy world;
    market::InstrumentId index = world.add("index", 500, 300e9, market::InstrumentKind::share);
    SovereignFund::Params params;

    explicit Case(double cash) {
        world.open(cash);
        params.cash_floor = 1e9;
        params.holdings.terms = {{"index", {.weight = 0.5}}};
        SovereignFund::bind(params, world);
    }
    /// USD of the index bought in 30 days.
    double bought() {
        auto state = world.begin<SovereignFund>(params);
        world.run<SovereignFund>(params, state, monday + market::day * 30);
        return -world.sold[index];
    }
};

}  // namespace

TEST_CASE("sovereign fund: free cash is invested by weight, at its time constant") {
    Case c{61e9};

    // dS = -0.5 S dt / 1 yr with S = 60e9 over 30 days; all of it is willing at 3 % excess.
    CHECK(c.bought() == doctest::Approx(60e9 * (1 - std::exp(-15.0 / 365))).epsilon(0.05));
}

TEST_CASE("sovereign fund: its own pending calls raise its hurdle until it stops buying") {
    Case free{61e9};
    Case half{61e9};
    half.world.call(30e9, market::day * 90);
    Case bound{61e9};
    bound.world.call(60e9, market::day * 90);

    // Calls of half the idle cash: a hurdle of 4 % + 5 % / 2, an excess of 0.5 %, a quarter of the
    // full width of 2 %. Calls of all of it: 9 %, above what is expected.
    const double unbound = free.bought();
    CHECK(half.bought() == doctest::Approx(unbound / 4).epsilon(0.1));
    CHECK(bound.bought() == 0);
}

TEST_CASE("sovereign fund: hourly and daily steps invest the same") {
    Case hourly{61e9};
    Case daily{61e9};
    daily.world.step = market::day;

    CHECK(daily.bought() == doctest::Approx(hourly.bought()).epsilon(0.05));
}

TEST_CASE("sovereign fund: spending at home accrues with time and lapses after a month") {
    Case c{1e9 + 2e9};
    c.params.holdings.terms.clear();
    c.params.spending = 36.5e9;  // 0.1e9 a day
    c.params.spending_to.shares = {{"firms", 0.75}, {"households", 0.25}};
    SovereignFund::bind(c.params, c.world);
    auto state = c.world.begin<SovereignFund>(c.params);

    c.world.run<SovereignFund>(c.params, state, monday + market::day * 10);
    CHECK(c.world.paid["firms"] == doctest::Approx(0.75e9).epsilon(0.1));
    CHECK(c.world.paid["households"] == doctest::Approx(0.25e9).epsilon(0.1));

    // The cash above the floor ends on day 20; on day 100 a month of arrears is left.
    c.world.run<SovereignFund>(c.params, state, monday + market::day * 100);
    CHECK(c.world.cash() == doctest::Approx(1e9).epsilon(1e-6));
    CHECK(state.spending_owed == doctest::Approx(36.5e9 / 12));
}

TEST_CASE("sovereign fund: hedge funds are asked for what sales cannot raise, once") {
    Economy world;
    const auto coin = world.add("coin", 50'000, 20e9);
    world.open(1e9);
    world.give(coin, 4e9 / 50'000);
    SovereignFund::Params params;
    params.cash_floor = 1e9;
    params.week_share_max = 1;
    params.holdings.terms = {{"coin", {}}};
    params.funds.shares = {{"long_short", 0.6}, {"macro", 0.4}};
    SovereignFund::bind(params, world);
    auto state = world.begin<SovereignFund>(params);
    world.call(5e9, market::day * 14);

    world.run<SovereignFund>(params, state, monday + market::day * 20);

    // 1e9 beyond the 4e9 of coins, and a quarter of what the coins must bring.
    CHECK(world.instructed[InstructionKind::request_redemption] == doctest::Approx(2e9));
    CHECK(world.received == doctest::Approx(4e9));
    REQUIRE(world.obligations.size() == 1);
    CHECK(to_usd(world.obligations[0].amount) == doctest::Approx(1e9).epsilon(1e-6));
}

TEST_CASE("sovereign fund: its state has no padding") {
    CHECK(sizeof(SovereignFund::State) == sizeof(CallMemory) + 8);
}
