// SPDX-License-Identifier: Apache-2.0
#include "world/diagnostic.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/world/toy_world.hpp"

using namespace crowdout::world;

TEST_CASE("diagnostic: a mistake is told like a compiler's") {
    const auto loaded = toy::load_text("name: w\nvenue: {takr_fee: 1bp, open: true}\n");
    CHECK(loaded.text() ==
          "world.yaml:2:9: error[E0123]: unknown key 'takr_fee'; did you mean 'taker_fee'?\n"
          "  at venue.takr_fee\n"
          "    2 | venue: {takr_fee: 1bp, open: true}\n"
          "      |         ^~~~~~~~\n"
          "  expected: one of taker_fee\n");
}

TEST_CASE("diagnostic: the caret stands below wide characters") {
    const auto loaded = toy::load_text("{name: 世界, 种子: 7}\n");
    CHECK(loaded.text() ==
          "world.yaml:1:12: error[E0123]: unknown key '种子'\n"
          "  at 种子\n"
          "    1 | {name: 世界, 种子: 7}\n"
          "      |              ^~~~\n"
          "  expected: one of seed, start, reserve, income, growth, steps, venue, sectors, "
          "instruments, populations, shocks\n");
}

TEST_CASE("diagnostic: a repeated key shows both places") {
    const auto loaded = toy::load_text("name: w\nseed: 1\nseed: 2\n");
    CHECK(loaded.text() ==
          "world.yaml:3:1: error[E0120]: key 'seed' is written twice in this map\n"
          "    3 | seed: 2\n"
          "      | ^~~~\n"
          "  world.yaml:2:1: first written here\n");
}

TEST_CASE("diagnostic: a program reads the same as JSON") {
    const auto loaded = toy::load_text("name: w\nseed: \"x\\ty\"\n");
    CHECK(
        loaded.json() ==
        R"({"errors": 1, "warnings": 0, "diagnostics": [{"file": "world.yaml", "line": 2, )"
        R"("column": 7, "class": "error", "code": "E0140", "path": "seed", )"
        R"("message": "'x?y' is not a number", )"
        R"("expected": "a whole number such as 12, 20k, 1M; at least 0", "notes": []}], "notes": []})");
}

TEST_CASE("diagnostic: a long line is cut around the place") {
    const auto loaded = toy::load_text("name: w\nvenue: {" + std::string(200, ' ') + "x: 1" +
                                       std::string(200, ' ') + "}\n");
    const std::string expected = "    2 | ..." + std::string(60, ' ') + "x: 1" +
                                 std::string(57, ' ') + "...\n      |    " + std::string(60, ' ') +
                                 "^\n";
    CHECK(loaded.text().find(expected) != std::string::npos);
}

TEST_CASE("diagnostic: a warning does not stop a world") {
    const auto loaded = toy::load_text("name: w\nseed: &s 4\n");
    CHECK(loaded.report.ok());
    CHECK(loaded.report.warning_count() == 1);
    CHECK(loaded.text().starts_with("world.yaml:2:10: warning[W0301]: anchor is never used"));
}

TEST_CASE("diagnostic: beyond two hundred, mistakes are only counted") {
    std::string text = "name: w\ninstruments:\n";
    for (int i = 0; i < 300; ++i) {
        text += "- {name: I" + std::to_string(i) + ", kind: coin, price: -1}\n";
    }
    const auto loaded = toy::load_text(text);
    CHECK(loaded.report.error_count() == 300);
    CHECK(loaded.report.diagnostics().size() == Report::kept_max);
    CHECK(loaded.text().ends_with("... and 100 more\n"));
}

TEST_CASE("diagnostic: a world that must be right throws the whole report") {
    LoadOptions options;
    options.read = [](const std::string&, std::string&) { return std::string{"seed: x\n"}; };
    try {
        (void)load_or_throw<toy::World>("w.yaml", options);
        FAIL("the world is not valid");
    } catch (const InvalidWorld& error) {
        const std::string text = error.what();
        CHECK(text.find("w.yaml:1:7: error[E0140]") != std::string::npos);
        CHECK(text.find("w.yaml:1:1: error[E0124]: required key 'name'") != std::string::npos);
        CHECK(error.json.starts_with("{\"errors\": 2"));
    }
}
