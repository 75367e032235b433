// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "market/trade.hpp"

namespace crowdout::market {

/// A continuous limit order book for one instrument: price priority, then time priority.
///
/// One thread owns a book during the match phase; between phases it is read only. A value: copying
/// copies the market.
class OrderBook {
public:
    /// Matches `order`, then rests, cancels or refuses the rest as its type says.
    /// @param order   `type` is limit or market (stops wait elsewhere); id unique; quantity > 0.
    /// @param events  appended to. A maker that met its own owner is in `removed`.
    void submit(const Order& order, BookEvents& events);

    /// @return false where the ticket no longer rests; then nothing was written.
    bool cancel(Ticket ticket, AccountId owner, BookEvents& events);

    [[nodiscard]] std::optional<Price> best_bid() const;
    [[nodiscard]] std::optional<Price> best_ask() const;
};

}  // namespace crowdout::market
