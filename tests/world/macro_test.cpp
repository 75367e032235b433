// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using market::Reason;

namespace {

constexpr std::int64_t dollar = 10'000;
// The world begins on 30 March 2026 at 13:00Z; New York is four hours behind.
constexpr market::Time quarter_close{1'774'987'200'000'000'000};  // 2026-03-31T20:00Z

market::Money flow(WorldProbe& probe, std::string_view from, std::string_view to, Reason reason) {
    return probe.economy().flows.total(probe.account(from).block(), probe.account(to).block(),
                                       reason);
}

}  // namespace

TEST_CASE("macro: a quarter's dividend is paid to all holders at the close of the quarter") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    const auto hand = probe.account("hands", 0);
    REQUIRE(probe.balance(hand, "STOCK") == 2'000);
    probe.run_until(quarter_close + market::Duration{-market::hour.ns});
    CHECK(flow(probe, "firm", "hands", Reason::dividends) == market::Money{0});

    probe.step();

    // 1 % of $50 on 8,000 of a million shares: $4,000, of the $500,000 that the firm can pay.
    CHECK(flow(probe, "firm", "hands", Reason::dividends) == market::Money{4'000 * dollar});
    CHECK(probe.balance(hand, "USD") == 101'000 * dollar);
    CHECK(probe.balance(probe.account("firm"), "USD") == 500'000 * dollar);

    probe.run_until(quarter_close + market::day * 3);
    CHECK(flow(probe, "firm", "hands", Reason::dividends) == market::Money{4'000 * dollar});
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("macro: a firm that cannot pay its dividend pays what it has, to all alike") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    probe.pay(probe.account("firm"), probe.account("bank"), 750'000 * dollar);

    probe.run_until(quarter_close);

    // $250k over a million shares instead of $500k.
    CHECK(flow(probe, "firm", "hands", Reason::dividends) == market::Money{2'000 * dollar});
    CHECK(flow(probe, "firm", "vault", Reason::dividends) == market::Money{248'000 * dollar});
    CHECK(probe.balance(probe.account("firm"), "USD") == 0);
}

TEST_CASE("macro: shares that wait in an order receive their dividend") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    const auto hand = probe.account("hands", 0);
    probe.run_until(market::Time{1'774'974'000'000'000'000});  // 16:20Z on the 31st
    probe.send("STOCK", probe.order(hand, market::Side::sell, 6'000, 2'000));
    probe.step();
    REQUIRE(probe.balance(hand, "STOCK") == 0);

    probe.run_until(quarter_close);

    CHECK(probe.balance(hand, "USD") == 101'000 * dollar);
}

// Goal: half of the yearly coupon six months after the opening, from a state without a cent.
TEST_CASE("macro: a coupon is paid in full, and the bank has a claim on who could not pay") {
    WorldProbe probe = test::quiet_probe({"steps=[6h]"});
    const auto state = probe.account("state");
    REQUIRE(probe.balance(state, "USD") == 0);

    probe.run_until(market::Time{1'790'899'200'000'000'000});  // 2026-10-02T00:00Z

    // 2 % of $10M of face, of which the hands hold $400k.
    CHECK(flow(probe, "state", "vault", Reason::coupons) +
              flow(probe, "state", "hands", Reason::coupons) ==
          market::Money{200'000 * dollar});
    CHECK(flow(probe, "state", "hands", Reason::coupons) == market::Money{8'000 * dollar});
    CHECK(flow(probe, "bank", "state", Reason::loans) == market::Money{200'000 * dollar});
    const auto line = probe.economy().line_of(state);
    REQUIRE(line.has_value());
    CHECK(probe.economy().loans[*line].terms.creditor == probe.account("bank"));
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("macro: interest is collected on the first of the month and what is missing is added") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    const auto fund = probe.account("hedge", 0);
    probe.carry_out(wish(agents::InstructionKind::draw, fund, 100'000 * dollar));
    probe.pay(fund, probe.account("vault"), 200'000 * dollar);  // all its cash

    probe.run_until(market::Time{1'775'095'200'000'000'000});  // 2026-04-02T02:00Z

    // Drawn at 13:00Z on 30 March, looked at on 2 April at 00:00Z: still the first in New York.
    // 59 hours at 5 % a year of 365 days on $100,000: $33.675..., rounded up to 1e-4.
    const market::LoanId line = *probe.economy().line_of(fund);
    CHECK(probe.economy().loans[line].principal.value() == 100'000 * dollar + 336'758);
    CHECK(probe.balance(fund, "USD") == 0);
}

// Goal: at the quarter's end at most a fifth of the fund's net assets is payable.
// Method: net assets of a member are $500k; the investor wants all of it back.
TEST_CASE("macro: a gate holds back what exceeds it, to the next quarter") {
    WorldProbe probe = test::quiet_probe({"steps=[7h]"});
    probe.carry_out(wish(agents::InstructionKind::request_redemption, probe.account("vault"),
                         1'000'000 * dollar, probe.account("hedge")));
    const market::Time june{1'782'849'600'000'000'000};       // 2026-06-30T20:00Z
    const market::Time september{1'790'798'400'000'000'000};  // 2026-09-30T20:00Z

    probe.run_until(june);

    const auto owed = probe.economy().obligations.of(probe.account("hedge", 0));
    REQUIRE(owed.size() == 2);
    CHECK(owed[0].due == june);
    CHECK(owed[0].amount == market::Money{100'000 * dollar});
    CHECK(owed[1].due == september);
    CHECK(owed[1].amount == market::Money{400'000 * dollar});
}

TEST_CASE("macro: an institution pays what it is called for when it is due, as far as cash goes") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    const auto lab = probe.account("lab");
    agents::Instruction call =
        wish(agents::InstructionKind::call_capital, lab, 1'500'000 * dollar, probe.account("firm"));
    call.due = probe.world().now() + market::hour * 3;
    probe.carry_out(call);

    probe.run_until(probe.world().now() + market::hour * 2);
    CHECK(probe.balance(lab, "USD") == 0);
    probe.run_until(probe.world().now() + market::hour);
    CHECK(probe.balance(lab, "USD") == 1'000'000 * dollar);
    const auto left = probe.economy().obligations.of(probe.account("firm"));
    REQUIRE(left.size() == 1);
    CHECK(left[0].amount == market::Money{500'000 * dollar});
    CHECK(probe.world().audit_afresh() == "");
}

// Goal: who asked for dollars and waits for them bears what the fund loses meanwhile.
// Method: the vault asks for all of $1M, and the fund gives half of its assets away.
TEST_CASE("macro: a redemption is never more than the units are worth when it is paid") {
    WorldProbe probe = test::quiet_probe({"steps=[1h]"});
    const auto fund = probe.account("hedge", 0);
    probe.carry_out(wish(agents::InstructionKind::request_redemption, probe.account("vault"),
                         1'000'000 * dollar, probe.account("hedge")));
    const std::uint32_t id = probe.economy().obligations.of(fund)[0].id;
    for (const std::uint32_t member : {0U, 1U}) {
        const auto each = probe.account("hedge", member);
        probe.carry_out(wish(agents::InstructionKind::draw, each, 400'000 * dollar));
        probe.pay(each, probe.account("firm"), 450'000 * dollar);
    }
    probe.run_until(probe.world().now() + market::hour * 2);  // units are priced by the hour

    agents::Instruction meet = wish(agents::InstructionKind::meet, fund, 1 * dollar);
    meet.reference = id;
    probe.carry_out(meet);
    // $500k each less $450k: $100k of both but for two hours' interest, of which a dollar is paid.
    const auto owed = probe.economy().obligations.of(fund);
    REQUIRE(owed.size() == 1);
    CHECK(owed[0].amount.value() == doctest::Approx(99'999.0 * dollar).epsilon(2e-4));
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("macro: a transfer moves what the payer has, and the bank has what it makes") {
    const std::string head = "shocks=[{name: gift, at: 2026-03-30T15:00:00Z, kind: transfer, to: ";
    WorldProbe poor = test::quiet_probe({head + "lab, from: firm, amount: $3M}]"});
    poor.run_until(poor.world().now() + market::hour * 4);
    CHECK(poor.balance(poor.account("lab"), "USD") == 1'000'000 * dollar);
    CHECK(poor.balance(poor.account("firm"), "USD") == 0);

    WorldProbe crowd = test::quiet_probe({head + "lab, from: hands, amount: $300k}]"});
    crowd.run_until(crowd.world().now() + market::hour * 4);
    CHECK(crowd.balance(crowd.account("lab"), "USD") == 300'000 * dollar);
    CHECK(crowd.balance(crowd.account("hands", 3), "USD") == 25'000 * dollar);

    WorldProbe bank = test::quiet_probe({head + "lab, from: bank, amount: $3M}]"});
    bank.run_until(bank.world().now() + market::hour * 4);
    CHECK(bank.balance(bank.account("lab"), "USD") == 3'000'000 * dollar);
    CHECK(bank.world().audit_afresh() == "");
}

TEST_CASE("macro: a new policy rate is what floating lines cost from then on") {
    WorldProbe probe = test::quiet_probe(
        {"shocks=[{name: hike, at: 2026-03-30T15:00:00Z, kind: policy_rate, rate: 6%/yr}]"});
    const auto fund = probe.account("hedge", 0);
    CHECK(probe.economy().credit_of(fund, probe.world().now()).rate == doctest::Approx(0.05));

    probe.run_until(probe.world().now() + market::hour * 2);

    CHECK(probe.economy().credit_of(fund, probe.world().now()).rate == doctest::Approx(0.07));
}

}  // namespace crowdout::world
