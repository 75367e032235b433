// SPDX-License-Identifier: Apache-2.0
#include "studies/report_fit.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "world/replay_error.hpp"

using namespace crowdout;
using namespace crowdout::studies;

namespace {

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

FoundOutcome outcome(double loss, double estimate) {
    return {.loss = loss,
            .targets = {{.name = "spread",
                         .estimate = estimate,
                         .low_95 = estimate - 1e-5,
                         .high_95 = estimate + 1e-5,
                         .members = 8,
                         .distance = loss / 10}},
            .claims = {{.name = "deep",
                        .members = 8,
                        .missing = 8,
                        .why = "8 of 8 members have no value: no <quotes>"}}};
}

/// Two parameters, the first logarithmic and at its end; a target, and a claim without a value.
FitFindings small_fit() {
    FitFindings fit{.format = "crowdout fit 1",
                    .name = "narrow <fit>",
                    .description_zh = "价差",
                    .world = "world.yaml",
                    .set = {"duration=2h"},
                    .end = SearchEnd::converged,
                    .whole = true};
    fit.parameters = {{.name = "distance",
                       .field = "populations[makers].fill_distance",
                       .unit = "1",
                       .scale = Scale::log,
                       .least = 1e-4,
                       .greatest = 1e-2,
                       .start = 1e-3,
                       .best = 1e-4,
                       .best_text = "0.0001"},
                      {.name = "lifetime",
                       .field = "populations[crowd].lifetime",
                       .unit = "s",
                       .least = 60,
                       .greatest = 1260,
                       .start = 60,
                       .best = 600,
                       .best_text = "600s"}};
    fit.targets = {{.name = "spread", .unit = "share", .low = 4.8e-4, .high = 5.2e-4}};
    fit.claims = {{.name = "deep", .unit = "USD", .low = 1000}};
    fit.training = {
        .first_seed = 1, .seeds = 8, .before = outcome(40, 3e-4), .after = outcome(2, 5e-4)};
    fit.training.before->claims.clear();
    fit.training.after->claims.clear();
    fit.held_out = {
        .first_seed = 1001, .seeds = 16, .before = outcome(50, 3e-4), .after = outcome(7, 4.5e-4)};
    fit.path = {{{1e-3, 60}, 40}, {{5e-3, 60}, 60}, {{1e-4, 600}, 2}};
    fit.slices = {{"distance", {{{1e-4, 600}, 2}, {{1e-3, 600}, 9}}},
                  {"lifetime", {{{1e-4, 60}, 5}, {{1e-4, 600}, 2}, {{1e-4, 900}, 3}}}};
    fit.grid = {{{1e-4, 300}, 11}, {{1e-4, 900}, 12}, {{1e-3, 300}, 13}, {{1e-3, 900}, 14}};
    return fit;
}

}  // namespace

TEST_CASE("fit report: says what moved, what was met and on which luck") {
    const std::string page = fit_report(small_fit(), Language::english);

    for (const std::string part :
         {"narrow &lt;fit&gt;", "Loss on 8 seeds of training: 40 at the start, 2 at the best.",
          "On 16 seeds that the search never saw: 50 and 7.",
          "The search looked at 3 points: nearby points are no better.",
          "distance stands at an end of its range", "0.10% → 1 bp", "1 min → 10 min",
          "4.8 bp … 5.2 bp", "4.9 bp … 5.1 bp", "5.00 → 0.70", "deep (only looked at)",
          "no &lt;quotes&gt;", "--set duration=2h", "populations[makers].fill_distance=0.0001"}) {
        CAPTURE(part);
        CHECK(page.find(part) != std::string::npos);
    }
    CHECK(page.find("lifetime stands at an end") == std::string::npos);
    CHECK(page.find("nan") == std::string::npos);
    // Each drawn for wide and narrow windows: two parameters, a target on each set of seeds.
    CHECK(count(page, "class=\"ring\"") == 2 * (2 + 2));
    CHECK(count(page, "class=\"heat\"") == 2 * 4);
    CHECK(count(page, "<td class=\"\">13</td><td class=\"\">14</td>") == 1);
    CHECK(count(page, "class=\"line c1\"") == 2 * (1 + 2));
}

