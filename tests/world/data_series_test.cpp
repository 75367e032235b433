// SPDX-License-Identifier: Apache-2.0
#include "world/data_series.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "agents/historical_series.hpp"
#include "market/time.hpp"
#include "tests/support/split_mix.hpp"
#include "world/load_world.hpp"
#include "world/quantity_text.hpp"

using namespace crowdout;
using namespace crowdout::world;
using agents::Dimension;
using agents::HistoricalSeries;
using namespace std::string_view_literals;

namespace {

const std::string folder = CROWDOUT_SOURCE_DIR "/tests/malformed/";

market::Time at(const std::string& text) {
    market::Time time;
    REQUIRE_FALSE(parse_time(text, time));
    return time;
}

/// What a table's text gives; it must be right. A member that is given takes the place of its
/// default.
DataSeriesConfig read(const std::string& text, std::string DataSeriesConfig::*member = nullptr,
                      const std::string& said = {}, DateMeaning dates = {}) {
    DataSeriesConfig series;
    if (member != nullptr) series.*member = said;
    series.dates = dates;
    Sources sources;
    Report report;
    const std::uint32_t source = sources.add("t.csv", text);
    read_table(sources, source, series, report);
    REQUIRE_MESSAGE(report.ok(), report.text(sources));
    return series;
}

}  // namespace

TEST_CASE("data series: the last row at or before a moment is known, never a later one") {
    const HistoricalSeries series{{{at("2025-09-18"), 4.1}, {at("2025-10-30"), 3.9}}};

    CHECK(series.known_at(at("2025-09-18")) == 4.1);
    CHECK(series.known_at(at("2025-10-29T23:59:59Z")) == 4.1);
    CHECK(series.known_at(at("2025-10-30")) == 3.9);
    CHECK(series.known_at(at("2026-10-30")) == 3.9);
}

TEST_CASE("data series: numbers are read in the unit of their column") {
    const DataSeriesConfig rate =
        read("date,value\n2025-01-01,4.33\n2025-09-18,-0.5\n", &DataSeriesConfig::unit, "%/yr");
    const DataSeriesConfig capex =
        read("date,value\n2025-01-01,246\n", &DataSeriesConfig::unit, "$B/yr");
    const DataSeriesConfig flow =
        read("date,value\n2025-01-01,2\n", &DataSeriesConfig::unit, "$M/d");
    const DataSeriesConfig price =
        read("date,value\n2025-01-01,\"88000.5\"\n", &DataSeriesConfig::unit, "$");

    REQUIRE(rate.history.points().size() == 2);
    CHECK(rate.history.points()[0] == HistoricalSeries::Point{at("2025-01-01"), 0.0433});
    CHECK(rate.history.points()[1] == HistoricalSeries::Point{at("2025-09-18"), -0.005});
    CHECK(capex.history.points()[0].value == 246e9);
    CHECK(flow.history.points()[0].value == 730e6);
    CHECK(price.history.points()[0].value == 88000.5);
}

TEST_CASE("data series: columns go by name, wherever they stand") {
    const DataSeriesConfig series =
        read("high,date,low\n5,2025-01-01,3\n", &DataSeriesConfig::value, "low");

    CHECK(series.history.points()[0].value == 3);
}

TEST_CASE("data series: a date alone means the moment that the world says") {
    const std::string table = "date,value\n2025-07-03,1\n2025-07-04,2\n2025-07-05T09:30Z,3\n";
    const auto moments = [&](DateMeaning dates) {
        std::vector<std::string> texts;
        const DataSeriesConfig series = read(table, nullptr, {}, dates);
        for (const auto& point : series.history.points()) {
            texts.push_back(format_time(point.at));
        }
        return texts;
    };

    using Texts = std::vector<std::string>;
    CHECK(moments(DateMeaning::day_begins) ==
          Texts{"2025-07-03", "2025-07-04", "2025-07-05T09:30:00Z"});
    CHECK(moments(DateMeaning::day_ends) ==
          Texts{"2025-07-04", "2025-07-05", "2025-07-05T09:30:00Z"});
    // The 3rd closed at 13:00 in New York, on the 4th shares were shut.
    CHECK(moments(DateMeaning::us_close) ==
          Texts{"2025-07-03T17:00:00Z", "2025-07-04T20:00:00Z", "2025-07-05T09:30:00Z"});
}

