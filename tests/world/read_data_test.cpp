// SPDX-License-Identifier: Apache-2.0
#include "world/read_data.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/world_probe.hpp"
#include "world/checkpoint.hpp"
#include "world/data_check.hpp"
#include "world/field_printer.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

namespace {

/// The quiet world, from 30 March 2026 at 13:00Z, with a target that a table gives.
std::vector<std::string> with_target(const std::string& rows) {
    return {"steps=[1h]",
            "data=[{name: target, unit: \"%/yr\", table: \"date,value\\n" + rows + "\"}]",
            "rates.policy_series=target"};
}

/// The crowd's world, extended by what a file beside a table says.
std::string write_world(const apps::TestFolder& folder, const std::string& more) {
    return folder.write("world.yaml", std::string{test::crowd_world} + more);
}

constexpr std::string_view followed =
    "rates: {policy_series: target}\n"
    "data:\n  - {name: target, file: tables/t.csv, unit: \"%/yr\"}\n";

std::string resolved(const WorldConfig& config) {
    return print_resolved(world_type(), &config);
}

}  // namespace

TEST_CASE("data: the target of the past is followed from its date on") {
    WorldProbe probe =
        test::quiet_probe(with_target("2026-01-01,4.5\\n2026-03-30T18:30Z,4.25\\n2026-03-31,4\\n"));
    CHECK(probe.world().rates().policy == 0.045);

    probe.run_until(market::Time{1'774'893'600'000'000'000});  // 18:00Z on the 30th
    CHECK(probe.world().rates().policy == 0.045);
    CHECK(probe.economy().loans.reference_rate() == 45'000'000);

    probe.step();  // to 19:00Z
    CHECK(probe.world().rates().policy == 0.0425);
    CHECK(probe.economy().loans.reference_rate() == 42'500'000);

    probe.run_until(market::Time{1'774'915'200'000'000'000});  // midnight
    CHECK(probe.world().rates().policy == 0.04);
}

TEST_CASE("data: what a shock sets holds until the target of the past changes") {
    std::vector<std::string> sets = with_target("2026-01-01,4.5\\n2026-03-31,4\\n");
    sets.emplace_back(
        "shocks=[{name: surprise, at: 2026-03-30T15:30Z, kind: policy_rate, rate: 6%/yr}]");
    WorldProbe probe = test::quiet_probe(sets);

    probe.run_until(market::Time{1'774'911'600'000'000'000});  // 23:00Z
    CHECK(probe.world().rates().policy == 0.06);

    probe.step();
    CHECK(probe.world().rates().policy == 0.04);
}

// Goal: nothing that happens later in a table has a part in a run before its date.
// Method: two tables that are alike up to a date; the runs are compared digest by digest.
TEST_CASE("data: no run knows a row before its date") {
    const std::string shared = "2026-01-01,4.5\\n2026-03-30T20:00Z,4.25\\n";
    WorldProbe one = test::quiet_probe(with_target(shared + "2026-04-01,2\\n2026-04-02,9\\n"));
    WorldProbe other = test::quiet_probe(with_target(shared + "2026-04-01T01:00Z,7\\n"));

    const market::Time parts{1'775'001'600'000'000'000};  // 2026-04-01T00:00Z
    while (one.world().now() < parts + market::Duration{-market::hour.ns}) {
        one.step();
        other.step();
        REQUIRE(one.world().digest() == other.world().digest());
    }
    one.step();
    other.step();
    CHECK(one.world().now() == parts);
    CHECK(one.world().digest() != other.world().digest());
}

