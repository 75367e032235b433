// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "world/field_printer.hpp"
#include "world/load_world.hpp"
#include "world/schema.hpp"

using namespace crowdout::world;

// Goal: editors check by the fields that the reader has.
// Method: the schema is written where tests/schema/check.js tries it with a language server, and
// must equal the one that the repository carries, once it does.
TEST_CASE("world schema: the one beside the worlds is current") {
    const std::string schema = json_schema(world_type(), "A world of Crowdout");
    const std::string written = CROWDOUT_BINARY_DIR "/world.schema.json";
    std::ofstream{written, std::ios::binary} << schema;

    CHECK(schema.size() > 1'000);
    const std::string committed = CROWDOUT_SOURCE_DIR "/configs/schema/world.schema.json";
    if (std::filesystem::exists(committed)) {
        std::ifstream file{committed, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        CHECK_MESSAGE(text == schema, "cp ", written, " ", committed);
    }
}

TEST_CASE("world schema: no variant has a key of the map that it stands in") {
    std::set<std::string> seen;
    for (const FieldRow& row : list_fields(world_type())) {
        if (row.tag.empty()) CHECK_MESSAGE(seen.insert(row.path).second, row.path);
    }
    for (const FieldRow& row : list_fields(world_type())) {
        if (!row.tag.empty()) CHECK_MESSAGE(!seen.contains(row.path), row.tag, ": ", row.path);
    }
}

TEST_CASE("world schema: the full form of a world reads back to itself") {
    const auto loaded = load_world(CROWDOUT_SOURCE_DIR "/tests/malformed/base.yaml");
    REQUIRE(loaded.text() == "");
    const std::string full = print_resolved(world_type(), &loaded.config);
    const auto again = load_world_text("full.yaml", full);
    CHECK(again.text() == "");
    CHECK(print_resolved(world_type(), &again.config) == full);
}
