// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using market::Side;

namespace {

const agents::BookView& coin(const WorldProbe& probe) {
    return probe.views()[0];
}

}  // namespace

TEST_CASE("observe: what everybody sees is the book as the last step left it") {
    WorldProbe probe = test::quiet_probe();
    const auto hand = probe.account("hands", 0);
    probe.send("COIN", probe.order(hand, Side::buy, 9'990, 10));
    probe.send("COIN", probe.order(hand, Side::buy, 9'910, 20));
    probe.send("COIN", probe.order(hand, Side::buy, 9'000, 40));
    probe.send("COIN", probe.order(hand, Side::sell, 10'010, 30));
    CHECK(coin(probe).bid == market::Price{0});

    probe.step();

    CHECK(coin(probe).bid == market::Price{9'990});
    CHECK(coin(probe).ask == market::Price{10'010});
    CHECK(coin(probe).mid == doctest::Approx(100.0));
    // Within 1 % of the mid: 10 lots at $99.90 and 20 at $99.10, a hundredth of a coin each.
    CHECK(coin(probe).bid_depth == doctest::Approx(10 * 0.999 + 20 * 0.991));
    CHECK(coin(probe).ask_depth == doctest::Approx(30 * 1.001));
}

TEST_CASE("observe: the mid stays where it was while a side is empty, and follows trades") {
    WorldProbe probe = test::quiet_probe();
    const auto hand = probe.account("hands", 0);
    probe.send("COIN", probe.order(hand, Side::buy, 9'000, 10));
    probe.step();
    probe.step();
    CHECK(coin(probe).mid == doctest::Approx(100.0));

    market::Order sale = probe.order(probe.account("hands", 1), Side::sell, 9'000, 10);
    sale.time_in_force = market::TimeInForce::immediate_or_cancel;
    probe.send("COIN", sale);
    probe.step();
    probe.step();
    CHECK(coin(probe).mid == doctest::Approx(90.0));
    CHECK(coin(probe).last == market::Price{9'000});
}

TEST_CASE("observe: volume is that of the last step, signed by who took") {
    WorldProbe probe = test::quiet_probe();
    const auto maker = probe.account("hands", 0);
    const auto taker = probe.account("hands", 1);
    probe.send("COIN", probe.order(maker, Side::buy, 10'000, 30));
    probe.send("COIN", probe.order(maker, Side::sell, 10'100, 50));
    market::Order order = probe.order(taker, Side::sell, 10'000, 30);
    probe.send("COIN", order);
    order = probe.order(taker, Side::buy, 10'100, 50);
    probe.send("COIN", order);
    probe.step();

    CHECK(coin(probe).volume == doctest::Approx(30 * 1.00 + 50 * 1.01));
    CHECK(coin(probe).volume_signed == doctest::Approx(50 * 1.01 - 30 * 1.00));
    probe.step();
    CHECK(coin(probe).volume == 0);
}

// New York is four hours behind: shares open at 13:30Z and are collected for it from 13:25Z.
TEST_CASE("observe: a book says whether it is open, and whether it takes orders for the opening") {
    WorldProbe probe = test::quiet_probe({"steps=[5min]"});
    const auto share = [&]() -> const agents::BookView& { return probe.views()[1]; };
    const market::Time opening{1'774'877'400'000'000'000};  // 2026-03-30T13:30Z

    probe.step();  // 13:00 to 13:05
    CHECK_FALSE(share().open);
    CHECK_FALSE(share().accepts);
    CHECK(share().next_change == opening);
    CHECK(coin(probe).open);
    CHECK(coin(probe).next_change == market::never);

    for (int i = 0; i < 4; ++i) probe.step();  // to 13:25
    CHECK_FALSE(share().open);
    CHECK(share().accepts);

    probe.step();
    REQUIRE(probe.world().now() == opening);
    CHECK(share().open);
    CHECK(share().accepts);
}

TEST_CASE("observe: an outage shuts a book for those who look during it") {
    WorldProbe probe =
        test::quiet_probe({"steps=[5min]",
                           "shocks=[{name: down, at: 2026-03-30T13:10:00Z, kind: outage, "
                           "venue: exchange, lasts: 10min}]"});
    const auto accepts = [&] {
        probe.step();
        return coin(probe).accepts;
    };
    CHECK(accepts());        // from 13:05 on
    CHECK_FALSE(accepts());  // from 13:10 on: nobody decides for a book that is down
    probe.send("COIN", probe.order(probe.account("hands", 0), Side::buy, 9'000, 1));
    CHECK_FALSE(accepts());  // 13:15
    CHECK(probe.open_orders(probe.account("hands", 0)).empty());
    CHECK(accepts());  // from 13:20 on it is back
    CHECK(probe.world().audit_afresh() == "");
}

// Goal: the clock goes to its finest when much is sold by force, and around a shock.
TEST_CASE("observe: no step crosses an event, and steps are fine around it") {
    WorldProbe probe = test::quiet_probe(
        {"refine.shock_window=30min",
         "shocks=[{name: hike, at: 2026-03-31T10:07:00Z, kind: policy_rate, rate: 5%/yr}]"});
    const market::Time event{1'774'951'620'000'000'000};
    bool met = false;
    while (probe.world().now() < event + market::hour * 2) {
        const market::Time before = probe.world().now();
        probe.step();
        const market::Duration step = probe.world().now() - before;
        met = met || probe.world().now() == event;
        if (before >= event - market::minute * 30 && before < event) {
            CHECK(step <= market::minute);
        }
    }
    CHECK(met);
    // An hour after its window has closed, steps have grown again.
    CHECK(probe.world().clock().level() == 0);
}

}  // namespace crowdout::world
