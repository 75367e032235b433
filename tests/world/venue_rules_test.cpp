// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "world/builder.hpp"
#include "world/load_world.hpp"

// What a world file says of a venue is what its books do.

using namespace crowdout;

namespace {

/// A book of a hundred random traders, each sending several orders a minute.
world::World busy_book(const std::string& venue) {
    const std::string text = R"(
name: busy book
start: 2026-01-05T00:00:00Z
duration: 1d
steps: [1min]
bank: bank
sectors: [{name: people}]
venues: [{name: v, operated_by: bank)" +
                             venue + R"(}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: v, price: $100, lot: 0.01, unit: 0.01,
     supply: 1M, issuer: bank, rest_with: vault, volume_daily: $10M, valuation: none}
institutions: [{name: bank, sector: people}, {name: vault, sector: people}]
populations:
  - {name: crowd, sector: people, archetype: zero_intelligence, count: 2, instrument: COIN,
     order_size: 1, market_rate: 5000/d, limit_rate: 1000/d, lifetime: 1h, band: 50,
     owns: {USD: $10M, COIN: $10M}}
)";
    const auto loaded = world::load_world_text("busy.yaml", text);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    auto world = world::build(std::make_shared<world::WorldConfig>(loaded.config));
    world::Pool pool{1};
    for (int minute = 0; minute < 30; ++minute) world.step(pool);
    return world;
}

std::uint64_t throttled(const world::World& world) {
    return world.totals().rejects[static_cast<std::size_t>(market::Reject::throttled)];
}

}  // namespace

TEST_CASE("venue rules: messages beyond the limit of a world file are refused") {
    const world::World free = busy_book("");
    const world::World limited = busy_book(", messages_max: 3, messages_window: 1min");

    CHECK(throttled(free) == 0);
    CHECK(throttled(limited) > 0);
    // Two accounts, three messages a minute, thirty minutes; cancels come on top.
    CHECK(limited.totals().orders - throttled(limited) < free.totals().orders);
    CHECK(limited.audit_afresh().empty());
}

TEST_CASE("venue rules: protection and bands reach the book") {
    const world::World world =
        busy_book(", quote_fills_max: 5, quote_move: 2%, price_band: 10%, halt: 7min");
    const market::TradingRules& rules = world.market(market::InstrumentId{0}).rules();

    CHECK(rules.protection.fills_max == 5);
    CHECK(rules.protection.move_bp == 200);
    CHECK(rules.band.action == market::BandAction::halt);
    CHECK(rules.band.width == 100'000'000);
    CHECK(rules.halt == market::minute * 7);
}
