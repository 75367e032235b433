// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <set>

#include "tests/support/busy_world.hpp"
#include "tests/support/world_probe.hpp"
#include "world/catalogue.hpp"

namespace crowdout::world {

namespace {

/// What of each asset is out, by AssetId.
std::vector<std::int64_t> outstanding(const World& world) {
    const market::Ledger& ledger = world.economy().ledger;
    std::vector<std::int64_t> units;
    for (std::uint16_t asset = 0; asset < ledger.asset_count(); ++asset) {
        units.push_back(ledger.outstanding(market::AssetId{asset}).value());
    }
    return units;
}

/// A crowd and makers of a coin and a share, with random numbers in the places that matter.
std::string random_world() {
    const auto in = [](int low, int high) { return *rc::gen::inRange(low, high + 1); };
    const char* ticks[] = {"0.01", "0.1", "1"};
    const char* lots[] = {"0.01", "0.1", "1"};
    return fmt::format(R"(
name: random
seed: {seed}
start: 2026-03-31T13:10:00Z
duration: 2d
steps: [{step}min]
bank: bank
sectors: [{{name: all}}]
venues: [{{name: exchange, operated_by: bourse, maker_fee: {maker_fee}bp, taker_fee: {taker_fee}bp,
           price_band: {band}%}}]
instruments:
  - {{name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: {tick},
     lot: {lot}, unit: 0.0001, supply: 1M, issuer: protocol, rest_with: vault, volume_daily: $10M,
     valuation: memory}}
  - {{name: CHIP, kind: share, session: us_equities, venue: exchange, price: $40, supply: 1M,
     issuer: firm, rest_with: vault, volume_daily: $10M, dividend_yield: 8%/yr, valuation: par}}
institutions: [{{name: bank, sector: all}}, {{name: bourse, sector: all}},
  {{name: protocol, sector: all}}, {{name: firm, sector: all, owns: {{USD: ${firm_cash}k}}}},
  {{name: vault, sector: all}}]
populations:
  - {{name: flow, sector: all, archetype: zero_intelligence, count: {flow_count}, instrument: COIN,
     order_size: {size}, market_rate: {rate}k/d, limit_rate: 100/d, lifetime: {lifetime}min,
     band: 50, latency: {latency}ms, owns: {{USD: ${cash}k, COIN: ${coins}k}}}}
  - {{name: makers, sector: all, archetype: market_maker, count: 2, instrument: COIN,
     depth: ${depth}k, interval: 1min, owns: {{USD: ${cash}k, COIN: ${coins}k}}}}
  - {{name: chip_makers, sector: all, archetype: market_maker, count: 2, instrument: CHIP,
     depth: ${depth}k, interval: 1min, owns: {{USD: ${cash}k, CHIP: ${coins}k}}}}
  - {{name: people, sector: all, archetype: retail_trader, count: {people}, attention: 10000/yr,
     alarm: 1%, favourites: {{COIN: 0.5, CHIP: 0.5}}, wealth: {{pareto: {{min: 1, alpha: 1.2}},
     max: 100}}, owns: {{USD: ${cash}k, COIN: ${coins}k, CHIP: ${coins}k}},
     credit: {{lender: bank, limit: $3M, drawn: ${drawn}k, spread: 2%/yr,
     loan_to_value: {ltv}%}}}}
payments:
  - {{name: pay, from: vault, to: people, reason: benefits, rate: $10M/yr}}
)",
                       fmt::arg("seed", in(0, 1'000'000)), fmt::arg("step", in(1, 20)),
                       fmt::arg("maker_fee", in(0, 20) * 0.5 + 0.5),
                       fmt::arg("taker_fee", in(0, 40) * 0.5 + 0.5), fmt::arg("band", in(1, 20)),
                       fmt::arg("tick", ticks[in(0, 2)]), fmt::arg("lot", lots[in(0, 2)]),
                       fmt::arg("firm_cash", in(0, 300)), fmt::arg("flow_count", in(1, 300)),
                       fmt::arg("size", in(1, 20)), fmt::arg("rate", in(1, 20)),
                       fmt::arg("lifetime", in(1, 60)), fmt::arg("latency", in(0, 5000)),
                       fmt::arg("cash", in(1, 3000)), fmt::arg("coins", in(1, 3000)),
                       fmt::arg("depth", in(1, 100)), fmt::arg("people", in(1, 60)),
                       fmt::arg("drawn", in(0, 3000)), fmt::arg("ltv", in(5, 95)));
}

}  // namespace

TEST_CASE("world: the busy world has every archetype that there is") {
    const auto config = test::config_of(test::busy_world);
    std::set<std::string> used;
    for (const auto& population : config->populations) {
        used.insert(std::string{population.archetype.tag()});
    }
    for (const CatalogueEntry& entry : archetypes()) {
        CHECK(used.count(std::string{entry.tag}) == 1);
    }
}

