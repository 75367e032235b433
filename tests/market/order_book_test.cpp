// SPDX-License-Identifier: Apache-2.0
#include "market/order_book.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tests/support/book_helpers.hpp"

using namespace crowdout::market;
using namespace crowdout::test;

TEST_CASE("order book: a new book is empty, small and has no prices") {
    const OrderBook book;

    CHECK_FALSE(book.best_bid());
    CHECK_FALSE(book.best_ask());
    CHECK(book.order_count() == 0);
    CHECK(book.digest() == 0);
    CHECK(book.bytes() <= 8192);
}

TEST_CASE("order book: the best price trades first, then the earliest order at that price") {
    Market m;
    m.rest(1, Side::sell, 101, 5);
    m.rest(2, Side::sell, 100, 5);
    m.rest(3, Side::sell, 100, 5);

    m.submit(buy(4, 101, 12));

    CHECK(m.fills() == "2@100x5 3@100x5 1@101x2");
    CHECK(m.resting() == "1s101x3");
}

TEST_CASE("order book: a taker pays the maker's price; its escrow was taken at its own limit") {
    Market m;
    m.rest(1, Side::sell, 100, 5);
    m.rest(2, Side::buy, 90, 5);

    m.submit(buy(3, 105, 2));
    m.submit(sell(4, 80, 2));

    REQUIRE(m.events.fills.size() == 2);
    CHECK(m.events.fills[0].price == Price{100});
    CHECK(m.events.fills[0].buyer_limit == Price{105});
    CHECK(m.events.fills[0].maker_left == Quantity{3});
    CHECK(m.events.fills[0].taker_left == Quantity{0});
    CHECK(m.events.fills[1].price == Price{90});
    CHECK(m.events.fills[1].buyer_limit == Price{90});
}

TEST_CASE("order book: a fill names owners, parents and causes of both sides") {
    Market m;
    Order maker = sell(1, 100, 5);
    maker.owner = account(7);
    maker.parent = ParentId{70};
    maker.cause = Cause::liquidation;
    Order taker = buy(2, 100, 5);
    taker.owner = account(8);
    taker.parent = ParentId{80};
    taker.cause = Cause::arbitrage;

    m.submit(maker);
    m.submit(taker);

    REQUIRE(m.events.fills.size() == 1);
    const Fill& fill = m.events.fills[0];
    CHECK(fill.maker == account(7));
    CHECK(fill.taker == account(8));
    CHECK(fill.maker_parent == ParentId{70});
    CHECK(fill.taker_parent == ParentId{80});
    CHECK(fill.maker_cause == Cause::liquidation);
    CHECK(fill.taker_cause == Cause::arbitrage);
    CHECK(fill.taker_side == Side::buy);
}

TEST_CASE("order book: what a taker cannot fill rests at its limit") {
    Market m;
    m.rest(1, Side::sell, 100, 5);

    m.submit(buy(2, 100, 8));

    CHECK(m.resting() == "2b100x3");
    REQUIRE(m.events.rested.size() == 2);
    CHECK(m.events.rested[1].left == Quantity{3});
}

