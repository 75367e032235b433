// SPDX-License-Identifier: Apache-2.0
#include "agents/waterfall.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout::agents;

namespace {

std::vector<std::uint8_t> order_of(const std::vector<Holding>& holdings, WaterfallPreset preset) {
    std::array<std::uint8_t, legs_max> order{};
    const std::size_t count = sale_order(holdings, score_weights(preset), order);
    return {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count)};
}

double sum(const Funding& f) {
    return f.idle + f.line + f.sales + f.margin_loan + f.late;
}

}  // namespace

TEST_CASE("waterfall: each source is used up before the next is touched") {
    const FundingSources means{.idle = 10, .line = 5, .sales = 20, .margin_loan = 8};

    struct Row {
        double need, idle, line, sales, margin_loan, late;
    };
    for (const Row& row : {Row{0, 0, 0, 0, 0, 0}, Row{10, 10, 0, 0, 0, 0}, Row{12, 10, 2, 0, 0, 0},
                           Row{15, 10, 5, 0, 0, 0}, Row{34, 10, 5, 19, 0, 0},
                           Row{40, 10, 5, 20, 5, 0}, Row{50, 10, 5, 20, 8, 7}}) {
        const Funding funding = fund_calls(row.need, means);
        CHECK(funding.idle == row.idle);
        CHECK(funding.line == row.line);
        CHECK(funding.sales == row.sales);
        CHECK(funding.margin_loan == row.margin_loan);
        CHECK(funding.late == row.late);
        CHECK(sum(funding) == row.need);
    }
}

TEST_CASE("waterfall: the presets choose differently on one balance sheet") {
    // 0: a liquid winner that is dear; 1: a recent loser of low conviction; 2: neither; 3: pledged.
    const std::vector<Holding> holdings{
        {.usd = 10, .conviction = 2, .liquidity = 3, .gain = 4, .momentum = 0.5},
        {.usd = 10, .conviction = 0, .liquidity = 1, .gain = 0, .momentum = -0.4},
        {.usd = 10, .conviction = 1, .liquidity = 2, .gain = 1, .momentum = 0.1},
        {.usd = 99, .conviction = -9, .liquidity = 9, .gain = 9, .momentum = -9, .strategic = true},
    };

    // Hand: z of conviction, liquidity = (1.22, -1.22, 0), (1.22, -1.22, 0); gain mean 5/3, sd
    // 1.70: (1.37, -0.98, -0.39); momentum mean 0.067, sd 0.368: (1.18, -1.27, 0.09).
    // Essay: -c + 0.3 l - 0.7 r = -1.68, 1.75, -0.06. Holdco: -0.2 c + l + 0.7 g = 1.94, -1.67,
    // -0.27.
    CHECK(order_of(holdings, WaterfallPreset::essay_waterfall) ==
          std::vector<std::uint8_t>{1, 2, 0});
    CHECK(order_of(holdings, WaterfallPreset::observed_holdco) ==
          std::vector<std::uint8_t>{0, 2, 1});
}

TEST_CASE("waterfall: equal scores go by index and empty holdings are skipped") {
    std::vector<Holding> holdings(4, {.usd = 1, .conviction = 0.3, .liquidity = 0.1});
    holdings[1].usd = 0;

    CHECK(order_of(holdings, WaterfallPreset::essay_waterfall) ==
          std::vector<std::uint8_t>{0, 2, 3});
}

TEST_CASE("waterfall: loan-to-value bounds the debt") {
    CHECK(debt_headroom(100, 10, 50, 0.25) == 15);
    CHECK(debt_headroom(100, 10, 8, 0.25) == 8);
    CHECK(debt_headroom(100, 40, 50, 0.25) == 0);
    // 40 of debt on 100 back to a quarter: sell and repay 20, then 20 / 80.
    CHECK(sale_to_restore(100, 40, 0.25) == doctest::Approx(20));
    CHECK(sale_to_restore(100, 25, 0.25) == 0);
}