TEST_CASE("data series: comments are the source where the world gives none") {
    const std::string table = "# Source: a bank.\n# Licence: facts.\ndate,value\n2025-01-01,1\n";

    CHECK(read(table).source == "Source: a bank. Licence: facts.");
    CHECK(read(table, &DataSeriesConfig::source, "mine").source == "mine");
}

TEST_CASE("data series: units are those of a world file") {
    CHECK(dimension_of("") == Dimension::number);
    CHECK(dimension_of("%") == Dimension::ratio);
    CHECK(dimension_of("%/yr") == Dimension::rate);
    CHECK(dimension_of("bp/yr") == Dimension::rate);
    CHECK(dimension_of("$") == Dimension::money);
    CHECK(dimension_of("$B") == Dimension::money);
    CHECK(dimension_of("$B/yr") == Dimension::money_rate);
    CHECK_FALSE(dimension_of("EUR"));
    CHECK_FALSE(dimension_of("$bn"));
}

// Goal: no table crashes the reader, and what it accepts are finite numbers at rising moments.
// Method: right tables with a few bytes replaced by those that tables are made of.
TEST_CASE("malformed tables: whatever the bytes, they are told or right") {
    const std::string right = "# a\ndate,value\n2025-01-01,4.25\n2025-01-02T09:30Z,\"-1e3\"\n";
    constexpr std::string_view pieces = "\"\",,\n\r#-+.eE0123456789TZ:dv \t\0\x80\xe4"sv;
    test::SplitMix64 random{1};
    const auto below = [&](std::size_t size) {
        return static_cast<std::size_t>(random.below(static_cast<std::int64_t>(size)));
    };
    std::size_t accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = right;
        for (std::int64_t changes = 1 + random.below(4); changes > 0; --changes) {
            text[below(text.size())] = pieces[below(pieces.size())];
        }
        Sources sources;
        Report report;
        DataSeriesConfig series;
        read_table(sources, sources.add("t.csv", text), series, report);
        REQUIRE_MESSAGE(report.ok() != series.history.empty(), text);
        REQUIRE(report.text(sources).empty() == report.ok());
        accepted += report.ok();
        for (const auto& point : series.history.points()) REQUIRE(std::isfinite(point.value));
    }
    CHECK(accepted > 200);
    CHECK(accepted < 19'000);
}

TEST_CASE("malformed tables: each is told with its code and place") {
    std::ifstream file{folder + "tables/expected.txt"};
    std::set<std::string> listed;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream columns{line};
        std::string table;
        std::string code;
        std::string place;
        std::string part;
        columns >> table >> code >> place >> std::ws;
        std::getline(columns, part);
        CAPTURE(table);
        listed.insert(table);
        const std::string path = folder + "tables/" + table;
        const auto loaded = load_world(folder + "base.yaml",
                                       {"data=[{name: past, unit: $B/yr, file: " + path + "}]"});
        REQUIRE_FALSE(loaded.report.ok());
        const Diagnostic& told = loaded.report.diagnostics().front();
        CHECK(code_name(told.code) == code);
        CHECK(loaded.document.sources.where(told.place) == path + ":" + place);
        CHECK_MESSAGE(told.message.find(part) != std::string::npos, told.message);
        CHECK(told.path == "data[past]");
    }
    for (const auto& entry : std::filesystem::directory_iterator{folder + "tables"}) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".csv")) CHECK_MESSAGE(listed.contains(name), name);
    }
}