TEST_CASE("order book: what an order type forbids to rest goes back") {
    struct Case {
        OrderType type;
        TimeInForce force;
        std::int64_t limit;
        std::int64_t quantity;
        const char* fills;
        const char* removed;
    };
    const auto limit = OrderType::limit;
    const auto market = OrderType::market;
    const auto ioc = TimeInForce::immediate_or_cancel;
    const auto fok = TimeInForce::fill_or_kill;
    const auto gtt = TimeInForce::good_till_time;
    const std::array cases{
        Case{limit, ioc, 100, 8, "1@100x5", "9 unfilled x3"},
        Case{limit, ioc, 99, 8, "", "9 unfilled x8"},
        Case{limit, fok, 100, 8, "", "9 refused x8"},
        Case{limit, fok, 99, 5, "", "9 refused x5"},
        Case{limit, fok, 100, 5, "1@100x5", ""},
        Case{limit, fok, 101, 10, "1@100x5 2@101x5", ""},
        Case{limit, fok, 101, 11, "", "9 refused x11"},
        Case{market, gtt, 100, 8, "1@100x5", "9 unfilled x3"},
        Case{market, gtt, 200, 12, "1@100x5 2@101x5", "9 unfilled x2"},
        Case{market, fok, 200, 12, "", "9 refused x12"},
    };
    for (const Case& c : cases) {
        Market m;
        m.rest(1, Side::sell, 100, 5);
        m.rest(2, Side::sell, 101, 5);
        Order order = buy(9, c.limit, c.quantity);
        order.type = c.type;
        order.time_in_force = c.force;

        m.submit(order);

        CAPTURE(c.limit);
        CAPTURE(c.quantity);
        CHECK(m.fills() == c.fills);
        CHECK(m.removed() == c.removed);
    }
}

TEST_CASE("order book: refusals name their reason") {
    Market m{2};
    m.rest(1, Side::sell, 100, 5);

    Order taking = buy(2, 100, 1);
    taking.post_only = true;
    m.submit(taking);
    CHECK(m.events.removed.back().reject == Reject::post_only_would_take);

    Order short_of = buy(3, 100, 6);
    short_of.time_in_force = TimeInForce::fill_or_kill;
    m.submit(short_of);
    CHECK(m.events.removed.back().reject == Reject::fill_or_kill_short);

    m.rest(4, Side::buy, 90, 1);
    m.submit(buy(5, 90, 1));
    CHECK(m.events.removed.back().reject == Reject::queue_full);
    CHECK(m.events.removed.back().left == Quantity{1});

    taking.id = OrderId{6};
    taking.limit = Price{99};
    m.book.cancel({OrderId{4}, m.slot(4)}, account(4), m.events);
    m.submit(taking);
    CHECK(m.resting() == "6b99x1 1s100x5");
}

TEST_CASE("order book: an owner that would meet itself loses what it asked to lose") {
    struct Case {
        SelfTrade mode;
        const char* fills;
        const char* removed;
        const char* resting;
    };
    const std::array cases{
        Case{SelfTrade::cancel_resting, "1@100x2 3@100x2", "2 self_trade x2", "9b100x1"},
        Case{SelfTrade::cancel_incoming, "1@100x2", "9 self_trade x3", "2s100x2 3s100x2"},
        Case{SelfTrade::cancel_both, "1@100x2", "2 self_trade x2 9 self_trade x3", "3s100x2"},
    };
    for (const Case& c : cases) {
        Market m;
        m.rest(1, Side::sell, 100, 2);
        m.rest(2, Side::sell, 100, 2, account(9));
        m.rest(3, Side::sell, 100, 2);
        Order order = buy(9, 100, 5);
        order.self_trade = c.mode;

        m.submit(order);

        CHECK(m.fills() == c.fills);
        CHECK(m.removed() == c.removed);
        CHECK(m.resting() == c.resting);
    }
}

TEST_CASE("order book: fill or kill counts no lots that self-trade prevention would take away") {
    for (const auto mode : {SelfTrade::cancel_resting, SelfTrade::cancel_incoming}) {
        Market m;
        m.rest(1, Side::sell, 100, 2, account(9));
        m.rest(2, Side::sell, 100, 2);
        Order order = buy(9, 100, 2);
        order.time_in_force = TimeInForce::fill_or_kill;
        order.self_trade = mode;

        m.submit(order);

        CHECK(m.fills() == (mode == SelfTrade::cancel_resting ? "2@100x2" : ""));
    }
}

