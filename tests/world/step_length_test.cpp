// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

namespace {

struct DayOfFlow {
    double orders = 0;
    double fills = 0;
    double spread = 0;  ///< mean of every five minutes, ticks
};

/// One day of random orders without makers, which would adapt to the length of a step.
DayOfFlow day_of_flow(const std::string& steps, std::int64_t seed) {
    World world = build(
        test::config_of(test::crowd_world, {"steps=" + steps, "populations[makers].interval=100d"}),
        static_cast<std::uint64_t>(seed));
    Pool pool{1};
    DayOfFlow day;
    int looks = 0;
    for (market::Time look = world.now() + market::minute * 5; looks < 288;
         look = look + market::minute * 5) {
        while (world.now() < look) world.step(pool);
        const market::OrderBook& book = world.market(market::InstrumentId{0}).book();
        REQUIRE(book.best_bid());
        REQUIRE(book.best_ask());
        day.spread += static_cast<double>((*book.best_ask() - *book.best_bid()).value()) / 288;
        ++looks;
    }
    day.orders = static_cast<double>(world.totals().orders);
    day.fills = static_cast<double>(world.totals().fills);
    return day;
}

}  // namespace

// Goal: what a step's length stands for is the age of what agents see, and little else: rates and
// hazards take dt.
// Method: a day of zero-intelligence flow at one and at five minutes, two seeds. Stated tolerances:
// 1 % of messages, 3 % of trades, 10 % of the mean spread. (Volatility is not among them: orders
// that are all placed around one frozen price scatter it less.)
TEST_CASE("world: steps of one and of five minutes agree about messages, trades and spread") {
    for (const std::int64_t seed : {1, 2}) {
        const DayOfFlow fine = day_of_flow("[1min]", seed);
        const DayOfFlow coarse = day_of_flow("[5min]", seed);
        CHECK(coarse.orders == doctest::Approx(fine.orders).epsilon(0.01));
        CHECK(coarse.fills == doctest::Approx(fine.fills).epsilon(0.03));
        CHECK(coarse.spread == doctest::Approx(fine.spread).epsilon(0.10));
    }
}

// Goal: contracts do not know how long steps are.
// Method: a line is drawn and a redemption asked for; then four days with a quarter's end, a
// month's end, dividends and interest, in steps of an hour, of five minutes, and of six hours.
TEST_CASE("world: contracts come to the same cent for every length of step") {
    const auto run = [](const std::string& steps) {
        WorldProbe probe = test::quiet_probe({"steps=" + steps, "instruments[FUND].etf.fee=1%/yr"});
        probe.carry_out(
            wish(agents::InstructionKind::draw, probe.account("hedge", 0), 1'234'567'891));
        probe.carry_out(wish(agents::InstructionKind::request_redemption, probe.account("vault"),
                             5'000'000'000, probe.account("hedge")));
        probe.run_until(market::Time{1'775'260'800'000'000'000});  // 2026-04-04T00:00Z
        return probe.world().digest();
    };
    const std::uint64_t hourly = run("[1h]");
    CHECK(run("[5min]") == hourly);
    CHECK(run("[6h]") == hourly);
}

}  // namespace crowdout::world
