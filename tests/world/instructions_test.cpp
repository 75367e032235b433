// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/support/world_probe.hpp"

namespace crowdout::world {

using agents::Instruction;
using agents::InstructionKind;
using agents::Obligation;
using agents::ObligationKind;
using market::Units;

namespace {

constexpr std::int64_t dollar = 10'000;

Instruction payment(market::AccountId from, market::AccountId to, std::int64_t amount) {
    Instruction result = wish(InstructionKind::pay, from, amount, to);
    result.reason = market::Reason::sales;
    return result;
}

std::vector<Obligation> owed_by(WorldProbe& probe, market::AccountId debtor) {
    const auto open = probe.economy().obligations.of(debtor);
    return {open.begin(), open.end()};
}

}  // namespace

TEST_CASE("instructions: a payment moves what there is and no more") {
    WorldProbe probe = test::quiet_probe();
    const auto from = probe.account("hands", 0);
    const auto to = probe.account("lab");

    probe.carry_out(payment(from, to, 60'000 * dollar));
    CHECK(probe.balance(from, "USD") == 40'000 * dollar);
    probe.carry_out(payment(from, to, 60'000 * dollar));

    CHECK(probe.balance(from, "USD") == 0);
    CHECK(probe.balance(to, "USD") == 100'000 * dollar);
    CHECK(probe.economy().flows.total(from.block(), to.block(), market::Reason::sales) ==
          market::Money{100'000 * dollar});
}

TEST_CASE("instructions: all members of a population share what it is paid or called for") {
    WorldProbe probe = test::quiet_probe();
    const auto firm = probe.account("firm");
    probe.carry_out(payment(firm, probe.account("hands", 0), 4'003));
    for (const auto& [member, more] : {std::pair{0U, 1}, {1U, 1}, {2U, 1}, {3U, 0}}) {
        CHECK(probe.balance(probe.account("hands", member), "USD") ==
              100'000 * dollar + 1'000 + more);
    }

    Instruction call = wish(InstructionKind::call_capital, probe.account("lab"), 8 * dollar,
                            probe.account("hands", 0));
    probe.carry_out(call);
    for (std::uint32_t member = 0; member < 4; ++member) {
        const auto owed = owed_by(probe, probe.account("hands", member));
        REQUIRE(owed.size() == 1);
        CHECK(owed[0].amount == market::Money{2 * dollar});
    }
}

TEST_CASE("instructions: who takes money out of a fund returns units, and has no more to take") {
    WorldProbe probe = test::quiet_probe();
    const auto fund = probe.account("hedge", 0);
    const auto investor = probe.account("vault");  // $1M of units at $100, in hundredths
    Instruction leave = payment(fund, investor, 50'000 * dollar);
    leave.reason = market::Reason::redemptions;
    probe.carry_out(leave);
    CHECK(probe.balance(investor, "HEDGE_UNIT") == 950'000);
    CHECK(probe.balance(fund, "USD") == 50'000 * dollar);

    leave.counterparty = probe.account("hands", 0);  // none of whom has a unit
    probe.carry_out(leave);
    CHECK(probe.balance(fund, "USD") == 50'000 * dollar);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("instructions: nothing, less than nothing and oneself are paid nothing") {
    WorldProbe probe = test::quiet_probe();
    const auto who = probe.account("hands", 0);
    const std::uint64_t before = probe.world().digest();

    probe.carry_out(payment(who, probe.account("lab"), 0));
    probe.carry_out(payment(who, probe.account("lab"), -5));
    probe.carry_out(payment(probe.account("firm"), probe.account("firm"), 5));
    Instruction call = wish(InstructionKind::call_capital, probe.account("lab"), -5, who);
    probe.carry_out(call);

    CHECK(probe.world().digest() == before);
}

TEST_CASE("instructions: a line lends up to its limit and is repaid from cash") {
    WorldProbe probe = test::quiet_probe();
    const auto fund = probe.account("hedge", 0);  // half of a line of $1M

    probe.carry_out(wish(InstructionKind::draw, fund, 700'000 * dollar));
    CHECK(probe.balance(fund, "USD") == 600'000 * dollar);
    CHECK(probe.world().equity_of(fund) == doctest::Approx(500'000));

    probe.carry_out(payment(fund, probe.account("lab"), 400'000 * dollar));
    probe.carry_out(wish(InstructionKind::repay, fund, 900'000 * dollar));

    CHECK(probe.balance(fund, "USD") == 0);
    CHECK(probe.economy().credit_of(fund, probe.world().now()).drawn ==
          market::Money{300'000 * dollar});
    CHECK(probe.world().audit_afresh() == "");
}

// Goal: two worlds that differ only in who owes whom are not the same.
// Method: what was lent goes straight back, so that every balance is as before.
TEST_CASE("instructions: a debt shows in the digest, and its repayment too") {
    WorldProbe probe = test::quiet_probe();
    const auto fund = probe.account("hedge", 0);
    const std::uint64_t before = probe.world().digest();

    probe.carry_out(wish(InstructionKind::draw, fund, dollar));
    probe.pay(fund, probe.account("bank"), dollar);
    CHECK(probe.world().digest() != before);

    probe.pay(probe.account("bank"), fund, dollar);
    probe.carry_out(wish(InstructionKind::repay, fund, dollar));
    CHECK(probe.world().digest() == before);
}

TEST_CASE("instructions: who has no line draws nothing") {
    WorldProbe probe = test::quiet_probe();
    const std::uint64_t before = probe.world().digest();

    probe.carry_out(wish(InstructionKind::draw, probe.account("hands", 0), dollar));

    CHECK(probe.world().digest() == before);
}

TEST_CASE("instructions: who answers a capital call receives shares at the last price") {
    WorldProbe probe = test::quiet_probe();
    const auto lab = probe.account("lab");
    const auto investor = probe.account("hands", 1);
    Instruction call = wish(InstructionKind::call_capital, lab, 120'000 * dollar,
                            probe.account("hands"));  // of whom there are four
    call.due = probe.world().now() + market::day * 10;
    probe.carry_out(call);
    REQUIRE(owed_by(probe, investor).size() == 1);
    const Obligation owed = owed_by(probe, investor)[0];
    CHECK(owed.kind == ObligationKind::capital_call);
    CHECK(owed.amount == market::Money{30'000 * dollar});

    Instruction meet = wish(InstructionKind::meet, investor, 12'000 * dollar);
    meet.reference = owed.id;
    probe.carry_out(meet);

    // $12,000 at $10 a share are 1,200 shares, kept in hundredths.
    CHECK(probe.balance(investor, "LAB_SHARE") == 120'000);
    CHECK(probe.balance(lab, "LAB_SHARE") == -120'000);
    CHECK(probe.balance(lab, "USD") == 12'000 * dollar);
    REQUIRE(owed_by(probe, investor).size() == 1);
    CHECK(owed_by(probe, investor)[0].amount == market::Money{18'000 * dollar});
    CHECK(probe.world().audit_afresh() == "");
}

// Goal: a redemption is owed by members by equity, at most what the investor's units are worth.
// Method: the vault holds $1M of units and asks for $600k, then for as much again.
TEST_CASE("instructions: an investor cannot ask twice for the same dollars") {
    WorldProbe probe = test::quiet_probe();
    const auto investor = probe.account("vault");
    Instruction leave = wish(InstructionKind::request_redemption, investor, 600'000 * dollar,
                             probe.account("hedge"));

    // A unit's price is the fund's net assets, $1M, over the 10,000 units that are out: as opened.
    REQUIRE(probe.balance(investor, "HEDGE_UNIT") == 1'000'000);
    probe.carry_out(leave);
    const auto first = owed_by(probe, probe.account("hedge", 0));
    REQUIRE(first.size() == 1);
    CHECK(first[0].amount == market::Money{300'000 * dollar});
    // Sixty days after 30 March lies in the second quarter: 30 June 16:00 in New York.
    CHECK(first[0].due == market::Time{1'782'849'600'000'000'000});

    probe.carry_out(leave);
    CHECK(probe.economy().obligations.open_total(ObligationKind::redemption) ==
          market::Money{1'000'000 * dollar});
    probe.carry_out(leave);
    CHECK(probe.economy().obligations.open_total(ObligationKind::redemption) ==
          market::Money{1'000'000 * dollar});
}

TEST_CASE("instructions: who is paid out returns units at their net asset value") {
    WorldProbe probe = test::quiet_probe();
    const auto investor = probe.account("vault");
    const auto fund = probe.account("hedge", 0);
    Instruction leave = wish(InstructionKind::request_redemption, investor, 100'000 * dollar,
                             probe.account("hedge"));
    probe.carry_out(leave);
    const std::int64_t cash = probe.balance(investor, "USD");

    Instruction meet = wish(InstructionKind::meet, fund, 50'000 * dollar);
    meet.reference = owed_by(probe, fund).at(0).id;
    probe.carry_out(meet);

    CHECK(owed_by(probe, fund).empty());
    CHECK(probe.balance(investor, "USD") == cash + 50'000 * dollar);
    CHECK(probe.balance(investor, "HEDGE_UNIT") == 1'000'000 - 50'000);  // 500 units of $100
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("instructions: ETF shares are created for what they contain, in whole baskets") {
    WorldProbe probe = test::quiet_probe();
    const auto trader = probe.account("hands", 0);
    const auto trust = probe.account("trust");
    const std::int64_t custody = probe.balance(trust, "COIN");
    REQUIRE(custody == 500'000'000);  // 100k shares of half a coin

    Instruction create = wish(InstructionKind::create_baskets, trader, 5);
    create.instrument = probe.instrument("FUND");
    probe.carry_out(create);

    // A basket takes 500 coins; 1,000 coins make two.
    CHECK(probe.balance(trader, "COIN") == 0);
    CHECK(probe.balance(trader, "FUND") == 2'000);
    CHECK(probe.balance(trust, "COIN") == custody + 10'000'000);

    Instruction redeem = wish(InstructionKind::redeem_baskets, trader, 1);
    redeem.instrument = probe.instrument("FUND");
    probe.carry_out(redeem);
    CHECK(probe.balance(trader, "COIN") == 5'000'000);
    CHECK(probe.balance(trader, "FUND") == 1'000);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("instructions: who cannot hold what a basket contains creates none") {
    WorldProbe probe = test::quiet_probe();
    const std::uint64_t before = probe.world().digest();
    Instruction create = wish(InstructionKind::create_baskets, probe.account("hedge", 0), 1);
    create.instrument = probe.instrument("FUND");  // hedge has no column for FUND

    probe.carry_out(create);

    CHECK(probe.world().digest() == before);
}

TEST_CASE("instructions: only a named issuer makes more of a listed security") {
    WorldProbe probe = test::quiet_probe();
    Instruction issue = wish(InstructionKind::issue, probe.account("hands", 0), 1'000);
    issue.asset = name_table(probe.world().config()).asset("STOCK");
    const std::uint64_t before = probe.world().digest();
    probe.carry_out(issue);
    CHECK(probe.world().digest() == before);

    WorldProbe other = test::quiet_probe({"instruments[STOCK].issued_by=[hands]"});
    const std::int64_t held = other.balance(other.account("hands", 0), "STOCK");
    other.carry_out(issue);
    CHECK(other.balance(other.account("hands", 0), "STOCK") == held + 1'000);

    issue.kind = InstructionKind::retire;
    issue.amount = Units{1'000'000};  // more than it has
    other.carry_out(issue);
    CHECK(other.balance(other.account("hands", 0), "STOCK") == 0);
    CHECK(other.world().audit_afresh() == "");
}

}  // namespace crowdout::world