TEST_CASE("order book: a cancel needs the right ticket and the right owner, once") {
    Market m;
    m.rest(1, Side::buy, 100, 5);
    const Ticket ticket{OrderId{1}, m.slot(1)};

    CHECK_FALSE(m.book.cancel({OrderId{2}, ticket.slot}, account(1), m.events));
    CHECK_FALSE(m.book.cancel({OrderId{1}, ticket.slot + 1}, account(1), m.events));
    CHECK_FALSE(m.book.cancel(ticket, account(2), m.events));
    CHECK(m.removed().empty());
    CHECK(m.book.cancel(ticket, account(1), m.events));
    CHECK_FALSE(m.book.cancel(ticket, account(1), m.events));

    CHECK(m.removed() == "1 cancelled x5");
    CHECK(m.book.order_count() == 0);
    CHECK(m.book.digest() == 0);
}

TEST_CASE("order book: a spent ticket does not cancel the order that took its slot") {
    Market m;
    m.rest(1, Side::buy, 100, 5);
    const Ticket spent{OrderId{1}, m.slot(1)};
    m.book.cancel(spent, account(1), m.events);
    m.rest(2, Side::buy, 100, 5, account(1));
    REQUIRE(m.slot(2) == spent.slot);

    CHECK_FALSE(m.book.cancel(spent, account(1), m.events));
}

TEST_CASE("order book: a replaced order keeps its turn only by asking for less at its price") {
    struct Case {
        std::int64_t limit;
        std::int64_t left;
        const char* resting;
    };
    const std::array cases{
        Case{100, 3, "1b100x3 2b100x5 3b99x5"}, Case{100, 5, "1b100x5 2b100x5 3b99x5"},
        Case{100, 6, "2b100x5 1b100x6 3b99x5"}, Case{99, 3, "2b100x5 3b99x5 1b99x3"},
        Case{101, 3, "1b101x3 2b100x5 3b99x5"},
    };
    for (const Case& c : cases) {
        Market m;
        m.rest(1, Side::buy, 100, 5);
        m.rest(2, Side::buy, 100, 5);
        m.rest(3, Side::buy, 99, 5);
        const Ticket ticket{OrderId{1}, m.slot(1)};
        m.events.clear();

        const Reject reject =
            m.book.replace(ticket, account(1), Price{c.limit}, Quantity{c.left}, m.events);

        CHECK(reject == Reject::none);
        CHECK(m.resting() == std::string{c.resting});
        CHECK(m.removed() == "1 replaced x5");
        REQUIRE(m.events.rested.size() == 1);
        CHECK(m.events.rested[0].left == Quantity{c.left});
    }
}

TEST_CASE("order book: a replacement may trade, and is refused before anything has happened") {
    Market m;
    m.rest(1, Side::buy, 90, 5);
    m.rest(2, Side::sell, 100, 2);
    const Ticket ticket{OrderId{1}, m.slot(1)};
    const auto replace = [&](AccountId owner, std::int64_t limit, std::int64_t left) {
        return m.book.replace(ticket, owner, Price{limit}, Quantity{left}, m.events);
    };

    CHECK(replace(account(1), 90, 0) == Reject::bad_quantity);
    CHECK(replace(account(1), 0, 1) == Reject::bad_price);
    CHECK(replace(account(2), 91, 1) == Reject::unknown_order);
    CHECK(m.removed().empty());
    CHECK(replace(account(1), 100, 3) == Reject::none);
    CHECK(m.fills() == "2@100x2");
    CHECK(m.resting() == "1b100x1");

    Order shy = sell(3, 105, 1);
    shy.post_only = true;
    m.submit(shy);
    CHECK(m.book.replace({OrderId{3}, m.slot(3)}, account(3), Price{100}, Quantity{1}, m.events) ==
          Reject::post_only_would_take);
    CHECK(m.resting() == "1b100x1 3s105x1");
}

