// SPDX-License-Identifier: Apache-2.0
#include "world/open_orders.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace crowdout::world {

using agents::OpenOrder;
using market::AccountId;

namespace {

/// The order among those of one account; their end where it is not there.
auto find(std::span<OpenOrder> orders, market::InstrumentId instrument, market::OrderId id) {
    return std::ranges::find_if(orders, [&](const OpenOrder& order) {
        return order.ticket.id == id && order.instrument == instrument;
    });
}

}  // namespace

void OpenOrders::add(AccountId owner, const OpenOrder& order) {
    assert(order.ticket.id != market::OrderId{0});
    Shard& shard = shards_[shard_of(owner)];
    std::uint32_t& head = heads_[owner.block()][owner.row()];
    if (head == none) head = take_block(shard, 0);
    const std::size_t orders = count(shard.slots.data() + offset_of(head), capacity_of(head));
    if (orders == capacity_of(head)) {
        const std::uint32_t larger = take_block(shard, size_of(head) + 1);
        std::copy_n(shard.slots.begin() + static_cast<std::ptrdiff_t>(offset_of(head)), orders,
                    shard.slots.begin() + static_cast<std::ptrdiff_t>(offset_of(larger)));
        give_block(shard, head);
        head = larger;
    }
    shard.slots[offset_of(head) + orders] = order;
}

void OpenOrders::set_left(AccountId owner, market::InstrumentId instrument, market::OrderId id,
                          market::Quantity left) {
    const std::span<OpenOrder> orders = slots_of(owner);
    const auto order = find(orders, instrument, id);
    assert(order != orders.end());
    if (left > market::Quantity{0}) {
        order->left = left;
        return;
    }
    std::copy(order + 1, orders.end(), order);
    orders.back() = {};
    if (orders.size() > 1) return;
    std::uint32_t& head = heads_[owner.block()][owner.row()];
    give_block(shards_[shard_of(owner)], head);
    head = none;
}

void OpenOrders::look_up(AccountId owner, const OpenOrder& order, const market::Market& market,
                         bool has_slot) {
    const std::span<OpenOrder> orders = slots_of(owner);
    const auto entry = find(orders, order.instrument, order.ticket.id);
    const bool known = entry != orders.end();
    if (!known && !has_slot) return;
    const market::Ticket ticket = has_slot ? order.ticket : entry->ticket;
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
        *entry = now;
    } else {
        add(owner, now);
    }
}

double OpenOrders::worth(AccountId owner, const std::vector<market::Instrument>& instruments,
                         const std::vector<double>& price) const {
    double usd = 0;
    const std::span<const OpenOrder> orders = of(owner);
    for (std::size_t at = orders.size(); at-- > 0;) {
        const OpenOrder& order = orders[at];
        const market::Instrument& instrument = instruments[index(order.instrument)];
        const auto lots = static_cast<double>(order.left.value());
        if (order.side == market::Side::buy) {
            usd += lots * static_cast<double>(instrument.requirement_per_lot(order.limit).value()) /
                   market::money_per_dollar;
        } else {
            usd += lots * static_cast<double>(instrument.units_per_lot) *
                   price[index(instrument.asset)];
        }
    }
    return usd;
}

std::span<OpenOrder> OpenOrders::slots_of(AccountId owner) {
    const std::span<const OpenOrder> orders = of(owner);
    if (orders.empty()) return {};
    std::vector<OpenOrder>& slots = shards_[shard_of(owner)].slots;
    return {slots.data() + (orders.data() - slots.data()), orders.size()};
}

std::uint32_t OpenOrders::take_block(Shard& shard, std::uint32_t size) {
    assert(size < sizes);
    if (shard.free[size] != none) {
        const std::uint32_t head = shard.free[size];
        shard.free[size] = std::exchange(shard.slots[offset_of(head)].ticket.slot, 0);
        return head;
    }
    const auto offset = static_cast<std::uint32_t>(shard.slots.size() / smallest);
    assert(offset < 1u << offset_bits);
    shard.slots.resize(shard.slots.size() + (smallest << size));
    return size << offset_bits | offset;
}

/// Takes a block back, emptied.
void OpenOrders::give_block(Shard& shard, std::uint32_t head) {
    std::fill_n(shard.slots.begin() + static_cast<std::ptrdiff_t>(offset_of(head)),
                capacity_of(head), OpenOrder{});
    shard.slots[offset_of(head)].ticket.slot = std::exchange(shard.free[size_of(head)], head);
}

}  // namespace crowdout::world
