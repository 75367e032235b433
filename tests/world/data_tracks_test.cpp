// SPDX-License-Identifier: Apache-2.0
#include "world/data_tracks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/support/small_world.hpp"
#include "world/config.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

/// Shares from Monday 5 January 2026 on, with a table of a coin and of a share: closes of ten days,
/// of which the coin has one more.
constexpr std::string_view past_world = R"(
name: past
start: 2026-01-05T00:00:00Z
duration: 10d
steps: [1h]
bank: bank
sectors: [{name: public}]
venues: [{name: exchange, operated_by: bank}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, supply: 1M, issuer: bank,
     rest_with: vault, volume_daily: $1M, valuation: none}
  - {name: STOCK, kind: share, venue: exchange, price: $50, supply: 1M, issuer: bank,
     rest_with: vault, volume_daily: $1M, valuation: none}
  - {name: OTHER, kind: share, venue: exchange, price: $50, supply: 1M, issuer: bank,
     rest_with: vault, volume_daily: $1M, valuation: none}
institutions: [{name: bank, sector: public}, {name: vault, sector: public}]
data:
  - {name: coin_past, of: COIN, unit: $, dates: us_close, table: "date,value\n2026-01-02,100\n2026-01-05,110\n2026-01-06,99\n2026-01-07,108.9\n2026-01-08,98.01\n2026-01-09,107.811\n2026-01-11,500\n2026-01-12,97.0299\n2026-01-13,106.73289\n2026-01-14,117.406179\n"}
  - {name: stock_past, of: STOCK, dates: us_close, table: "date,value\n2026-01-02,50\n2026-01-05,55\n2026-01-06,49.5\n2026-01-07,54.45\n2026-01-08,49.005\n2026-01-09,53.9055\n2026-01-12,48.51495\n2026-01-13,53.366445\n2026-01-14,58.7030895\n"}
  - {name: target, series: policy_rate, unit: "%/yr", table: "date,value\n2025-12-01,4\n2026-01-10,3\n"}
  - {name: late, series: credit_yield, unit: "%/yr", table: "date,value\n2026-01-06,5\n"}
)";

/// What the past says to a claim, written as in a world file.
Measured ask(const std::string& measure) {
    const auto config =
        test::config_of(past_world, {"claims=[{name: c, says: c, above: 0, " + measure + "}]"});
    return evaluate_past(config->claims[0], *config);
}

}  // namespace

TEST_CASE("past: a return is that of the table between the dates of the stretch") {
    // From the close of the 2nd, the last before the start, to that of the 14th.
    CHECK(*ask("measure: total_return, of: STOCK").value == doctest::Approx(58.7030895 / 50 - 1));
    // From midnight of the 7th (the close of the 6th) to that of the 10th (the close of the 9th).
    CHECK(*ask("measure: total_return, of: STOCK, from: 2d, until: 5d").value ==
          doctest::Approx(53.9055 / 49.5 - 1));
}

TEST_CASE("past: a drawdown sees the table's own moments, weekends too") {
    // From 500 on Sunday to 97.0299 on Monday.
    CHECK(*ask("measure: drawdown, of: COIN, every: 1h").value ==
          doctest::Approx(1 - 97.0299 / 500));
}

TEST_CASE("past: daily returns are those from close to close") {
    // The share went +10 %, then alternately -10 % and +10 %, and +10 % twice at the end. The first
    // close within the run is that of the 5th, so 7 returns: 3 falls and 4 rises.
    const double rise = 0.09531017980432493;   // ln 1.1
    const double fall = -0.10536051565782628;  // ln 0.9
    const double mean = (4 * rise + 3 * fall) / 7;
    const double squares = 4 * (rise - mean) * (rise - mean) + 3 * (fall - mean) * (fall - mean);
    const Measured volatility = ask("measure: volatility, of: STOCK");
    REQUIRE_MESSAGE(volatility.value, volatility.why_not);
    CHECK(*volatility.value == doctest::Approx(std::sqrt(squares / 6)));
}

TEST_CASE("past: two prices are compared at the moments that both have") {
    // Sunday's 500, which the share does not have, has no part: each return is the same in both.
    const Measured correlation =
        ask("measure: correlation, of: COIN, with: STOCK, window: 7d, horizon: 1d");
    REQUIRE_MESSAGE(correlation.value, correlation.why_not);
    CHECK(*correlation.value == doctest::Approx(1));
}

TEST_CASE("past: a figure holds from its date on, hour by hour") {
    CHECK(*ask("measure: series, series: policy_rate, take: change").value ==
          doctest::Approx(-0.01));
    // Five of the ten days at 4 %, five at 3 %.
    CHECK(*ask("measure: series, series: policy_rate, take: mean").value ==
          doctest::Approx(0.035).epsilon(0.001));
}

TEST_CASE("past: what no table has is told, and has no value") {
    const auto why = [](const std::string& measure) {
        const Measured answer = ask(measure);
        CHECK_FALSE(answer.value);
        return answer.why_not;
    };
    CHECK(why("measure: total_return, of: OTHER") == "there is no data of OTHER");
    CHECK(why("measure: depth, of: COIN") == "the data knows prices only");
    CHECK(why("measure: volume_volatility, of: COIN") == "the data knows prices only");
    CHECK(why("measure: order_sign_memory, of: COIN, lag_last: 20") ==
          "the data knows prices only");
    CHECK(why("measure: flow, payer: public, reason: wages") ==
          "the data knows no flows and no holders");
    CHECK(why("measure: event_count, kind: shock") == "the data knows no events");
    CHECK(why("measure: series, series: government_yield") ==
          "there is no series government_yield");
    CHECK(why("measure: series, series: credit_yield") == "there is no series credit_yield");
    CHECK(why("measure: volatility, of: STOCK, horizon: 1h") ==
          "prices were not kept often enough for the horizon");
}

TEST_CASE("past: a stretch beyond the table is refused") {
    const auto config = test::config_of(
        past_world, {"claims=[{name: c, says: c, above: 0, measure: total_return, of: STOCK}]",
                     "duration=20d"});
    CHECK(evaluate_past(config->claims[0], *config).why_not ==
          "the data ends on 2026-01-14T21:00:00Z");
    const auto early = test::config_of(
        past_world, {"claims=[{name: c, says: c, above: 0, measure: total_return, of: STOCK}]",
                     "start=2025-12-20", "duration=20d"});
    CHECK(evaluate_past(early->claims[0], *early).why_not ==
          "the data begins on 2026-01-02T21:00:00Z");
}

TEST_CASE("past: a world without prices or figures of the past has none") {
    CHECK(has_past(*test::config_of(past_world)));
    CHECK_FALSE(has_past(*test::config_of(past_world, {"data=[]"})));
    CHECK_FALSE(has_past(*test::config_of(
        past_world,
        {"data=[]", "data=[{name: plan, unit: $B/yr, table: \"date,value\\n2026-01-01,1\\n\"}]"})));
}
