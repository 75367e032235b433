// SPDX-License-Identifier: Apache-2.0
#include "world/document.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "tests/world/toy_world.hpp"
#include "world/overrides.hpp"

using namespace crowdout::world;

namespace {

/// The first mistake of a text, as `line:column code`, or "ok".
std::string first_mistake(const std::string& text) {
    Sources sources;
    Report report;
    std::size_t nodes_left = nodes_max;
    const std::uint32_t source = sources.add("f", text);
    const std::optional<Node> node = parse_yaml(sources, source, nodes_left, report);
    report.sort();
    if (report.diagnostics().empty()) return node ? "ok" : "nothing";
    const Diagnostic& first = report.diagnostics().front();
    const Position at = sources.position(first.place);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + code_name(first.code);
}

std::string value_at(const toy::Files& files, const std::string& path) {
    const auto loaded = toy::load_files(files);
    const Node* node = find_path(loaded.document.root, path);
    if (node == nullptr) return "none";
    return node->text + " " + loaded.document.sources.where(node->place);
}

}  // namespace

TEST_CASE("document: what the parser takes silently is refused") {
    CHECK(first_mistake("a: 1\nb: [1, 2]\n") == "ok");
    CHECK(first_mistake("a: 1\na: 2\n") == "2:1 E0120");
    CHECK(first_mistake("a: \"open\nb: 1\n") == "1:4 E0106");
    CHECK(first_mistake("a: 'it''s'\n") == "ok");
    CHECK(first_mistake("a: 1\n---\nb: 2\n") == "2:1 E0109");
    CHECK(first_mistake("a: [*x]\n") == "1:5 E0111");
    CHECK(first_mistake("a: &x {b: 1}\nc: {<<: *x}\n") == "2:5 E0121");
    CHECK(first_mistake("&a [*a]\n") == "1:5 E0111");
    CHECK(first_mistake("- 1\n -2\n") == "1:3 E0114");
    CHECK(first_mistake("a: 1\nbare\n") == "2:1 E0115");
    CHECK(first_mistake("a: !!str 5\n") == "1:4 E0113");
    CHECK(first_mistake("a:\n\tb: 1\n") == "2:1 E0105");
    CHECK(first_mistake("a: [1, 2\nb: 3\n") == "1:8 E0114");
    CHECK(first_mistake("? [1]\n: 2\n") == "1:3 E0122");
    CHECK(first_mistake("") == "1:1 E0110");
    CHECK(first_mistake("# only a comment\n") == "1:1 E0110");
}

TEST_CASE("document: columns count characters, whatever their bytes") {
    CHECK(first_mistake("{名字: 一, 名字: 二}\n") == "1:9 E0120");
    CHECK(first_mistake("a: 1\r\nb: 2\r\nb: 3\r\n") == "3:1 E0120");
    CHECK(first_mistake("a: \x80\n") == "1:4 E0103");
    CHECK(first_mistake(std::string{"a: \0b", 5}) == "1:4 E0104");
}

