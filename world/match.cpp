// SPDX-License-Identifier: Apache-2.0
#include "world/world.hpp"

namespace crowdout::world {

using market::AccountId;
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
    for (BookTask& task : scratch_.books) {
        totals_.orders += task.queue.size();
        totals_.fills += task.events.fills.size();
        task.released.take([this](std::uint32_t block, std::int64_t units) {
            escrowed_[block] -= Money{units};
            escrowed_[escrow_block_] += Money{units};
        });
        count(task.refused);
    }
    scratch_.books_mark = mark_books();
}

void World::match_book(std::size_t book) {
    BookTask& task = scratch_.books[book];
    task.events.clear();
    task.released.begin(economy_.ledger.block_count());
    task.fees = 0;
    task.refused.clear();
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
    BookTask& task = scratch_.books[book];
    // After a replace, or with stops about, the lists do not tell which of an order's events came
    // last: settle then asks the book.
    bool ask_book = markets_[book].stops().size() > 0;
    for (const auto& gone : task.events.removed) {
        ask_book = ask_book || gone.why == market::Removal::replaced ||
                   gone.why == market::Removal::triggered;
    }
    book_flows_[book].begin_step();
    for (const auto& rested : task.events.rested) account_for(book, rested, ask_book);
    for (const auto& fill : task.events.fills) account_for(book, fill, ask_book);
    for (const auto& removed : task.events.removed) account_for(book, removed, ask_book);
}

void World::account_for(std::size_t book, const market::Rested& rested, bool ask_book) {
    SettleEntry& entry = entry_for(book, rested.owner, rested.ticket.id);
    entry.kind = ask_book ? SettleEntry::Kind::look_up : SettleEntry::Kind::rested;
    entry.side = rested.side;
    entry.cause = rested.cause;
    entry.rested = true;
    entry.slot = rested.ticket.slot;
    entry.limit = rested.limit;
    entry.left = rested.left;
}

void World::account_for(std::size_t book, const Fill& fill, bool ask_book) {
    const market::Instrument& instrument = instruments_[book];
    BookTask& task = scratch_.books[book];
    const Money notional = instrument.notional(fill.price, fill.quantity);
    const Money held{instrument.requirement_per_lot(fill.buyer_limit).value() *
                     fill.quantity.value()};
    const std::int64_t units = instrument.to_units(fill.quantity).value();
    const Money maker_fee = instrument.fee(notional, instrument.maker_fee);
    const Money taker_fee = instrument.fee(notional, instrument.taker_fee);
    const auto pay = [&](SettleEntry& entry, Side side, Money fee) {
        entry.side = side;
        entry.filled = true;
        entry.quote =
            side == Side::buy ? (held - notional - fee).value() : (notional - fee).value();
        entry.base = side == Side::buy ? units : 0;
    };

    SettleEntry& maker = entry_for(book, fill.maker, fill.maker_order);
    pay(maker, opposite(fill.taker_side), maker_fee);
    maker.kind = ask_book ? SettleEntry::Kind::look_up : SettleEntry::Kind::left;
    maker.left = fill.maker_left;
    SettleEntry& taker = entry_for(book, fill.taker, fill.taker_order);
    pay(taker, fill.taker_side, taker_fee);
    if (ask_book) taker.kind = SettleEntry::Kind::look_up;
    if (fill.auction && !ask_book) taker.kind = SettleEntry::Kind::left;
    taker.left = fill.taker_left;

    const AccountId buyer = fill.taker_side == Side::buy ? fill.taker : fill.maker;
    task.released.add(buyer.block(), held.value());
    task.escrow.quote -= held.value();
    task.escrow.base -= units;
    task.fees += (maker_fee + taker_fee).value();
    book_flows_[book].record(fill, notional, maker_fee, taker_fee);
}

void World::account_for(std::size_t book, const market::Removed& removed, bool ask_book) {
    const market::Instrument& instrument = instruments_[book];
    BookTask& task = scratch_.books[book];
    if (removed.why == market::Removal::refused) {
        task.refused.push_back({removed.owner, removed.reject});
    }
    SettleEntry& entry = entry_for(book, removed.owner, removed.id);
    entry.side = removed.side;
    if (removed.rested) {
        entry.kind = ask_book ? SettleEntry::Kind::look_up : SettleEntry::Kind::left;
    }
    if (removed.why == market::Removal::triggered) return;  // its order goes on with the escrow
    if (removed.side == Side::buy) {
        entry.quote = instrument.requirement_per_lot(removed.limit).value() * removed.left.value();
        task.released.add(removed.owner.block(), entry.quote);
    } else {
        entry.base = instrument.to_units(removed.left).value();
    }
    task.escrow.quote -= entry.quote;
    task.escrow.base -= entry.base;
}

SettleEntry& World::entry_for(std::size_t book, AccountId owner, market::OrderId id) {
    SettleEntry& entry = scratch_.books[book].entries[shard_of(owner)].emplace_back();
    entry.owner = owner;
    entry.instrument = market::InstrumentId{static_cast<std::uint16_t>(book)};
    entry.id = id;
    return entry;
}

}  // namespace crowdout::world
