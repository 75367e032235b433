// SPDX-License-Identifier: Apache-2.0
#include "world/overlay.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/small_world.hpp"
#include "world/manifest.hpp"
#include "world/manifest_json.hpp"

namespace crowdout::world {

namespace {

constexpr std::int64_t day = market::day.ns;
constexpr std::int64_t start = 20'458 * day;  // 2026-01-05, where the crowd's two days begin

/// The overlays of the crowd's world with one series.
std::vector<Overlay> overlays_with(const std::string& fields, const std::string& rows,
                                   Manifest& manifest) {
    const World world =
        test::build_world(std::string{test::crowd_world} + "data:\n  - {name: past, " + fields +
                          ", table: \"date,value\\n" + rows + "\"}\n");
    manifest = manifest_of(world);
    return manifest.overlays;
}

using Points = std::vector<OverlayLine::Point>;

}  // namespace

TEST_CASE("overlay: a price is shown at its own moments within the run") {
    Manifest manifest;
    const auto overlays = overlays_with(
        "of: COIN, unit: $, source: me, rebase: false",
        "2026-01-04,90\\n2026-01-05,95\\n2026-01-06T12:00Z,110\\n2026-01-08,120\\n", manifest);
    REQUIRE(overlays.size() == 1);
    CHECK(overlays[0].name == "past");
    CHECK(overlays[0].source == "me");
    CHECK(overlays[0].book == 0);
    CHECK(overlays[0].series == Overlay::none);
    CHECK_FALSE(overlays[0].rebase);
    CHECK(overlays[0].times == std::vector<std::int64_t>{start, start + day * 3 / 2});
    CHECK(overlays[0].values == std::vector<double>{95, 110});
}

TEST_CASE("overlay: a figure holds from row to row, and from before the run into it") {
    Manifest manifest;
    const auto overlays =
        overlays_with("series: policy_rate, unit: \"%/yr\"",
                      "2025-12-11,4\\n2026-01-06,3.5\\n2026-02-01,3\\n", manifest);
    REQUIRE(overlays.size() == 1);
    CHECK(manifest.series[overlays[0].series].name == "policy_rate");
    CHECK(overlays[0].times ==
          std::vector<std::int64_t>{start, start + day, start + day, start + 2 * day});
    CHECK(overlays[0].values == std::vector<double>{0.04, 0.04, 0.035, 0.035});
}

TEST_CASE("overlay: a series that nothing of the run is like, or that is elsewhere, is none") {
    Manifest manifest;
    CHECK(overlays_with("unit: $", "2026-01-05,1\\n", manifest).empty());
    CHECK(overlays_with("of: COIN, unit: $", "2025-01-05,1\\n", manifest).empty());
}

TEST_CASE("overlay: of many rows the peaks are kept") {
    std::string rows;
    for (int i = 0; i < 3'000; ++i) {
        rows += "2026-01-05T" + std::string(i / 3600 % 24 < 10 ? "0" : "") +
                std::to_string(i / 3600 % 24) + ":" + (i / 60 % 60 < 10 ? "0" : "") +
                std::to_string(i / 60 % 60) + ":" + (i % 60 < 10 ? "0" : "") +
                std::to_string(i % 60) + "Z," + (i == 1'234 ? "500" : "100") + "\\n";
    }
    Manifest manifest;
    const auto overlays = overlays_with("of: COIN, unit: $", rows, manifest);
    REQUIRE(overlays.size() == 1);
    CHECK(overlays[0].times.size() <= Overlay::points_max);
    CHECK(std::ranges::count(overlays[0].values, 500) == 1);
    CHECK(std::ranges::is_sorted(overlays[0].times));
}

TEST_CASE("overlay: a recording's manifest has it") {
    Manifest manifest;
    (void)overlays_with("of: COIN, unit: $", "2026-01-05,95.25\\n2026-01-06,97\\n", manifest);
    CHECK(read_manifest_json(manifest_json(manifest)) == manifest);

    Manifest older = manifest;
    older.overlays.clear();
    std::string text = manifest_json(older);
    text.replace(text.find(", \"overlays\": []"), std::string{", \"overlays\": []"}.size(), "");
    CHECK(read_manifest_json(text) == older);

    manifest.overlays[0].book = 7;
    CHECK_THROWS((void)read_manifest_json(manifest_json(manifest)));
    manifest.overlays[0].book = 0;
    manifest.overlays[0].values.pop_back();
    CHECK_THROWS((void)read_manifest_json(manifest_json(manifest)));
}

TEST_CASE("overlay: is moved in proportion to meet the run where both begin") {
    const Overlay overlay{.book = 0, .times = {0, 10, 20}, .values = {50, 40, 60}};
    // The run begins at 5 and goes 100, 110 ...
    const auto run = [](std::int64_t time) {
        return time < 5 ? std::numeric_limits<double>::quiet_NaN()
                        : 100 + static_cast<double>(time);
    };
    const OverlayLine line = fit_overlay(overlay, 3, 20, run);
    CHECK(line.rebased);
    CHECK(line.meets_at == 10);
    CHECK(line.points == Points{{10, 110}, {20, 165}});  // 60 / 40 of 110
}

TEST_CASE("overlay: what is not to be moved is only put into the chart's unit") {
    const auto run = [](std::int64_t) { return 1.0; };
    const Overlay price{.book = 0, .rebase = false, .times = {0, 10}, .values = {50, 40}};
    CHECK(fit_overlay(price, 2, 10, run).points == Points{{0, 100}, {10, 80}});
    const Overlay figure{.series = 3, .rebase = true, .times = {0, 10}, .values = {0.04, 0.03}};
    const OverlayLine line = fit_overlay(figure, 1, 10, run);
    CHECK_FALSE(line.rebased);
    CHECK(line.points == Points{{0, 0.04}, {10, 0.03}});

    const Overlay rebased{.book = 0, .times = {0}, .values = {50}};
    CHECK(fit_overlay(rebased, 1, 10, [](std::int64_t) { return 0.0; }).points.empty());
}

TEST_CASE("overlay: ends with the run; a figure holds until then") {
    const auto run = [](std::int64_t) { return 1.0; };
    const Overlay price{.book = 0, .rebase = false, .times = {0, 10, 20}, .values = {50, 40, 30}};
    CHECK(fit_overlay(price, 1, 15, run).points == Points{{0, 50}, {10, 40}});
    const Overlay figure{.series = 3, .times = {5, 10, 10, 20}, .values = {4, 4, 3, 3}};
    CHECK(fit_overlay(figure, 1, 15, run).points == Points{{5, 4}, {10, 4}, {10, 3}, {15, 3}});
    CHECK(fit_overlay(figure, 1, 7, run).points == Points{{5, 4}, {7, 4}});
    CHECK(fit_overlay(figure, 1, 20, run).points == Points{{5, 4}, {10, 4}, {10, 3}, {20, 3}});
    CHECK(fit_overlay(figure, 1, 2, run).points.empty());
}

}  // namespace crowdout::world
