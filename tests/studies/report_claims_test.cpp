// SPDX-License-Identifier: Apache-2.0
#include "studies/report_claims.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "world/replay_error.hpp"

using namespace crowdout;
using studies::ClaimLine;
using studies::Language;

namespace {

constexpr const char* json = R"({"claims": [
  {"world": "drain", "name": "btc_falls", "row": "H16", "tier": "A", "says": "Bitcoin falls <again>.",
   "says_zh": "比特币下跌。", "unit": "share", "estimate": -0.12, "low": -0.2, "high": -0.05,
   "bound_high": 0, "verdict": "holds", "why": "", "is_known": false, "members": 8, "values": []},
  {"world": "drain", "name": "spread", "tier": "B", "says": "Spreads widen.", "unit": "per year",
   "estimate": 0.01, "low": 0.005, "high": 0.015, "bound_low": 0.02, "bound_high": 0.03,
   "verdict": "fails", "why": "no dealers yet", "is_known": true, "members": 20},
  {"world": "calm", "name": "nothing", "tier": "none", "says": "Who knows.", "unit": "number",
   "bound_low": 1, "verdict": "undecided", "why": "no trades", "members": 5}],
 "lost": [], "members_made": 33, "exit_code": 0})";

}  // namespace

TEST_CASE("claims report: reads what the verb prints, and keeps apart what is not there") {
    const auto claims = studies::read_claims("claims.json", json);

    REQUIRE(claims.size() == 3);
    CHECK(claims[0].says_zh == "比特币下跌。");
    CHECK(claims[0].low == -0.2);
    CHECK(std::isnan(claims[0].bound_low));
    CHECK(claims[1].is_known);
    CHECK(std::isnan(claims[2].estimate));
    CHECK(claims[2].members == 5);
    CHECK_THROWS_AS((void)studies::read_claims("x.json", "{\"other\": 1}"), world::ReplayError);
    CHECK_THROWS_AS((void)studies::read_claims("x.json", "[1, 2"), world::ReplayError);
    CHECK_THROWS_AS((void)studies::read_claims("x.json", "{\"claims\": [{\"low\": \"a\"}]}"),
                    world::ReplayError);
}

TEST_CASE("claims report: counts verdicts and shows bounds, intervals and reasons") {
    const auto claims = studies::read_claims("claims.json", json);

    const std::string english = studies::claims_report(claims, Language::english);
    const std::string chinese = studies::claims_report(claims, Language::chinese);

    for (const char* said :
         {"1 of 3 claims hold, 1 fail, 1 are undecided.", "Tier A: 1 of 1 hold.",
          "Tier B: 0 of 1 hold.", "Bitcoin falls &lt;again&gt;.", "&lt; 0.00%", "-20.00% … -5.00%",
          "2.00% … 3.00%", "✗ fails (known)", "spread: no dealers yet", "? undecided"}) {
        CAPTURE(said);
        CHECK(english.find(said) != std::string::npos);
    }
    CHECK(chinese.find("3 条论断中 1 条成立，1 条不成立，1 条未定。") != std::string::npos);
    CHECK(chinese.find("比特币下跌。") != std::string::npos);
    CHECK(english.find("nan") == std::string::npos);
}

TEST_CASE("claims report: the past has a column and a mark in the worlds that have data of it") {
    auto claims = studies::read_claims("claims.json", json);
    const std::string without = studies::claims_report(claims, Language::english);
    claims[1].data = 0.0275;
    const std::string with = studies::claims_report(claims, Language::english);

    // One world of two, drawn on a wide and on a narrow sheet.
    const auto count = [](const std::string& page, const std::string& what) {
        std::size_t found = 0;
        for (std::size_t at = page.find(what); at != std::string::npos;
             at = page.find(what, at + 1)) {
            ++found;
        }
        return found;
    };
    CHECK(count(without, ">data</th>") == 0);
    CHECK(count(without, "l6 6l-6 6l-6 -6z") == 0);
    CHECK(count(with, ">data</th>") == 1);
    CHECK(count(with, ">2.75%</td>") == 1);
    CHECK(count(with, "l6 6l-6 6l-6 -6z") == 2);
    CHECK(count(with, "A hollow diamond") == 1);
}
