// SPDX-License-Identifier: Apache-2.0
// What a book shows of itself.

#include "market/order_book.hpp"

namespace crowdout::market {

RestingOrder OrderBook::shown(std::uint32_t slot) const {
    const QueuedOrder& order = pool_[slot];
    return {.ticket = {order.id, slot},
            .owner = order.owner,
            .parent = order.parent,
            .side = order.side(),
            .cause = order.cause(),
            .self_trade = order.self_trade(),
            .post_only = order.post_only(),
            .limit = limit_of(order),
            .left = Quantity{order.left},
            .expiry = order.expiry,
            .arrival = order.arrival};
}

std::optional<Price> OrderBook::best(Side side) const {
    const PriceLadder& ladder = ladders_[at(side)];
    if (ladder.empty()) return std::nullopt;
    return Price{flip(side, ladder.best_key())};
}

std::optional<RestingOrder> OrderBook::find(Ticket ticket) const {
    if (!pool_.holds(ticket)) return std::nullopt;
    return shown(ticket.slot);
}

Quantity OrderBook::quantity_at(Side side, Price price) const {
    const PriceLadder& ladder = ladders_[at(side)];
    const std::uint32_t level = ladder.find(flip(side, price.value()));
    return Quantity{level == no_index ? 0 : ladder[level].quantity};
}

std::size_t OrderBook::levels(Side side, std::span<PriceLevel> levels) const {
    const PriceLadder& ladder = ladders_[at(side)];
    std::size_t count = 0;
    for (std::uint32_t level = ladder.best(); level != no_index && count < levels.size();
         level = ladder.next(level)) {
        levels[count++] = {Price{flip(side, ladder.key(level))}, Quantity{ladder[level].quantity}};
    }
    return count;
}

Depth OrderBook::depth(Side side, Price worst) const {
    const PriceLadder& ladder = ladders_[at(side)];
    Depth depth;
    for (std::uint32_t level = ladder.best();
         level != no_index && ladder.key(level) <= flip(side, worst.value());
         level = ladder.next(level)) {
        const std::int64_t lots = ladder[level].quantity;
        depth.quantity += Quantity{lots};
        depth.tick_lots += Int128{flip(side, ladder.key(level))} * lots;
    }
    return depth;
}

std::size_t OrderBook::bytes() const {
    return sizeof *this + pool_.bytes() + expiries_.bytes() + ladders_[0].bytes() +
           ladders_[1].bytes();
}

}  // namespace crowdout::market