TEST_CASE("fit report: its command is read by a shell as it was meant") {
    FitFindings fit = small_fit();
    fit.world = "my world.yaml";
    fit.set = {"name=it's"};

    const std::string page = fit_report(fit, Language::english);

    CHECK(
        page.find("crowdout run &#39;my world.yaml&#39; --set &#39;name=it&#39;\\&#39;&#39;s&#39; "
                  "--set &#39;populations[makers].fill_distance=0.0001&#39;") != std::string::npos);
}

TEST_CASE("fit report: in Chinese it says the same") {
    const std::string english = fit_report(small_fit(), Language::english);
    const std::string chinese = fit_report(small_fit(), Language::chinese);

    for (const std::string part :
         {"<svg", "<tr>", "<section", "class=\"heat\"", "<details", "<circle"}) {
        CAPTURE(part);
        CHECK(count(english, part) == count(chinese, part));
    }
    CHECK(chinese.find("价差") != std::string::npos);
    CHECK(chinese.find("搜索共评估 3 个点：附近的点不再更优。") != std::string::npos);
}

TEST_CASE("fit report: of a stopped fit it shows what there is") {
    FitFindings fit = small_fit();
    fit.whole = false;
    fit.held_out.before.reset();
    fit.held_out.after.reset();
    fit.slices.clear();
    fit.grid.clear();

    const std::string page = fit_report(fit, Language::english);

    CHECK(page.find("The fit was stopped") != std::string::npos);
    CHECK(page.find("held-out") == std::string::npos);
    CHECK(page.find("The loss around the best") == std::string::npos);
}

TEST_CASE("fit report: a parameter lies in its range as the fit goes through it") {
    const FitFindings fit = small_fit();
    CHECK(share_of(1e-3, fit.parameters[0]) == doctest::Approx(0.5));
    CHECK(share_of(660, fit.parameters[1]) == doctest::Approx(0.5));
    FoundParameter rate{.unit = "per year"};
    CHECK(parameter_text(0.045, rate, Language::english) == "4.50%/yr");
    CHECK(parameter_text(365'000, rate, Language::english) == "365.0k/yr");
    CHECK(parameter_text(56'200, {.unit = "USD"}, Language::english) == "$56,200");
    CHECK(parameter_text(0.25, {.unit = "s"}, Language::english) == "0.25 s");
    CHECK(parameter_text(2, {.unit = ""}, Language::english) == "2.00");
}

TEST_CASE("fit findings: what is written is read back") {
    const FitFindings fit = small_fit();
    const std::string json = fit_json(fit);

    const FitFindings again = read_fit("fit.json", json);

    CHECK(is_fit_json(json));
    CHECK(fit_json(again) == json);
    CHECK(again.parameters[0].scale == Scale::log);
    CHECK(std::isnan(again.claims[0].high));
    CHECK_FALSE(again.training.after->targets.empty());
    FitFindings stopped = fit;
    stopped.held_out.after.reset();
    CHECK(fit_json(stopped).find("\"after\": null") != std::string::npos);
    CHECK_FALSE(read_fit("fit.json", fit_json(stopped)).held_out.after);
}

TEST_CASE("fit findings: what does not fit together is refused") {
    const auto refused = [](const auto& spoil) {
        FitFindings fit = small_fit();
        spoil(fit);
        try {
            (void)read_fit("fit.json", fit_json(fit));
        } catch (const world::ReplayError& wrong) {
            return std::string{wrong.what()};
        }
        return std::string{"nothing"};
    };
    const auto holds = [](const std::string& text, const char* part) {
        return text.find(part) != std::string::npos;
    };
    CHECK(holds(refused([](FitFindings& fit) { fit.path[1].at.pop_back(); }), "its points"));
    CHECK(holds(refused([](FitFindings& fit) { fit.slices[0].parameter = "x"; }), "its points"));
    CHECK(holds(refused([](FitFindings& fit) { fit.grid[2].loss = NAN; }), "its points"));
    CHECK(holds(refused([](FitFindings& fit) { fit.targets.clear(); }), "its estimates"));
    CHECK(holds(refused([](FitFindings& fit) { fit.training.after.reset(); }), "its estimates"));
    CHECK(holds(refused([](FitFindings& fit) { fit.parameters.clear(); }), "no parameters"));
    CHECK(holds(refused([](FitFindings& fit) { fit.format = "crowdout fit 9"; }), "this version"));
    CHECK_FALSE(is_fit_json("{\"claims\": []}"));
}
