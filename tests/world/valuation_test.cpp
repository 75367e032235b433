// SPDX-License-Identifier: Apache-2.0
#include "world/valuation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/random.hpp"
#include "market/archive.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

constexpr market::Time opening_time{20'000 * market::day.ns};
constexpr agents::RatesView opening_rates{
    .policy = 0.036, .government = 0.04, .credit = 0.05, .equity_premium = 0.025};

CashFlowTerms growing(double growth, double terminal_growth) {
    CashFlowTerms terms;
    terms.cash_flow = 1e9;
    terms.growth = growth;
    terms.terminal_growth = terminal_growth;
    return terms;
}

/// A perpetuity that grows at 3 % for ever: worth cash_flow * 1.03 / (k - 0.03).
CashFlowTerms perpetuity() {
    return growing(0.03, 0.03);
}

Valuation opened(const ValuationTerms& terms, double price, double sigma = 0,
                 std::uint64_t key = 1) {
    const auto made = Valuation::open(terms, sigma, key, {opening_time, opening_rates, 1e7}, price);
    REQUIRE(made.has_value());
    return *made;
}

ValuationInputs inputs_after(market::Duration span, agents::RatesView rates = opening_rates) {
    return {opening_time + span, rates, 1e7};
}

}  // namespace

TEST_CASE("valuation: a perpetuity is worth what Gordon says, and as long as he says") {
    const CashFlowTerms terms = perpetuity();

    const RateSensitivity sensitivity = rate_sensitivity(terms, 0.09);

    CHECK(equity_value(terms, 0.09) == doctest::Approx(1e9 * 1.03 / 0.06).epsilon(1e-9));
    CHECK(sensitivity.duration == doctest::Approx(1 / 0.06).epsilon(0.01));
    CHECK(sensitivity.convexity == doctest::Approx(2 / (0.06 * 0.06)).epsilon(0.01));
}

TEST_CASE("valuation: debt makes equity longer by the share it takes") {
    CashFlowTerms terms = perpetuity();
    const double assets = equity_value(terms, 0.09);
    terms.net_debt = assets / 3;

    // D_E = D_A A / E for debt that is owed at its face.
    CHECK(rate_sensitivity(terms, 0.09).duration == doctest::Approx(1.5 / 0.06).epsilon(0.01));
}

TEST_CASE("valuation: the durations of the calibration table") {
    struct Row {
        std::string name;
        double discount, terminal_growth, growth, investment, duration;
    };
    // Growth of five years that then fades for five; investment in multiples of cash flow, gone
    // after eight years. The first two columns and the last are the table's.
    const std::vector<Row> rows{
        {"memory", 0.11, 0.02, -0.10, 0, 9.0},    {"SaaS", 0.095, 0.03, 0.07, 0, 16.0},
        {"NVDA", 0.10, 0.035, 0.10, 0, 16.4},     {"AI lab", 0.14, 0.04, 0.12, 3, 19.0},
        {"hyperscaler", 0.09, 0.04, 0.30, 0, 23}, {"ORCL", 0.10, 0.035, 0.12, 3, 23.0},
        {"Nasdaq", 0.085, 0.04, 0.10, 0, 23.2},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CashFlowTerms terms = growing(row.growth, row.terminal_growth);
        terms.investment = row.investment * terms.cash_flow;
        terms.investment_years = 8;
        CHECK(std::abs(rate_sensitivity(terms, row.discount).duration - row.duration) < 1.0);
    }
}

TEST_CASE("valuation: a year's wait earns the discount rate, of which the flow is a part") {
    const CashFlowTerms terms = growing(0.25, 0.03);
    const double k = 0.10;
    for (const double start : {0.0, 0.4, 4.0, 5.7, 12.0}) {
        CAPTURE(start);
        // V(t) (1 + k) = CF(t + 1) + V(t + 1); the flow is what V1 discounts over its first year.
        const double flow_and_rest = equity_value(terms, k, start) * (1 + k);
        const double rest = equity_value(terms, k, start + 1);
        const double flow = flow_and_rest - rest;
        const double next_flow =
            equity_value(terms, k, start + 1) * (1 + k) - equity_value(terms, k, start + 2);
        CHECK(flow > 0);
        // In the terminal stage the flow grows at 3 %, in the explicit one at 25 %.
        if (start == 12.0) CHECK(next_flow / flow == doctest::Approx(1.03).epsilon(1e-6));
        if (start == 0.0) {
            CHECK(flow == doctest::Approx(1.25e9).epsilon(1e-6));
            CHECK(next_flow / flow == doctest::Approx(1.25).epsilon(1e-6));
        }
    }
}

