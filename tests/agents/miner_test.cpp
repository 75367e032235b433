// SPDX-License-Identifier: Apache-2.0
#include "agents/miner.hpp"

#include <doctest/doctest.h>

#include "toy_economy.hpp"

using namespace toy;

namespace {

/// 450 coins a day at 100,000 dollars; energy costs 60,000 dollars a coin.
struct Case {
    Economy world;
    market::InstrumentId coin = world.add("coin", 100'000, 40e9);
    Miner::Params params;
    Miner::State state{};

    explicit Case(double cash) {
        world.open(cash);
        params.coin = "coin";
        params.energy_per_coin = 60'000;
        params.energy_to.shares = {{"power", 1}};
        Miner::bind(params, world);
        state = world.begin<Miner>(params);
    }
    void run(std::int64_t days) {
        world.run<Miner>(params, state, world.now + market::day * days,
                         [&](market::Duration dt) { world.give(coin, 450 * dt.days()); });
    }
};

}  // namespace

TEST_CASE("miner: sells what it does not keep and pays for energy, in hourly and daily steps") {
    for (const bool daily : {false, true}) {
        Case c{1e9};
        c.world.step = daily ? market::day : market::hour;
        c.run(100);

        CHECK(c.world.paid["power"] == doctest::Approx(2.7e9).epsilon(0.02));
        // 0.9 x 45e6 x 100 days, less the 2 days or so that wait.
        CHECK(c.world.sold[c.coin] == doctest::Approx(0.9 * 4.5e9 * 0.98).epsilon(0.02));
        CHECK(c.state.reserve == doctest::Approx(4'500).epsilon(0.02));
    }
}

TEST_CASE("miner: at a price below its energy cost it keeps nothing and falls behind") {
    Case c{0};
    c.world.book(c.coin).mid = 50'000;
    c.run(100);

    CHECK(c.world.sold[c.coin] == doctest::Approx(2.25e9).epsilon(0.01));
    CHECK(c.world.paid["power"] == doctest::Approx(2.25e9).epsilon(0.01));
    CHECK(c.state.energy_owed == doctest::Approx(0.45e9).epsilon(0.05));
}

TEST_CASE("miner: its state has no padding") {
    CHECK(sizeof(Miner::State) == 4 * 8 + sizeof(ParentOrder));
}
