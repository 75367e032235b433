// SPDX-License-Identifier: Apache-2.0
#include "world/schema.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/world/toy_world.hpp"
#include "world/field_printer.hpp"

using namespace crowdout::world;

namespace {

const FieldRow& row(const std::vector<FieldRow>& rows, const std::string& path,
                    const std::string& tag = "") {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const FieldRow& each) {
        return each.path == path && each.tag == tag;
    });
    REQUIRE(found != rows.end());
    return *found;
}

}  // namespace

TEST_CASE("field list: every field is told with its unit, default and range") {
    const std::vector<FieldRow> rows = list_fields(*type_of<toy::World>());

    CHECK(row(rows, "name").required);
    CHECK(row(rows, "name").help_zh == "世界的名字");
    CHECK(row(rows, "seed").type == "whole number");
    CHECK(row(rows, "seed").default_value == "1");
    CHECK(row(rows, "seed").range == "at least 0");
    CHECK(row(rows, "reserve").unit == "USD");
    CHECK(row(rows, "steps").type == "list: duration");
    CHECK(row(rows, "steps").default_value == "[1min]");
    CHECK(row(rows, "steps").range == "0.001s to 86400s");
    CHECK(row(rows, "venue.taker_fee").default_value == "0.0005");
    CHECK(row(rows, "instruments[].kind").range == "coin, share, bond");
    CHECK(row(rows, "instruments[].price").range == "above 0");
    CHECK(row(rows, "instruments[].coupon").default_value == "");
    CHECK(row(rows, "populations[].archetype").range == "market_maker, trend_fund");
    CHECK(row(rows, "populations[].slow", "trend_fund").default_value == "20d");
    CHECK(row(rows, "populations[].cash").type == "money or distribution");
}

TEST_CASE("field printer: the full form reads back to itself") {
    const auto loaded = toy::load_text(std::string{toy::good_world});
    REQUIRE(loaded.report.ok());
    const std::string full = print_resolved(*type_of<toy::World>(), &loaded.config);
    const auto again = toy::load_text(full);
    CHECK(again.text() == "");
    CHECK(print_resolved(*type_of<toy::World>(), &again.config) == full);

    CHECK(
        full.starts_with("name: toy\nseed: 7\nstart: 2025-10-10T13:30:00Z\n"
                         "reserve: $1200000000\nincome: $400000000000/yr\n"));
    CHECK(full.find("  - name: makers\n    archetype: market_maker\n    instrument: BTC\n"
                    "    spread: 0.0025\n    levels: 5\n    count: 20\n"
                    "    cash: {lognormal: {median: $20000000, sigma: 0.5}, max: $1000000000}\n"
                    "    holdings: {}\n") != std::string::npos);
}

TEST_CASE("field printer: a text that looks like something else is quoted") {
    CHECK(yaml_text("plain text") == "plain text");
    CHECK(yaml_text("国债") == "国债");
    CHECK(yaml_text("yes") == "\"yes\"");
    CHECK(yaml_text("010") == "\"010\"");
    CHECK(yaml_text("1.5") == "\"1.5\"");
    CHECK(yaml_text("") == "\"\"");
    CHECK(yaml_text("a: b") == "\"a: b\"");
    CHECK(yaml_text("- a") == "\"- a\"");
    CHECK(yaml_text("tab\there") == "\"tab\\there\"");
}
