// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/account_table.hpp"
#include "market/order_book.hpp"
#include "market/trading_rules.hpp"

namespace crowdout::market {

/// Withdraws a maker's quotes when they are hit too often or too far away (`QuoteProtection`).
///
/// It acts between messages, never inside one: an order that sweeps takes all it can reach. Its
/// work is in proportion to quotes and their fills; stale tickets are dropped now and then.
class QuoteGuard {
public:
    QuoteGuard() = default;
    explicit QuoteGuard(const QuoteProtection& rule) : rule_{rule} {}

    /// At each step, and where an auction has found a new price.
    /// @param last  price from which moves are measured.
    void begin_step(Price last);

    void note(const Rested& rested, const OrderBook& book);
    void note(const Fill& fill);

    /// Cancels what is to be withdrawn, in the order in which it came to rest.
    void withdraw(OrderBook& book, BookEvents& events);

    template <class Archive>
    void archive(Archive& a) {
        a(rule_, quotes_, quotes_max_);
    }

private:
    struct Quote {
        AccountId owner;
        Ticket ticket;
    };
    struct Watch {
        std::uint32_t fills = 0;
        Price from;  ///< 0: the step's own
        bool is_hit = false;
    };

    QuoteProtection rule_;
    Price step_from_;
    std::vector<Quote> quotes_;
    std::uint64_t quotes_max_ = 256;  // beyond it the stale ones are looked for
    AccountTable<Watch> watches_;     // of this step
    std::vector<AccountId> hit_;
};

}  // namespace crowdout::market