TEST_CASE("order book: orders expire at their time, earliest expiry first, then arrival") {
    Market m;
    m.rest_until(1, Side::buy, 100, 1, Time{20});
    m.rest_until(2, Side::sell, 200, 1, Time{10});
    m.rest_until(3, Side::buy, 101, 1, Time{20});
    m.rest_until(4, Side::buy, 102, 1, Time{21});
    m.rest_until(5, Side::buy, 103, 1, Time{5});
    m.rest(6, Side::buy, 99, 1);
    m.book.cancel({OrderId{5}, m.slot(5)}, account(5), m.events);
    m.events.clear();

    m.book.expire(Time{4}, m.events);
    CHECK(m.removed().empty());
    m.book.expire(Time{20}, m.events);

    CHECK(m.removed() == "2 expired x1 1 expired x1 3 expired x1");
    CHECK(m.resting() == "4b102x1 6b99x1");
}

TEST_CASE("order book: depth is told by price, by level and in tick-lots") {
    Market m;
    m.rest(1, Side::buy, 100, 5);
    m.rest(2, Side::buy, 100, 2);
    m.rest(3, Side::buy, 98, 4);
    m.rest(4, Side::buy, 30, 1);
    m.rest(5, Side::sell, 101, 6);
    std::array<PriceLevel, 2> best{};

    CHECK(m.book.quantity_at(Side::buy, Price{100}) == Quantity{7});
    CHECK(m.book.quantity_at(Side::buy, Price{99}) == Quantity{0});
    CHECK(m.book.resting(Side::buy) == Quantity{12});
    CHECK(m.book.resting(Side::sell) == Quantity{6});
    CHECK(m.book.order_count() == 5);
    CHECK(m.book.levels(Side::buy, best) == 2);
    CHECK(best[0] == PriceLevel{Price{100}, Quantity{7}});
    CHECK(best[1] == PriceLevel{Price{98}, Quantity{4}});
    CHECK(m.book.levels(Side::sell, best) == 1);
    const Depth depth = m.book.depth(Side::buy, Price{98});
    CHECK(depth.quantity == Quantity{11});
    CHECK(depth.tick_lots == 1092);  // 7 x 100 + 4 x 98
}

TEST_CASE("order book: a reduced order keeps its turn and goes with its last lot") {
    Market m;
    m.rest(1, Side::sell, 100, 5);
    m.rest(2, Side::sell, 100, 5);

    m.book.reduce({OrderId{1}, m.slot(1)}, Quantity{3});
    CHECK(m.resting() == "1s100x2 2s100x5");
    m.book.reduce({OrderId{1}, m.slot(1)}, Quantity{2});

    CHECK(m.resting() == "2s100x5");
    CHECK(m.book.resting(Side::sell) == Quantity{5});
}

TEST_CASE("order book: an auction trades what crosses at one price, in price-time order") {
    Market m;
    m.collect(buy(1, 105, 4));
    m.collect(buy(2, 101, 4));
    m.collect(sell(3, 99, 5));
    m.collect(sell(4, 100, 5));
    m.collect(sell(5, 110, 5));
    CHECK(m.fills().empty());

    m.book.uncross(Price{100}, m.events);

    // Fills name the maker, the earlier of the two; the buyer's escrow was taken at its limit.
    CHECK(m.fills() == "1@100x4 2@100x1 2@100x3");
    CHECK(m.events.fills[0].auction);
    CHECK(m.events.fills[0].buyer_limit == Price{105});
    CHECK(m.events.fills[0].taker_order == OrderId{3});
    CHECK(m.events.fills[0].taker_left == Quantity{1});
    CHECK(m.resting() == "4s100x2 5s110x5");
}

TEST_CASE("order book: in an auction an owner's later order yields to its earlier one") {
    Market m;
    m.collect(buy(1, 105, 4));
    Order own = sell(2, 99, 5);
    own.owner = account(1);
    m.collect(own);
    m.collect(sell(3, 100, 1));

    m.book.uncross(Price{100}, m.events);

    CHECK(m.removed() == "2 self_trade x5");
    CHECK(m.fills() == "1@100x1");
    CHECK(m.resting() == "1b105x3");
}
