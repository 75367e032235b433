// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "agents/population.hpp"
#include "market/block_sums.hpp"
#include "market/bond.hpp"
#include "market/ledger.hpp"
#include "market/message.hpp"
#include "market/trade.hpp"
#include "world/arrival_sort.hpp"
#include "world/frame.hpp"
#include "world/open_orders.hpp"
#include "world/receivables.hpp"

namespace crowdout::world {

/// Escrow that one task has taken from or given back to accounts, for one book.
struct EscrowChange {
    std::int64_t quote = 0;  ///< ledger units of what is paid
    std::int64_t base = 0;   ///< ledger units of what is delivered
};

/// Something that an account asked for and did not get.
struct RefusedOrder {
    market::AccountId owner;
    market::Reject why = market::Reject::none;
};

/// A run of awake agents of one population: the unit of work of `decide` and `submit`.
struct Chunk {
    std::uint32_t population = 0;
    std::uint32_t first_turn = 0;
    std::uint32_t turn_count = 0;
    agents::Intents intents;
    market::Ledger::Writer writer;
    std::uint64_t agents_digest = 0;
    std::vector<EscrowChange> escrow;     ///< by book
    std::vector<QueueKey> keys;           ///< of accepted messages, book by book
    std::vector<std::uint32_t> per_book;  ///< where each book's keys end
    std::vector<RefusedOrder> refused;
};

/// What one event of a book means for one account.
struct SettleEntry {
    enum class Kind : std::uint8_t {
        money_only,  ///< a taker's side, or escrow of something that never rested
        rested,      ///< a new open order
        left,        ///< an open order shrank or ended
        look_up,     ///< ask the book what is left (after a replace)
    };

    market::AccountId owner;
    market::InstrumentId instrument = market::no_instrument;
    Kind kind = Kind::money_only;
    market::Side side = market::Side::buy;
    market::Cause cause = market::Cause::choice;
    bool filled = false;
    bool rested = false;  ///< it came to rest in this step, in `slot`
    std::uint32_t slot = 0;
    std::int64_t quote = 0;  ///< ledger units to add to the owner's account
    std::int64_t base = 0;
    market::OrderId id{0};
    market::Price limit{};
    market::Quantity left{};
};

/// One book's work of a step.
struct BookTask {
    std::vector<QueueKey> keys;
    ArrivalSort arrival_sort;
    std::vector<market::Message> queue;
    market::BookEvents events;
    std::array<std::vector<SettleEntry>, shard_count> entries;
    EscrowChange escrow;
    market::BlockSums released;  ///< escrow of purchases, by the buyer's block
    std::int64_t fees = 0;
    std::uint64_t fills = 0;
    std::vector<RefusedOrder> refused;
};

/// One shard's work of `settle`.
struct ShardTask {
    market::Ledger::Writer writer;
    std::vector<market::AccountId> filled;  ///< accounts whose orders traded
};

/// Memory of one step, kept to be used again. A copy of a world starts with none.
struct StepScratch {
    StepScratch() = default;
    StepScratch(const StepScratch&) {}
    StepScratch& operator=(const StepScratch&) { return *this; }
    StepScratch(StepScratch&&) noexcept = default;
    StepScratch& operator=(StepScratch&&) noexcept = default;
    ~StepScratch() = default;

    std::vector<agents::Turn> turns;
    std::vector<std::uint32_t> turn_agent;  ///< dense numbers of `turns`
    Receivables receivables;
    std::vector<Chunk> chunks;  ///< chunk 0 holds forced orders
    std::size_t chunk_count = 0;
    std::vector<BookTask> books;
    std::array<ShardTask, shard_count> shards;
    market::Ledger::Writer writer;
    std::vector<market::Posting> postings;
    std::vector<market::Holding> holders;
    std::vector<double> prices;
    std::vector<market::Money> cash;  ///< by block, before `submit` reserves
    std::vector<EventRow> events;
    std::uint64_t books_mark = 0;  ///< World::mark_books; `match` alone changes books
};

}  // namespace crowdout::world
