// SPDX-License-Identifier: Apache-2.0
// What is set for a date happens at that date, in a world whose books never close.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "market/calendar.hpp"
#include "tests/support/small_world.hpp"

using namespace crowdout;
using market::minute;

TEST_CASE("schedule: an outage stops trading in its steps, in all of them and in no other") {
    std::string text{test::crowd_world};
    text +=
        "shocks: [{name: dark, at: 2026-01-05T00:05Z, kind: outage, venue: exchange, "
        "lasts: 3min}]\n";
    world::World world = test::build_world(text);
    world::Pool pool{1};

    std::vector<bool> traded;
    for (int step = 0; step < 12; ++step) {
        const std::uint64_t before = world.totals().fills;
        world.step(pool);
        traded.push_back(world.totals().fills > before);
        CHECK((world.view(market::InstrumentId{0}).volume > 0) == traded.back());
    }

    // The first minute only fills the books; minutes 5, 6 and 7 are dark.
    const std::vector<bool> expected{true,  true, true, true, false, false,
                                     false, true, true, true, true};
    CHECK(std::vector<bool>{traded.begin() + 1, traded.end()} == expected);
}

TEST_CASE("schedule: after an outage everybody comes back") {
    std::string text{test::crowd_world};
    text +=
        "shocks: [{name: dark, at: 2026-01-05T00:30Z, kind: outage, venue: exchange, "
        "lasts: 1h}]\n";
    world::World world = test::build_world(text, {"populations[crowd].count=60"});
    world::Pool pool{1};
    const auto trades_until = [&](int minutes) {
        const std::uint64_t before = world.totals().fills;
        while (world.steps() < static_cast<std::uint64_t>(minutes)) world.step(pool);
        return world.totals().fills - before;
    };

    const std::uint64_t before = trades_until(30);
    CHECK(trades_until(90) == 0);
    // An hour in the dark is long enough for each of them to have looked in vain.
    CHECK(trades_until(120) > before / 2);
}

TEST_CASE("schedule: a step ends at the quarter's end, whatever its length") {
    const market::Time quarter =
        market::new_york_time(market::day_number({2026, 3, 31}), market::hour * 16);
    world::World world = test::build_world(
        test::crowd_world,
        {"start=2026-03-31T19:50:00Z", "steps=[7min]", "populations[crowd].count=10"});
    world::Pool pool{1};

    std::vector<market::Time> ends;
    while (world.now() < quarter + minute * 7) {
        world.step(pool);
        ends.push_back(world.now());
    }

    CHECK(std::ranges::find(ends, quarter) != ends.end());
}

TEST_CASE("digest: what analysts make of a price and what is due to be paid are in it") {
    const std::uint64_t plain = test::build_world(test::crowd_world).digest();
    std::string paid{test::crowd_world};
    paid += "payments: [{name: tips, from: vault, to: crowd, reason: wages, rate: $1/yr}]\n";

    CHECK(test::build_world(test::crowd_world, {"instruments[COIN].valuation=premium"}).digest() !=
          plain);
    CHECK(test::build_world(paid).digest() != plain);
}
