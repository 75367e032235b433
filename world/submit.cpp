// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "world/world.hpp"

namespace crowdout::world {

using agents::Intent;
using agents::IntentKind;
using market::AccountId;
using market::AssetId;
using market::Order;
using market::Reject;
using market::Side;
using market::Units;

namespace {

constexpr std::size_t look_ahead = 8;  // messages: longer than a load from memory takes

}  // namespace

/// Puts escrow behind every order and hands it to its book.
///
/// An account's orders are reserved for in the order in which it sent them, and an account belongs
/// to one chunk, so chunks can work side by side. What cannot be backed never reaches a book.
void World::submit(Pool& pool) {
    refusals_.begin_step();
    scratch_.books.resize(markets_.size());  // a copy of a world starts without this memory
    carry_out_instructions();

    Chunk& forced = scratch_.chunks[0];
    forced.intents.clear();
    forced.intents.orders.swap(forced_);
    for (std::size_t at = 0; at < scratch_.chunk_count; ++at) {
        Chunk& chunk = scratch_.chunks[at];
        chunk.writer.attach(economy_.ledger);
        chunk.escrow.assign(markets_.size(), {});
        chunk.per_book.assign(markets_.size(), 0);
        chunk.refused.clear();
    }
    reserve(forced, 0);  // first and alone: its accounts may also be awake in another chunk
    pool.each(scratch_.chunk_count, 1, [this](std::size_t begin, std::size_t end) {
        for (std::size_t at = std::max<std::size_t>(begin, 1); at < end; ++at) {
            reserve(scratch_.chunks[at], static_cast<std::uint32_t>(at));
        }
    });

    std::vector<market::Money>& before = scratch_.cash;
    before.clear();
    for (std::uint32_t block = 0; block < economy_.ledger.block_count(); ++block) {
        before.push_back(economy_.ledger.cash(block));
    }
    for (std::size_t at = 0; at < scratch_.chunk_count; ++at) {
        Chunk& chunk = scratch_.chunks[at];
        economy_.ledger.merge(chunk.writer);
        count(chunk.refused);
    }
    for (std::uint32_t block = 0; block < before.size(); ++block) {
        const market::Money reserved = before[block] - economy_.ledger.cash(block);
        escrowed_[block] += reserved;
        escrowed_[escrow_block_] -= reserved;
    }
    pool.each(markets_.size(), 1, [this](std::size_t begin, std::size_t end) {
        for (std::size_t book = begin; book < end; ++book) gather_queue(book);
    });
}

void World::count(std::span<const RefusedOrder> refused) {
    for (const RefusedOrder& each : refused) {
        totals_.rejects[index(each.why)] += 1;
        refusals_.add(refusal_key(each.owner.block(), each.why), 1);
    }
}

/// Reserves for one chunk's orders; marks what is refused by clearing its instrument.
void World::reserve(Chunk& chunk, std::uint32_t chunk_index) {
    AccountId owner;
    market::Duration delay{};
    for (Intent& intent : chunk.intents.orders) {
        if (intent.order.owner != owner) {
            owner = intent.order.owner;
            delay = latency_of(owner, intent.arrival, chunk_index);
        }
        // Within the step: a book takes what arrives before its end.
        intent.arrival = std::min(intent.arrival + delay, clock_.step_end() - market::Duration{1});

        AssetId asset = market::no_asset;
        Units units;
        const Reject reject = requirement(intent, asset, units);
        if (reject != Reject::none) {
            chunk.refused.push_back({owner, reject});
            intent.instrument = market::no_instrument;
            continue;
        }
        const std::size_t book = index(intent.instrument);
        if (units > Units{0}) {
            chunk.writer.add(owner, asset, -units.value());
            auto& escrow = chunk.escrow[book];
            (asset == instruments_[book].quote ? escrow.quote : escrow.base) += units.value();
        }
        chunk.per_book[book] += 1;
    }
    sort_by_book(chunk, chunk_index);
}

/// Lists a chunk's accepted messages book by book, each book's in the order they were sent.
void World::sort_by_book(Chunk& chunk, std::uint32_t chunk_index) {
    auto& ends = chunk.per_book;  // counts become where each book's stretch begins, then ends
    std::uint32_t total = 0;
    for (std::uint32_t& count : ends) total += std::exchange(count, total);
    chunk.keys.resize(total);
    const auto& orders = chunk.intents.orders;
    for (std::uint32_t i = 0; i < orders.size(); ++i) {
        if (orders[i].instrument == market::no_instrument) continue;
        chunk.keys[ends[index(orders[i].instrument)]++] = {orders[i].arrival, chunk_index, i};
    }
}

/// What must be reserved for an intent, or why it is refused. Reduce-only orders are clipped.
///
/// A cash account backs a purchase with its cost and dearest fee at the limit, a sale with what
/// is sold; a replacement is backed in full, since what it replaces is released when it arrives.
/// Rejects, in order: unknown_instrument, not_permitted, bad_quantity, bad_price, session_closed,
/// would_not_reduce, insufficient_cash, insufficient_holding.
Reject World::requirement(Intent& intent, AssetId& asset, Units& units) const {
    if (index(intent.instrument) >= instruments_.size()) return Reject::unknown_instrument;
    if (intent.kind == IntentKind::cancel) return Reject::none;

    const market::Instrument& instrument = instruments_[index(intent.instrument)];
    Order& order = intent.order;
    const auto account = economy_.ledger.view(order.owner);
    const bool buys = order.side == Side::buy;
    if (!account.has(instrument.asset) || !account.has(instrument.quote)) {
        return Reject::not_permitted;
    }
    if (order.quantity <= market::Quantity{0} || order.quantity > instrument.lots_max) {
        return Reject::bad_quantity;
    }
    if (order.limit <= market::Price{0} || order.limit > instrument.price_max) {
        return Reject::bad_price;
    }
    if (!views_[index(intent.instrument)].accepts) return Reject::session_closed;
    const Units held = account.balance(instrument.asset);
    if (order.reduce_only) {  // a cash account is never short, so a purchase reduces nothing
        const market::Quantity whole = instrument.lots_in(held);
        if (buys || whole == market::Quantity{0}) return Reject::would_not_reduce;
        order.quantity = std::min(order.quantity, whole);
    }

    if (buys) {
        asset = instrument.quote;
        const auto cost =
            static_cast<market::Int128>(instrument.requirement_per_lot(order.limit).value()) *
            order.quantity.value();
        if (cost > account.balance(asset).value()) return Reject::insufficient_cash;
        units = Units{static_cast<std::int64_t>(cost)};
    } else {
        asset = instrument.asset;
        const auto lots =
            static_cast<market::Int128>(order.quantity.value()) * instrument.units_per_lot;
        if (lots > held.value()) return Reject::insufficient_holding;
        units = Units{static_cast<std::int64_t>(lots)};
    }
    return Reject::none;
}

/// The time from an agent's decision to its book: the population's median, half to half again.
market::Duration World::latency_of(AccountId owner, market::Time decided,
                                   std::uint32_t chunk) const {
    if (chunk == 0) return {};  // engines sit beside their books
    const std::uint32_t population = population_of_block_[owner.block()];
    const market::Duration median = latency_[population];
    if (median.ns == 0) return median;
    agents::Random random{populations_[population]->seed, owner.row(), agents::Purpose::latency,
                          static_cast<std::uint64_t>(decided.ns)};
    const double factor = 0.5 + random.uniform();
    return {static_cast<std::int64_t>(static_cast<double>(median.ns) * factor)};
}

/// Puts one book's messages in order: by arrival, then by agent, then as they were sent.
void World::gather_queue(std::size_t book) {
    BookTask& task = scratch_.books[book];
    task.keys.clear();
    task.queue.clear();
    task.escrow = {};
    for (std::uint32_t at = 0; at < scratch_.chunk_count; ++at) {
        const Chunk& chunk = scratch_.chunks[at];
        task.escrow.quote += chunk.escrow[book].quote;
        task.escrow.base += chunk.escrow[book].base;
        const auto first = chunk.keys.begin() + (book == 0 ? 0 : chunk.per_book[book - 1]);
        task.keys.insert(task.keys.end(), first, chunk.keys.begin() + chunk.per_book[book]);
    }
    task.arrival_sort.sort(task.keys, clock_.now(), clock_.step_end());
    const auto intent_of = [this](const QueueKey& key) {
        return scratch_.chunks[key.chunk].intents.orders.data() + key.intent;
    };
    const std::size_t last = task.keys.size() - 1;
    for (std::size_t at = 0; at < task.keys.size(); ++at) {
        const auto* const next =
            reinterpret_cast<const char*>(intent_of(task.keys[std::min(at + look_ahead, last)]));
        __builtin_prefetch(next);
        __builtin_prefetch(next + sizeof(Intent) - 1);
        const Intent& intent = *intent_of(task.keys[at]);
        market::Message& message = task.queue.emplace_back();
        message.kind = static_cast<market::MessageKind>(intent.kind);
        message.slot = intent.slot;
        message.arrival = intent.arrival;
        message.order = intent.order;
        if (intent.kind == IntentKind::submit) {
            message.order.id = market::OrderId{++next_order_[book]};
        }
    }
}

}  // namespace crowdout::world
