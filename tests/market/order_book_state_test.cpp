// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "market/archive.hpp"
#include "market/order_book.hpp"
#include "tests/support/book_helpers.hpp"

using namespace crowdout::market;
using namespace crowdout::test;

TEST_CASE("order book: prices may move tenfold up and down, and to the ends of their range") {
    Market m;
    std::uint64_t id = 0;
    for (const std::int64_t mid : {100'000, 1'000'000, 10'000, 1'000, 100'000'000}) {
        for (std::int64_t d = 1; d <= 200; ++d) {
            m.rest(++id, Side::buy, mid - d, 1);
            m.rest(++id, Side::sell, mid + d, 1);
        }
        CHECK(m.book.best_bid() == Price{mid - 1});
        CHECK(m.book.best_ask() == Price{mid + 1});
        m.submit(buy(++id, mid + 200, 200));
        m.submit(sell(++id, mid - 200, 200));
        CHECK(m.book.order_count() == 0);
    }
    const std::int64_t dearest = INT64_MAX - 1;
    m.rest(++id, Side::sell, dearest, 1);
    m.rest(++id, Side::buy, 1, 1);
    m.rest(++id, Side::buy, dearest - 1, 1);
    m.rest(++id, Side::sell, dearest - 64, 1);

    CHECK(m.book.best_bid() == Price{1});
    CHECK(m.book.best_ask() == Price{dearest});
    CHECK(m.fills().ends_with(std::to_string(dearest - 1) + "x1"));
}

TEST_CASE("order book: a copy is another market: alike on like orders, apart on others") {
    Market one;
    for (std::uint64_t id = 1; id <= 300; ++id) {
        one.rest(id, id % 2 == 0 ? Side::buy : Side::sell,
                 1'000 + static_cast<std::int64_t>(id % 2 == 0 ? 0 : 100 + id), 10);
    }
    Market two = one;
    one.events.clear();
    two.events.clear();

    one.submit(buy(1'001, 1'150, 77));
    CHECK(one.book.digest() != two.book.digest());
    two.submit(buy(1'001, 1'150, 77));
    CHECK(one.book.digest() == two.book.digest());
    CHECK(one.fills() == two.fills());
    CHECK(one.resting() == two.resting());
    two.submit(sell(1'002, 1'000, 1));

    CHECK(one.book.digest() != two.book.digest());
    CHECK(one.resting() != two.resting());
}

TEST_CASE("order book: the digest tells owner, side, price, lots, cause, expiry and turn apart") {
    const auto digest = [](const auto& change) {
        Market m;
        Order order = buy(1, 100, 5);
        change(order);
        m.submit(order);
        return m.book.digest();
    };
    const std::uint64_t plain = digest([](Order&) {});

    CHECK(plain != 0);
    CHECK(plain == digest([](Order&) {}));
    CHECK(plain != digest([](Order& o) { o.id = OrderId{2}; }));
    CHECK(plain != digest([](Order& o) { o.owner = account(2); }));
    CHECK(plain != digest([](Order& o) { o.parent = ParentId{1}; }));
    CHECK(plain != digest([](Order& o) { o.side = Side::sell; }));
    CHECK(plain != digest([](Order& o) { o.limit = Price{101}; }));
    CHECK(plain != digest([](Order& o) { o.quantity = Quantity{6}; }));
    CHECK(plain != digest([](Order& o) { o.cause = Cause::policy; }));
    CHECK(plain != digest([](Order& o) { o.expiry = Time{9}; }));
    CHECK(plain != digest([](Order& o) { o.post_only = true; }));
    CHECK(plain != digest([](Order& o) { o.self_trade = SelfTrade::cancel_both; }));

    Market ahead, behind;
    ahead.rest(1, Side::buy, 100, 5);
    ahead.rest(2, Side::buy, 100, 5);
    behind.rest(2, Side::buy, 100, 5);
    behind.rest(1, Side::buy, 100, 5);
    CHECK(ahead.book.digest() != behind.book.digest());
}

TEST_CASE("order book: a checkpoint keeps orders, turns, tickets and digest") {
    Market m;
    m.rest(1, Side::buy, 100, 5);
    m.rest_until(2, Side::buy, 100, 6, Time{10});
    m.rest(3, Side::sell, 5'000, 7);
    m.book.cancel({OrderId{1}, m.slot(1)}, account(1), m.events);
    ArchiveWriter writer;
    writer(m.book);

    Market resumed;
    ArchiveReader reader{writer.bytes()};
    reader(resumed.book);

    CHECK(reader.left() == 0);
    CHECK(resumed.book.digest() == m.book.digest());
    CHECK(resumed.resting() == "2b100x6 3s5000x7");
    resumed.book.expire(Time{10}, resumed.events);
    CHECK(resumed.book.cancel({OrderId{3}, m.slot(3)}, account(3), resumed.events));
    CHECK(resumed.book.order_count() == 0);
    CHECK(resumed.book.digest() == 0);
}
