// SPDX-License-Identifier: Apache-2.0
#include "market/venue.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

/// Friday 10 October 2025, New York's clock (daylight saving, 4 h behind UTC).
Time new_york(int hours, int minutes, int seconds = 0) {
    return Time{} + day * day_number({2025, 10, 10}) + hour * (hours + 4) + minute * minutes +
           second * seconds;
}

AccountId account(std::uint32_t row) {
    return {1, row};
}

/// A market and the step in hand: sends one message at a time and shows what came of it.
struct Desk {
    Market market;
    BookEvents events;
    Time now;
    std::uint64_t orders = 0;

    Desk(Session session, const TradingRules& rules, Time start, std::int64_t reference = 1'000)
        : market{instrument(session), rules, Price{reference}, start}, now{start} {}

    static Instrument instrument(Session session) {
        Instrument result;
        result.session = session;
        return result;
    }
    void send(const Message& message) {
        const Message queue[] = {message};
        events.clear();
        market.process(queue, now, now + millisecond, events);
        now = now + millisecond;
    }
    void wait_until(Time time) {
        events.clear();
        market.process({}, now, time + millisecond, events);
        now = time + millisecond;
    }
    Order order(std::uint32_t owner, Side side, std::int64_t limit, std::int64_t lots) {
        Order result;
        result.id = OrderId{++orders};
        result.owner = account(owner);
        result.side = side;
        result.limit = Price{limit};
        result.quantity = Quantity{lots};
        return result;
    }
    OrderId submit(Order sent) {
        send({.kind = MessageKind::submit, .arrival = now, .order = sent});
        return sent.id;
    }
    OrderId buy(std::uint32_t owner, std::int64_t limit, std::int64_t lots) {
        return submit(order(owner, Side::buy, limit, lots));
    }
    OrderId sell(std::uint32_t owner, std::int64_t limit, std::int64_t lots) {
        return submit(order(owner, Side::sell, limit, lots));
    }
    [[nodiscard]] Ticket last_ticket() const { return events.rested.back().ticket; }
    [[nodiscard]] Reject reject() const {
        return events.removed.empty() ? Reject::none : events.removed.back().reject;
    }
};

TradingRules halting() {
    TradingRules rules = us_equity_rules();
    rules.band.wide_at_open = Duration{0};
    rules.band.wide_at_close = Duration{0};
    return rules;
}

}  // namespace

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

    message.order.owner = account(2);
    message.arrival = desk.now;
    desk.send(message);
    CHECK(desk.reject() == Reject::unknown_order);
    CHECK(desk.events.removed.at(0).left == Quantity{7});
    CHECK_FALSE(desk.events.removed.at(0).rested);

    Message cancel{.kind = MessageKind::cancel,
                   .slot = desk.market.book().order_count() > 0 ? ticket.slot : 0,
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

namespace {

/// Lots in escrow. A buyer's depends on the limit; a seller's is lots, whatever the limit.
using Held = std::map<std::pair<OrderId, std::int64_t>, std::int64_t>;

Held::key_type escrow_of(OrderId id, Side side, Price limit) {
    return {id, side == Side::buy ? limit.value() : 0};
}

void account_for(const BookEvents& events, Held& held) {
    for (const Fill& fill : events.fills) {
        const bool taker_buys = fill.taker_side == Side::buy;
        REQUIRE(fill.price <= fill.buyer_limit);
        const OrderId buyer = taker_buys ? fill.taker_order : fill.maker_order;
        const OrderId seller = taker_buys ? fill.maker_order : fill.taker_order;
        held[escrow_of(buyer, Side::buy, fill.buyer_limit)] -= fill.quantity.value();
        held[escrow_of(seller, Side::sell, fill.price)] -= fill.quantity.value();
    }
    for (const Removed& removed : events.removed) {
        if (removed.why == Removal::triggered) continue;
        held[escrow_of(removed.id, removed.side, removed.limit)] -= removed.left.value();
    }
}

/// Random messages of every kind, over a day with an opening, halts and an outage.
struct Flow {
    std::mt19937 draw{21};
    std::uint64_t orders = 0;
    std::map<OrderId, std::pair<Ticket, Order>> resting;

    std::int64_t number(unsigned below) { return static_cast<std::int64_t>(draw() % below); }

    Message message(Time arrival) {
        Message result{.arrival = arrival, .order = {}};
        Order& order = result.order;
        const std::int64_t kind = number(10);
        if (kind < 4 && !resting.empty()) {
            auto it = resting.begin();
            std::advance(it, number(static_cast<unsigned>(resting.size())));
            order = it->second.second;
            order.type = OrderType::limit;
            result.slot = it->second.first.slot;
            result.kind = kind < 3 ? MessageKind::cancel : MessageKind::replace;
            order.limit = Price{950 + number(100)};
            order.quantity = Quantity{1 + number(20)};
            return result;
        }
        order.id = OrderId{++orders};
        order.owner = account(static_cast<std::uint32_t>(number(12)));
        order.side = static_cast<Side>(number(2));
        order.type = static_cast<OrderType>(number(20) < 16 ? 0 : number(4));
        order.time_in_force = static_cast<TimeInForce>(number(10) < 8 ? 0 : number(3));
        order.self_trade = static_cast<SelfTrade>(number(3));
        order.cause = number(2) == 0 ? Cause::quote : Cause::choice;
        order.post_only = number(8) == 0;
        order.limit = Price{920 + number(160)};
        order.stop = Price{950 + number(100)};
        order.quantity = Quantity{1 + number(20)};
        if (number(3) == 0) order.expiry = arrival + second * number(900);
        return result;
    }
};

}  // namespace

TEST_SUITE("property") {
    TEST_CASE("venue: every lot of every order is traded, rests or is returned, at its own limit") {
        // Goal: escrow can always be released. Method: random messages through a whole day; what
        // was submitted under each id and limit against fills, returns and the book. A copy made
        // half-way through a checkpoint must end with the same digest.
        TradingRules rules = us_equity_rules();
        rules.band.width = 30'000'000;
        rules.halt = minute * 2;
        rules.throttle.account_max = 40;
        rules.protection = {.fills_max = 3, .move_bp = 150};
        rules.outages = {{new_york(11, 0), new_york(11, 10)}};
        Desk desk{Session::us_equities, rules, new_york(9, 24)};
        Flow flow;
        Held held;
        Market copy;
        std::vector<Message> queue;
        while (desk.now < new_york(16, 10)) {
            const Time end = desk.now + second * 20;
            queue.clear();
            for (int k = 0; k < 12; ++k) {
                queue.push_back(flow.message(desk.now + second * k));
                const Message& sent = queue.back();
                if (sent.kind == MessageKind::cancel) continue;
                held[escrow_of(sent.order.id, sent.order.side, sent.order.limit)] +=
                    sent.order.quantity.value();
            }
            desk.events.clear();
            desk.market.process(queue, desk.now, end, desk.events);
            if (copy.statistics().last > Price{0}) {
                BookEvents ignored;
                copy.process(queue, desk.now, end, ignored);
            }
            desk.now = end;

            account_for(desk.events, held);
            for (const Removed& removed : desk.events.removed) {
                if (removed.rested) flow.resting.erase(removed.id);
            }
            for (const Rested& rested : desk.events.rested) {
                Order order;
                order.id = rested.ticket.id;
                order.owner = rested.owner;
                order.side = rested.side;
                order.cause = rested.cause;
                flow.resting[order.id] = {rested.ticket, order};
            }
            if (desk.now == new_york(12, 0)) {
                ArchiveWriter writer;
                desk.market.archive(writer);
                ArchiveReader reader{writer.bytes()};
                copy.archive(reader);
                CHECK(reader.left() == 0);
            }
        }
        CHECK(desk.market.statistics().trades > 1'000);
        CHECK(desk.market.statistics().halts > 2);
        CHECK(desk.market.statistics().auctions > 2);
        CHECK(copy.digest() == desk.market.digest());

        // What is left of the day is cancelled; then nothing is held any more.
        for (const auto& [id, open] : std::map{flow.resting}) {
            Order order = open.second;
            order.limit = Price{1};
            desk.send({.kind = MessageKind::cancel,
                       .slot = open.first.slot,
                       .arrival = desk.now,
                       .order = order});
            account_for(desk.events, held);
        }
        CHECK(desk.market.book().order_count() == 0);
        CHECK(desk.market.stops().size() == 0);
        for (const auto& [escrow, lots] : held) CHECK(lots == 0);
    }
}
