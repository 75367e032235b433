// SPDX-License-Identifier: Apache-2.0
#include "world/fork.hpp"

#include <algorithm>
#include <utility>

#include "agents/tape_trader.hpp"
#include "market/archive.hpp"
#include "world/builder.hpp"

namespace crowdout::world {

namespace {

void need(bool alike, const std::string& what) {
    if (!alike) throw ImpossibleWorld{"", "a fork must have the same " + what + " as its origin"};
}

/// Orders rest in lots and ticks of an instrument, with its fees in escrow.
bool trade_alike(const market::Instrument& a, const market::Instrument& b) {
    return a.name == b.name && a.kind == b.kind && a.session == b.session && a.venue == b.venue &&
           a.money_per_tick_lot == b.money_per_tick_lot && a.units_per_lot == b.units_per_lot &&
           a.usd_per_tick == b.usd_per_tick && a.maker_fee == b.maker_fee &&
           a.taker_fee == b.taker_fee;
}

void check_alike(const World& origin, const World& fork) {
    need(std::ranges::equal(origin.instruments(), fork.instruments(), trade_alike), "instruments");
    const market::Ledger& before = origin.economy().ledger;
    const market::Ledger& after = fork.economy().ledger;
    need(before.asset_count() == after.asset_count(), "assets");
    need(before.block_count() == after.block_count(), "accounts");
    for (std::uint32_t block = 0; block < before.block_count(); ++block) {
        const market::BlockLayout& a = before.layout(block);
        const market::BlockLayout& b = after.layout(block);
        need(a.name == b.name && a.rows == b.rows && a.assets == b.assets, "accounts");
    }
    for (std::size_t at = 0; at < origin.populations().size(); ++at) {
        need(origin.populations()[at]->archetype() == fork.populations()[at]->archetype(),
             "archetypes");
    }
}

}  // namespace

World fork(const World& world, std::shared_ptr<const WorldConfig> config, std::uint64_t seed) {
    World result = build(std::move(config), seed);
    check_alike(world, result);
    const std::string state = world.state();
    market::ArchiveReader reader{state};
    result.archive(reader);
    result.clock_.use(result.config_->steps, result.config_->refine.calm);
    result.seed_ = seed;
    for (std::size_t book = 0; book < result.instruments_.size(); ++book) {
        auto& valuation = result.macro_.fundamentals[book].valuation;
        if (valuation) {
            valuation->draw_from(agents::stream_key(seed, result.instruments_[book].name));
        }
    }
    for (std::size_t at = 0; at < result.populations_.size(); ++at) {
        // It sleeps until the next order of the tape that it had, and may have another one now.
        if (result.populations_[at]->archetype() == agents::TapeTrader::name) {
            result.calendar_.set(result.first_agent_[at], result.now());
        }
    }
    return result;
}

}  // namespace crowdout::world
