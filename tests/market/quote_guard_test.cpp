// SPDX-License-Identifier: Apache-2.0
#include "market/quote_guard.hpp"

#include <doctest/doctest.h>

using namespace crowdout::market;

namespace {

const AccountId maker{1, 0};
const AccountId rival{1, 1};
const AccountId taker{2, 0};

/// A book whose guard is told of everything, as `Market` does.
struct Guarded {
    OrderBook book;
    BookEvents events;
    QuoteGuard guard;
    std::uint64_t orders = 0;

    explicit Guarded(const QuoteProtection& rule) : guard{rule} { guard.begin_step(Price{1'000}); }

    void submit(AccountId owner, Side side, std::int64_t limit, Cause cause) {
        Order order;
        order.id = OrderId{++orders};
        order.owner = owner;
        order.side = side;
        order.cause = cause;
        order.limit = Price{limit};
        order.quantity = Quantity{1};
        events.clear();
        book.submit(order, events);
        for (const Fill& fill : events.fills) guard.note(fill);
        for (const Rested& rested : events.rested) guard.note(rested, book);
        guard.withdraw(book, events);
    }
    void quote(AccountId owner, std::int64_t limit) {
        submit(owner, Side::buy, limit, Cause::quote);
    }
    void sell(std::int64_t limit) { submit(taker, Side::sell, limit, Cause::choice); }
};

}  // namespace

TEST_CASE("quote guard: so many fills in a step withdraw all quotes of that maker, no other's") {
    Guarded desk{{.fills_max = 2}};
    desk.quote(maker, 1'000);
    desk.quote(maker, 999);
    desk.quote(maker, 998);
    desk.quote(rival, 997);
    desk.submit(maker, Side::buy, 996, Cause::choice);

    desk.sell(1'000);
    CHECK(desk.events.removed.empty());
    desk.sell(999);

    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].limit == Price{998});
    CHECK(desk.book.order_count() == 2);
}

TEST_CASE("quote guard: the count begins anew with each step and after each withdrawal") {
    Guarded desk{{.fills_max = 2}};
    for (const std::int64_t limit : {1'000, 999, 998, 997}) desk.quote(maker, limit);
    desk.sell(1'000);
    desk.guard.begin_step(Price{1'000});
    desk.sell(999);
    CHECK(desk.book.order_count() == 2);
    desk.sell(998);
    CHECK(desk.book.order_count() == 0);

    desk.quote(maker, 990);
    desk.quote(maker, 989);
    desk.sell(990);
    CHECK(desk.book.order_count() == 1);
}

TEST_CASE("quote guard: a fill too far from the step's first price withdraws, up or down") {
    Guarded desk{{.move_bp = 50}};
    desk.quote(maker, 996);
    desk.quote(maker, 995);
    desk.quote(maker, 994);
    desk.sell(996);
    CHECK(desk.book.order_count() == 2);
    desk.sell(995);
    CHECK(desk.book.order_count() == 0);

    // From then on the move is measured from 995: to 990 it is 50.3 basis points.
    desk.quote(maker, 991);
    desk.quote(maker, 990);
    desk.quote(maker, 989);
    desk.sell(991);
    CHECK(desk.book.order_count() == 2);
    desk.sell(990);
    CHECK(desk.book.order_count() == 0);

    desk.submit(maker, Side::sell, 1'010, Cause::quote);
    desk.submit(maker, Side::sell, 1'011, Cause::quote);
    desk.submit(taker, Side::buy, 1'010, Cause::choice);
    CHECK(desk.book.order_count() == 0);
}

TEST_CASE("quote guard: without a price before, no move is too far") {
    Guarded desk{{.move_bp = 50}};
    desk.guard.begin_step(Price{0});
    desk.quote(maker, 1'000);
    desk.quote(maker, 900);
    desk.sell(1'000);
    CHECK(desk.book.order_count() == 1);
}

TEST_CASE("quote guard: fills of an auction do not count") {
    Guarded desk{{.fills_max = 1}};
    desk.quote(maker, 999);
    Fill fill;
    fill.maker = maker;
    fill.maker_cause = Cause::quote;
    fill.auction = true;
    fill.price = Price{1'000};
    desk.guard.note(fill);
    desk.guard.withdraw(desk.book, desk.events);
    CHECK(desk.book.order_count() == 1);
}

TEST_CASE("quote guard: without a rule nothing is withdrawn") {
    Guarded desk{{}};
    for (const std::int64_t limit : {1'000, 900, 800}) desk.quote(maker, limit);
    desk.sell(1'000);
    desk.sell(900);
    CHECK(desk.book.order_count() == 1);
}

TEST_CASE("quote guard: quotes that have long gone are forgotten, those that rest are not") {
    Guarded desk{{.fills_max = 1}};
    desk.quote(rival, 500);
    for (int k = 0; k < 2'000; ++k) {
        desk.quote(maker, 1'000);
        desk.book.cancel(desk.events.rested[0].ticket, maker, desk.events);
    }
    desk.quote(rival, 501);
    desk.sell(501);
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].limit == Price{500});
}
