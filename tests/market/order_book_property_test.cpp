// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <cstdint>
#include <vector>

#include "market/order_book.hpp"
#include "tests/support/book_helpers.hpp"
#include "tests/support/naive_book.hpp"
#include "tests/support/random_flow.hpp"

using namespace crowdout::market;
using namespace crowdout::test;

namespace {

bool same(const Fill& a, const Fill& b) {
    return a.maker_order == b.maker_order && a.taker_order == b.taker_order && a.maker == b.maker &&
           a.taker == b.taker && a.maker_parent == b.maker_parent &&
           a.taker_parent == b.taker_parent && a.taker_side == b.taker_side &&
           a.maker_cause == b.maker_cause && a.taker_cause == b.taker_cause &&
           a.auction == b.auction && a.price == b.price && a.buyer_limit == b.buyer_limit &&
           a.quantity == b.quantity && a.maker_left == b.maker_left && a.taker_left == b.taker_left;
}
bool same(const Removed& a, const Removed& b) {
    return a.id == b.id && a.owner == b.owner && a.side == b.side && a.why == b.why &&
           a.reject == b.reject && a.rested == b.rested && a.limit == b.limit && a.left == b.left;
}
/// Slots are the fast book's own affair.
bool same(const Rested& a, const Rested& b) {
    return a.ticket.id == b.ticket.id && a.owner == b.owner && a.side == b.side &&
           a.cause == b.cause && a.limit == b.limit && a.left == b.left;
}
bool same(const RestingOrder& a, const RestingOrder& b) {
    return a.ticket.id == b.ticket.id && a.owner == b.owner && a.parent == b.parent &&
           a.side == b.side && a.cause == b.cause && a.self_trade == b.self_trade &&
           a.post_only == b.post_only && a.limit == b.limit && a.left == b.left &&
           a.expiry == b.expiry && a.arrival == b.arrival;
}
template <class Item>
bool same(const std::vector<Item>& a, const std::vector<Item>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Item& x, const Item& y) { return same(x, y); });
}

std::vector<RestingOrder> orders_of(const OrderBook& book) {
    std::vector<RestingOrder> all;
    for (const auto side : {Side::buy, Side::sell}) {
        book.for_each(side, [&](const RestingOrder& order) { all.push_back(order); });
    }
    return all;
}

/// The fast and the naive book under one flow of operations, compared after each.
class Pair {
public:
    Pair(std::uint64_t seed, std::uint32_t capacity, RandomFlow::Shape shape)
        : flow_{seed, shape}, fast_{capacity}, naive_{capacity} {}

    /// @return whether both still say and hold the same.
    bool step() {
        fast_events_.clear();
        naive_events_.clear();
        const bool answered_alike = apply(flow_.next());
        for (const Rested& rested : fast_events_.rested) flow_.rested(rested);
        return answered_alike && same(fast_events_.fills, naive_events_.fills) &&
               same(fast_events_.removed, naive_events_.removed) &&
               same(fast_events_.rested, naive_events_.rested) && fast_.digest() == naive_.digest();
    }

