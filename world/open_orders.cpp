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

void OpenOrders::set_left(AccountId owner, market::InstrumentId instrument, market::OrderId id,
                          market::Quantity left) {
    Shard& shard = shards_[shard_of(owner)];
    std::uint32_t* link = &heads_[owner.block()][owner.row()];
    while (*link != none) {
        Entry& entry = shard.entries[*link];
        if (entry.order.ticket.id == id && entry.order.instrument == instrument) break;
        link = &entry.next;
    }
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
