// SPDX-License-Identifier: Apache-2.0
#include "market/call_auction.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <tuple>

using namespace crowdout::market;

namespace {

Order order(std::uint64_t id, Side side, std::int64_t limit, std::int64_t lots) {
    return {.id = OrderId{id},
            .owner = AccountId{1, static_cast<std::uint32_t>(id)},
            .side = side,
            .limit = Price{limit},
            .stop = Price{},
            .quantity = Quantity{lots}};
}

std::vector<PriceLevel> levels(std::initializer_list<std::pair<int, int>> list) {
    std::vector<PriceLevel> result;
    for (const auto& [price, lots] : list) result.push_back({Price{price}, Quantity{lots}});
    return result;
}

}  // namespace

TEST_CASE("call auction: nothing trades where nobody meets") {
    CHECK_FALSE(find_cross(levels({{99, 5}}), levels({{100, 5}}), Price{100}));
    CHECK_FALSE(find_cross({}, levels({{100, 5}}), Price{100}));
    CHECK_FALSE(find_cross(levels({{99, 5}}), {}, Price{100}));
}

TEST_CASE("call auction: the price trades as much as any can") {
    // Demand at 101: 10, at 100: 30; supply at 99: 20, at 100: 25, at 101: 60.
    const auto cross = find_cross(levels({{101, 10}, {100, 20}, {98, 50}}),
                                  levels({{99, 20}, {100, 5}, {101, 35}}), Price{98});
    CHECK(cross == Cross{Price{100}, Quantity{25}, Quantity{5}});
}

TEST_CASE("call auction: among equal volumes the least imbalance decides") {
    // 10 trade at 100 and at 101: at 100 there are 25 buyers for 10, at 101 10 for 10.
    const auto cross = find_cross(levels({{101, 10}, {100, 15}}), levels({{99, 10}}), Price{90});
    CHECK(cross == Cross{Price{101}, Quantity{10}, Quantity{0}});
}

TEST_CASE("call auction: then the price nearest to the reference, limit or not") {
    const auto bids = levels({{110, 10}});
    const auto asks = levels({{90, 10}});
    CHECK(find_cross(bids, asks, Price{97})->price == Price{97});
    CHECK(find_cross(bids, asks, Price{80})->price == Price{90});
    CHECK(find_cross(bids, asks, Price{200})->price == Price{110});
}

TEST_CASE("call auction: orders collected trade at one price and escrow is known at each limit") {
    OrderBook book;
    CallAuction auction;
    BookEvents events;
    book.submit(order(1, Side::sell, 100, 10), events);  // rested before the call
    auction.collect(order(2, Side::buy, 105, 6), book, events);
    auction.collect(order(3, Side::buy, 103, 6), book, events);
    auction.collect(order(4, Side::sell, 102, 1), book, events);
    CHECK(events.fills.empty());

    const auto cross = auction.uncross(Price{101}, book, events);

    // 100 and 101: 12 against 10; 102 and 103: 12 against 11.
    CHECK(cross == Cross{Price{102}, Quantity{11}, Quantity{1}});
    REQUIRE(events.fills.size() == 3);
    for (const Fill& fill : events.fills) {
        CHECK(fill.price == Price{102});
        CHECK(fill.auction);
    }
    CHECK(events.fills[0].buyer_limit == Price{105});
    CHECK(events.fills[0].quantity == Quantity{6});
    CHECK(events.fills[1].buyer_limit == Price{103});
    CHECK(events.fills[1].quantity == Quantity{4});
    CHECK(events.fills[2].maker_order == OrderId{3});
    CHECK(events.fills[2].taker_order == OrderId{4});
    CHECK(book.best_bid() == Price{103});  // one lot of order 3 is left
    CHECK_FALSE(book.best_ask());
}

TEST_CASE("call auction: what may not rest is returned after the call") {
    OrderBook book;
    CallAuction auction;
    BookEvents events;
    Order any_price = order(1, Side::sell, 0, 10);
    any_price.type = OrderType::market;
    Order at_once = order(2, Side::buy, 101, 4);
    at_once.time_in_force = TimeInForce::immediate_or_cancel;
    Order missed = order(3, Side::buy, 90, 4);
    missed.time_in_force = TimeInForce::immediate_or_cancel;

    auction.collect(any_price, book, events);
    auction.collect(at_once, book, events);
    auction.collect(missed, book, events);
    const auto cross = auction.uncross(Price{100}, book, events);

    // Up to 90: 8 trade; from 91 to 101: 4. A buyer at 90 sets the price.
    CHECK(cross == Cross{Price{90}, Quantity{8}, Quantity{-2}});
    REQUIRE(events.removed.size() == 1);
    CHECK(events.removed[0].id == OrderId{1});
    CHECK(events.removed[0].why == Removal::unfilled);
    CHECK(events.removed[0].left == Quantity{2});
    CHECK(book.order_count() == 0);

    events.clear();
    auction.collect(at_once, book, events);
    CHECK_FALSE(auction.uncross(Price{100}, book, events));
    CHECK(events.removed.size() == 1);
    CHECK(book.order_count() == 0);
}

