// SPDX-License-Identifier: Apache-2.0
#include "world/schema_definitions.hpp"

#include <doctest/doctest.h>

#include <string>

#include "world/json_lines.hpp"

namespace crowdout::world {

namespace {

const std::string long_schema = R"({"description": "Something that takes a line", "minimum": 0})";

}  // namespace

TEST_CASE("schema definitions: what is needed twice stands once") {
    SchemaDefinitions definitions;
    const std::string first = definitions.refer("of", long_schema);
    const std::string second = definitions.refer("with", long_schema);
    CHECK(first == R"({"$ref": "#/definitions/of.1"})");
    CHECK(second == first);

    const auto members = definitions.members({{"world", "[" + first + ", " + second + "]"}});

    REQUIRE(members.size() == 2);
    CHECK(members[0] == R"("world": [{"$ref": "#/definitions/of.1"}, {"$ref": )"
                        R"("#/definitions/of.1"}])");
    CHECK(members[1] == R"("of.1": )" + long_schema);
}

TEST_CASE("schema definitions: what is needed once, or is short, stays in its place") {
    SchemaDefinitions definitions;
    CHECK(definitions.refer("flag", R"({"type": "boolean"})") == R"({"type": "boolean"})");
    const std::string inner = definitions.refer("of", long_schema);
    const std::string outer =
        definitions.refer("claim", R"({"type": "object", "properties": {"of": )" + inner + "}}");
    const std::string other = definitions.refer("of", long_schema + " ");
    CHECK(other == R"({"$ref": "#/definitions/of.2"})");

    const auto members = definitions.members(
        {{"world", "[" + outer + ", " + other + ", " + other + "]"}, {"named", "{}"}});

    REQUIRE(members.size() == 3);
    CHECK(members[0] == R"("world": [{"type": "object", "properties": {"of": )" + long_schema +
                            "}}, " + other + ", " + other + "]");
    CHECK(members[1] == R"("named": {})");
    CHECK(members[2] == R"("of.2": )" + long_schema + " ");
}

TEST_CASE("json lines: a member a line, what is short on one") {
    const std::string wide(90, 'x');
    CHECK(json_lines(R"({"a": [1, 2], "b": {"c": "}, {"}})") ==
          R"({"a": [1, 2], "b": {"c": "}, {"}})");
    CHECK(json_lines(R"({"a": [1, 2], "b": ")" + wide + R"("})") ==
          "{\n \"a\": [1, 2],\n \"b\": \"" + wide + "\"\n}");
}

}  // namespace crowdout::world
