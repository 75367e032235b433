// SPDX-License-Identifier: Apache-2.0
#include "agents/pension.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "toy_economy.hpp"

using namespace toy;

namespace {

/// 100e9: bonds 40, shares 50, cash 10.
struct Case {
    Economy world;
    market::InstrumentId bonds = world.add("bonds", 100, 100e9, market::InstrumentKind::bond);
    market::InstrumentId shares = world.add("shares", 500, 300e9, market::InstrumentKind::share);
    Pension::Params params;
    Pension::State state{};

    explicit Case(double cash = 10e9) {
        world.open(cash);
        world.give(bonds, 40e9 / 100);
        world.give(shares, 50e9 / 500);
        AllocationTerms bond_terms;
        bond_terms.tilt = 5;
        bond_terms.outlook.earns = Earns::credit;
        params.allocations = {{"bonds", bond_terms}, {"shares", {}}};
        params.band = 0;
        Pension::bind(params, world);
    }
    void begin() { state = world.begin<Pension>(params); }
    void run(std::int64_t days) {
        world.run<Pension>(params, state, world.now + market::day * days);
    }
    std::array<double, legs_max> targets(double pressure = 0) {
        return Pension::targets(params, state, world.observe().market, pressure);
    }
};

}  // namespace

TEST_CASE("pension: demand for bonds slopes with their yield by the tilt") {
    Case c;
    c.begin();
    CHECK(c.targets()[0] == doctest::Approx(0.4));
    CHECK(c.targets()[1] == doctest::Approx(0.5));

    // 20 bp more on bonds: ln w rises by 5 x 0.002 = 1 %.
    c.world.rates.credit += 0.0020;
    CHECK(c.targets()[0] == doctest::Approx(0.4 * std::exp(0.01)).epsilon(1e-12));
    CHECK(c.targets()[1] == doctest::Approx(0.5));

    // The same 20 bp on its own cash: all as before for bonds, less for shares.
    c.world.rates.policy += 0.0020;
    CHECK(c.targets()[0] == doctest::Approx(0.4).epsilon(1e-12));
    CHECK(c.targets()[1] == doctest::Approx(0.5 * std::exp(-0.01)).epsilon(1e-12));
}

TEST_CASE("pension: payments to come lower every target and their sum has room for cash") {
    Case c;
    c.begin();

    // Pressure 0.5 raises the hurdle by 2.5 %: exp(-5 x 0.025).
    CHECK(c.targets(0.5)[0] == doctest::Approx(0.4 * std::exp(-0.125)).epsilon(1e-12));
    c.world.rates.credit += 1;
    CHECK(c.targets()[0] + c.targets()[1] == doctest::Approx(0.99));
}

TEST_CASE("pension: it buys towards a target that its time constant lets it reach") {
    Case c;
    c.begin();
    c.state.lean = 0;
    // 4e9 more bonds wanted: w = 0.44 of 100e9.
    c.world.rates.credit += std::log(1.1) / 5;

    c.run(30);
    CHECK(c.world.value(c.bonds) - 40e9 ==
          doctest::Approx(4e9 * (1 - std::exp(-1.0))).epsilon(0.05));
    CHECK(c.world.sold[c.shares] == 0);
    c.run(170);
    CHECK(c.world.value(c.bonds) == doctest::Approx(44e9).epsilon(0.001));
}

TEST_CASE("pension: a fall of the price is bought back to the weight") {
    Case c;
    c.begin();
    c.state.lean = 0;
    c.world.book(c.bonds).mid = 90;

    // Wealth 96e9, of which 40 % is 38.4e9 against 36e9 held.
    c.run(200);
    CHECK(c.world.sold[c.bonds] == doctest::Approx(-2.4e9).epsilon(0.01));
}

TEST_CASE("pension: within its band it does nothing") {
    Case c;
    c.params.band = 0.05;
    c.begin();
    c.state.lean = 0;
    c.world.rates.credit += 0.008;  // 4 % more wanted

    c.run(30);
    CHECK(c.world.sold[c.bonds] == 0);
    c.world.rates.credit += 0.004;  // 6 %
    c.run(30);
    CHECK(c.world.sold[c.bonds] < 0);
}

TEST_CASE("pension: redemptions beyond its cash are sold for, pro rata, and paid when due") {
    Case c;
    c.begin();
    c.state.lean = 0;
    c.world.call(28e9, market::day * 13);
    c.world.obligations[0].kind = ObligationKind::redemption;

    c.run(15);
    CHECK(c.world.obligations.empty());
    CHECK(c.world.sold[c.bonds] >= 18e9 * 4 / 9 * 0.99);
    CHECK(c.world.sold[c.shares] >= 18e9 * 5 / 9 * 0.99);
    CHECK(c.world.cash() >= 0);
}

TEST_CASE("pension: contributions are invested and benefits paid, in hourly as in daily steps") {
    double bought[2] = {0, 0};
    double benefits[2] = {0, 0};
    for (const bool daily : {false, true}) {
        Case c;
        c.params.benefits = 0.0365;  // 0.01 % a day
        c.params.benefits_to.shares = {{"households", 1}};
        Pension::bind(c.params, c.world);
        c.world.step = daily ? market::day : market::hour;
        c.begin();
        c.state.lean = 0;
        c.world.run<Pension>(c.params, c.state, monday + market::day * 100,
                             [&](market::Duration dt) { c.world.give_cash(200e6 * dt.days()); });
        bought[daily] = -c.world.sold[c.bonds] - c.world.sold[c.shares];
        benefits[daily] = c.world.paid["households"];
    }
    // 20e9 came and 1e9 or so went; nine tenths of the rest is invested, with a month's lag.
    CHECK(benefits[0] == doctest::Approx(1.09e9).epsilon(0.03));
    CHECK(bought[0] == doctest::Approx(0.9 * (200e6 - 11e6) * 70).epsilon(0.1));
    CHECK(bought[1] == doctest::Approx(bought[0]).epsilon(0.03));
    CHECK(benefits[1] == doctest::Approx(benefits[0]).epsilon(0.02));
}

TEST_CASE("pension: its state has no padding") {
    CHECK(sizeof(Pension::Leg) == 3 * 8 + sizeof(ParentOrder));
    CHECK(sizeof(Pension::State) == 16 * sizeof(Pension::Leg) + 3 * 8);
}
