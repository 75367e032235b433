// SPDX-License-Identifier: Apache-2.0
#include "studies/report_study.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "market/time.hpp"

using namespace crowdout;
using namespace crowdout::studies;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

/// Two factors of two levels, three seeds each, a fork that adds 1 to everything; one member lost.
StudyFindings small_study() {
    StudyFindings study;
    study.meta = {{"name", "small"}, {"hash", "abc"}};
    study.texts = {{"study", "name: <small>\n"}};
    study.factors = {
        {.label = {.name = "capex", .english = "Capex & more", .chinese = "资本开支"},
         .levels = {"$1B", "$2B"}},
        {.label = {.name = "idle", .english = "", .chinese = ""}, .levels = {"10%", "20%"}}};
    study.branches = {{}, {.name = "fork", .english = "", .chinese = ""}};
    study.measures = {{.name = "price", .kind = "price_last", .unit = "USD"}};
    for (std::size_t point = 0; point < 4; ++point) {
        study.points.push_back(
            {.levels = {point / 2, point % 2},
             .shares = {static_cast<double>(point / 2), static_cast<double>(point % 2)}});
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            study.members.push_back({.point = point, .seed = seed, .state = "done"});
        }
    }
    study.values.assign(1, std::vector<std::vector<double>>(2));
    for (const auto& member : study.members) {
        // Means by point: 10, 20, 30, 40, with seeds one below and one above.
        const double value =
            10.0 * static_cast<double>(member.point + 1) + (static_cast<double>(member.seed) - 2);
        study.values[0][0].push_back(value);
        study.values[0][1].push_back(value + 1);
    }
    study.members[5].state = "crashed";
    study.values[0][0][5] = study.values[0][1][5] = nothing;
    study.failures = {{.member = 5, .state = "crashed", .what = "signal 11 <&>"}};
    return study;
}

}  // namespace

TEST_CASE("study report: means of two factors are cells, and of the forks rows") {
    const std::string page = study_report(small_study(), Language::english);

    CHECK(page.find("Settings: 4, of 2 factors.") != std::string::npos);
    CHECK(page.find("Runs: 12, with 3 seeds and 1 forks of each; 11 done, 1 failed.") !=
          std::string::npos);
    // The second point lost its highest seed: (19 + 20) / 2.
    for (const char* cell : {"$10.00", "$19.50", "$30.00", "$40.00"}) {
        CAPTURE(cell);
        CHECK(page.find(std::string{"<td class=\"\">"} + cell + "</td>") != std::string::npos);
    }
    // With the same luck a fork that adds 1 adds 1, whatever the seeds: an interval of no width.
    CHECK(page.find("<th scope=\"row\">fork</th><td class=\"\">$1.00</td><td class=\"\">$1.00 … "
                    "$1.00</td>") != std::string::npos);
    CHECK(page.find("crashed: signal 11 &lt;&amp;&gt;") != std::string::npos);
    CHECK(page.find("Capex &amp; more") != std::string::npos);
    CHECK(count(page, "class=\"heat\"") == 8);  // four cells, wide and narrow
}

TEST_CASE("study report: settings with the same seeds are no more draws of luck") {
    StudyFindings study = small_study();
    study.values[0][0][5] = 21;
    const std::string page = study_report(study, Language::english);

    // Each seed's mean over settings is 24, 25, 26; t of two degrees is 4.303.
    CHECK(page.find("<th scope=\"row\">the run itself</th><td class=\"\">$25.00</td><td class=\"\">"
                    "$22.52 … $27.48</td>") != std::string::npos);
}

TEST_CASE("study report: in Chinese it says the same") {
    const std::string english = study_report(small_study(), Language::english);
    const std::string chinese = study_report(small_study(), Language::chinese);
    for (const char* part : {"<svg", "<tr>", "<section", "class=\"heat\"", "<details"}) {
        CAPTURE(part);
        CHECK(count(english, part) == count(chinese, part));
    }
    CHECK(chinese.find("资本开支") != std::string::npos);
}

