// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using market::Side;

namespace {

// Each member of `hedge` opens with $100k and 4,000 COIN at $100: $500k, and no debt. Its lender
// sells when debt is above half of its assets.
agents::Instruction draws(market::AccountId who, std::int64_t dollars) {
    agents::Instruction wish;
    wish.kind = agents::InstructionKind::draw;
    wish.self = who;
    wish.amount = market::Units{dollars * 10'000};
    return wish;
}

/// A trade between the hands that leaves the mid at `ticks`.
void mark(WorldProbe& probe, std::int64_t ticks) {
    market::Order sell = probe.order(probe.account("hands", 0), Side::sell, ticks, 1);
    probe.send("COIN", sell);
    market::Order buy = probe.order(probe.account("hands", 1), Side::buy, ticks, 1);
    buy.time_in_force = market::TimeInForce::immediate_or_cancel;
    probe.send("COIN", buy);
}

}  // namespace

TEST_CASE("margin_call: debt at exactly the allowed share of assets is no breach") {
    WorldProbe probe = test::quiet_probe({"steps=[1min]"});
    const auto fund = probe.account("hedge", 0);
    // $400k of coins and $100k of cash allow a loan L with L = (500k + L) / 2: $500k, but for the
    // interest of the minute to come, which is a few dollars of room.
    probe.carry_out(draws(fund, 499'990));

    probe.step();

    CHECK(probe.forced().empty());
}

// Goal: after the sale the debt is the allowed share of what is left.
// Method: D = 450k and cash of 550k; coins fall to $60: A = 550k + 240k = 790k, limit 395k.
// To sell: x = (450 - 0.5 * 790) / 0.5 = 110k, which cash covers: the loan is paid down by it.
TEST_CASE("margin_call: cash pays first, and exactly what the ratio asks for") {
    WorldProbe probe = test::quiet_probe({"steps=[1min]"});
    const auto fund = probe.account("hedge", 0);
    probe.carry_out(draws(fund, 450'000));
    mark(probe, 6'000);

    probe.step();

    CHECK(probe.forced().empty());
    const auto line = probe.economy().line_of(fund);
    REQUIRE(line.has_value());
    const double debt =
        static_cast<double>(probe.economy().loans.owed(*line, probe.world().now()).value()) / 1e4;
    // The interest of a minute at 5 % a year on $450k is 4 cents.
    CHECK(debt == doctest::Approx(340'000).epsilon(1e-5));
    CHECK(probe.world().equity_of(fund) == doctest::Approx(340'000).epsilon(1e-5));
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("margin_call: without cash it sells for what is missing, in the next step") {
    WorldProbe probe = test::quiet_probe({"steps=[1min]"});
    const auto fund = probe.account("hedge", 1);
    probe.carry_out(draws(fund, 300'000));
    probe.pay(fund, probe.account("vault"), 4'000'000'000);  // all its cash is spent
    mark(probe, 7'000);

    probe.step();

    // D = 300k, A = 4,000 x $70 = 280k: it is under water, and everything has to go, from which
    // 5 % less than the mid is asked at least.
    REQUIRE(probe.forced().size() == 1);
    const agents::Intent& sale = probe.forced()[0];
    CHECK(sale.order.owner == fund);
    CHECK(sale.order.side == Side::sell);
    CHECK(sale.order.cause == market::Cause::liquidation);
    CHECK(sale.order.quantity == market::Quantity{400'000});
    CHECK(sale.order.limit == market::Price{6'650});
    CHECK(sale.arrival == probe.world().now());

    market::Order bid = probe.order(probe.account("hands", 3), Side::buy, 6'900, 10'000);
    probe.send("COIN", bid);  // behind the sale: it meets nobody
    probe.step();
    probe.step();
    // The sale of the step after finds the bid: $6.90 x 100 coins, less 5 bp, go to the lender.
    const auto line = probe.economy().line_of(fund);
    const double debt =
        static_cast<double>(probe.economy().loans.owed(*line, probe.world().now()).value()) / 1e4;
    CHECK(debt == doctest::Approx(300'000 - 6'900 * (1 - 0.0005)).epsilon(1e-6));
    CHECK(probe.balance(fund, "USD") == 0);
}

TEST_CASE("margin_call: a lender reaches what a borrower has put up for sale too dear") {
    WorldProbe probe = test::quiet_probe({"steps=[1min]"});
    const auto fund = probe.account("hedge", 1);
    probe.carry_out(draws(fund, 300'000));
    probe.pay(fund, probe.account("vault"), 4'000'000'000);
    probe.send("COIN", probe.order(fund, Side::sell, 90'000, 400'000));  // all of it, at $900
    mark(probe, 7'000);

    probe.step();  // under water, with nothing free to sell
    REQUIRE(probe.forced().size() == 1);
    CHECK(probe.forced()[0].kind == agents::IntentKind::cancel);
    probe.step();

    CHECK(probe.open_orders(fund).empty());
    CHECK(probe.balance(fund, "COIN") == 40'000'000);
    REQUIRE(probe.forced().size() == 1);
    CHECK(probe.forced()[0].order.quantity == market::Quantity{400'000});
    CHECK(probe.forced()[0].order.cause == market::Cause::liquidation);
}

TEST_CASE("margin_call: what waits in escrow is still the owner's, at the mid") {
    WorldProbe probe = test::quiet_probe({"steps=[1min]"});
    const auto fund = probe.account("hedge", 0);
    const double before = probe.world().equity_of(fund);
    probe.send("COIN", probe.order(fund, Side::sell, 90'000, 400'000));  // all of it, at $900
    probe.send("COIN", probe.order(fund, Side::buy, 5'000, 100));

    probe.step();

    REQUIRE(probe.balance(fund, "COIN") == 0);
    REQUIRE(probe.open_orders(fund).size() == 2);
    CHECK(probe.world().equity_of(fund) ==
          doctest::Approx(400'000.0 * probe.world().view(probe.instrument("COIN")).mid / 100 +
                          100'000)
              .epsilon(1e-9));
    CHECK(before == doctest::Approx(500'000).epsilon(1e-9));
}

}  // namespace crowdout::world
