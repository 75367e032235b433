// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using market::Order;
using market::OrderType;
using market::Side;
using market::TimeInForce;

namespace {

// COIN: a lot at $100.00 (10,000 ticks) is $1, or 10,000 units of money, and 100 units of COIN.
// The maker pays 1 bp, the taker 5 bp.
constexpr std::int64_t opening_cash = 1'000'000'000;
constexpr std::int64_t opening_coins = 10'000'000;

Order taking(WorldProbe& probe, market::AccountId who, Side side, std::int64_t ticks,
             std::int64_t lots) {
    Order order = probe.order(who, side, ticks, lots);
    order.time_in_force = TimeInForce::immediate_or_cancel;
    return order;
}

}  // namespace

TEST_CASE("settle: a fill at a better price gives the buyer the difference back") {
    WorldProbe probe = test::quiet_probe();
    const auto seller = probe.account("hands", 0);
    const auto buyer = probe.account("hands", 1);
    const auto venue = probe.account("bourse");
    probe.send("COIN", probe.order(seller, Side::sell, 9'900, 50));
    probe.send("COIN", taking(probe, buyer, Side::buy, 10'100, 50));

    probe.step();

    // 50 lots at 9,900: 495,000. The maker's fee is 49.5, the taker's 247.5, each rounded up.
    CHECK(probe.balance(buyer, "USD") == opening_cash - 495'000 - 248);
    CHECK(probe.balance(buyer, "COIN") == opening_coins + 5'000);
    CHECK(probe.balance(seller, "USD") == opening_cash + 495'000 - 50);
    CHECK(probe.balance(seller, "COIN") == opening_coins - 5'000);
    CHECK(probe.balance(venue, "USD") == 298);
    CHECK(probe.open_orders(buyer).empty());
    CHECK(probe.open_orders(seller).empty());
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("settle: what a partial fill leaves rests with its own escrow") {
    WorldProbe probe = test::quiet_probe();
    const auto seller = probe.account("hands", 0);
    const auto buyer = probe.account("hands", 1);
    probe.send("COIN", probe.order(seller, Side::sell, 9'900, 20));
    probe.send("COIN", probe.order(buyer, Side::buy, 10'000, 50));

    probe.step();

    // 20 lots trade at 9,900 with a fee of 99; 30 wait at 10,000 with 5 a lot for their fee.
    CHECK(probe.balance(buyer, "USD") == opening_cash - 198'000 - 99 - 30 * 10'005);
    REQUIRE(probe.open_orders(buyer).size() == 1);
    CHECK(probe.open_orders(buyer)[0].left == market::Quantity{30});
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("settle: a taker walks the book and pays each maker its own price") {
    WorldProbe probe = test::quiet_probe();
    const auto buyer = probe.account("hands", 3);
    for (std::uint32_t maker = 0; maker < 3; ++maker) {
        probe.send("COIN", probe.order(probe.account("hands", maker), Side::sell,
                                       10'000 + 100 * maker, 10));
    }
    probe.send("COIN", taking(probe, buyer, Side::buy, 10'100, 100));

    probe.step();

    // 10 at 10,000 (fee 50) and 10 at 10,100 (fee 50.5, rounded up); 80 find nobody.
    CHECK(probe.balance(buyer, "USD") == opening_cash - 100'000 - 50 - 101'000 - 51);
    CHECK(probe.balance(probe.account("hands", 0), "USD") == opening_cash + 100'000 - 10);
    CHECK(probe.balance(probe.account("hands", 1), "USD") == opening_cash + 101'000 - 11);
    CHECK(probe.balance(probe.account("hands", 2), "USD") == opening_cash);
    CHECK(probe.open_orders(probe.account("hands", 2)).size() == 1);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("settle: the flow matrix tells who paid whom for a trade") {
    WorldProbe probe = test::quiet_probe();
    const auto seller = probe.account("hedge", 0);
    const auto buyer = probe.account("hands", 1);
    probe.send("COIN", probe.order(seller, Side::sell, 10'000, 50));
    probe.send("COIN", taking(probe, buyer, Side::buy, 10'000, 50));

    probe.step();

    const FlowMatrix& flows = probe.economy().flows;
    const std::uint32_t venue = probe.account("bourse").block();
    CHECK(flows.total(buyer.block(), seller.block(), market::Reason::trades) ==
          market::Money{500'000});
    CHECK(flows.total(buyer.block(), venue, market::Reason::fees) == market::Money{250});
    CHECK(flows.total(seller.block(), venue, market::Reason::fees) == market::Money{50});
}

// Goal: escrow follows a stop order through its trigger into the book and out of it.
// Method: one stop to buy, set off by a trade at its price, half of which then finds a seller.
TEST_CASE("settle: a triggered stop keeps its escrow until it fills or is cancelled") {
    WorldProbe probe = test::quiet_probe();
    const auto owner = probe.account("hands", 0);
    const auto other = probe.account("hands", 1);
    const auto third = probe.account("hands", 2);
    Order stop = probe.order(owner, Side::buy, 10'100, 40);
    stop.type = OrderType::stop_limit;
    stop.stop = market::Price{10'000};
    probe.send("COIN", stop);
    probe.step();
    // At 10,100 a lot's dearest fee is 5.05, rounded up.
    REQUIRE(probe.balance(owner, "USD") == opening_cash - 40 * (10'100 + 6));
    REQUIRE(probe.open_orders(owner).size() == 1);
    REQUIRE(probe.world().audit_afresh() == "");

    probe.send("COIN", probe.order(other, Side::sell, 10'000, 10));
    probe.send("COIN", taking(probe, third, Side::buy, 10'000, 10));
    probe.step();
    REQUIRE(probe.open_orders(owner).size() == 1);
    CHECK(probe.balance(owner, "USD") == opening_cash - 40 * (10'100 + 6));
    CHECK(probe.world().audit_afresh() == "");

    probe.send("COIN", taking(probe, other, Side::sell, 10'100, 15));
    probe.step();
    REQUIRE(probe.open_orders(owner).size() == 1);
    CHECK(probe.open_orders(owner)[0].left == market::Quantity{25});
    CHECK(probe.world().audit_afresh() == "");

    const agents::OpenOrder open = probe.open_orders(owner)[0];
    Order cancel;
    cancel.owner = owner;
    cancel.id = open.ticket.id;
    probe.send("COIN", cancel, agents::IntentKind::cancel, open.ticket.slot);
    probe.step();
    // 15 lots bought at its own limit as maker: 151,500 and a fee of 15.15, rounded up.
    CHECK(probe.balance(owner, "USD") == opening_cash - 151'500 - 16);
    CHECK(probe.open_orders(owner).empty());
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("settle: orders collected before the opening trade at one price") {
    WorldProbe probe = test::quiet_probe({"steps=[5min]"});
    probe.run_until(probe.world().now() + market::minute * 25);  // 09:25 in New York
    const auto buyer = probe.account("hands", 0);
    const auto seller = probe.account("hands", 1);
    const std::int64_t shares = probe.balance(seller, "STOCK");
    probe.send("STOCK", probe.order(buyer, Side::buy, 5'100, 10));
    probe.send("STOCK", probe.order(seller, Side::sell, 4'900, 6));
    probe.step();
    REQUIRE(probe.open_orders(buyer).size() == 1);
    // A share at a tick is 100 units of money.
    REQUIRE(probe.balance(buyer, "USD") == opening_cash - 10 * 510'000);

    probe.step();

    const auto open = probe.open_orders(buyer);
    REQUIRE(open.size() == 1);
    CHECK(open[0].left == market::Quantity{4});
    CHECK(probe.open_orders(seller).empty());
    CHECK(probe.balance(seller, "STOCK") == shares - 6);
    // Both limits bracket the reference of $50, at which the six shares trade.
    CHECK(probe.balance(seller, "USD") == opening_cash + 6 * 500'000);
    CHECK(probe.balance(buyer, "USD") == opening_cash - 6 * 500'000 - 4 * 510'000);
    CHECK(probe.world().audit_afresh() == "");
}

}  // namespace crowdout::world
