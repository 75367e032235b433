// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <iterator>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "market/archive.hpp"
#include "tests/support/market_desk.hpp"

using namespace crowdout::market;
using namespace crowdout::market::test;

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