TEST_CASE("document: no text costs more than a moment") {
    const auto repeated = [](std::string_view what, std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += what;
        return text;
    };
    CHECK(first_mistake(repeated("[", 1'000'000)) == "1:257 E0107");
    CHECK(first_mistake(repeated("[", 65) + repeated("]", 65)) == "1:65 E0107");
    CHECK(first_mistake(repeated("[", 64) + repeated("]", 64)) == "ok");
    CHECK(first_mistake(repeated("- ", 500'000)) == "1:129 E0107");

    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string below = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below;
        for (int j = 1; j < 10; ++j) bomb += ", " + below;
        bomb += "]\n";
    }
    CHECK(first_mistake(bomb).ends_with("E0112"));

    std::string tower = "a0: &a0 [1]\n";
    for (int i = 1; i < 70; ++i) {
        tower += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" +
                 std::to_string(i - 1) + "]\n";
    }
    CHECK(first_mistake(tower).ends_with("E0107"));
}

TEST_CASE("document: a comment or a text may hold any bracket") {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "k" + std::to_string(i) + ": 'in [0, 1)' # in [0, 1)\n";
    CHECK(first_mistake(text) == "ok");
}

TEST_CASE("document: later files win, and every value remembers its place") {
    const toy::Files files{
        {"world.yaml",
         "extends: base/a.yaml\ninclude: [b.yaml]\nseed: 3\n"
         "populations:\n- {name: two, count: 9}\n- {name: three}\n"},
        {"base/a.yaml",
         "extends: deep.yaml\nseed: 1\nname: base\nsteps: [1s]\n"
         "populations:\n- {name: one, count: 1}\n- {name: two, count: 2, cash: 5}\n"},
        {"base/deep.yaml", "growth: 1%\nseed: 0\nsteps: [1h, 1min]\n"},
        {"b.yaml", "seed: 2\nreserve: 7\n"},
    };
    CHECK(value_at(files, "seed") == "3 world.yaml:3:7");
    CHECK(value_at(files, "reserve") == "7 b.yaml:2:10");
    CHECK(value_at(files, "growth") == "1% base/deep.yaml:1:9");
    CHECK(value_at(files, "steps[0]") == "1s base/a.yaml:4:9");
    CHECK(value_at(files, "steps[1]") == "none");
    CHECK(value_at(files, "populations[one].count") == "1 base/a.yaml:6:22");
    CHECK(value_at(files, "populations[two].count") == "9 world.yaml:5:22");
    CHECK(value_at(files, "populations[two].cash") == "5 base/a.yaml:7:31");
    CHECK(value_at(files, "populations[2].name") == "three world.yaml:6:10");
}

TEST_CASE("document: one distribution replaces another") {
    const toy::Files files{
        {"world.yaml", "extends: a.yaml\npopulations: [{name: p, cash: {uniform: [1, 2]}}]\n"},
        {"a.yaml", "populations: [{name: p, cash: {normal: {mean: 1, sd: 1}}}]\n"},
    };
    CHECK(value_at(files, "populations[p].cash.uniform[0]") == "1 world.yaml:2:42");
    CHECK(value_at(files, "populations[p].cash.normal.mean") == "none");
}

TEST_CASE("document: files that cannot be had are told where they are asked for") {
    const auto text = [](const toy::Files& files) { return toy::load_files(files).text(); };
    CHECK(text({{"world.yaml", "seed: 1\ninclude: [gone.yaml]\n"}})
              .starts_with("world.yaml:2:11: error[E0101]: cannot read 'gone.yaml'"));
    CHECK(text({{"world.yaml", "extends: a.yaml\n"}, {"a.yaml", "extends: world.yaml\n"}})
              .starts_with("a.yaml:1:10: error[E0130]: files include each other: world.yaml -> "
                           "a.yaml -> world.yaml"));
    CHECK(text({{"world.yaml", "include: {a: b}\n"}}).starts_with("world.yaml:1:10: error[E0132]"));
    CHECK(text({}).starts_with("world.yaml:1:1: error[E0101]"));

    toy::Files chain;
    for (int i = 0; i < 20; ++i) {
        chain[i == 0 ? "world.yaml" : "f" + std::to_string(i) + ".yaml"] =
            "extends: f" + std::to_string(i + 1) + ".yaml\n";
    }
    CHECK(text(chain).starts_with("f16.yaml:1:10: error[E0131]"));

    const std::string large = "a: \"" + std::string(text_bytes_max / 2, 'x') + "\"\n";
    CHECK(
        text({{"world.yaml", "include: [a.yaml, b.yaml]\n"}, {"a.yaml", large}, {"b.yaml", large}})
            .starts_with("world.yaml:1:19: error[E0102]"));
}

TEST_CASE("document: only regular files are read") {
    std::string why;
    CHECK_FALSE(read_file("/dev/zero", why).has_value());
    CHECK(why == "it is not a regular file");
    CHECK_FALSE(read_file(CROWDOUT_SOURCE_DIR, why).has_value());
    CHECK_FALSE(read_file("no/such/file.yaml", why).has_value());
    CHECK(why == "there is no such file");
    CHECK(read_file(CROWDOUT_SOURCE_DIR "/tests/world/document_test.cpp", why).has_value());
}
