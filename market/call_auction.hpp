// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "market/order_book.hpp"

namespace crowdout::market {

/// The one price at which an auction trades, and how much.
struct Cross {
    Price price;
    Quantity volume;
    Quantity imbalance;  ///< bought less sold that would trade at `price`; signed

    friend bool operator==(const Cross&, const Cross&) = default;
};

/// The price that trades most; among equals the one that leaves least, then the one nearest to the
/// reference, be it anybody's limit or not. No fourth rule is needed: demand falls and supply rises
/// with the price, so what lies between two equals is as good, and the reference would win.
/// @param bids, asks  as `OrderBook::levels` gives them: best first, each price once.
/// @return nothing where no price trades.
/// Cost: O(levels). Source: the order of rules is that of Nasdaq's and Euronext's crosses.
[[nodiscard]] std::optional<Cross> find_cross(std::span<const PriceLevel> bids,
                                              std::span<const PriceLevel> asks, Price reference);

/// A call auction: orders wait in the book without trading, then trade all at one price.
///
/// Resting orders of the day take part with their old priority. As on exchanges, an order that may
/// not rest (market, immediate-or-cancel) waits for the call at its limit, and what then does not
/// trade is returned.
class CallAuction {
public:
    /// Lets `order` wait. All-or-nothing orders and stops are the caller's to refuse or keep.
    void collect(const Order& order, OrderBook& book, BookEvents& events);

    /// Trades until nothing crosses. @return the cross, or nothing where nobody met.
    ///
    /// Where a self-trade removed an order, what is left may cross once more: it then trades in
    /// a second round at a price of its own.
    std::optional<Cross> uncross(Price reference, OrderBook& book, BookEvents& events);

    /// Returns those that may not rest and wait still: the session ends.
    void return_immediate(OrderBook& book, BookEvents& events);

    template <class Archive>
    void archive(Archive& a) {
        a(immediate_);
    }

private:
    struct Immediate {
        Ticket ticket;
        AccountId owner;
    };

    std::optional<Cross> cross_of(const OrderBook& book, Price reference);
    std::span<const PriceLevel> crossing_levels(const OrderBook& book, Side side,
                                                std::vector<PriceLevel>& buffer) const;

    std::vector<Immediate> immediate_;
    std::vector<PriceLevel> bids_;  // kept for their memory
    std::vector<PriceLevel> asks_;
};

}  // namespace crowdout::market
