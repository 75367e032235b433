// SPDX-License-Identifier: Apache-2.0
#include "world/edit.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crowdout::world;

namespace {

const std::string text =
    "# 世界\n"
    "seed: 7   # luck\r\n"
    "title: \"旧: 名\" # quoted\n"
    "flow: {a: 1, 名: '二', b: [x, y]}\n"
    "list:\n"
    "  - name: one\n"
    "    cash: $1k\n"
    "  - {name: two, cash: $2k}\n"
    "anchored: &x 5\n"
    "alias: *x\n"
    "free: &unused 6\n"
    "block: |\n"
    "  some\n"
    "  lines\n"
    "empty:\n";

/// The edited text, or the code of the refusal.
std::string edited(const std::string& path, const std::string& value) {
    Sources sources;
    Report report;
    const auto result = edit_value(sources, "w.yaml", text, path, value, report);
    if (result) return *result;
    for (const Diagnostic& each : report.diagnostics()) {
        if (!is_warning(each.code)) return code_name(each.code) + " " + each.message;
    }
    return "nothing said";
}

std::string replaced(const std::string& from, const std::string& to) {
    std::string result = text;
    return result.replace(result.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("edit: only the bytes of the value change") {
    CHECK(edited("seed", "12345") == replaced("7 ", "12345 "));
    CHECK(edited("title", "\"新\"") == replaced("\"旧: 名\"", "\"新\""));
    CHECK(edited("title", "plain") == replaced("\"旧: 名\"", "plain"));
    CHECK(edited("flow.名", "三") == replaced("'二'", "三"));
    CHECK(edited("flow.b[1]", "z") == replaced("y]", "z]"));
    CHECK(edited("list[one].cash", "$3B") == replaced("$1k", "$3B"));
    CHECK(edited("list.two.cash", "$3B") == replaced("$2k", "$3B"));
    CHECK(edited("free", "8") == replaced("&unused 6", "&unused 8"));
}

TEST_CASE("edit: what would change more than one value is refused") {
    CHECK(edited("flow.a", "1, c: 2").starts_with("E0171"));
    CHECK(edited("seed", "1\nother: 2").starts_with("E0171"));
    CHECK(edited("seed", "1 # gone").starts_with("E0171") == false);
    CHECK(edited("seed", "\"open").starts_with("E0171"));
    CHECK(edited("seed", "[1]").starts_with("E0171"));
    CHECK(edited("seed", "a: b").starts_with("E0171"));
    CHECK(edited("seed", "").starts_with("E0171"));
    CHECK(edited("anchored", "6").starts_with("E0171"));
    CHECK(edited("alias", "6") == "E0171 the value is an alias; set it where its anchor stands");
    CHECK(edited("block", "x") == "E0171 a block text cannot be set");
    CHECK(edited("list", "x") == "E0171 a list cannot be set as a whole");
    CHECK(edited("flow", "x") == "E0171 a map cannot be set as a whole");
    CHECK(edited("empty", "x") == "E0171 the key has no value to replace");
    CHECK(edited("gone", "x") == "E0171 'w.yaml' does not write this value");
}
