// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "world/world.hpp"

namespace crowdout::world {

using market::AccountId;

namespace {

// Entries between a hint and its use: longer than a load from memory takes.
constexpr std::size_t ahead = 6;
constexpr std::size_t far_ahead = 12;

}  // namespace

/// Moves what was traded: money and lots change accounts, none appear.
///
/// A shard owns its accounts and goes through the books in order, so that an account sees its
/// events in one order only. Escrow and fees are one posting per book.
void World::settle(Pool& pool) {
    pool.each(shard_count, 1, [this](std::size_t begin, std::size_t end) {
        for (std::size_t shard = begin; shard < end; ++shard) {
            settle_shard(static_cast<std::uint32_t>(shard));
        }
    });
    for (ShardTask& shard : scratch_.shards) {
        economy_.ledger.merge(shard.writer);
        for (const AccountId account : shard.filled) {
            woken_early_.push_back(first_agent_[population_of_block_[account.block()]] +
                                   account.row());
        }
    }

    market::Ledger::Writer& writer = scratch_.writer;
    writer.attach(economy_.ledger);
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        const BookTask& task = scratch_.books[book];
        const market::Instrument& instrument = instruments_[book];
        const AccountId escrow{escrow_block_, static_cast<std::uint32_t>(book)};
        if (task.escrow.quote != 0) writer.add(escrow, instrument.quote, task.escrow.quote);
        if (task.escrow.base != 0) writer.add(escrow, instrument.asset, task.escrow.base);
        if (task.fees != 0) writer.add(fee_accounts_[book], instrument.quote, task.fees);
    }
    economy_.ledger.merge(writer);
}

void World::settle_shard(std::uint32_t shard) {
    ShardTask& task = scratch_.shards[shard];
    task.writer.attach(economy_.ledger);
    task.filled.clear();
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        const market::Instrument& instrument = instruments_[book];
        const std::vector<SettleEntry>& entries = scratch_.books[book].entries[shard];
        for (std::size_t at = 0; at < entries.size(); ++at) {
            const SettleEntry& entry = entries[at];
            open_orders_.prefetch_head(entries[std::min(at + far_ahead, entries.size() - 1)].owner);
            const AccountId next = entries[std::min(at + ahead, entries.size() - 1)].owner;
            open_orders_.prefetch(next);
            economy_.ledger.prefetch(next);
            if (entry.quote != 0) task.writer.add(entry.owner, instrument.quote, entry.quote);
            if (entry.base != 0) task.writer.add(entry.owner, instrument.asset, entry.base);
            sync_order(entry);
            if (!entry.filled) continue;
            const std::uint32_t population = population_of_block_[entry.owner.block()];
            if (populations_[population]->wakes_on_fill()) task.filled.push_back(entry.owner);
        }
    }
}

/// Keeps the owner's list of open orders true.
void World::sync_order(const SettleEntry& entry) {
    const agents::OpenOrder order{
        {entry.id, entry.slot}, entry.instrument, entry.side, entry.cause, entry.limit, entry.left};
    switch (entry.kind) {
        case SettleEntry::Kind::money_only:
            break;
        case SettleEntry::Kind::rested:
            open_orders_.add(entry.owner, order);
            break;
        case SettleEntry::Kind::left:
            open_orders_.set_left(entry.owner, entry.instrument, entry.id, entry.left);
            break;
        case SettleEntry::Kind::look_up:
            open_orders_.look_up(entry.owner, order, markets_[index(entry.instrument)],
                                 entry.rested);
            break;
    }
}

}  // namespace crowdout::world
