// SPDX-License-Identifier: Apache-2.0
#include "agents/hyperscaler.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "toy_economy.hpp"

using namespace toy;

namespace {

/// A firm that spends 73e9 a year (0.2e9 a day) on capex and expects 36.5e9 of cash flow.
struct Case {
    Economy world;
    market::InstrumentId share = world.add("share", 200, 20e9, market::InstrumentKind::share);
    market::InstrumentId notes = world.add("notes", 100, 500e9, market::InstrumentKind::bond);
    market::InstrumentId bonds = world.add("bonds", 100, 40e9, market::InstrumentKind::bond);
    Hyperscaler::Params params;
    Hyperscaler::State state{};
    double income = 100e6;  ///< USD a day

    explicit Case(double cash, double reserve = 0) {
        world.open(cash);
        world.give(notes, reserve / 100);
        params.capex = 73e9;
        params.capex_growth = 0;
        params.rule = {.return_weight = 0, .spread_weight = 0};
        params.suppliers.shares = {{"chips", 0.6}, {"power", 0.4}};
        params.cash_flow = 36.5e9;
        params.cash_flow_growth = 0;
        params.ebitda = 20e9;
        params.leverage_max = 1;
        params.debt = 10e9;
        params.treasuries = "notes";
        params.bonds = "bonds";
        params.share = "share";
        params.spv_share = 0;
    }
    void run(std::int64_t days) {
        if (world.now == monday) {
            Hyperscaler::bind(params, world);
            state = world.begin<Hyperscaler>(params);
        }
        world.run<Hyperscaler>(params, state, world.now + market::day * days,
                               [&](market::Duration dt) { world.give_cash(income * dt.days()); });
    }
    double capex_paid() { return world.paid["chips"] + world.paid["power"]; }
};

}  // namespace

TEST_CASE("hyperscaler: capex is paid day by day, by the suppliers' shares, out of cash") {
    Case c{20e9};
    c.run(100);

    CHECK(c.world.paid["chips"] == doctest::Approx(0.6 * 20e9).epsilon(0.02));
    CHECK(c.world.paid["power"] == doctest::Approx(0.4 * 20e9).epsilon(0.02));
    CHECK(c.world.issued[c.bonds] == 0);
    CHECK(c.world.received == 0);
}

TEST_CASE(
    "hyperscaler: reserves are sold before bonds are issued, and bonds before plans are cut") {
    // Goal: the pecking order in time. Method: 5e9 of notes and room for 10e9 of debt, at a need of
    // 0.1e9 a day, funded 30 days ahead.
    Case c{3e9, 5e9};
    c.run(20);
    CHECK(c.world.sold[c.notes] > 0);
    CHECK(c.world.issued[c.bonds] == 0);

    c.run(60);  // day 80: cash and notes would have ended on day 80, less the 30 days' window
    CHECK(c.world.sold[c.notes] == doctest::Approx(5e9).epsilon(1e-4));
    CHECK(c.world.issued[c.bonds] > 0);
    CHECK(c.world.sold[c.bonds] > 0);
    CHECK(c.capex_paid() == doctest::Approx(0.2e9 * 80).epsilon(0.03));
    CHECK(c.state.capex == doctest::Approx(73e9));

    c.run(220);  // day 300: 18e9 of means would have ended on day 180
    CHECK(c.state.debt == doctest::Approx(20e9).epsilon(0.06));
    CHECK(c.world.issued[c.bonds] * 100 == doctest::Approx(c.state.debt - 10e9).epsilon(1e-9));
    CHECK(c.state.capex < 73e9 * 0.9);
    CHECK(c.capex_paid() < 0.2e9 * 300);
    CHECK(c.world.cash() >= 0);
}

TEST_CASE("hyperscaler: the buyback goes before capex does") {
    Case c{4e9};
    c.params.leverage_max = 0.5;  // no room for debt
    c.params.buyback = 36.5e9;    // 0.1e9 a day
    c.params.cash_flow = 73e9;    // covers capex, not the buyback
    c.income = 200e6;
    c.run(200);

    // The 4e9 of cash, spread over ever longer; all of it retired.
    CHECK(-c.world.sold[c.share] == doctest::Approx(4e9).epsilon(0.02));
    CHECK(c.world.issued[c.share] * 200 == doctest::Approx(-4e9).epsilon(0.02));
    CHECK(c.capex_paid() == doctest::Approx(0.2e9 * 200).epsilon(0.02));
    CHECK(c.state.capex == doctest::Approx(73e9));
}

