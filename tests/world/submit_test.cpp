// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using agents::IntentKind;
using market::Order;
using market::Reject;
using market::Side;

namespace {

// One lot of COIN at $100.00 (10,000 ticks) is $1, or 10,000 units of money; its dearest fee is
// 5 bp of it: 5 units. A lot is 100 ledger units of COIN.
constexpr std::int64_t par = 10'000;
constexpr std::int64_t lot_cost = 10'005;
constexpr std::int64_t opening_cash = 1'000'000'000;  // $400k over four members, in 1e-4 dollars
constexpr std::int64_t opening_coins = 10'000'000;    // 1,000 coins each

}  // namespace

TEST_CASE("submit: a purchase sets aside its cost and its dearest fee at the limit") {
    WorldProbe probe = test::quiet_probe();
    const auto buyer = probe.account("hands", 0);
    REQUIRE(probe.balance(buyer, "USD") == opening_cash);

    probe.send("COIN", probe.order(buyer, Side::buy, par, 30));
    probe.step();

    CHECK(probe.balance(buyer, "USD") == opening_cash - 30 * lot_cost);
    const auto orders = probe.open_orders(buyer);
    REQUIRE(orders.size() == 1);
    CHECK(orders[0].left == market::Quantity{30});
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("submit: a sale sets aside what is sold") {
    WorldProbe probe = test::quiet_probe();
    const auto seller = probe.account("hands", 1);
    REQUIRE(probe.balance(seller, "COIN") == opening_coins);

    probe.send("COIN", probe.order(seller, Side::sell, par, 30));
    probe.step();

    CHECK(probe.balance(seller, "COIN") == opening_coins - 30 * 100);
    CHECK(probe.balance(seller, "USD") == opening_cash);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("submit: a cancelled order gives back all that it set aside") {
    WorldProbe probe = test::quiet_probe();
    const auto buyer = probe.account("hands", 0);
    probe.send("COIN", probe.order(buyer, Side::buy, par, 30));
    probe.step();
    const agents::OpenOrder open = probe.open_orders(buyer).at(0);

    Order cancel;
    cancel.owner = buyer;
    cancel.id = open.ticket.id;
    probe.send("COIN", cancel, IntentKind::cancel, open.ticket.slot);
    probe.step();

    CHECK(probe.balance(buyer, "USD") == opening_cash);
    CHECK(probe.open_orders(buyer).empty());
}

TEST_CASE("submit: a replacement is backed in full before what it replaces is released") {
    WorldProbe probe = test::quiet_probe();
    const auto buyer = probe.account("hands", 0);
    // $100,000 pay 99,950 lots at $100. An order for 60,000 cannot be replaced by another: both
    // would have to be backed for a moment.
    probe.send("COIN", probe.order(buyer, Side::buy, par, 60'000));
    probe.step();
    const agents::OpenOrder open = probe.open_orders(buyer).at(0);

    Order wanted = probe.order(buyer, Side::buy, par - 1, 60'000);
    wanted.id = open.ticket.id;
    probe.send("COIN", wanted, IntentKind::replace, open.ticket.slot);
    probe.step();
    CHECK(probe.rejects(Reject::insufficient_cash) == 1);
    CHECK(probe.open_orders(buyer).at(0).limit == market::Price{par});

    wanted.quantity = market::Quantity{30'000};
    probe.send("COIN", wanted, IntentKind::replace, open.ticket.slot);
    probe.step();

    // At $99.99 a lot costs 9,999 and its fee is 4.9995, rounded up.
    CHECK(probe.balance(buyer, "USD") == opening_cash - 30'000 * (9'999 + 5));
    REQUIRE(probe.open_orders(buyer).size() == 1);
    CHECK(probe.open_orders(buyer)[0].left == market::Quantity{30'000});
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("submit: a reduce-only sale is clipped to what is held") {
    WorldProbe probe = test::quiet_probe();
    const auto seller = probe.account("hands", 0);
    Order order = probe.order(seller, Side::sell, par, 1'000'000);
    order.reduce_only = true;

    probe.send("COIN", order);
    probe.step();

    CHECK(probe.balance(seller, "COIN") == 0);
    CHECK(probe.open_orders(seller).at(0).left == market::Quantity{opening_coins / 100});
}

// Goal: of everything that is wrong with an order, the first in the order of `Reject` is told.
// Method: start from an order that is wrong in every way and mend one thing at a time.
TEST_CASE("submit: refusals follow their order of precedence") {
    WorldProbe probe = test::quiet_probe();
    const auto trust = probe.account("hedge", 0);  // it has no column for NOTE
    const auto hand = probe.account("hands", 2);
    const auto refused = [&](Reject why) {
        const std::uint64_t before = probe.rejects(why);
        probe.step();
        return probe.rejects(why) - before;
    };

    Order order = probe.order(trust, Side::buy, 0, 0);
    order.reduce_only = true;
    agents::Intent unknown;
    unknown.instrument = market::InstrumentId{77};
    unknown.order = order;
    probe.send(unknown);
    CHECK(refused(Reject::unknown_instrument) == 1);

    probe.send("NOTE", order);
    CHECK(refused(Reject::not_permitted) == 1);

    order.owner = hand;
    probe.send("STOCK", order);
    CHECK(refused(Reject::bad_quantity) == 1);

    order.quantity = market::Quantity{1'000'000'000};
    probe.send("STOCK", order);
    CHECK(refused(Reject::bad_price) == 1);

    // 11:00 and later in New York; come back at night, when no order is collected.
    probe.run_until(market::Time{1'774'929'600'000'000'000});  // 2026-03-31T04:00Z
    order.limit = market::Price{5'000};
    probe.send("STOCK", order);
    CHECK(refused(Reject::session_closed) == 1);

    probe.send("COIN", order);
    CHECK(refused(Reject::would_not_reduce) == 1);

    order.reduce_only = false;
    probe.send("COIN", order);
    CHECK(refused(Reject::insufficient_cash) == 1);

    order.side = Side::sell;
    probe.send("COIN", order);
    CHECK(refused(Reject::insufficient_holding) == 1);

    CHECK(probe.world().market(probe.instrument("COIN")).book().best_bid() == std::nullopt);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("submit: a refusal is counted with who asked, wherever it comes from") {
    WorldProbe probe = test::quiet_probe();
    const auto hand = probe.account("hands", 0);
    const auto hedge = probe.account("hedge", 0);
    const auto refused = [&](market::AccountId who, Reject why) {
        return probe.world().refusals(who.block(), why);
    };
    probe.send("COIN", probe.order(hand, Side::buy, par, 1'000'000));  // $1m of $100k
    probe.send("COIN", probe.order(hand, Side::buy, par, 0));
    probe.send("COIN", probe.order(hedge, Side::buy, par, 0));
    probe.send("COIN", probe.order(hedge, Side::sell, par, 10));
    Order maker = probe.order(probe.account("hands", 1), Side::buy, par, 10);
    maker.post_only = true;  // it would meet the sale: the book refuses
    probe.send("COIN", maker);
    probe.step();

    CHECK(refused(hand, Reject::insufficient_cash) == 1);
    CHECK(refused(hand, Reject::bad_quantity) == 1);
    CHECK(refused(hedge, Reject::bad_quantity) == 1);
    CHECK(refused(hand, Reject::post_only_would_take) == 1);
    CHECK(refused(hedge, Reject::post_only_would_take) == 0);
    CHECK(probe.rejects(Reject::bad_quantity) == 2);
}

}  // namespace crowdout::world
