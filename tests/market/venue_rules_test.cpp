// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <vector>

#include "tests/support/market_desk.hpp"

using namespace crowdout::market;
using namespace crowdout::market::test;

TEST_CASE("venue: an order takes what lies within the band, then the book halts and reopens") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    CHECK(desk.market.band().lower == Price{950});
    CHECK(desk.market.band().upper == Price{1'050});
    desk.buy(1, 960, 3);
    desk.buy(1, 940, 3);

    desk.sell(2, 900, 5);

    REQUIRE(desk.events.fills.size() == 1);
    CHECK(desk.events.fills[0].price == Price{960});
    CHECK(desk.market.phase() == MarketPhase::halted);
    CHECK(desk.market.accepts());
    CHECK(desk.market.statistics().halts == 1);
    CHECK(desk.market.book().quantity_at(Side::sell, Price{900}) == Quantity{2});
    const Time reopening = desk.now - millisecond + minute * 5;

    desk.buy(3, 930, 10);
    CHECK(desk.events.fills.empty());
    Order at_once = desk.order(4, Side::buy, 955, 1);
    at_once.time_in_force = TimeInForce::immediate_or_cancel;
    desk.submit(at_once);
    CHECK(desk.events.removed.empty());  // it waits for the call
    desk.wait_until(reopening - millisecond * 2);
    CHECK(desk.market.phase() == MarketPhase::halted);
    desk.wait_until(reopening);

    CHECK(desk.market.phase() == MarketPhase::continuous);
    // Two for sale at 900: 14 bid at 930, 4 at 940, 1 at 955. Two trade up to 940, and there
    // two bids are left over, the fewest; nearest to the last price of 960 it is 940.
    REQUIRE(desk.events.fills.size() == 2);
    CHECK(desk.events.fills[0].price == Price{940});
    CHECK(desk.events.fills[0].buyer_limit == Price{955});
    CHECK(desk.events.fills[1].price == Price{940});
    CHECK(desk.market.band().lower == Price{893});  // 5 % under 940, rounded inwards
    CHECK(desk.market.book().best_bid() == Price{940});
}

TEST_CASE("venue: a buyer's escrow is known at its own limit where the band cut it short") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    desk.sell(1, 1'000, 1);
    desk.buy(2, 1'200, 3);
    REQUIRE(desk.events.fills.size() == 1);
    CHECK(desk.events.fills[0].buyer_limit == Price{1'200});
    CHECK(desk.market.phase() == MarketPhase::continuous);  // nobody sells beyond the band
    CHECK(desk.market.book().quantity_at(Side::buy, Price{1'200}) == Quantity{2});

    // A seller would trade at 1'200, outside: the book halts instead.
    desk.sell(3, 1'000, 1);
    CHECK(desk.events.fills.empty());
    CHECK(desk.market.phase() == MarketPhase::halted);
}

TEST_CASE("venue: an order that would trade at its very limit beyond the band halts the book") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    desk.sell(1, 1'060, 1);
    desk.buy(2, 1'060, 1);
    CHECK(desk.events.fills.empty());
    CHECK(desk.market.phase() == MarketPhase::halted);

    Desk other{Session::us_equities, halting(), new_york(10, 0)};
    other.buy(1, 940, 1);
    other.sell(2, 940, 1);
    CHECK(other.events.fills.empty());
    CHECK(other.market.phase() == MarketPhase::halted);
}

TEST_CASE("venue: a band is rounded inwards, and there is none without a reference") {
    const Desk uneven{Session::us_equities, halting(), new_york(10, 0), 1'001};
    CHECK(uneven.market.band().lower == Price{951});    // 950.95
    CHECK(uneven.market.band().upper == Price{1'051});  // 1051.05

    Desk unknown{Session::us_equities, halting(), new_york(10, 0), 0};
    unknown.buy(1, 5'000, 1);
    unknown.sell(2, 1, 1);
    CHECK(unknown.events.fills.size() == 1);
    unknown.wait_until(new_york(10, 1));
    unknown.buy(1, 1, 1);
    CHECK(unknown.market.band().upper == Price{5'250});
}

TEST_CASE("venue: the trades of an auction count in the mean that follows") {
    Desk desk{Session::us_equities, halting(), new_york(9, 26)};
    desk.buy(1, 1'100, 1);
    desk.sell(2, 1'100, 1);
    desk.wait_until(new_york(9, 30));
    CHECK(desk.market.band().upper == Price{1'155});
    desk.buy(1, 1'080, 1);
    desk.sell(2, 1'080, 1);
    desk.wait_until(new_york(9, 31));
    desk.buy(1, 1'000, 1);
    // Mean 1'090: 5 % up is 1'144.5, rounded inwards.
    CHECK(desk.market.band().upper == Price{1'144});
}

TEST_CASE("venue: what may not wait is returned when its order halts the book") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    desk.buy(1, 940, 5);
    Order sale = desk.order(2, Side::sell, 0, 5);
    sale.type = OrderType::market;
    desk.submit(sale);
    CHECK(desk.market.phase() == MarketPhase::halted);
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].why == Removal::unfilled);
    CHECK(desk.events.removed[0].left == Quantity{5});
    CHECK(desk.events.removed[0].limit == Price{0});
}

TEST_CASE("venue: the band is twice as wide after the opening and before the close") {
    Desk desk{Session::us_equities, us_equity_rules(), new_york(9, 40)};
    CHECK(desk.market.band().upper == Price{1'100});
    desk.wait_until(new_york(9, 45));
    desk.buy(1, 900, 1);
    CHECK(desk.market.band().upper == Price{1'050});
    desk.wait_until(new_york(15, 35));
    desk.buy(1, 900, 1);
    CHECK(desk.market.band().upper == Price{1'100});
}

TEST_CASE("venue: where bands refuse, limits beyond are bad prices and market orders stop short") {
    TradingRules rules;
    rules.band.action = BandAction::reject;
    Desk desk{Session::always, rules, new_york(10, 0)};
    desk.sell(1, 1'040, 1);
    desk.sell(1, 1'060, 1);
    desk.buy(2, 1'051, 1);
    CHECK(desk.reject() == Reject::bad_price);
    Order purchase = desk.order(2, Side::buy, 2'000, 5);
    purchase.type = OrderType::market;
    desk.submit(purchase);
    REQUIRE(desk.events.fills.size() == 1);
    CHECK(desk.events.fills[0].price == Price{1'040});
    CHECK(desk.events.fills[0].buyer_limit == Price{2'000});
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].left == Quantity{4});
    CHECK(desk.events.removed[0].limit == Price{2'000});
    CHECK(desk.market.statistics().halts == 0);
}

TEST_CASE("venue: a replacement cannot trade while the book is halted") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    const OrderId id = desk.buy(1, 940, 5);
    const Ticket ticket = desk.last_ticket();
    desk.sell(2, 930, 5);
    REQUIRE(desk.market.phase() == MarketPhase::halted);
    Message message{.kind = MessageKind::replace,
                    .slot = ticket.slot,
                    .arrival = desk.now,
                    .order = desk.order(1, Side::buy, 960, 4)};
    message.order.id = id;

    desk.send(message);

    CHECK(desk.events.fills.empty());
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].why == Removal::replaced);
    CHECK(desk.events.removed[0].left == Quantity{5});
    CHECK(desk.events.rested.at(0).limit == Price{960});
    CHECK(desk.market.book().best_bid() == Price{960});
}

TEST_CASE("venue: a smaller quantity keeps its place, also while the book is halted") {
    Desk desk{Session::us_equities, halting(), new_york(10, 0)};
    const OrderId first = desk.buy(1, 940, 5);
    const Ticket ticket = desk.last_ticket();
    desk.buy(3, 940, 5);
    desk.sell(2, 940, 5);
    REQUIRE(desk.market.phase() == MarketPhase::halted);
    for (const std::int64_t lots : {4, 4}) {  // smaller, then the same
        Message message{.kind = MessageKind::replace,
                        .slot = ticket.slot,
                        .arrival = desk.now,
                        .order = desk.order(1, Side::buy, 940, lots)};
        message.order.id = first;
        desk.send(message);
        CHECK(desk.last_ticket() == ticket);
    }

    desk.wait_until(new_york(10, 6));

    REQUIRE(desk.events.fills.size() == 2);
    CHECK(desk.events.fills[0].maker == account(1));
    CHECK(desk.events.fills[0].quantity == Quantity{4});
    CHECK(desk.events.fills[1].maker == account(3));
}

TEST_CASE("venue: a post-only replacement that would take is refused and the old order stays") {
    for (const TradingRules& rules : {TradingRules{}, halting()}) {
        Desk desk{Session::us_equities, rules, new_york(10, 0)};
        desk.sell(2, 1'000, 5);
        Order quote = desk.order(1, Side::buy, 990, 5);
        quote.post_only = true;
        desk.submit(quote);
        Message message{.kind = MessageKind::replace,
                        .slot = desk.last_ticket().slot,
                        .arrival = desk.now,
                        .order = quote};
        message.order.limit = Price{1'000};
        desk.send(message);
        CHECK(desk.reject() == Reject::post_only_would_take);
        CHECK(desk.events.fills.empty());
        CHECK(desk.market.book().best_bid() == Price{990});
    }
}

TEST_CASE("venue: a halt ends with the session, and what was collected waits for the opening") {
    Desk desk{Session::us_equities, halting(), new_york(15, 58)};
    desk.buy(1, 940, 5);
    desk.sell(2, 930, 5);
    REQUIRE(desk.market.phase() == MarketPhase::halted);
    Order at_once = desk.order(3, Side::buy, 935, 1);
    at_once.time_in_force = TimeInForce::immediate_or_cancel;
    desk.submit(at_once);
    desk.wait_until(new_york(16, 0));
    CHECK(desk.market.phase() == MarketPhase::closed);
    CHECK(desk.events.removed.size() == 1);
    CHECK(desk.events.fills.empty());
    desk.wait_until(new_york(9, 30) + day * 3);
    CHECK(desk.events.fills.size() == 1);
}

TEST_CASE("venue: an outage answers nobody, and delays an opening that falls into it") {
    TradingRules rules;
    rules.outages = {{new_york(9, 28), new_york(9, 40)}};
    Desk desk{Session::us_equities, rules, new_york(9, 26)};
    desk.buy(1, 1'000, 1);
    const Ticket ticket = desk.last_ticket();
    desk.sell(2, 1'000, 1);
    desk.wait_until(new_york(9, 30));
    CHECK(desk.market.phase() == MarketPhase::down);
    CHECK(desk.events.fills.empty());
    desk.buy(3, 1'000, 1);
    CHECK(desk.reject() == Reject::halted);
    Order gone = desk.order(1, Side::buy, 1'000, 1);
    gone.id = ticket.id;
    desk.send(
        {.kind = MessageKind::cancel, .slot = ticket.slot, .arrival = desk.now, .order = gone});
    CHECK(desk.reject() == Reject::halted);
    CHECK(desk.market.book().order_count() == 2);

    desk.wait_until(new_york(9, 40));
    CHECK(desk.market.phase() == MarketPhase::continuous);
    CHECK(desk.events.fills.size() == 1);
}

TEST_CASE("venue: too many messages are refused, cancels never") {
    TradingRules rules;
    rules.throttle.account_max = 2;
    Desk desk{Session::always, rules, new_york(10, 0)};
    const Order first = desk.order(1, Side::buy, 990, 1);
    desk.submit(first);
    const Ticket ticket = desk.last_ticket();
    desk.buy(1, 990, 1);
    desk.buy(1, 990, 1);
    CHECK(desk.reject() == Reject::throttled);
    desk.send(
        {.kind = MessageKind::cancel, .slot = ticket.slot, .arrival = desk.now, .order = first});
    CHECK(desk.events.removed.at(0).why == Removal::cancelled);
    desk.wait_until(new_york(10, 0, 10));
    desk.buy(1, 990, 1);
    CHECK(desk.reject() == Reject::none);
}

TEST_CASE("venue: a maker's quotes are withdrawn after so many fills in a step") {
    TradingRules rules;
    rules.protection.fills_max = 2;
    Desk desk{Session::always, rules, new_york(10, 0)};
    for (const std::int64_t limit : {1'000, 999, 998, 997}) {
        Order quote = desk.order(1, Side::buy, limit, 1);
        quote.cause = Cause::quote;
        desk.submit(quote);
    }
    desk.buy(1, 996, 1);  // no quote: it stays
    // Two sales in one step reach the maker twice, two in two steps do not.
    desk.sell(2, 1'000, 1);
    desk.sell(2, 999, 1);
    CHECK(desk.events.removed.empty());
    std::vector<Message> queue;
    queue.push_back({.arrival = desk.now, .order = desk.order(2, Side::sell, 998, 1)});
    desk.events.clear();
    Order quote = desk.order(1, Side::sell, 1'010, 1);
    quote.cause = Cause::quote;
    queue.insert(queue.begin(), {.arrival = desk.now, .order = quote});
    queue.push_back({.arrival = desk.now, .order = desk.order(2, Side::sell, 997, 1)});
    queue.push_back({.arrival = desk.now, .order = desk.order(3, Side::buy, 1'010, 1)});
    desk.market.process(queue, desk.now, desk.now + second, desk.events);

    CHECK(desk.events.fills.size() == 2);
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].id == quote.id);
    CHECK(desk.market.book().quantity_at(Side::buy, Price{996}) == Quantity{1});
}

TEST_CASE("venue: a maker's quotes are withdrawn after a move of so many basis points") {
    TradingRules rules;
    rules.protection.move_bp = 100;
    Desk desk{Session::always, rules, new_york(10, 0)};
    for (const std::int64_t limit : {995, 990, 985}) {
        Order quote = desk.order(1, Side::buy, limit, 1);
        quote.cause = Cause::quote;
        desk.submit(quote);
    }
    const Message queue[] = {{.arrival = desk.now, .order = desk.order(2, Side::sell, 995, 1)},
                             {.arrival = desk.now, .order = desk.order(2, Side::sell, 990, 1)},
                             {.arrival = desk.now, .order = desk.order(2, Side::sell, 985, 1)}};
    desk.events.clear();
    desk.market.process(queue, desk.now, desk.now + second, desk.events);

    // 990 is 1 % under the 1'000 before the step; the quote at 985 is gone in time.
    CHECK(desk.events.fills.size() == 2);
    REQUIRE(desk.events.removed.size() == 1);
    CHECK(desk.events.removed[0].limit == Price{985});
    CHECK(desk.market.book().best_ask() == Price{985});
}