TEST_CASE("study report: lines of an attribution stand end to end") {
    StudyFindings study = small_study();
    const auto line = [](const char* kind, const char* name, double value) {
        return StudyFindings::Attribution{
            .kind = kind, .name = name, .value = {value, value - 1, value + 1}, .runs = 11};
    };
    study.attribution = {line("whole", "", -30), line("channel", "fork", -20),
                         line("interaction", "", -10)};
    Page page{Language::english, "title"};

    study_section::attribution(page, study, 0);

    const std::string text = page.finish();
    CHECK(text.find("fork: -$20.00 (-$21.00 … -$19.00); interaction: -$10.00") !=
          std::string::npos);
    CHECK(count(text, "class=\"area down\"") == 4);
    CHECK(count(text, "class=\"area mute\"") == 2);
}

TEST_CASE("study report: many levels are drawn in parts of their range") {
    StudyFindings study = small_study();
    study.factors.pop_back();
    study.factors[0].levels.clear();
    study.points.clear();
    study.members.clear();
    study.values[0].assign(2, {});
    for (std::size_t i = 0; i < 60; ++i) {
        study.factors[0].levels.push_back(std::to_string(i));
        study.points.push_back({.levels = {i}, .shares = {(static_cast<double>(i) + 0.5) / 60}});
        study.members.push_back({.point = i, .seed = 1, .state = "done"});
        study.values[0][0].push_back(static_cast<double>(i / 10));
        study.values[0][1].push_back(static_cast<double>(i / 10));
    }
    study.failures.clear();
    const std::string page = study_report(study, Language::english);

    // Ten levels of equal value in each sixth of the range.
    CHECK(page.find("<th scope=\"row\">0–17% of its range</th><td class=\"\">$0.00</td>") !=
          std::string::npos);
    CHECK(page.find("<th scope=\"row\">83–100% of its range</th><td class=\"\">$5.00</td>") !=
          std::string::npos);
}

TEST_CASE("study report: the past is a dashed line over the fan, and says where it meets it") {
    StudyFindings study = small_study();
    study.fans = {{.track = "BTC", .times = {0, 86'400, 172'800}, .runs = 3}};
    study.fans[0].quantiles.assign(5, {100, 110, 120});
    study.fans[0].quantiles[4] = {120, 130, 140};
    study.past = {{"BTC",
                   {.name = "then",
                    .source = "a book",
                    .book = 0,
                    .times = {market::day.ns, 2 * market::day.ns},
                    .values = {11, 22}}},
                  {"ETH", {.name = "other", .book = 0, .times = {0}, .values = {1}}}};
    const std::string page = study_report(study, Language::english);

    CHECK(count(page, "class=\"line dashed warn\" data-name=\"then\"") == 2);  // wide and narrow
    CHECK(count(page, "data-name=\"other\"") == 0);
    CHECK(page.find("Dashed: then, what BTC was (a book); in proportion, from the run’s own price "
                    "at day 1.0 on.") != std::string::npos);
    // On the second day it is 22 / 11 of the median's 110, where no run comes to more than 140.
    CHECK(page.find(">200<") != std::string::npos);
    study.past.clear();
    CHECK(study_report(study, Language::english).find(">200<") == std::string::npos);
}

TEST_CASE("study report: one factor of numbers is a line over them") {
    StudyFindings study = small_study();
    study.factors.pop_back();
    // Given in no order; a line goes from the least to the greatest.
    study.factors[0].levels = {"$20k", "$5k", "$10k", "$40k"};
    study.factors[0].numbers = {20e3, 5e3, 10e3, 40e3};
    study.factors[0].is_log = true;
    for (std::size_t point = 0; point < 4; ++point) study.points[point].levels = {point};

    const std::string page = study_report(study, Language::english);

    CHECK(page.find("By Capex &amp; more") != std::string::npos);
    CHECK(count(page, "class=\"line c1\"") == 2);
    CHECK(count(page, "class=\"band c1\"") == 2);
    // Means of the points are 10, 19.5, 30 and 40; their levels rise as the second, third, first.
    CHECK(page.find("$5k $19.50; $10k $30.00; $20k $10.00; $40k $40.00;") != std::string::npos);
    // Of a name there is no place on an axis.
    study.factors[0].numbers[2] = nothing;
    CHECK(count(study_report(study, Language::english), "class=\"line c1\"") == 0);
}
