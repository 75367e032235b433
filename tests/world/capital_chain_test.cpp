// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "world/builder.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"

namespace {

using namespace crowdout;

/// A lab with a short runway, its investor, and crowds that make two books, each deep enough for
/// the whole call: so the order of sale alone decides what is sold.
constexpr const char* chain = R"(
name: capital_chain
start: 2026-01-05T00:00:00Z
duration: 30d
steps: [1h]
bank: bank
rates: {policy: 4%/yr}
sectors: [{name: public}, {name: finance}, {name: firms}]
venues:
  - {name: exchange, operated_by: bank}
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 1000M, issuer: bank, rest_with: vault, volume_daily: $8B,
     valuation: none}
  - {name: SHARE, kind: share, session: always, venue: exchange, price: $100, tick: $0.01, lot: 1,
     unit: 1, supply: 1000M, issuer: bank, rest_with: vault, volume_daily: $8B, valuation: none}
institutions:
  - {name: bank, sector: finance}
  - {name: vault, sector: public}
  - {name: cloud, sector: firms}
populations:
  - {name: coin_crowd, sector: public, archetype: zero_intelligence, count: 20, instrument: COIN,
     order_size: 20000, market_rate: 20/d, limit_rate: 60/d, lifetime: 6h, band: 100,
     owns: {USD: $20B, COIN: $20B}}
  - {name: share_crowd, sector: public, archetype: zero_intelligence, count: 20, instrument: SHARE,
     order_size: 20000, market_rate: 20/d, limit_rate: 60/d, lifetime: 6h, band: 100,
     owns: {USD: $20B, SHARE: $20B}}
  - {name: lab, sector: firms, archetype: ai_lab, owns: {USD: $1B}, revenue: $0/yr,
     commitments: $10B, path: [1], suppliers: {cloud: 1}, investors: {fund: $10B},
     runway_min: 90d, runway_target: 120d, vendor_share: 0}
  - {name: fund, sector: finance, archetype: sovereign_fund, cash_floor: $1B,
     owns: {USD: $1B, COIN: $8B, SHARE: $8B}, preset: essay_waterfall,
     portfolio: {COIN: {conviction: 0}, SHARE: {conviction: 1}}}
)";

double dollars(const world::World& world, const std::string& name) {
    const market::Ledger& ledger = world.economy().ledger;
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        if (ledger.layout(block).name != name) continue;
        return static_cast<double>(ledger.balance({block, 0}, market::usd).value()) /
               market::money_per_dollar;
    }
    return -1;
}

double coins(const world::World& world, std::uint16_t asset) {
    const market::Ledger& ledger = world.economy().ledger;
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        if (ledger.layout(block).name != "fund") continue;
        return static_cast<double>(ledger.balance({block, 0}, market::AssetId{asset}).value());
    }
    return -1;
}

}  // namespace

TEST_CASE("capital chain: a lab's call becomes its investor's sales and its supplier's income") {
    // Goal: the chain of the essay, end to end. Method: a fund at its cash floor; the lab is short
    // of 120 days at 10e9 a year less the 1e9 it has, 2.29e9; ten business days later it is paid.
    const auto loaded = world::load_world_text("chain", chain);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    world::World world = world::build(std::make_shared<const world::WorldConfig>(loaded.config));
    const double fund_before = dollars(world, "fund");
    const double coin_before = coins(world, 1);
    const double share_before = coins(world, 2);
    world::Pool pool{1};

    double called = 0;
    while (world.now() < world.config().start + market::day * 30) {
        world.step(pool);
        called = std::max(
            called,
            static_cast<double>(world.economy()
                                    .obligations.open_total(agents::ObligationKind::capital_call)
                                    .value()) /
                market::money_per_dollar);
    }

    CHECK(called == doctest::Approx(10e9 * 120 / 365 - 1e9).epsilon(0.02));
    CHECK(world.economy().obligations.all().empty());
    CHECK(dollars(world, "fund") == doctest::Approx(fund_before).epsilon(0.01));
    // 30 days of commitments have reached the supplier, and the lab keeps the rest.
    CHECK(dollars(world, "cloud") == doctest::Approx(10e9 * 30 / 365).epsilon(0.05));
    CHECK(dollars(world, "lab") + dollars(world, "cloud") ==
          doctest::Approx(1e9 + called).epsilon(1e-6));
    // Low conviction goes first, and its book bears all of it.
    CHECK(coins(world, 1) < coin_before * 0.8);
    CHECK(coins(world, 2) == share_before);
    CHECK(world.audit_afresh().empty());
}
