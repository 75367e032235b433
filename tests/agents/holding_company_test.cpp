// SPDX-License-Identifier: Apache-2.0
#include "agents/holding_company.hpp"

#include <doctest/doctest.h>

#include <cstddef>

#include "toy_economy.hpp"

using namespace toy;

namespace {

/// A chip share that won and is liquid, a coin that lost, and a pledged stake.
struct Case {
    Economy world;
    market::InstrumentId chips = world.add("chips", 200, 30e9, market::InstrumentKind::share);
    market::InstrumentId coin = world.add("coin", 50'000, 20e9);
    market::InstrumentId stake = world.add("stake", 100, 2e9, market::InstrumentKind::share);
    HoldingCompany::Params params;

    Case(double cash, double line) {
        world.book(coin).mid = 40'000;  // the history still says 50,000: a loser
        world.book(chips).mid = 260;    // was 200: a winner
        world.credit.limit = market::Money{std::llround(line * 1e4)};
        world.open(cash);
        world.give(chips, 10e9 / 260);
        world.give(coin, 10e9 / 40'000);
        world.give(stake, 100e6);
        params.cash_floor = 1e9;
        params.holdings.terms = {
            {"chips", {.conviction = 1, .gain = 3}},
            {"coin", {.conviction = 0}},
            {"stake", {.conviction = 2, .strategic = true}},
        };
        HoldingCompany::bind(params, world);
    }
};

}  // namespace

TEST_CASE("holding company: idle cash above the call means no sale and no debt") {
    Case c{6e9, 10e9};
    auto state = c.world.begin<HoldingCompany>(c.params);
    c.world.call(4e9, market::day * 14);

    c.world.run<HoldingCompany>(c.params, state, c.world.now + market::day * 16);

    CHECK(c.world.received == 0);
    CHECK(c.world.drawn() == 0);
    CHECK(c.world.obligations.empty());
    CHECK(c.world.cash() == doctest::Approx(2e9));
}

TEST_CASE("holding company: without idle cash a call turns one for one into debt and sales") {
    // Goal: 4.2's check. Method: cash at its floor, a line of 1.5e9, calls of 2e9 and 3e9.
    Case c{1e9, 1.5e9};
    auto state = c.world.begin<HoldingCompany>(c.params);
    c.world.call(2e9, market::day * 14);
    c.world.run<HoldingCompany>(c.params, state, c.world.now + market::day * 16);

    // The line comes before sales; a lot of a share or a coin is a few hundred dollars.
    CHECK(c.world.obligations.empty());
    CHECK(c.world.drawn() == doctest::Approx(1.5e9).epsilon(1e-6));
    CHECK(c.world.received == doctest::Approx(0.5e9).epsilon(1e-6));
    CHECK(c.world.received + c.world.drawn() == doctest::Approx(2e9).epsilon(1e-6));
    CHECK(c.world.cash() == doctest::Approx(1e9).epsilon(1e-6));

    c.world.call(3e9, market::day * 14);
    c.world.run<HoldingCompany>(c.params, state, c.world.now + market::day * 16);
    CHECK(c.world.received + c.world.drawn() == doctest::Approx(5e9).epsilon(1e-6));
    CHECK(c.world.cash() == doctest::Approx(1e9).epsilon(1e-6));
}

TEST_CASE("holding company: the presets sell different assets for the same call") {
    for (const auto preset : {WaterfallPreset::essay_waterfall, WaterfallPreset::observed_holdco}) {
        Case c{1e9, 0};
        c.params.preset = preset;
        auto state = c.world.begin<HoldingCompany>(c.params);
        c.world.call(1e9, market::day * 14);

        c.world.run<HoldingCompany>(c.params, state, c.world.now + market::day * 16);

        const bool essay = preset == WaterfallPreset::essay_waterfall;
        CHECK(c.world.sold[essay ? c.coin : c.chips] == doctest::Approx(1e9).epsilon(1e-6));
        CHECK(c.world.sold[essay ? c.chips : c.coin] == 0);
        CHECK(c.world.sold[c.stake] == 0);
    }
}

TEST_CASE("holding company: no more than a quarter of a position is sold in a week") {
    Case c{1e9, 0};
    c.params.preset = WaterfallPreset::essay_waterfall;
    auto state = c.world.begin<HoldingCompany>(c.params);
    c.world.call(9e9, market::day * 14);

    // Weeks begin on Thursdays; the first day is a Tuesday.
    c.world.run<HoldingCompany>(c.params, state, monday + market::day * 2);
    CHECK(c.world.sold[c.coin] == doctest::Approx(2e9).epsilon(0.05));  // 5 % of two days' volume
    c.world.run<HoldingCompany>(c.params, state, monday + market::day * 9);
    // A quarter of what the week began with, about 8e9.
    CHECK(c.world.sold[c.coin] == doctest::Approx(4e9).epsilon(0.05));
}

TEST_CASE("holding company: above the hard loan-to-value the pledged stake is sold") {
    Case c{1e9, 20e9};
    c.world.credit.drawn = market::Money{12'000'000'000 * 10'000};  // of 30e9 in assets
    auto state = c.world.begin<HoldingCompany>(c.params);

    c.world.run<HoldingCompany>(c.params, state, c.world.now + market::day * 30);

    // (12 - 0.25 x 30) / 0.75 = 6e9 sold and repaid: 6 / 24 is a quarter.
    CHECK(c.world.sold[c.stake] == doctest::Approx(6e9).epsilon(1e-3));
    CHECK(c.world.sold[c.coin] + c.world.sold[c.chips] == 0);
    CHECK(c.world.drawn() == doctest::Approx(6e9).epsilon(1e-3));
}

TEST_CASE("holding company: sales in daily steps lag those in hourly ones by a look, no more") {
    double sold[2] = {0, 0};
    for (const bool coarse : {false, true}) {
        Case c{1e9, 0};
        c.params.week_share_max = 1;
        c.world.step = coarse ? market::day : market::hour;
        auto state = c.world.begin<HoldingCompany>(c.params);
        c.world.call(19e9, market::day * 14);
        c.world.run<HoldingCompany>(c.params, state, monday + market::day * 6);
        sold[coarse] = c.world.received;
    }
    // 5 % of 30e9 and 20e9 a day; the coarse run's first look is on the second day.
    CHECK(sold[0] == doctest::Approx(6 * 2.5e9).epsilon(0.02));
    CHECK(sold[1] == doctest::Approx(5 * 2.5e9).epsilon(0.02));
}

TEST_CASE("holding company: its state has no padding") {
    CHECK(sizeof(ParentOrder) == 8 + 4 + 4);
    CHECK(sizeof(HoldingMemory) == 4 * 8 + sizeof(ParentOrder));
    CHECK(sizeof(CallMemory) == 16 * sizeof(HoldingMemory) + 5 * 8);
    CHECK(sizeof(HoldingCompany::State) == sizeof(CallMemory));
}
