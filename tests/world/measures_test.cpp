// SPDX-License-Identifier: Apache-2.0
#include "world/measures.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

using namespace crowdout::world;
using namespace crowdout::market;

TEST_CASE("measures: idle capital is cash above each holder's floor") {
    Ledger ledger{1};
    ledger.add_block({"bank", 1, {usd}});
    for (const char* name : {"sovereigns", "pensions", "labs"}) ledger.add_block({name, 2, {usd}});
    ledger.set_issuer(usd, {0, 0});
    ledger.post({{0, 0}, {1, 0}, usd, Units{450}, Reason::endowment});
    ledger.post({{0, 0}, {1, 1}, usd, Units{50}, Reason::endowment});
    ledger.post({{0, 0}, {2, 0}, usd, Units{40}, Reason::endowment});
    const std::vector<IdleHolder> holders{{1, Money{200}}, {2, Money{100}}, {3, Money{0}}};

    CHECK(idle_capital(ledger, holders) == Money{300});  // the second one's lack is not deducted
}

TEST_CASE("measures: the gap is what issuers took beyond saving and new credit") {
    constexpr std::uint16_t firms = 0;
    constexpr std::uint16_t people = 1;
    constexpr std::uint16_t banks = 2;
    constexpr std::uint16_t funds = 3;
    const std::array roles{FundingRole::issuer, FundingRole::saver, FundingRole::bank,
                           FundingRole::other};
    const std::vector<FlowRow> rows{
        {firms, people, Reason::wages, Money{70}},
        {people, firms, Reason::consumption, Money{50}},
        {firms, funds, Reason::coupons, Money{9}},  // neither saves nor issues
        {banks, firms, Reason::loans, Money{30}},
        {funds, banks, Reason::loans, Money{4}},  // repaid
        {funds, firms, Reason::issuance, Money{100}},
        {firms, funds, Reason::issuance, Money{15}},  // a bond redeemed
        {people, firms, Reason::capital_calls, Money{5}},
        {firms, firms, Reason::capital_calls, Money{1000}},  // within: no outside claim
        {people, funds, Reason::trades, Money{77}},          // an old claim changes hands
    };

    const FundingGap gap = funding_gap(rows, roles);

    CHECK(gap.demand == Money{30 + 100 - 15 + 5});
    CHECK(gap.saving == Money{70 - 50});
    CHECK(gap.credit == Money{30 - 4});
    CHECK(gap.gap() == Money{120 - 20 - 26});
}

TEST_CASE("measures: a flow multiplier is the slope of value on flow") {
    FlowMultiplier multiplier;
    CHECK(multiplier.value() == 0);
    multiplier.record(day, 3, 100);
    CHECK(multiplier.value() == 0);

    for (int i = 0; i < 50; ++i) {
        const double flow = (i * 37) % 11;
        multiplier.record(day, flow, 20 + 5 * flow);
    }
    CHECK(multiplier.value() != doctest::Approx(5));  // the first observation is off the line

    FlowMultiplier exact;
    for (int i = 0; i < 50; ++i) exact.record(day, (i * 37) % 11, 20 + 5 * ((i * 37) % 11));
    CHECK(exact.value() == doctest::Approx(5));
}

TEST_CASE("measures: a flow multiplier halves what was seen a half-life ago") {
    // Flows of -1 and 1 twice, with slope 2 at half weight and then slope 8:
    FlowMultiplier multiplier{60};
    multiplier.record(day * 0, -1, -2);
    multiplier.record(day * 0, 1, 2);
    multiplier.record(day * 60, -1, -8);
    multiplier.record(day * 0, 1, 8);

    // products (2 + 2) / 2 + 8 + 8 over squares (1 + 1) / 2 + 1 + 1.
    CHECK(multiplier.value() == doctest::Approx(18.0 / 3));
}

TEST_CASE("measures: drawdown is the share of the peak that is lost") {
    Drawdown drawdown{{0}, 100};
    for (const auto& [time, price] :
         {std::pair{1, 120.0}, {2, 90.0}, {3, 110.0}, {4, 130.0}, {5, 117.0}}) {
        drawdown.record({time}, price);
    }

    CHECK(drawdown.peak() == 130);
    CHECK(drawdown.peak_time() == Time{4});
    CHECK(drawdown.now() == doctest::Approx(0.1));
    CHECK(drawdown.worst() == doctest::Approx(0.25));
    CHECK(drawdown.worst_time() == Time{2});
}
