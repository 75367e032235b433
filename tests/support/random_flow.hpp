// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "market/order_book.hpp"
#include "tests/support/book_helpers.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::test {

/// Something that is done to a book.
struct Operation {
    enum Kind { submit, cancel, replace, reduce, expire, auction };

    Kind kind = submit;
    market::Order order;    ///< for cancel, replace and reduce its id, owner, limit and quantity
    market::Ticket ticket;  ///< where those look; sometimes spent, sometimes wrong
    market::Time now;
    std::vector<market::Order> collected;  ///< before an auction
};

/// A random sequence of operations of every kind over a walking price, with few owners, so that
/// self-trades are common.
class RandomFlow {
public:
    struct Shape {
        std::int64_t mid = 1'000;
        std::int64_t width = 50;  ///< ticks between the mid and the farthest limit
        bool jumps = false;       ///< now and then the mid moves tenfold, up or down
    };

    RandomFlow(std::uint64_t seed, Shape shape) : random_{seed}, shape_{shape} {}

    /// An order came to rest: later operations may name it. A replaced one has a new ticket.
    void rested(const market::Rested& rested) {
        const Known known{rested.ticket, rested.owner, rested.limit, rested.left};
        const auto old = std::find_if(known_.begin(), known_.end(), [&](const Known& k) {
            return k.ticket.id == rested.ticket.id;
        });
        if (old != known_.end()) {
            *old = known;
        } else if (known_.size() < remembered) {
            known_.push_back(known);
        } else {
            known_[static_cast<std::size_t>(random_.below(remembered))] = known;
        }
    }

    Operation next() {
        clock_ += random_.below(3);
        if (random_.one_in(8)) shape_.mid += random_.below(3) - 1;
        if (shape_.jumps && random_.one_in(2'000)) {
            const bool up = random_.one_in(2);
            if (up && shape_.mid < 10'000'000) shape_.mid *= 10;
            if (!up && shape_.mid > 10'000) shape_.mid /= 10;
        }
        const std::int64_t die = random_.below(100);
        Operation op;
        op.now = market::Time{clock_};
        if (die < 60) {
            op.order = draw_order();
        } else if (die < 97 && !known_.empty()) {
            op.kind = die < 85   ? Operation::cancel
                      : die < 94 ? Operation::replace
                                 : Operation::reduce;
            name_known(op);
        } else if (die == 97) {
            op.kind = Operation::auction;
            for (std::int64_t n = random_.below(12); n > 0; --n) {
                op.collected.push_back(draw_order());
                op.collected.back().type = market::OrderType::limit;
            }
        } else {
            op.kind = Operation::expire;
        }
        return op;
    }

private:
    static constexpr std::int64_t remembered = 64;

    struct Known {
        market::Ticket ticket;
        market::AccountId owner;
        market::Price limit;
        market::Quantity left;
    };

    market::Price draw_price() {
        const std::int64_t price = shape_.mid + random_.below(2 * shape_.width + 1) - shape_.width;
        return market::Price{std::max<std::int64_t>(price, 1)};
    }

    market::Order draw_order() {
        market::Order order;
        order.id = market::OrderId{++ids_};
        order.owner = account(static_cast<std::uint64_t>(random_.below(12)));
        order.parent = market::ParentId{static_cast<std::uint32_t>(random_.below(4))};
        order.side = random_.one_in(2) ? market::Side::buy : market::Side::sell;
        order.type = random_.one_in(6) ? market::OrderType::market : market::OrderType::limit;
        order.self_trade = static_cast<market::SelfTrade>(random_.below(3));
        order.cause = static_cast<market::Cause>(
            random_.below(static_cast<std::int64_t>(market::cause_count)));
        order.post_only = random_.one_in(6) && order.type == market::OrderType::limit;
        if (random_.one_in(4)) order.time_in_force = market::TimeInForce::immediate_or_cancel;
        if (random_.one_in(5)) order.time_in_force = market::TimeInForce::fill_or_kill;
        order.limit = draw_price();
        order.quantity = market::Quantity{1 + random_.below(random_.one_in(8) ? 200 : 20)};
        if (random_.one_in(3)) order.expiry = market::Time{clock_ + 1 + random_.below(200)};
        return order;
    }

    void name_known(Operation& op) {
        const auto which = random_.below(static_cast<std::int64_t>(known_.size()));
        const Known& known = known_[static_cast<std::size_t>(which)];
        op.ticket = known.ticket;
        op.order.id = known.ticket.id;
        op.order.owner = known.owner;
        if (random_.one_in(20)) op.order.owner = account(99);
        op.order.limit = random_.one_in(2) ? known.limit : draw_price();
        op.order.quantity = market::Quantity{random_.below(known.left.value() + 5)};
        if (op.kind == Operation::reduce) op.order.quantity += market::Quantity{1};
    }

    SplitMix64 random_;
    Shape shape_;
    std::vector<Known> known_;
    std::uint64_t ids_ = 0;
    std::int64_t clock_ = 0;
};

}  // namespace crowdout::test
