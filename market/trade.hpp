// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/order.hpp"

namespace crowdout::market {

/// One execution, with everything that settlement and attribution need.
struct Fill {
    OrderId maker_order{0};
    OrderId taker_order{0};
    AccountId maker;
    AccountId taker;
    ParentId maker_parent = no_parent;
    ParentId taker_parent = no_parent;
    Side taker_side = Side::buy;
    Cause maker_cause = Cause::choice;
    Cause taker_cause = Cause::choice;
    bool auction = false;  ///< both were resting: `taker` is then the later of the two
    Price price;           ///< the maker's, or the auction's
    Price buyer_limit;     ///< escrow was taken at this price; the difference goes back
    Quantity quantity;
    Quantity maker_left;  ///< 0: the maker's order is gone
    Quantity taker_left;  ///< 0: so is the taker's
};

/// An order came to rest.
struct Rested {
    Ticket ticket;
    AccountId owner;
    Side side = Side::buy;
    Cause cause = Cause::choice;
    Price limit;
    Quantity left;
};

enum class Removal : std::uint8_t {
    cancelled,
    replaced,
    expired,
    unfilled,
    self_trade,
    refused,
    triggered,  ///< a stop has become an order: its ticket ends, its escrow is the order's now
};

/// An order, or what was left of it, ended without a fill: its escrow goes back, unless it was
/// `triggered`.
struct Removed {
    OrderId id{0};
    AccountId owner;
    Side side = Side::buy;
    Removal why = Removal::cancelled;
    Reject reject = Reject::none;  ///< set where `why` is `refused`
    bool rested = false;           ///< it had a ticket
    Price limit;
    Quantity left;
};

/// What one book did in one batch, each list in the order in which it happened.
struct BookEvents {
    std::vector<Fill> fills;
    std::vector<Rested> rested;
    std::vector<Removed> removed;

    void clear() {
        fills.clear();
        rested.clear();
        removed.clear();
    }
};

}  // namespace crowdout::market