TEST_CASE("call auction: a self-trade leaves no crossed book behind") {
    OrderBook book;
    CallAuction auction;
    BookEvents events;
    Order own_sell = order(2, Side::sell, 99, 10);
    own_sell.owner = AccountId{1, 1};
    auction.collect(order(1, Side::buy, 105, 10), book, events);
    auction.collect(own_sell, book, events);
    auction.collect(order(3, Side::sell, 104, 3), book, events);

    auction.uncross(Price{100}, book, events);

    REQUIRE(events.fills.size() == 1);
    CHECK(events.fills[0].quantity == Quantity{3});
    CHECK(events.fills[0].price == Price{104});
    CHECK(book.best_bid() == Price{105});
    CHECK_FALSE(book.best_ask());
}

TEST_CASE("call auction: more crossing levels than the first buffer holds are all seen") {
    OrderBook book;
    CallAuction auction;
    BookEvents events;
    for (std::uint64_t k = 0; k < 500; ++k) {
        auction.collect(order(2 * k + 1, Side::buy, 2'000 - static_cast<std::int64_t>(k), 1), book,
                        events);
        auction.collect(order(2 * k + 2, Side::sell, 1 + static_cast<std::int64_t>(k), 1), book,
                        events);
    }
    CHECK(auction.uncross(Price{1'000}, book, events) ==
          Cross{Price{1'000}, Quantity{500}, Quantity{0}});
    CHECK(book.order_count() == 0);
}

TEST_SUITE("property") {
    TEST_CASE("call auction: agrees with trying every price") {
        // Goal: the rules, whatever the books. Method: for each price count who would trade,
        // and choose by the rules in order, the lower price last; then check the fills against
        // priority.
        std::mt19937 draw{3};
        const auto number = [&](unsigned below) {
            return static_cast<std::int64_t>(draw() % below);
        };
        for (int trial = 0; trial < 3'000; ++trial) {
            OrderBook book;
            CallAuction auction;
            BookEvents events;
            std::vector<Order> orders;
            const auto count = static_cast<std::uint64_t>(1 + number(20));
            const auto span = static_cast<unsigned>(2 + number(30));
            for (std::uint64_t id = 1; id <= count; ++id) {
                const Side side = number(2) == 0 ? Side::buy : Side::sell;
                const std::int64_t limit = 50 + number(span);
                orders.push_back(order(id, side, limit, 1 + number(9)));
                auction.collect(orders.back(), book, events);
            }
            const std::int64_t reference = 40 + number(50);

            std::int64_t best_volume = 0;
            std::int64_t best_imbalance = 0;
            std::int64_t best_price = 0;
            for (std::int64_t price = 1; price < 120; ++price) {
                std::int64_t bought = 0;
                std::int64_t sold = 0;
                for (const Order& o : orders) {
                    if (o.side == Side::buy && o.limit.value() >= price)
                        bought += o.quantity.value();
                    if (o.side == Side::sell && o.limit.value() <= price)
                        sold += o.quantity.value();
                }
                const std::int64_t volume = std::min(bought, sold);
                const auto rank = [&](std::int64_t v, std::int64_t i, std::int64_t p) {
                    return std::tuple{-v, std::abs(i), std::abs(p - reference), p};
                };
                if (volume > 0 &&
                    (best_volume == 0 || rank(volume, bought - sold, price) <
                                             rank(best_volume, best_imbalance, best_price))) {
                    best_volume = volume;
                    best_imbalance = bought - sold;
                    best_price = price;
                }
            }

            const auto cross = auction.uncross(Price{reference}, book, events);

            CHECK(cross.has_value() == (best_volume > 0));
            if (!cross) continue;
            CHECK(*cross ==
                  Cross{Price{best_price}, Quantity{best_volume}, Quantity{best_imbalance}});
            std::map<OrderId, std::int64_t> traded;
            std::int64_t volume = 0;
            for (const Fill& fill : events.fills) {
                CHECK(fill.price == cross->price);
                traded[fill.maker_order] += fill.quantity.value();
                traded[fill.taker_order] += fill.quantity.value();
                volume += fill.quantity.value();
                const bool maker_buys = fill.taker_side == Side::sell;
                const OrderId buyer = maker_buys ? fill.maker_order : fill.taker_order;
                CHECK(fill.buyer_limit == orders[index(buyer) - 1].limit);
            }
            CHECK(volume == best_volume);
            // Nobody trades while someone with a better price, or the same and earlier, waits.
            for (const Order& ahead : orders) {
                for (const Order& behind : orders) {
                    if (ahead.side != behind.side || traded[behind.id] == 0) continue;
                    const bool better = ahead.side == Side::buy ? ahead.limit > behind.limit
                                                                : ahead.limit < behind.limit;
                    const bool earlier = ahead.limit == behind.limit && ahead.id < behind.id;
                    if (better || earlier) CHECK(traded[ahead.id] == ahead.quantity.value());
                }
            }
            if (book.best_bid() && book.best_ask()) CHECK(*book.best_bid() < *book.best_ask());
        }
    }
}
