// SPDX-License-Identifier: Apache-2.0
#include "world/world.hpp"

namespace crowdout::world {

using market::Fill;
using market::Money;
using market::Side;

/// Lets every book take its queue, and works out what each event means for each account.
///
/// One task owns one book, its trades and its share of the flow matrix.
void World::match(Pool& pool) {
    pool.each(markets_.size(), 1, [this](std::size_t begin, std::size_t end) {
        for (std::size_t book = begin; book < end; ++book) match_book(book);
    });
    for (const BookTask& task : scratch_.books) {
        totals_.orders += task.queue.size();
        totals_.fills += task.events.fills.size();
        for (std::size_t why = 0; why < task.rejects.size(); ++why) {
            totals_.rejects[why] += task.rejects[why];
        }
    }
}

void World::match_book(std::size_t book) {
    BookTask& task = scratch_.books[book];
    task.events.clear();
    task.fees = 0;
    task.rejects.fill(0);
    for (auto& entries : task.entries) entries.clear();
    markets_[book].process(task.queue, clock_.now(), clock_.step_end(), task.events);
    account_for(book);
    tapes_[book].record(task.events, instruments_[book], markets_[book], clock_.now(),
                        clock_.step_end());
}

/// Turns one book's events into changes of accounts.
///
/// Escrow was taken at each order's limit and is given back in the same measure: to the buyer
/// what the price was better than the limit, to both what never traded. What leaves escrow is
/// what accounts and fees receive, lot by lot.
void World::account_for(std::size_t book) {
    const market::Instrument& instrument = instruments_[book];
    const market::InstrumentId id{static_cast<std::uint16_t>(book)};
    BookTask& task = scratch_.books[book];
    BookFlows& flows = book_flows_[book];
    flows.begin_step();
    // After a replace the lists no longer tell which came first: settle then asks the book.
    bool replaced = false;
    for (const auto& gone : task.events.removed) {
        replaced = replaced || gone.why == market::Removal::replaced;
    }
    const auto kind = replaced ? SettleEntry::Kind::look_up : SettleEntry::Kind::left;

    for (const auto& rested : task.events.rested) {
        task.entries[shard_of(rested.owner)].push_back({.owner = rested.owner,
                                                        .instrument = id,
                                                        .kind = SettleEntry::Kind::rested,
                                                        .side = rested.side,
                                                        .cause = rested.cause,
                                                        .slot = rested.ticket.slot,
                                                        .id = rested.ticket.id,
                                                        .limit = rested.limit,
                                                        .left = rested.left});
    }
    for (const Fill& fill : task.events.fills) {
        const Money notional = instrument.notional(fill.price, fill.quantity);
        const Money held{instrument.requirement_per_lot(fill.buyer_limit).value() *
                         fill.quantity.value()};
        const std::int64_t units = instrument.to_units(fill.quantity).value();
        Money maker_fee;
        Money taker_fee;
        const auto side = [&](market::AccountId owner, Side bought_or_sold, bool made,
                              market::OrderId order, market::Quantity left, bool rests) {
            const Money fee =
                instrument.fee(notional, made ? instrument.maker_fee : instrument.taker_fee);
            const bool buys = bought_or_sold == Side::buy;
            (made ? maker_fee : taker_fee) = fee;
            task.entries[shard_of(owner)].push_back(
                {.owner = owner,
                 .instrument = id,
                 .kind = rests ? kind : SettleEntry::Kind::money_only,
                 .side = bought_or_sold,
                 .filled = true,
                 .quote = buys ? (held - notional - fee).value() : (notional - fee).value(),
                 .base = buys ? units : 0,
                 .id = order,
                 .left = left});
        };
        side(fill.maker, opposite(fill.taker_side), true, fill.maker_order, fill.maker_left, true);
        side(fill.taker, fill.taker_side, false, fill.taker_order, fill.taker_left, fill.auction);
        task.escrow.quote -= held.value();
        task.escrow.base -= units;
        task.fees += (maker_fee + taker_fee).value();
        flows.record(fill, notional, maker_fee, taker_fee);
    }
    for (const auto& gone : task.events.removed) {
        task.rejects[index(gone.reject)] += gone.why == market::Removal::refused ? 1 : 0;
        const bool buys = gone.side == Side::buy;
        const std::int64_t back =
            buys ? instrument.requirement_per_lot(gone.limit).value() * gone.left.value()
                 : instrument.to_units(gone.left).value();
        (buys ? task.escrow.quote : task.escrow.base) -= back;
        task.entries[shard_of(gone.owner)].push_back(
            {.owner = gone.owner,
             .instrument = id,
             .kind = gone.rested ? kind : SettleEntry::Kind::money_only,
             .side = gone.side,
             .quote = buys ? back : 0,
             .base = buys ? 0 : back,
             .id = gone.id,
             .left = market::Quantity{0}});
    }
}

}  // namespace crowdout::world