    /// Everything that can be asked. Slow, so not after each step.
    [[nodiscard]] bool hold_the_same() const {
        const std::vector<RestingOrder> orders = naive_.orders();
        if (!same(orders_of(fast_), orders) || fast_.order_count() != orders.size()) return false;
        for (const auto side : {Side::buy, Side::sell}) {
            std::vector<PriceLevel> levels;
            Depth depth;
            for (const RestingOrder& order : orders) {
                if (order.side != side) continue;
                if (levels.empty() || levels.back().price != order.limit) {
                    levels.push_back({order.limit, Quantity{}});
                }
                levels.back().quantity += order.left;
                depth.quantity += order.left;
                depth.tick_lots += Int128{order.limit.value()} * order.left.value();
            }
            std::vector<PriceLevel> shown(levels.size() + 1);
            const std::size_t count = fast_.levels(side, shown);
            shown.resize(count);
            if (shown != levels || fast_.resting(side) != depth.quantity) return false;
            if (levels.empty()) {
                if (fast_.best(side)) return false;
                continue;
            }
            const Depth told = fast_.depth(side, levels.back().price);
            if (fast_.best(side) != levels.front().price ||
                fast_.quantity_at(side, levels.back().price) != levels.back().quantity ||
                told.quantity != depth.quantity || told.tick_lots != depth.tick_lots) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] const RandomFlow& flow() const { return flow_; }

private:
    bool apply(const Operation& op) {
        const OrderId id = op.order.id;
        switch (op.kind) {
            case Operation::submit:
                fast_.submit(op.order, fast_events_);
                naive_.submit(op.order, naive_events_);
                return true;
            case Operation::cancel:
                return fast_.cancel(op.ticket, op.order.owner, fast_events_) ==
                       naive_.cancel(id, op.order.owner, naive_events_);
            case Operation::replace:
                return fast_.replace(op.ticket, op.order.owner, op.order.limit, op.order.quantity,
                                     fast_events_) ==
                       naive_.replace(id, op.order.owner, op.order.limit, op.order.quantity,
                                      naive_events_);
            case Operation::reduce: {
                const auto resting = fast_.find(op.ticket);
                if (resting.has_value() != naive_.find(id).has_value()) return false;
                if (!resting) return true;
                const Quantity by = std::min(op.order.quantity, resting->left);
                fast_.reduce(op.ticket, by);
                naive_.reduce(id, by);
                return true;
            }
            case Operation::expire:
                fast_.expire(op.now, fast_events_);
                naive_.expire(op.now, naive_events_);
                return true;
            case Operation::auction:
                for (const Order& order : op.collected) {
                    fast_.collect(order, fast_events_);
                    naive_.collect(order, naive_events_);
                }
                clear_crossing();
                return true;
        }
        return false;
    }

    /// Uncrosses at the best bid until nothing crosses: any price between bid and ask is fair.
    void clear_crossing() {
        while (fast_.best_bid() && fast_.best_ask() && *fast_.best_bid() >= *fast_.best_ask()) {
            const Price price = *fast_.best_bid();
            fast_.uncross(price, fast_events_);
            naive_.uncross(price, naive_events_);
        }
    }

    RandomFlow flow_;
    OrderBook fast_;
    NaiveBook naive_;
    BookEvents fast_events_;
    BookEvents naive_events_;
};

}  // namespace

TEST_SUITE("property") {
    // Goal: the fast book is the naive one. Method: the same random operations of every kind go
    // to both; events, answers and digest are compared after each, the whole book now and then.
    TEST_CASE("order book: equals the naive book on random flow") {
        struct Case {
            std::uint64_t seed;
            std::uint32_t capacity;
            RandomFlow::Shape shape;
        };
        const std::array cases{
            Case{1, 1'000, {.mid = 500, .width = 12, .jumps = false}},
            Case{2, 60, {.mid = 1'000, .width = 6, .jumps = false}},  // full most of the time
            Case{3, 1'000, {.mid = 50'000, .width = 9'000, .jumps = false}},     // sparse
            Case{4, 1'000, {.mid = 100'000, .width = 300, .jumps = true}},       // x10 and /10
            Case{5, 1'000, {.mid = 64 * 64 * 64, .width = 70, .jumps = false}},  // a root's edge
        };
        for (const Case& c : cases) {
            Pair books{c.seed, c.capacity, c.shape};
            bool equal = true;
            for (int step = 0; step < 100'000 && equal; ++step) {
                equal = books.step() && (step % 512 != 0 || books.hold_the_same());
            }
            CAPTURE(c.seed);
            CHECK(equal);
            CHECK(books.hold_the_same());
        }
    }

    TEST_CASE("order book: equals the naive book on flows that rapidcheck shrinks") {
        const bool held = rc::check("fast equals naive", [] {
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            const auto steps = *rc::gen::inRange(1, 400);
            const auto capacity = *rc::gen::inRange<std::uint32_t>(1, 100);
            const auto width = *rc::gen::inRange<std::int64_t>(1, 200);
            Pair books{seed, capacity, {.mid = 1'000, .width = width, .jumps = false}};
            for (int step = 0; step < steps; ++step) RC_ASSERT(books.step());
            RC_ASSERT(books.hold_the_same());
        });
        CHECK(held);
    }
}