TEST_CASE("data: a file stands beside the world that names it, and travels within it") {
    const apps::TestFolder folder;
    std::filesystem::create_directory(folder.file("tables"));
    folder.write("tables/t.csv",
                 "\xef\xbb\xbf# Source: \"a bank\", 利率\r\ndate,value\r\n2026-01-01,5\r\n"
                 "2026-01-05T12:00Z,5.25\r\n");
    const std::string file = write_world(folder, std::string{followed});
    const auto loaded = load_world(file);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    const DataSeriesConfig& series = loaded.config.data[0];
    CHECK(series.source == "Source: \"a bank\", 利率");
    REQUIRE(series.history.points().size() == 2);

    std::filesystem::remove_all(folder.file("tables"));
    const std::string text = resolved(loaded.config);
    const auto again = load_world_text("anywhere.yaml", text);

    REQUIRE_MESSAGE(again.report.ok(), again.text());
    CHECK(resolved(again.config) == text);
    CHECK(again.config.data[0].history == series.history);
    World first = build(std::make_shared<const WorldConfig>(loaded.config));
    World second = build(std::make_shared<const WorldConfig>(again.config));
    Pool pool{1};
    for (int step = 0; step < 780; ++step) {  // past noon, when the target changes
        first.step(pool);
        second.step(pool);
    }
    CHECK(first.digest() == second.digest());
    CHECK(first.rates().policy == 0.0525);
    const World resumed = load_checkpoint(save_checkpoint(first));
    CHECK(resumed.digest() == first.digest());
    CHECK(resumed.config().data[0].history == series.history);
}

TEST_CASE("data: a file is relative to the world file that names it, whoever extends that") {
    const apps::TestFolder folder;
    std::filesystem::create_directories(folder.file("base/tables"));
    std::filesystem::create_directory(folder.file("mine"));
    folder.write("base/tables/t.csv", "date,value\n2026-01-01,5\n");
    folder.write("base/world.yaml", std::string{test::crowd_world} + std::string{followed});
    folder.write("mine/t.csv", "date,value\n2026-01-01,6\n");
    const std::string plain = folder.write("mine/plain.yaml", "extends: ../base/world.yaml\n");
    const std::string other = folder.write(
        "mine/other.yaml", "extends: ../base/world.yaml\ndata: [{name: target, file: t.csv}]\n");

    const auto first_value = [](const Loaded<WorldConfig>& loaded) {
        REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
        return loaded.config.data[0].history.points().front().value;
    };
    CHECK(first_value(load_world(plain)) == 0.05);
    CHECK(first_value(load_world(other)) == 0.06);
    CHECK(first_value(load_world(
              plain, {"data[target].file=\"" + folder.file("mine/t.csv") + "\""})) == 0.06);
}

TEST_CASE("data: a world in full may be larger than a world file, by its tables") {
    std::string rows = "date,value\n";
    for (int i = 0; i < 80'000; ++i) {
        rows += format_time(market::Time{} + market::hour * i) + ",1.25\n";
    }
    REQUIRE(rows.size() > text_bytes_max);
    const apps::TestFolder folder;
    std::filesystem::create_directory(folder.file("tables"));
    folder.write("tables/t.csv", rows);
    const auto loaded = load_world(write_world(folder, std::string{followed}));
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());

    const auto again = load_world_text("full.yaml", resolved(loaded.config));

    REQUIRE_MESSAGE(again.report.ok(), again.text());
    CHECK(again.config.data[0].history.points().size() == 80'000);
}

TEST_CASE("data: a table that is too large is refused by its size") {
    const apps::TestFolder folder;
    std::filesystem::create_directory(folder.file("tables"));
    folder.write("tables/t.csv", std::string(table_bytes_max + 1, 'x'));

    const auto loaded = load_world(write_world(folder, std::string{followed}));

    REQUIRE(loaded.report.diagnostics().size() == 1);
    CHECK(loaded.report.diagnostics()[0].code == Code::file_too_large);
}

TEST_CASE("data: a series that ends before the run is worth a note, and no mistake") {
    const auto config = test::config_of(
        test::crowd_world,
        {"data=[{name: target, unit: \"%/yr\", table: \"date,value\\n2026-01-01,5\\n\"}]",
         "rates.policy_series=target"});

    CHECK(data_notes(*config) ==
          std::vector<std::string>{"rates.policy_series: target has no row after 2026-01-01; its "
                                   "last value holds to the end of the run"});
}

TEST_CASE("data: fields that follow a series are found wherever they stand") {
    const auto loaded = load_world(CROWDOUT_SOURCE_DIR "/configs/history_2025.yaml");
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());

    std::vector<std::string> found;
    for (const SeriesUse& use : series_uses(loaded.config)) {
        found.push_back(use.path + " " + use.series);
    }
    CHECK(found ==
          std::vector<std::string>{"rates.policy_series fed_funds",
                                   "populations[hyperscalers].capex_series capex_four_firms",
                                   "populations[oracle].capex_series capex_oracle"});
}

}  // namespace crowdout::world