TEST_CASE("valuation: at the opening everything is worth its price") {
    CashFlowTerms firm = growing(0.10, 0.035);
    firm.net_debt = 2e9;

    CHECK(opened(firm, 2500).value(inputs_after({})) == doctest::Approx(2500).epsilon(1e-9));
    CHECK(opened(PremiumTerms{}, 90'000).value(inputs_after({})) == doctest::Approx(90'000));
    CHECK(opened(MemoryTerms{}, 90'000).value(inputs_after({})) == doctest::Approx(90'000));
}

TEST_CASE("valuation: a price that no premium explains is refused") {
    // Less than a year's cash flow would need a discount rate above 100 %.
    CHECK_FALSE(calibrate(perpetuity(), opening_rates, 0.5e9).has_value());
    // 300 times cash flow would need one within half a point of growth.
    CHECK_FALSE(calibrate(perpetuity(), opening_rates, 300e9).has_value());
    CHECK_FALSE(Valuation::open(perpetuity(), 0, 1, {opening_time, opening_rates, 1}, 300e9));
}

TEST_CASE("valuation: only the bond books and the equity premium move a discount rate") {
    CashFlowTerms terms;
    terms.beta = 1.2;
    terms.premium = 0.01;
    terms.credit_loading = 0.5;

    // 4 % + 1.2 * 2.5 % + 1 % + 0.5 * (5 % - 4 %)
    CHECK(discount_rate(terms, opening_rates) == doctest::Approx(0.085));
    agents::RatesView other = opening_rates;
    other.policy = 0;
    CHECK(discount_rate(terms, other) == discount_rate(terms, opening_rates));
}