// Goal: books, escrow, contracts, instructions and forced sales neither make nor lose anything.
// Method: count every account again after every step, escrow against waiting orders and cash
// against the flow matrix included. Only deposits, coins, bonds, fund shares and units may come
// and go; and they did.
TEST_CASE("world: with every archetype at work nothing is made or lost in any step") {
    WorldProbe probe{test::build_world(test::busy_world)};
    const std::vector<std::int64_t> before = outstanding(probe.world());
    const market::Time next_day{1'775'005'200'000'000'000};  // 2026-04-01T01:00Z
    while (probe.world().now() < next_day) {
        probe.step();
        REQUIRE(probe.world().audit_afresh() == "");
    }

    CHECK(probe.world().totals().fills > 1'000);
    CHECK(probe.world().totals().instructions > 10);
    const std::vector<std::int64_t> after = outstanding(probe.world());
    const auto name = [&](const char* text) {
        return market::index(name_table(probe.world().config()).asset(text));
    };
    CHECK(after[name("USD")] != before[name("USD")]);
    // A day has begun: 500 coins were mined.
    CHECK(after[name("COIN")] == before[name("COIN")] + 500 * 10'000);
    for (const char* fixed : {"TWIN", "CHIP", "NOTE"}) {
        CHECK(after[name(fixed)] == before[name(fixed)]);
    }
}

TEST_CASE("world: money from nowhere is found in the step in which it appears") {
    WorldProbe probe = test::quiet_probe();
    probe.step();
    probe.conjure(probe.account("hands", 0), 1);

    CHECK(probe.world().audit_afresh() == "asset 0 does not sum to zero");
    CHECK_THROWS_WITH_AS(probe.step(),
                         "step 1, seed 1: asset 0 does not sum to zero but to 1 units",
                         InvariantBroken);
}

TEST_CASE("world: dollars that move without a flow are found in the step in which they do") {
    WorldProbe probe = test::quiet_probe();
    probe.step();
    REQUIRE(probe.world().audit_afresh() == "");
    probe.move_unseen(probe.account("vault"), probe.account("lab"), 7);

    CHECK_THROWS_WITH_AS(probe.step(),
                         "step 1, seed 1: lab lent 0 net and financed 0 by the flow matrix, "
                         "but its cash changed by 7",
                         InvariantBroken);
}

// Goal: each way in which the flow matrix can tell a lie about a step is seen in that step.
TEST_CASE("world: a doctored flow is found in its step") {
    const auto message = [](const auto& doctor) {
        WorldProbe probe = test::quiet_probe();
        probe.step();
        doctor(probe.economy().flows, probe.account("firm").block(), probe.account("lab").block());
        try {
            probe.step();
        } catch (const InvariantBroken& broken) {
            return std::string{broken.what()};
        }
        return std::string{};
    };
    const std::string says = "step 1, seed 1: firm lent ";

    // A flow that no posting stands behind.
    CHECK(message([](FlowMatrix& flows, std::uint32_t firm, std::uint32_t lab) {
              flows.add(lab, firm, market::Reason::sales, market::Money{9});
          }) == says + "9 net and financed 0 by the flow matrix, but its cash changed by 0");
    // An exchange is no income.
    CHECK(message([](FlowMatrix& flows, std::uint32_t firm, std::uint32_t lab) {
              flows.add(firm, lab, market::Reason::issuance, market::Money{9});
          }) == says + "0 net and financed -9 by the flow matrix, but its cash changed by 0");
    // The right sum between the right sectors, and nothing is wrong.
    CHECK(message([](FlowMatrix& flows, std::uint32_t firm, std::uint32_t lab) {
              flows.add(firm, lab, market::Reason::sales, market::Money{9});
              flows.add(lab, firm, market::Reason::taxes, market::Money{9});
          }) == "");
}

TEST_CASE("world: fees that the flow matrix books to the wrong block are found in their step") {
    WorldProbe probe = test::quiet_probe();
    probe.send("COIN", probe.order(probe.account("hands"), market::Side::buy, 10'000, 3));
    probe.step();
    REQUIRE(probe.world().audit_afresh() == "");
    probe.misbook_fees("COIN", probe.account("lab"));
    probe.send("COIN", probe.order(probe.account("hedge"), market::Side::sell, 10'000, 1));

    // A dollar changes hands: 1 bp and 5 bp of it are fees, in units of 1e-4 dollars.
    CHECK_THROWS_WITH_AS(probe.step(),
                         "step 1, seed 1: bourse lent 0 net and financed 0 by the flow matrix, "
                         "but its cash changed by 6",
                         InvariantBroken);
}

TEST_CASE("world: net lending sums to zero over all blocks, and is not zero for each") {
    WorldProbe probe{test::build_world(test::busy_world)};
    for (int i = 0; i < 100; ++i) probe.step();
    const FlowMatrix& flows = probe.economy().flows;
    market::Money sum;
    int parties = 0;
    for (std::uint32_t block = 0; block < probe.economy().ledger.block_count(); ++block) {
        sum += flows.net_lending(block);
        parties += flows.net_lending(block) != market::Money{0};
    }
    CHECK(sum == market::Money{0});
    CHECK(parties > 10);
}

TEST_CASE("world: escrow that is not what orders need is found by the full recount") {
    WorldProbe probe = test::quiet_probe();
    probe.send("COIN", probe.order(probe.account("hands", 0), market::Side::buy, 10'000, 3));
    probe.step();
    const market::AccountId escrow{0, 0};
    probe.move_unseen(escrow, probe.account("lab"), 5);

    CHECK(probe.world().audit_afresh() ==
          "the escrow of COIN is not what its orders need: quote 30010 against 30015, "
          "base 0 against 0");
}

TEST_SUITE("property") {
    // Goal: the four properties that guard everything, in worlds that nobody has thought of.
    TEST_CASE("world: random worlds conserve, keep their digest and ignore the number of threads") {
        const bool holds = rc::check([] {
            const std::string text = random_world();
            Pool one{1};
            Pool three{3};
            World world = [&] {
                try {
                    return test::build_world(text);
                } catch (const ImpossibleWorld&) {
                    RC_DISCARD("more is held than there is");
                }
            }();
            World other = world;
            for (int i = 0; i < 40; ++i) {
                world.step(one);
                other.step(three);
                RC_ASSERT(world.audit_afresh() == "");
                RC_ASSERT(world.digest() == world.digest_afresh());
                RC_ASSERT(world.digest() == other.digest());
            }
        });
        CHECK(holds);
    }

}  // TEST_SUITE

}  // namespace crowdout::world
