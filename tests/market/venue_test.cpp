// SPDX-License-Identifier: Apache-2.0
#include "market/venue.hpp"

#include <doctest/doctest.h>

#include "tests/support/market_desk.hpp"

using namespace crowdout::market;
using namespace crowdout::market::test;

TEST_CASE("venue: orders trade as they come and the day's figures follow") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    desk.sell(1, 1'010, 5);
    desk.buy(2, 1'010, 2);
    REQUIRE(desk.events.fills.size() == 1);
    desk.sell(1, 990, 5);
    desk.buy(2, 1'000, 1);

    const MarketStatistics& s = desk.market.statistics();
    CHECK(s.last == Price{990});
    CHECK(s.open == Price{1'010});
    CHECK(s.high == Price{1'010});
    CHECK(s.low == Price{990});
    CHECK(s.volume == Quantity{3});
    CHECK(s.tick_lots == 2 * 1'010 + 990);
    CHECK(s.trades == 2);

    desk.wait_until(new_york(20, 0));  // midnight UTC
    CHECK(s.close == Price{990});
    CHECK(s.open == Price{0});
    CHECK(s.volume == Quantity{0});
}

TEST_CASE("venue: what cannot be an order is refused in the order of Reject") {
    Desk desk{Session::us_equities, {}, new_york(17, 0)};
    desk.buy(1, 0, 0);
    CHECK(desk.reject() == Reject::bad_quantity);
    desk.buy(1, 1'000, 1'000'000'001);
    CHECK(desk.reject() == Reject::bad_quantity);
    desk.buy(1, 1'000, 1'000'000'000);
    CHECK(desk.reject() == Reject::session_closed);
    desk.buy(1, 0, 1);
    CHECK(desk.reject() == Reject::bad_price);
    Order stop = desk.order(1, Side::buy, 1'000, 1);
    stop.type = OrderType::stop;
    desk.submit(stop);
    CHECK(desk.reject() == Reject::bad_price);
    desk.buy(1, 1'000, 1);
    CHECK(desk.reject() == Reject::session_closed);
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].why == Removal::refused);
    CHECK(desk.events.removed[0].left == Quantity{1});
    CHECK(desk.events.removed[0].limit == Price{1'000});
    CHECK_FALSE(desk.events.removed[0].rested);
}

TEST_CASE("venue: a market seller needs no price, a market buyer does") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    desk.buy(1, 1'000, 1);
    Order sale = desk.order(2, Side::sell, 0, 1);
    sale.type = OrderType::market;
    desk.submit(sale);
    CHECK(desk.events.fills.size() == 1);
    Order purchase = desk.order(2, Side::buy, 0, 1);
    purchase.type = OrderType::market;
    desk.submit(purchase);
    CHECK(desk.reject() == Reject::bad_price);
}

TEST_CASE("venue: cancel and replace find what rests, or say that it does not") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    const OrderId id = desk.buy(1, 990, 5);
    const Ticket ticket = desk.last_ticket();
    Message message{.kind = MessageKind::replace,
                    .slot = ticket.slot,
                    .arrival = desk.now,
                    .order = desk.order(1, Side::buy, 995, 7)};
    message.order.id = id;
    desk.send(message);
    CHECK(desk.market.book().best_bid() == Price{995});
    CHECK(desk.events.removed.at(0).why == Removal::replaced);
    CHECK(desk.events.removed.at(0).left == Quantity{5});

    const Ticket moved = desk.last_ticket();
    message.slot = moved.slot;
    message.order.owner = account(2);
    message.arrival = desk.now;
    desk.send(message);
    CHECK(desk.reject() == Reject::unknown_order);
    CHECK(desk.events.removed.at(0).left == Quantity{7});
    CHECK_FALSE(desk.events.removed.at(0).rested);

    Message cancel{.kind = MessageKind::cancel,
                   .slot = moved.slot,
                   .arrival = desk.now,
                   .order = message.order};
    cancel.order.owner = account(1);
    desk.send(cancel);
    CHECK(desk.market.book().order_count() == 0);
    cancel.arrival = desk.now;
    desk.send(cancel);
    CHECK(desk.reject() == Reject::unknown_order);
}

TEST_CASE("venue: an order expires before the message that comes at its hour") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    Order bid = desk.order(1, Side::buy, 1'000, 1);
    bid.expiry = desk.now + second;
    desk.submit(bid);
    desk.wait_until(bid.expiry - millisecond * 2);
    CHECK(desk.events.removed.empty());
    const Message sale{.arrival = bid.expiry, .order = desk.order(2, Side::sell, 1'000, 1)};
    desk.events.clear();
    desk.market.process(std::span{&sale, 1}, desk.now, desk.now + second, desk.events);

    CHECK(desk.events.fills.empty());
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].why == Removal::expired);
}

TEST_CASE("venue: orders of the last minutes before the opening trade at one price") {
    Desk desk{Session::us_equities, {}, new_york(9, 0)};
    CHECK(desk.market.phase() == MarketPhase::closed);
    CHECK_FALSE(desk.market.accepts());
    CHECK(desk.market.next_change() == new_york(9, 30));
    desk.wait_until(new_york(9, 25));
    CHECK(desk.market.phase() == MarketPhase::pre_open);
    CHECK(desk.market.accepts());

    desk.buy(1, 1'020, 10);
    desk.sell(2, 1'010, 6);
    Order any = desk.order(3, Side::sell, 0, 10);
    any.type = OrderType::market;
    desk.submit(any);
    CHECK(desk.events.fills.empty());
    Order whole = desk.order(4, Side::buy, 1'020, 1);
    whole.time_in_force = TimeInForce::fill_or_kill;
    desk.submit(whole);
    CHECK(desk.reject() == Reject::session_closed);
    desk.wait_until(new_york(9, 30));

    CHECK(desk.market.phase() == MarketPhase::continuous);
    REQUIRE(desk.events.fills.size() == 1);
    // Below 1'010 the imbalance is least (10 against 10); 1'000 is where it last traded.
    CHECK(desk.events.fills[0].price == Price{1'000});
    CHECK(desk.events.fills[0].buyer_limit == Price{1'020});
    CHECK(desk.market.statistics().open == Price{1'000});
    CHECK(desk.market.statistics().auctions == 1);
    CHECK(desk.market.book().order_count() == 1);
}

TEST_CASE("venue: orders rest over night and meet the opening auction") {
    Desk desk{Session::us_equities, {}, new_york(15, 59)};
    desk.buy(1, 990, 5);
    desk.wait_until(new_york(16, 0));
    CHECK(desk.market.phase() == MarketPhase::closed);
    desk.sell(2, 980, 5);
    CHECK(desk.reject() == Reject::session_closed);

    const Time monday = new_york(9, 30) + day * 3;
    desk.wait_until(monday - minute * 5);
    desk.sell(2, 980, 5);
    desk.wait_until(monday);

    REQUIRE(desk.events.fills.size() == 1);
    CHECK(desk.events.fills[0].price == Price{990});
    CHECK(desk.events.fills[0].maker == account(1));
}

TEST_CASE("venue: orders can be allowed to queue while the market is closed") {
    TradingRules rules;
    rules.queue_while_closed = true;
    Desk desk{Session::us_equities, rules, new_york(17, 0)};
    desk.buy(1, 1'000, 5);
    desk.sell(2, 1'000, 5);
    CHECK(desk.events.fills.empty());
    CHECK(desk.market.accepts());
    desk.wait_until(new_york(9, 30) + day * 3);
    CHECK(desk.events.fills.size() == 1);
}

TEST_CASE("venue: a stop joins after the trade that reaches it, and can set off others") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    desk.buy(1, 1'000, 1);
    desk.buy(1, 990, 1);
    desk.buy(1, 980, 2);
    Order second_stop = desk.order(3, Side::sell, 0, 1);
    second_stop.type = OrderType::stop;
    second_stop.stop = Price{990};
    desk.submit(second_stop);
    Order first_stop = desk.order(4, Side::sell, 0, 1);
    first_stop.type = OrderType::stop;
    first_stop.stop = Price{1'000};
    desk.submit(first_stop);
    CHECK(desk.market.stops().size() == 2);

    desk.sell(2, 1'000, 1);

    REQUIRE(desk.events.fills.size() == 3);
    CHECK(desk.events.fills[1].taker == account(4));
    CHECK(desk.events.fills[1].price == Price{990});
    CHECK(desk.events.fills[2].taker == account(3));
    CHECK(desk.events.fills[2].price == Price{980});
    CHECK(desk.market.stops().size() == 0);
}

TEST_CASE("venue: a stop can be cancelled like any order") {
    Desk desk{Session::always, {}, new_york(10, 0)};
    Order stop = desk.order(1, Side::buy, 1'100, 3);
    stop.type = OrderType::stop_limit;
    stop.stop = Price{1'050};
    desk.submit(stop);
    desk.send({.kind = MessageKind::cancel,
               .slot = desk.last_ticket().slot,
               .arrival = desk.now,
               .order = stop});
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].why == Removal::cancelled);
    CHECK(desk.events.removed[0].left == Quantity{3});
}
