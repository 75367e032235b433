// SPDX-License-Identifier: Apache-2.0
#include "agents/trading.hpp"

#include <doctest/doctest.h>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using market::Price;
using market::Quantity;
using market::Side;
using market::Time;

TEST_CASE("trading: time only moves forward and stops at never") {
    CHECK(agents::after(Time{5}, 2.0) == Time{2'000'000'005});
    CHECK(agents::after(Time{5}, 0.0) == Time{6});
    CHECK(agents::after(Time{5}, 1e300) == market::never);
    CHECK(agents::after(market::never, 1.0) == market::never);
}

TEST_CASE("trading: an hour is more of an equity's day than of a coin's") {
    using market::Session;
    CHECK(agents::trading_days(Session::always, 3'600) == doctest::Approx(1.0 / 24));
    CHECK(agents::trading_days(Session::us_equities, 3'600) == doctest::Approx(1 / 6.5));
    CHECK(agents::trading_days(Session::us_equities, 86'400) == 1.0);
    CHECK(agents::trading_days(Session::us_equities, 20 * 86'400.0) == 20.0);
}

TEST_CASE("trading: the worst price gives way from the opposite best, or from mid") {
    FakeMarket market{{100.0}};
    const auto& instrument = market.instruments[0];

    // Quotes at 99.99 and 100.01; 1 % beyond: 101.0101 up, 98.9901 down.
    CHECK(agents::worst_price(instrument, market.books[0], Side::buy, 0.01) == Price{10'102});
    CHECK(agents::worst_price(instrument, market.books[0], Side::sell, 0.01) == Price{9'899});
    market.books[0].ask = Price{0};
    CHECK(agents::worst_price(instrument, market.books[0], Side::buy, 0.01) == Price{10'100});
}

TEST_CASE("trading: nobody orders more than the account can back") {
    FakeMarket market{{100.0}};
    market.instruments[0].taker_fee = 1'000'000;  // 10 bp
    market.set_cash(100.10);
    market.set_holding(0, 0.25);
    const auto seen = market.see();

    // A lot is 0.01 at $100 and 10 bp: $1.001. 100 lots cost $100.10 exactly.
    CHECK(agents::lots_within_means(seen, FakeMarket::id(0), Side::buy, Price{10'000}) ==
          Quantity{100});
    CHECK(agents::lots_within_means(seen, FakeMarket::id(0), Side::sell, Price{10'000}) ==
          Quantity{25});
    CHECK(agents::lots_for(market.instruments[0], Price{10'000}, 50.0) == Quantity{49});
    CHECK(agents::lots_for(market.instruments[0], Price{10'000}, -1.0) == Quantity{0});
}

TEST_CASE("trading: cash includes what rests in buy orders") {
    FakeMarket market{{100.0}};
    market.set_cash(10.0);
    market.rest(0, Side::buy, 9'000, 50);  // 50 x 0.01 x $90
    market.rest(0, Side::sell, 11'000, 50);

    CHECK(agents::cash_with_orders(market.see()) == doctest::Approx(55.0));
}

TEST_CASE("trading: participation is a share of the day's volume over its open hours") {
    FakeMarket market{{100.0}};
    market.instruments[0].session = market::Session::us_equities;
    const auto seen = market.see();

    CHECK(agents::participation(seen, FakeMarket::id(0), 0.05, 6.5 * 3'600) ==
          doctest::Approx(5e7));
}

TEST_CASE("trading: metaorders of one account have numbers of their own") {
    const market::AccountId owner{3, 5};
    CHECK(agents::parent_id(owner, 1) != agents::parent_id(owner, 2));
    CHECK(agents::parent_id(owner, 1) != agents::parent_id({3, 6}, 1));
    CHECK(agents::parent_id(owner, 1) != market::no_parent);
}
