// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "market/order_book.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/book_helpers.hpp"
#include "tests/support/split_mix.hpp"

using namespace crowdout::market;
using namespace crowdout::test;

namespace {

/// Orders near a walking price, a third of them expiring, with as many cancels.
class Churn {
public:
    void step(OrderBook& book, BookEvents& events) {
        events.clear();
        mid_ += random_.below(3) - 1;
        const bool buys = random_.one_in(2);
        ++ids_;
        const std::int64_t limit = mid_ + random_.below(60) - (buys ? 50 : 10);
        Order order = limit_order(ids_, buys ? Side::buy : Side::sell, limit,
                                  1 + static_cast<std::int64_t>(ids_ % 9));
        if (random_.one_in(3)) order.expiry = Time{clock_ + random_.below(2'000)};
        const std::uint32_t slot = book.submit(order, events);
        const std::size_t place = ids_ % tickets_.size();
        book.cancel(tickets_[place], account(static_cast<std::uint64_t>(tickets_[place].id)),
                    events);
        tickets_[place] = {order.id, slot};
        book.expire(Time{++clock_}, events);
    }

private:
    SplitMix64 random_{7};
    std::vector<Ticket> tickets_ = std::vector<Ticket>(2'000);
    std::uint64_t ids_ = 0;
    std::int64_t mid_ = 10'000;
    std::int64_t clock_ = 0;
};

}  // namespace

TEST_CASE("order book: once warm, it allocates nothing") {
    OrderBook book;
    BookEvents events;
    Churn churn;
    for (int step = 0; step < 200'000; ++step) churn.step(book, events);
    REQUIRE(book.order_count() > 500);

    const std::uint64_t before = allocations();
    std::size_t fills = 0;
    for (int step = 0; step < 50'000; ++step) {
        churn.step(book, events);
        fills += events.fills.size();
    }

    CHECK(allocations() == before);
    CHECK(fills > 5'000);
}

TEST_CASE("order book: an empty book owns no memory beyond itself") {
    const std::uint64_t before = allocations();
    const OrderBook book;

    CHECK(allocations() == before);
    CHECK(book.bytes() == sizeof(OrderBook));
    CHECK(sizeof(OrderBook) <= 1'024);
}

TEST_CASE("order book: memory follows the orders, not the distance between their prices") {
    OrderBook near, far;
    BookEvents events;
    for (std::uint64_t id = 1; id <= 64; ++id) {
        near.submit(buy(id, 1'000 + static_cast<std::int64_t>(id), 1), events);
        far.submit(buy(id, static_cast<std::int64_t>(id) << 32, 1), events);
    }

    CHECK(near.bytes() < 16'384);
    // At most a leaf of 1,040 bytes and five nodes of 264 for each price, doubled by growth.
    CHECK(far.bytes() < 64 * 2 * (1'040 + 5 * 264));
}

TEST_CASE("order book: room that was reserved is not allocated later") {
    OrderBook book;
    BookEvents events;
    book.reserve(100);
    book.submit(buy(1, 1'000, 1), events);
    events.rested.reserve(100);

    const std::uint64_t before = allocations();
    for (std::uint64_t id = 2; id <= 100; ++id) book.submit(buy(id, 1'000, 1), events);

    CHECK(allocations() == before);
}

TEST_CASE("order book: hints change nothing, whatever they name") {
    OrderBook book;
    BookEvents events;
    const auto hint = [&] {
        book.prefetch();
        book.prefetch_ends();
        book.prefetch_front();
        book.prefetch_second();
        for (const std::uint32_t slot : {0u, 1u, 99u, no_index}) {
            book.prefetch(slot);
            book.prefetch_neighbours(slot);
        }
        for (const std::int64_t price : {0l, 1'000l, INT64_MAX}) {
            for (const auto side : {Side::buy, Side::sell}) {
                book.prefetch(side, Price{price});
                book.prefetch_tail(side, Price{price});
            }
        }
    };

    hint();
    CHECK(book.bytes() == sizeof(OrderBook));
    book.submit(buy(1, 1'000, 1), events);
    const std::uint64_t digest = book.digest();
    hint();

    CHECK(book.digest() == digest);
    CHECK(book.order_count() == 1);
}

TEST_CASE("order book: orders that are cancelled before they expire leave nothing behind") {
    OrderBook book;
    BookEvents events;
    for (std::uint64_t id = 1; id <= 20'000; ++id) {
        Order order = buy(id, 1'000, 1);
        order.expiry = Time{1'000'000};
        const std::uint32_t slot = book.submit(order, events);
        REQUIRE(book.cancel({order.id, slot}, order.owner, events));
        events.clear();
    }

    CHECK(book.bytes() < 8'192);
}
