// SPDX-License-Identifier: Apache-2.0
#include "market/stop_orders.hpp"

#include <doctest/doctest.h>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

const AccountId alice{1, 0};
const AccountId bob{1, 1};

Order stop(std::uint64_t id, Side side, std::int64_t price) {
    Order order;
    order.id = OrderId{id};
    order.owner = alice;
    order.side = side;
    order.type = OrderType::stop;
    order.limit = Price{side == Side::buy ? price * 2 : 0};
    order.stop = Price{price};
    order.quantity = Quantity{10};
    return order;
}

std::vector<std::uint64_t> triggered(StopOrders& stops, std::int64_t last) {
    std::vector<Order> out;
    stops.trigger(Price{last}, out);
    std::vector<std::uint64_t> ids;
    for (const Order& order : out) ids.push_back(static_cast<std::uint64_t>(order.id));
    return ids;
}

using Ids = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("stop orders: a trade at or through the trigger sets them off, nearest first") {
    StopOrders stops;
    BookEvents events;
    stops.add(stop(1, Side::buy, 110), events);
    stops.add(stop(2, Side::buy, 105), events);
    stops.add(stop(3, Side::buy, 105), events);
    stops.add(stop(4, Side::sell, 95), events);
    stops.add(stop(5, Side::sell, 90), events);
    CHECK(events.rested.size() == 5);

    CHECK(triggered(stops, 100).empty());
    CHECK(triggered(stops, 110) == Ids{2, 3, 1});
    CHECK(triggered(stops, 110).empty());
    CHECK(triggered(stops, 91) == Ids{4});
    CHECK(triggered(stops, 1) == Ids{5});
    CHECK(stops.size() == 0);
    CHECK(stops.digest() == 0);
}

TEST_CASE("stop orders: they become the orders that their type says") {
    StopOrders stops;
    BookEvents events;
    Order limited = stop(2, Side::sell, 95);
    limited.type = OrderType::stop_limit;
    limited.limit = Price{94};
    stops.add(stop(1, Side::sell, 95), events);
    stops.add(limited, events);
    std::vector<Order> out;

    stops.trigger(Price{95}, out);

    REQUIRE(out.size() == 2);
    CHECK(out[0].type == OrderType::market);
    CHECK(out[1].type == OrderType::limit);
    CHECK(out[1].limit == Price{94});
    CHECK(out[1].quantity == Quantity{10});
}

TEST_CASE("stop orders: only the owner cancels, once") {
    StopOrders stops;
    BookEvents events;
    stops.add(stop(1, Side::buy, 110), events);
    const Ticket ticket = events.rested[0].ticket;

    CHECK_FALSE(stops.cancel(ticket, bob, events));
    CHECK_FALSE(stops.cancel({OrderId{2}, ticket.slot}, alice, events));
    CHECK_FALSE(stops.cancel({OrderId{1}, ticket.slot + 1}, alice, events));
    CHECK(events.removed.empty());
    CHECK(stops.cancel(ticket, alice, events));
    CHECK_FALSE(stops.cancel(ticket, alice, events));

    REQUIRE(events.removed.size() == 1);
    CHECK(events.removed[0].rested);
    CHECK(events.removed[0].left == Quantity{10});
    CHECK(triggered(stops, 200).empty());
}

TEST_CASE("stop orders: a slot used again does not wake the order that was there before") {
    StopOrders stops;
    BookEvents events;
    stops.add(stop(1, Side::buy, 110), events);
    stops.cancel(events.rested[0].ticket, alice, events);
    stops.add(stop(2, Side::buy, 150), events);
    CHECK(events.rested[1].ticket.slot == events.rested[0].ticket.slot);

    CHECK(triggered(stops, 120).empty());
    CHECK(triggered(stops, 150) == Ids{2});
}

TEST_CASE("stop orders: they expire in the order of their hours") {
    StopOrders stops;
    BookEvents events;
    Order late = stop(1, Side::buy, 110);
    late.expiry = Time{2'000};
    Order early = stop(2, Side::sell, 90);
    early.expiry = Time{1'000};
    stops.add(late, events);
    stops.add(early, events);
    stops.add(stop(3, Side::buy, 120), events);

    stops.expire(Time{999}, events);
    CHECK(events.removed.empty());
    stops.expire(Time{2'000}, events);

    REQUIRE(events.removed.size() == 2);
    CHECK(events.removed[0].id == OrderId{2});
    CHECK(events.removed[1].id == OrderId{1});
    CHECK(events.removed[1].why == Removal::expired);
    CHECK(triggered(stops, 200) == Ids{3});
}

TEST_CASE("stop orders: written and read again they trigger alike") {
    StopOrders stops;
    BookEvents events;
    for (std::uint64_t id = 1; id <= 20; ++id) {
        stops.add(stop(id, id % 2 == 0 ? Side::buy : Side::sell,
                       100 + static_cast<std::int64_t>(id * 7 % 13)),
                  events);
    }
    stops.cancel(events.rested[4].ticket, alice, events);
    ArchiveWriter writer;
    stops.archive(writer);
    StopOrders copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(reader.left() == 0);
    CHECK(copy.digest() == stops.digest());
    CHECK(triggered(copy, 106) == triggered(stops, 106));
    CHECK(copy.digest() == stops.digest());
    CHECK(copy.size() < 19);
}

TEST_CASE("stop orders: what finds no room is refused, and finds it once another has left") {
    StopOrders stops{1};
    BookEvents events;
    stops.add(stop(1, Side::buy, 100), events);
    const Ticket ticket = events.rested.back().ticket;

    stops.add(stop(2, Side::sell, 90), events);
    REQUIRE(events.removed.size() == 1);
    CHECK(events.removed[0].id == OrderId{2});
    CHECK(events.removed[0].reject == Reject::queue_full);
    CHECK_FALSE(events.removed[0].rested);
    CHECK(stops.cancel(ticket, alice, events));
    stops.add(stop(3, Side::sell, 90), events);

    CHECK(triggered(stops, 90) == Ids{3});
}
