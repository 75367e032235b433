// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "market/order_book.hpp"

namespace crowdout::test {

inline market::AccountId account(std::uint64_t number) {
    return market::AccountId{0, static_cast<std::uint32_t>(number)};
}

/// A limit order that rests until it is cancelled, owned by the account of its own number.
inline market::Order limit_order(std::uint64_t id, market::Side side, std::int64_t limit,
                                 std::int64_t lots) {
    market::Order order;
    order.id = market::OrderId{id};
    order.owner = account(id);
    order.side = side;
    order.limit = market::Price{limit};
    order.quantity = market::Quantity{lots};
    return order;
}
inline market::Order buy(std::uint64_t id, std::int64_t limit, std::int64_t lots) {
    return limit_order(id, market::Side::buy, limit, lots);
}
inline market::Order sell(std::uint64_t id, std::int64_t limit, std::int64_t lots) {
    return limit_order(id, market::Side::sell, limit, lots);
}

/// A book, what it has said so far, and both as short text.
struct Market {
    market::OrderBook book;
    market::BookEvents events;

    explicit Market(std::uint32_t capacity = market::OrderBook::capacity_default)
        : book{capacity} {}

    void submit(const market::Order& order) { book.submit(order, events); }
    void collect(const market::Order& order) { book.collect(order, events); }
    void rest(std::uint64_t id, market::Side side, std::int64_t limit, std::int64_t lots) {
        submit(limit_order(id, side, limit, lots));
    }
    void rest(std::uint64_t id, market::Side side, std::int64_t limit, std::int64_t lots,
              market::AccountId owner) {
        market::Order order = limit_order(id, side, limit, lots);
        order.owner = owner;
        submit(order);
    }
    void rest_until(std::uint64_t id, market::Side side, std::int64_t limit, std::int64_t lots,
                    market::Time expiry) {
        market::Order order = limit_order(id, side, limit, lots);
        order.expiry = expiry;
        submit(order);
    }

    /// Where the book last put an order.
    [[nodiscard]] std::uint32_t slot(std::uint64_t id) const {
        std::uint32_t slot = market::no_index;
        for (const market::Rested& rested : events.rested) {
            if (rested.ticket.id == market::OrderId{id}) slot = rested.ticket.slot;
        }
        return slot;
    }

    /// As `maker@price x lots`.
    [[nodiscard]] std::string fills() const {
        std::string text;
        for (const market::Fill& fill : events.fills) {
            add(text, number(fill.maker_order) + "@" + std::to_string(fill.price.value()) + "x" +
                          std::to_string(fill.quantity.value()));
        }
        return text;
    }

    [[nodiscard]] std::string removed() const {
        static constexpr const char* why[] = {"cancelled", "replaced",   "expired",
                                              "unfilled",  "self_trade", "refused"};
        std::string text;
        for (const market::Removed& removed : events.removed) {
            add(text, number(removed.id) + " " + why[static_cast<std::size_t>(removed.why)] + " x" +
                          std::to_string(removed.left.value()));
        }
        return text;
    }

    /// Buy side, then sell side, each best first, as `id side limit x lots`.
    [[nodiscard]] std::string resting() const {
        std::string text;
        for (const auto side : {market::Side::buy, market::Side::sell}) {
            book.for_each(side, [&](const market::RestingOrder& order) {
                add(text, number(order.ticket.id) + (side == market::Side::buy ? "b" : "s") +
                              std::to_string(order.limit.value()) + "x" +
                              std::to_string(order.left.value()));
            });
        }
        return text;
    }

private:
    static std::string number(market::OrderId id) {
        return std::to_string(static_cast<std::uint64_t>(id));
    }
    static void add(std::string& text, const std::string& item) {
        if (!text.empty()) text += ' ';
        text += item;
    }
};

}  // namespace crowdout::test
