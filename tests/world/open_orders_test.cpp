// SPDX-License-Identifier: Apache-2.0
#include "world/open_orders.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "market/archive.hpp"

namespace crowdout::world {

using agents::OpenOrder;
using market::AccountId;
using market::InstrumentId;
using market::OrderId;
using market::Price;
using market::Quantity;
using market::Side;

namespace {

OpenOrder order(std::uint64_t id, std::uint16_t book, Side side, std::int64_t ticks,
                std::int64_t lots) {
    return {{OrderId{id}, 0},      InstrumentId{book}, side,
            market::Cause::choice, Price{ticks},       Quantity{lots}};
}

std::vector<std::uint64_t> ids(const OpenOrders& orders, AccountId owner) {
    std::vector<std::uint64_t> numbers;
    for (const OpenOrder& each : orders.of(owner))
        numbers.push_back(static_cast<std::uint64_t>(each.ticket.id));
    return numbers;
}

using Ids = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("open orders: an account lists its own, oldest first") {
    OpenOrders orders;
    orders.add_block(3);
    orders.add_block(2);
    orders.add({0, 2}, order(1, 0, Side::buy, 100, 5));
    orders.add({1, 0}, order(2, 0, Side::buy, 100, 5));
    orders.add({0, 2}, order(3, 1, Side::sell, 100, 5));

    CHECK(ids(orders, {0, 2}) == Ids{1, 3});
    CHECK(ids(orders, {1, 0}) == Ids{2});
    CHECK(ids(orders, {0, 0}) == Ids{});
}

TEST_CASE("open orders: one that has nothing left is forgotten, wherever it stands") {
    OpenOrders orders;
    orders.add_block(1);
    const AccountId owner{0, 0};
    for (std::uint64_t id = 1; id <= 4; ++id) orders.add(owner, order(id, 0, Side::buy, 100, 5));

    orders.set_left(owner, InstrumentId{0}, OrderId{2}, Quantity{0});
    CHECK(ids(orders, owner) == Ids{1, 3, 4});
    orders.set_left(owner, InstrumentId{0}, OrderId{4}, Quantity{0});
    orders.set_left(owner, InstrumentId{0}, OrderId{1}, Quantity{0});
    CHECK(ids(orders, owner) == Ids{3});

    orders.set_left(owner, InstrumentId{0}, OrderId{3}, Quantity{2});
    const auto list = orders.of(owner);
    REQUIRE(list.size() == 1);
    CHECK(list[0].left == Quantity{2});
}

// Goal: blocks grow from 4 slots to 8, 16 and 32 and are counted right however full they are.
TEST_CASE("open orders: an account may have any number, and lose them in any order") {
    OpenOrders orders;
    orders.add_block(2);
    const AccountId owner{0, 0};
    const AccountId neighbour{0, 1};
    orders.add(neighbour, order(1, 0, Side::sell, 100, 5));
    Ids expected;
    for (std::uint64_t id = 1; id <= 20; ++id) {
        orders.add(owner, order(id, 0, Side::buy, 100, 5));
        expected.push_back(id);
        CHECK(ids(orders, owner) == expected);
    }

    for (const std::uint64_t id :
         {20U, 1U, 11U, 2U, 19U, 10U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 12U, 13U, 14U}) {
        orders.set_left(owner, InstrumentId{0}, OrderId{id}, Quantity{0});
        std::erase(expected, id);
        CHECK(ids(orders, owner) == expected);
    }
    for (const std::uint64_t id : Ids{expected}) {
        orders.set_left(owner, InstrumentId{0}, OrderId{id}, Quantity{0});
    }
    CHECK(orders.of(owner).empty());
    CHECK(ids(orders, neighbour) == Ids{1});
}

TEST_CASE("open orders: books number their orders for themselves") {
    OpenOrders orders;
    orders.add_block(1);
    const AccountId owner{0, 0};
    orders.add(owner, order(7, 0, Side::buy, 100, 5));
    orders.add(owner, order(7, 1, Side::buy, 200, 5));

    orders.set_left(owner, InstrumentId{1}, OrderId{7}, Quantity{0});

    const auto list = orders.of(owner);
    REQUIRE(list.size() == 1);
    CHECK(list[0].instrument == InstrumentId{0});
}

TEST_CASE("open orders: purchases are worth what they set aside, sales what they would fetch") {
    OpenOrders orders;
    orders.add_block(1);
    const AccountId owner{0, 0};
    market::Instrument coin;
    coin.asset = market::AssetId{1};
    coin.money_per_tick_lot = 1;
    coin.units_per_lot = 100;
    coin.taker_fee = 500'000;  // 5 bp
    orders.add(owner, order(1, 0, Side::buy, 10'000, 30));
    orders.add(owner, order(2, 0, Side::sell, 90'000, 20));

    // 30 lots at $1 and a fee of 5 units of money each; 2,000 units of the coin at $0.02.
    CHECK(orders.worth(owner, {coin}, {0.0001, 0.02}) == doctest::Approx(30 * 1.0005 + 40));
    CHECK(orders.worth({0, 0}, {coin}, {0.0001, 0}) == doctest::Approx(30 * 1.0005));
}

// Goal: a slot of the pool that was freed is used again, and a copy from bytes goes on alike.
TEST_CASE("open orders: a checkpoint keeps lists and free places") {
    OpenOrders orders;
    orders.add_block(1);
    const AccountId owner{0, 0};
    for (std::uint64_t id = 1; id <= 3; ++id) orders.add(owner, order(id, 0, Side::buy, 100, 5));
    orders.set_left(owner, InstrumentId{0}, OrderId{2}, Quantity{0});

    market::ArchiveWriter writer;
    writer(orders);
    OpenOrders again;
    market::ArchiveReader reader{writer.bytes()};
    reader(again);
    again.add(owner, order(9, 0, Side::buy, 100, 5));

    CHECK(ids(again, owner) == Ids{1, 3, 9});
    market::ArchiveWriter longer;
    longer(again);
    // The order took the free place: the pool has not grown.
    CHECK(longer.bytes().size() == writer.bytes().size());
}

}  // namespace crowdout::world
