// SPDX-License-Identifier: Apache-2.0
#include "apps/sectors.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "tests/support/small_world.hpp"
#include "world/capital_gauge.hpp"
#include "world/frame_camera.hpp"
#include "world/par.hpp"

using namespace crowdout;

namespace {

/// Of two savers one spends what it has; traders keep some of their cash in waiting orders.
constexpr std::string_view savers_world = R"(
name: savers
start: 2026-01-05T00:00:00Z
duration: 3d
steps: [1h]
bank: bank
sectors:
  - {name: savers, role: saver, idle_floor: 50%}
  - {name: traders, idle_floor: 50%}
  - {name: shops}
venues: [{name: exchange, operated_by: bank}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $10, supply: 1M, issuer: bank,
     rest_with: keeper, volume_daily: $100k, valuation: none}
institutions:
  - {name: bank, sector: shops}
  - {name: keeper, sector: savers, owns: {USD: $1000}}
  - {name: spender, sector: savers, owns: {USD: $1000}}
  - {name: shop, sector: shops, owns: {USD: $500}}
populations:
  - {name: crowd, sector: traders, archetype: zero_intelligence, count: 40, instrument: COIN,
     order_size: 5, market_rate: 2k/d, limit_rate: 60/d, lifetime: 3h, band: 100, latency: 20ms,
     owns: {USD: $1M, COIN: $1M}}
payments:
  - {name: rent, from: spender, to: shop, reason: consumption, rate: $219k/yr}
)";

double usd(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

}  // namespace

TEST_CASE("sectors: report, frame and series show one figure of idle cash") {
    world::Pool pool{1};
    world::World economy = test::build_world(savers_world);
    const apps::Sectors sectors{economy};
    world::FrameCamera camera{economy};
    world::CapitalGauge gauge{economy};

    std::optional<double> read;
    for (int hour = 0; hour < 48; ++hour) {
        economy.step(pool);
        REQUIRE(camera.see(economy));
        if (const auto reading = gauge.record(economy)) read = reading->idle;
    }
    const std::vector<apps::Sectors::Cash> reported = sectors.cash(economy);
    const world::Frame& frame = camera.frame();

    // The spender's rent of $600 a day has taken all it had, but its lack of $500 is no part of
    // what the keeper has above its own floor.
    CHECK(usd(frame.cash[0].idle) == doctest::Approx(500));
    CHECK(usd(frame.cash[2].idle) == 0);  // no floor is named: all of it is in use
    // What waits in orders is the crowd's, but not idle.
    const auto crowd = economy.account_named("crowd").block();
    CHECK(economy.cash_of(crowd) > economy.economy().ledger.cash(crowd));
    CHECK(usd(frame.cash[1].idle) ==
          doctest::Approx(usd(economy.economy().ledger.cash(crowd).value()) - 500'000));

    double sum = 0;
    for (std::size_t sector = 0; sector < reported.size(); ++sector) {
        CHECK(reported[sector].idle == usd(frame.cash[sector].idle));
        sum += reported[sector].idle;
    }
    REQUIRE(camera.manifest().series[4].name == "idle_capital");
    CHECK(usd(frame.series[4].value) == doctest::Approx(sum));
    REQUIRE(read.has_value());
    CHECK(*read == doctest::Approx(sum));
}
