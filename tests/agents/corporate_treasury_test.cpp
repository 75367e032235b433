// SPDX-License-Identifier: Apache-2.0
#include "agents/corporate_treasury.hpp"

#include <doctest/doctest.h>

#include "toy_economy.hpp"

using namespace toy;

namespace {

struct Case {
    Economy world;
    market::InstrumentId notes = world.add("notes", 100, 500e9, market::InstrumentKind::bond);
    market::InstrumentId shares = world.add("shares", 500, 300e9, market::InstrumentKind::share);
    market::InstrumentId own = world.add("own", 200, 30e9, market::InstrumentKind::share);
    CorporateTreasury::Params params;
    CorporateTreasury::State state{};

    Case() {
        world.open(5e9);
        params.wages_to.shares = {{"households", 1}};
        params.purchases_to.shares = {{"firms", 1}};
        params.taxes_to.shares = {{"state", 1}};
        params.dividends_to.shares = {{"owners", 1}};
        params.assets = {{"notes", 0.25}, {"shares", 0.25}};
    }
    void begin() {
        CorporateTreasury::bind(params, world);
        state = world.begin<CorporateTreasury>(params);
    }
    void run(std::int64_t days, double receipts_a_day) {
        world.run<CorporateTreasury>(
            params, state, world.now + market::day * days,
            [&](market::Duration dt) { world.give_cash(receipts_a_day * dt.days()); });
    }
};

}  // namespace

TEST_CASE("corporate treasury: receipts are passed on by shares and a quarter is reinvested") {
    Case c;
    c.begin();
    c.world.give_cash(10e9);
    c.run(2, 0);

    CHECK(c.world.paid["households"] == doctest::Approx(4.5e9));
    CHECK(c.world.paid["firms"] == doctest::Approx(1.5e9));
    CHECK(c.world.paid["state"] == doctest::Approx(1e9));
    CHECK(c.world.paid["owners"] == doctest::Approx(0.5e9));

    // 2.5e9 are reinvested: a quarter each in notes and shares within a quarter, the rest stays.
    c.run(89, 0);
    CHECK(-c.world.sold[c.notes] == doctest::Approx(0.625e9).epsilon(0.06));
    CHECK(-c.world.sold[c.shares] == doctest::Approx(0.625e9).epsilon(0.06));
    c.run(200, 0);
    CHECK(-c.world.sold[c.notes] == doctest::Approx(0.625e9).epsilon(0.01));
    CHECK(c.world.cash() == doctest::Approx(5e9 + 1.25e9).epsilon(0.01));
}

TEST_CASE("corporate treasury: without receipts it pays nothing and buys nothing") {
    Case c;
    c.begin();
    c.run(30, 0);

    CHECK(c.world.cash() == doctest::Approx(5e9));
    CHECK(c.world.paid.empty());
}

TEST_CASE("corporate treasury: it meets what it owes before anything else, and refills") {
    Case c;
    c.begin();
    c.world.call(3e9, market::day * 10);
    c.run(20, 100e6);

    CHECK(c.world.obligations.empty());
    // Days 0 to 10 were passed on; what came since refills the 3e9 that were paid.
    CHECK(c.world.cash() == doctest::Approx(2e9 + 1e9 + 0.25 * 1e9).epsilon(0.05));
    CHECK(c.world.paid["households"] == doctest::Approx(0.45 * 1e9).epsilon(0.1));
}

TEST_CASE("corporate treasury: shares bought back are retired") {
    Case c;
    c.params.reinvested = 0;
    c.params.buyback = 0.25;
    c.params.own_share = "own";
    c.begin();
    c.world.give_cash(4e9);
    c.run(200, 0);

    CHECK(-c.world.sold[c.own] == doctest::Approx(1e9).epsilon(0.01));
    CHECK(c.world.issued[c.own] * 200 == doctest::Approx(-1e9).epsilon(0.01));
    CHECK(c.world.value(c.own) == doctest::Approx(0).epsilon(1));
}

TEST_CASE("corporate treasury: hourly and daily steps pass on and invest the same") {
    double wages[2] = {0, 0};
    double notes[2] = {0, 0};
    for (const bool daily : {false, true}) {
        Case c;
        c.world.step = daily ? market::day : market::hour;
        c.begin();
        c.run(100, 200e6);
        wages[daily] = c.world.paid["households"];
        notes[daily] = -c.world.sold[c.notes];
    }
    CHECK(wages[0] == doctest::Approx(0.45 * 20e9).epsilon(0.02));
    CHECK(wages[1] == doctest::Approx(wages[0]).epsilon(0.02));
    CHECK(notes[1] == doctest::Approx(notes[0]).epsilon(0.05));
}

TEST_CASE("corporate treasury: its state has no padding") {
    CHECK(sizeof(CorporateTreasury::State) == 16 * (3 * 8 + sizeof(ParentOrder)) + 8);
}