TEST_CASE("valuation: half a point on yields costs a coin its horizon times that") {
    const Valuation coin = opened(PremiumTerms{}, 90'000);
    agents::RatesView dearer = opening_rates;
    dearer.government += 0.005;
    dearer.credit += 0.005;

    const double loss = std::log(coin.value(inputs_after({}, dearer)) / 90'000);

    CHECK(loss == doctest::Approx(-30 * 0.005));
}

TEST_CASE("valuation: slow memory forgets by its time constant, however often it is asked") {
    Valuation once = opened(MemoryTerms{}, 100);
    Valuation often = opened(MemoryTerms{}, 100);

    once.advance(opening_time + market::day * 250, 200);
    for (int step = 1; step <= 1000; ++step) {
        often.advance(opening_time + market::hour * 6 * step, 200);
    }

    CHECK(once.value(inputs_after(market::day * 250)) ==
          doctest::Approx(200 - 100 * std::exp(-1.0)));
    CHECK(often.value(inputs_after(market::day * 250)) ==
          doctest::Approx(200 - 100 * std::exp(-1.0)));
}

TEST_CASE("valuation: news belongs to the day and the name, not to the step") {
    const std::uint64_t key = agents::stream_key(7, "NVDA");
    Valuation coarse = opened(MemoryTerms{}, 100, 0.3, key);
    Valuation fine = opened(MemoryTerms{}, 100, 0.3, key);
    Valuation other = opened(MemoryTerms{}, 100, 0.3, agents::stream_key(7, "SAAS"));

    for (int day = 1; day <= 3; ++day) coarse.advance(opening_time + market::day * day, 100);
    for (int half = 1; half <= 144; ++half) {
        fine.advance(opening_time + market::minute * 30 * half, 100);
    }
    other.advance(opening_time + market::day * 3, 100);

    CHECK(coarse.log_revision() != 0);
    CHECK(fine.log_revision() == coarse.log_revision());
    CHECK(other.log_revision() != coarse.log_revision());
}

TEST_CASE("valuation: revisions have the volatility of a year and no drift in value") {
    constexpr int names = 4000;
    double sum = 0;
    double squares = 0;
    double growth = 0;
    for (int name = 0; name < names; ++name) {
        Valuation one =
            opened(MemoryTerms{}, 100, 0.2, agents::stream_key(1, std::to_string(name)));
        one.advance(opening_time + market::year, 100);
        sum += one.log_revision();
        squares += one.log_revision() * one.log_revision();
        growth += std::exp(one.log_revision());
    }
    const double mean = sum / names;

    // Four standard errors: 0.2 / sqrt(4000) = 0.0032 of a mean, 0.2 / sqrt(8000) of a sigma.
    CHECK(std::abs(mean + 0.02) < 0.0128);
    CHECK(std::abs(std::sqrt(squares / names - mean * mean) - 0.2) < 0.009);
    CHECK(std::abs(growth / names - 1) < 0.0128);
}

TEST_CASE("valuation: what a firm reports changes its path by the stated rules") {
    CashFlowTerms terms = perpetuity();
    terms.net_debt = 1e9;
    const double price = (1e9 * 1.03 / 0.06 - 1e9) / 1e7;  // the perpetuity at a rate of 9 %

    SUBCASE("revenue 1 % short is cash flow 1 % short for ever") {
        Valuation firm = opened(terms, price);
        firm.report({FactKind::revenue, 16.038e9, 16.2e9});
        CHECK(firm.value(inputs_after({})) ==
              doctest::Approx((0.99 * 1e9 * 1.03 / 0.06 - 1e9) / 1e7));
    }
    SUBCASE("cash that is missing is debt, and a tenth of a year's rate of it recurs") {
        Valuation firm = opened(terms, price);
        firm.report({FactKind::cash_flow, -0.1e9, 0, 0.25});
        CHECK(firm.value(inputs_after({})) ==
              doctest::Approx((0.96e9 * 1.03 / 0.06 - 1.1e9) / 1e7));
    }
    SUBCASE("investment costs what the market does not grant it") {
        Valuation firm = opened(terms, price);
        firm.report({FactKind::investment, 50e9, 49e9});
        CHECK(firm.value(inputs_after({})) == doctest::Approx((1e9 * 1.03 / 0.06 - 1.3e9) / 1e7));
    }
    SUBCASE("debt is debt") {
        Valuation firm = opened(terms, price);
        firm.report({FactKind::net_debt, 3e9, 2e9});
        CHECK(firm.value(inputs_after({})) == doctest::Approx((1e9 * 1.03 / 0.06 - 2e9) / 1e7));
    }
    SUBCASE("guided growth is worth something") {
        Valuation firm = opened(terms, price);
        firm.report({FactKind::growth, 0.05, 0.03});
        // The explicit flows alone, five years of 1.02^t more, make more than 5 %.
        CHECK(firm.value(inputs_after({})) > 1.05 * price);
        CHECK(std::get<CashFlowTerms>(firm.terms()).growth == doctest::Approx(0.05));
    }
}

TEST_CASE("valuation: limited liability leaves a hundredth of the assets") {
    CashFlowTerms terms = perpetuity();
    terms.net_debt = 1e12;

    CHECK(equity_value(terms, 0.09) == doctest::Approx(0.01 * 1e9 * 1.03 / 0.06));
}

TEST_CASE("valuation: an archived one goes on as before, and shows in the digest") {
    Valuation one = opened(growing(0.1, 0.03), 2000, 0.3, agents::stream_key(3, "X"));
    one.advance(opening_time + market::day * 5, 2000);
    market::ArchiveWriter writer;
    one.archive(writer);
    Valuation copy;
    market::ArchiveReader reader{writer.bytes()};
    copy.archive(reader);
    CHECK(copy.digest(9) == one.digest(9));

    one.advance(opening_time + market::day * 9, 2000);
    CHECK(copy.digest(9) != one.digest(9));
    copy.advance(opening_time + market::day * 9, 2000);

    CHECK(copy.digest(9) == one.digest(9));
    CHECK(copy.value(inputs_after(market::day * 9)) == one.value(inputs_after(market::day * 9)));
}

TEST_CASE("fair yield: sixty days bring it 63 % of the way") {
    FairYield yield{opening_time, 0.04};

    for (int day = 1; day <= 60; ++day) yield.advance(opening_time + market::day * day, 0.05);

    CHECK(yield.yield() == doctest::Approx(0.05 - 0.01 * std::exp(-1.0)));
}

TEST_CASE("equity premium: rises with variance between nothing and its maximum") {
    EquityPremiumTerms terms;
    terms.memory_years = 2;

    CHECK(terms.premium(0.18) == doctest::Approx(0.025));
    CHECK(terms.premium(0.30) == doctest::Approx(0.025 + 0.1 * 1.5 * (0.09 - 0.0324)));
    CHECK(terms.premium(0.90) == doctest::Approx(0.08));
    terms.mean = 0.001;
    CHECK(terms.premium(0.02) == 0);
}

TEST_CASE("equity premium: a market as lively as 30 % a year loses a twentieth, not its half") {
    CashFlowTerms nasdaq = growing(0.10, 0.04);
    const EquityPremiumTerms terms;
    const double k = 0.085;

    const double lively = equity_value(nasdaq, k + terms.premium(0.30) - terms.premium(0.18));

    // Duration 23.2 times 1.5 * 0.0576 / 40 = 0.216 points.
    CHECK(lively / equity_value(nasdaq, k) == doctest::Approx(1 - 23.2 * 0.00216).epsilon(0.005));
}
