// SPDX-License-Identifier: Apache-2.0
#include "world/capital_gauge.hpp"

#include <doctest/doctest.h>

#include "world/builder.hpp"
#include "world/load_world.hpp"

using namespace crowdout;

namespace {

/// A saver that pays a firm every day, and nobody who trades. Half of opening cash is needed.
const char* const two_sectors = R"(
name: two sectors
start: 2026-01-05T00:00:00Z
duration: 3d
steps: [1h]
bank: bank
sectors:
  - {name: people, role: saver, idle_floor: 50%}
  - {name: firms, role: issuer, idle_floor: 50%}
  - {name: others}
  - {name: banks, role: bank}
venues: [{name: v, operated_by: bank}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: v, price: $10, supply: 1000, issuer: bank,
     rest_with: people, volume_daily: $1000, valuation: none}
institutions:
  - {name: bank, sector: banks}
  - {name: people, sector: people, owns: {USD: $1000}}
  - {name: firm, sector: firms, owns: {USD: $100}}
  - {name: shop, sector: others, owns: {USD: $7000}}
payments:
  - {name: shares, from: people, to: firm, reason: issuance, rate: $36500/yr}
  - {name: rent, from: people, to: firm, reason: consumption, rate: $3650/yr}
)";

}  // namespace

TEST_CASE("capital gauge: one reading a day, of idle cash and of the gap so far") {
    const auto loaded = world::load_world_text("two.yaml", two_sectors);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    auto world = world::build(std::make_shared<world::WorldConfig>(loaded.config));
    world::Pool pool{1};
    world::CapitalGauge gauge{world};

    int readings = 0;
    std::optional<world::CapitalReading> last;
    for (int hour = 0; hour < 48; ++hour) {
        world.step(pool);
        if (auto reading = gauge.record(world)) {
            ++readings;
            last = reading;
        }
    }

    CHECK(readings == 2);
    // Payments fall due at noon: by the second midnight 1.5 days' worth has been paid, $150 for
    // shares and $15 of rent, so people keep 835 of which 335 is idle, the firm 265 of which 215;
    // the shop's sector names no floor, and so its cash is in use.
    CHECK(last->idle == doctest::Approx(335 + 215));
    const auto dollars = [](market::Money money) {
        return static_cast<double>(money.value()) / market::money_per_dollar;
    };
    // A rate is rounded down to whole units of money at each payment.
    CHECK(dollars(last->gap.demand) == doctest::Approx(150).epsilon(1e-5));
    CHECK(dollars(last->gap.saving) == doctest::Approx(-15).epsilon(1e-4));
    CHECK(dollars(last->gap.gap()) == doctest::Approx(165).epsilon(1e-5));
    CHECK(last->multipliers.size() == 1);
    CHECK(last->multipliers[0] == 0);  // nothing was traded
}

// Goal: what lies further back than the window is no part of the gap. Method: $100 a day for shares
// from noon of the first day; at the 40th midnight 40 payments have been made, 30 in the window.
TEST_CASE("capital gauge: the gap is that of the last thirty days") {
    std::string text = two_sectors;
    text.replace(text.find("duration: 3d"), 12, "duration: 60d");
    text.replace(text.find("USD: $1000"), 10, "USD: $9000");
    const auto loaded = world::load_world_text("two.yaml", text);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    auto world = world::build(std::make_shared<world::WorldConfig>(loaded.config));
    world::Pool pool{1};
    world::CapitalGauge gauge{world};

    std::optional<world::CapitalReading> last;
    for (int hour = 0; hour < 40 * 24; ++hour) {
        world.step(pool);
        if (auto reading = gauge.record(world)) last = reading;
    }

    const auto dollars = [](market::Money money) {
        return static_cast<double>(money.value()) / market::money_per_dollar;
    };
    CHECK(dollars(last->gap.demand) == doctest::Approx(3000).epsilon(1e-5));
    CHECK(dollars(last->gap.saving) == doctest::Approx(-300).epsilon(1e-4));
}