TEST_CASE("hyperscaler: bonds that the world did not make are no debt") {
    Case c{1e9};
    Hyperscaler::bind(c.params, c.world);
    c.state = c.world.begin<Hyperscaler>(c.params);
    c.world.look<Hyperscaler>(c.params, c.state);
    REQUIRE(c.state.awaiting == Hyperscaler::Awaiting::bonds);
    const double made = c.world.value(c.bonds);
    REQUIRE(made > 1e9);

    Case refused{1e9};
    Hyperscaler::bind(refused.params, refused.world);
    refused.state = c.state;  // it asked, in a world where nothing came
    refused.world.look<Hyperscaler>(refused.params, refused.state);
    CHECK(refused.state.debt == 10e9);
    c.world.look<Hyperscaler>(c.params, c.state);
    CHECK(c.state.debt == doctest::Approx(10e9 + made));
}

TEST_CASE("hyperscaler: leverage and the bond book make its spread") {
    Case c{1e9};
    Hyperscaler::bind(c.params, c.world);
    c.params.own_spread = 0.006;
    c.state = c.world.begin<Hyperscaler>(c.params);

    // 1 % on the book, 60 bp of its own; then three times EBITDA: 12 bp x (3 - 1)^2.
    CHECK(Hyperscaler::spread(c.params, c.state, c.world.observe()) == doctest::Approx(0.016));
    c.state.debt = 60e9;
    CHECK(Hyperscaler::spread(c.params, c.state, c.world.observe()) == doctest::Approx(0.0208));
}

TEST_CASE("hyperscaler: the plan grows the same in hourly and daily steps") {
    double plan[2] = {0, 0};
    for (const bool daily : {false, true}) {
        Case c{100e9};
        c.params.capex_growth = 0.32;
        c.params.rule = {};
        c.params.irr = 0.15;
        c.world.step = daily ? market::day : market::hour;
        c.run(180);
        plan[daily] = c.state.capex;
    }
    // 8 % + 1.5 (15 % - WACC - 2 %) a quarter, WACC = 0.9 x 7.3 % + 0.1 x 5 % x 0.79 = 6.965 %.
    const double growth = 0.08 + 1.5 * (0.15 - 0.06965 - 0.02);
    CHECK(plan[0] == doctest::Approx(73e9 * std::exp(growth * 180 / 91.25)).epsilon(0.01));
    CHECK(plan[1] == doctest::Approx(plan[0]).epsilon(0.01));
}

TEST_CASE("hyperscaler: capacity earns as far as those pay who contracted it") {
    // Goal: what labs do not pay is seen in the own cash alone, through trades, issues and
    // buybacks. Method: half of the cash flow is contracted; first all of it arrives, then half.
    Case c{1e9, 2e9};
    c.params.contracted = 36.5e9 / 2;
    c.params.buyback = 3.65e9;
    c.run(100);
    CHECK(c.state.debt > 10e9);
    CHECK(c.state.inflow == doctest::Approx(36.5e9).epsilon(0.02));
    CHECK(Hyperscaler::return_on_capacity(c.params, c.state, c.world.now) ==
          doctest::Approx(c.params.irr).epsilon(0.05));

    // After a quarter, its memory's length, 1 - 1/e of the half that is missing has been seen.
    c.income = 50e6;
    const market::Time before = c.world.now;
    c.run(91);
    const double seen = 1 - std::exp(-(c.world.now - before).years() * 4);
    CHECK(c.state.inflow == doctest::Approx(36.5e9 * (1 - seen / 2)).epsilon(0.03));
    CHECK(Hyperscaler::return_on_capacity(c.params, c.state, c.world.now) ==
          doctest::Approx(c.params.irr * (1 - seen)).epsilon(0.1));
}

TEST_CASE("hyperscaler: its state has no padding") {
    CHECK(sizeof(Hyperscaler::State) == 20 * 8 + 3 * sizeof(ParentOrder));
}

TEST_CASE("hyperscaler: guidance of the past is its plan from the day on which it is known") {
    // Goal: a plan of 73e9 a year for 100 days, then of 146e9. Method: half of a series, with cash
    // for all of it; days of 0.2e9 and of 0.4e9.
    Case c{200e9};
    c.world.data["guidance"] =
        HistoricalSeries{{{monday, 146e9}, {monday + market::day * 100, 292e9}}};
    c.params.capex = 1e9;
    c.params.capex_growth = 0.5;
    c.params.capex_series = "guidance";
    c.params.capex_part = 0.5;

    c.run(99);
    CHECK(c.state.capex == 73e9);
    CHECK(c.capex_paid() == doctest::Approx(0.2e9 * 99).epsilon(0.02));

    c.run(51);
    CHECK(c.state.capex == 146e9);
    CHECK(c.capex_paid() == doctest::Approx(0.2e9 * 100 + 0.4e9 * 50).epsilon(0.02));
}
