// SPDX-License-Identifier: Apache-2.0
#include "world/open_orders.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::world {

using agents::OpenOrder;
using market::AccountId;

void OpenOrders::add(AccountId owner, const OpenOrder& order) {
    Shard& shard = shards_[shard_of(owner)];
    std::uint32_t at = shard.free;
    if (at != none) {
        shard.free = shard.entries[at].next;
    } else {
        at = static_cast<std::uint32_t>(shard.entries.size());
        shard.entries.emplace_back();
    }
    std::uint32_t& head = heads_[owner.block()][owner.row()];
    shard.entries[at] = {order, head, 0};
    head = at;
}

std::uint32_t* OpenOrders::link_to(AccountId owner, market::InstrumentId instrument,
                                   market::OrderId id) {
    Shard& shard = shards_[shard_of(owner)];
    std::uint32_t* link = &heads_[owner.block()][owner.row()];
    while (*link != none) {
        Entry& entry = shard.entries[*link];
        if (entry.order.ticket.id == id && entry.order.instrument == instrument) break;
        link = &entry.next;
    }
    return link;
}

void OpenOrders::set_left(AccountId owner, market::InstrumentId instrument, market::OrderId id,
                          market::Quantity left) {
    Shard& shard = shards_[shard_of(owner)];
    std::uint32_t* link = link_to(owner, instrument, id);
    assert(*link != none);
    Entry& entry = shard.entries[*link];
    if (left > market::Quantity{0}) {
        entry.order.left = left;
        return;
    }
    const std::uint32_t freed = *link;
    *link = entry.next;
    entry.next = shard.free;
    shard.free = freed;
}

void OpenOrders::look_up(AccountId owner, const OpenOrder& order, const market::Market& market,
                         bool has_slot) {
    Shard& shard = shards_[shard_of(owner)];
    const std::uint32_t* link = link_to(owner, order.instrument, order.ticket.id);
    const bool known = *link != none;
    if (!known && !has_slot) return;
    const market::Ticket ticket = has_slot ? order.ticket : shard.entries[*link].order.ticket;
    const auto resting = market.book().find(ticket);
    if (!resting && market.stops().holds(ticket)) {
        if (!known) add(owner, order);
        return;
    }
    if (!resting) {
        // Its new place, if it has one, is told by a later event.
        if (known) set_left(owner, order.instrument, order.ticket.id, market::Quantity{0});
        return;
    }
    const OpenOrder now{ticket,         order.instrument, resting->side,
                        resting->cause, resting->limit,   resting->left};
    if (known) {
        shard.entries[*link].order = now;
    } else {
        add(owner, now);
    }
}

double OpenOrders::worth(AccountId owner, const std::vector<market::Instrument>& instruments,
                         const std::vector<double>& price) const {
    double usd = 0;
    const Shard& shard = shards_[shard_of(owner)];
    for (std::uint32_t at = heads_[owner.block()][owner.row()]; at != none;) {
        const OpenOrder& order = shard.entries[at].order;
        const market::Instrument& instrument = instruments[index(order.instrument)];
        const auto lots = static_cast<double>(order.left.value());
        if (order.side == market::Side::buy) {
            usd += lots * static_cast<double>(instrument.requirement_per_lot(order.limit).value()) /
                   market::money_per_dollar;
        } else {
            usd += lots * static_cast<double>(instrument.units_per_lot) *
                   price[index(instrument.asset)];
        }
        at = shard.entries[at].next;
    }
    return usd;
}

void OpenOrders::list(AccountId owner, std::vector<OpenOrder>& into) const {
    const auto first = static_cast<std::ptrdiff_t>(into.size());
    const Shard& shard = shards_[shard_of(owner)];
    for (std::uint32_t at = heads_[owner.block()][owner.row()]; at != none;) {
        into.push_back(shard.entries[at].order);
        at = shard.entries[at].next;
    }
    std::reverse(into.begin() + first, into.end());
}

}  // namespace crowdout::world
