// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/sanitized.hpp"
#include "world/builder.hpp"
#include "world/load_world.hpp"
#include "world/overrides.hpp"

using namespace crowdout::world;

namespace {

const std::string folder = CROWDOUT_SOURCE_DIR "/tests/malformed/";

struct Expected {
    std::string file;
    std::string mistake;  ///< `E0123 3:5`
    std::string part;     ///< of the message; may be empty
};

std::vector<Expected> read_table() {
    std::vector<Expected> table;
    std::ifstream file{folder + "expected.txt"};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream columns{line};
        Expected expected;
        std::string place;
        columns >> expected.file >> expected.mistake >> place >> std::ws;
        expected.mistake += " " + place;
        std::getline(columns, expected.part);
        table.push_back(expected);
    }
    return table;
}

std::string first_mistake(const Loaded<WorldConfig>& loaded, std::string& message) {
    for (const Diagnostic& each : loaded.report.diagnostics()) {
        if (is_warning(each.code)) continue;
        message = each.message;
        const Position at = loaded.document.sources.position(each.place);
        return code_name(each.code) + " " + std::to_string(at.line) + ":" +
               std::to_string(at.column);
    }
    // Right field by field: then it is what `build` says of the whole.
    try {
        std::ignore = build(std::make_shared<const WorldConfig>(loaded.config));
    } catch (const ImpossibleWorld& impossible) {
        message = impossible.what();
        const Place place = find_nearest(loaded.document.root, impossible.path()).place;
        const Position at = loaded.document.sources.position(place);
        return code_name(Code::impossible) + " " + std::to_string(at.line) + ":" +
               std::to_string(at.column);
    }
    return "none";
}

double megabytes_used_at_most() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Seconds of processor time to load a text of the largest size and to write its report.
double seconds_to_refuse(const std::string& text) {
    const std::clock_t start = std::clock();
    const auto loaded = load_world_text("world.yaml", text);
    CHECK_FALSE(loaded.report.ok());
    CHECK(loaded.text().size() < 1'000'000);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string filled(std::string_view piece) {
    std::string text;
    text.reserve(text_bytes_max);
    while (text.size() + piece.size() <= text_bytes_max) text += piece;
    return text;
}

}  // namespace

TEST_CASE("malformed worlds: the one that they extend is right") {
    const auto loaded = load_world(folder + "base.yaml");
    CHECK(loaded.text() == "");
}

TEST_CASE("malformed worlds: each is told with its code and place") {
    const std::vector<Expected> table = read_table();
    CHECK(table.size() >= 150);
    for (const Expected& expected : table) {
        CAPTURE(expected.file);
        const auto loaded = load_world(folder + expected.file);
        std::string message;
        CHECK(first_mistake(loaded, message) == expected.mistake);
        CHECK_MESSAGE(message.find(expected.part) != std::string::npos, message);
    }
}

TEST_CASE("malformed worlds: each file is in the table") {
    std::set<std::string> listed{"base.yaml"};
    for (const Expected& expected : read_table()) listed.insert(expected.file);
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const std::string file = entry.path().filename().string();
        if (file.ends_with(".yaml")) CHECK_MESSAGE(listed.contains(file), file);
    }
}

// Goal: a world has at most what there is room for, and one more is told with its place.
// Method: items added to those of base.yaml, whose number is given.
TEST_CASE("malformed worlds: more than there is room for") {
    struct Kind {
        std::string key;
        std::string fields;
        int there;
        int most;
        int too_many;
    };
    const std::string coin =
        "kind: coin, session: always, venue: exchange, price: $1, supply: 1M, issuer: bank, "
        "rest_with: vault, volume_daily: $1M, valuation: none";
    const std::string crowd = "sector: public, archetype: zero_intelligence, instrument: NVDA, ";
    for (const Kind& kind : {Kind{"sectors", "", 2, 256, 257},                        //
                             Kind{"instruments", coin, 3, 253, 254},                  //
                             Kind{"institutions", "sector: public", 2, 2044, 2047},   // alone
                             Kind{"populations", crowd + "count: 1", 2, 2044, 2045},  //
                             Kind{"populations", crowd + "count: 2M", 2, 11, 12}}) {  // agents
        CAPTURE(kind.key);
        const auto load = [&](int count) {
            std::string text = "extends: " + folder + "base.yaml\n" + kind.key + ":\n";
            for (int i = kind.there; i < count; ++i) {
                text += "  - {name: x" + std::to_string(i) + (kind.fields.empty() ? "" : ", ") +
                        kind.fields + "}\n";
            }
            return load_world_text("world.yaml", text);
        };
        CHECK(load(kind.most).report.ok());
        std::string message;
        const std::string place = first_mistake(load(kind.too_many), message);
        const int last_line = 2 + kind.too_many - kind.there;
        CHECK(place.starts_with("E0200 " + std::to_string(last_line) + ":"));
        CHECK_MESSAGE(message.find("a world has room for") != std::string::npos, message);
    }
}

// Goal: no text of the largest size takes a second or 200 MB.
// Method: one piece repeated up to the limit, for the pieces that cost parsers most.
TEST_CASE("malformed worlds: the largest are refused in time") {
    constexpr double seconds_max = crowdout::test::sanitized ? 30 : 1;
    constexpr double megabytes_max = crowdout::test::sanitized ? 2000 : 200;
    for (const std::string_view piece : {"[",
                                         "[\n",
                                         "{a: ",
                                         "- ",
                                         "- - \n",
                                         "? ",
                                         ": ",
                                         "a: 1\n",
                                         "- 1\n",
                                         "x",
                                         "1,",
                                         "&a ",
                                         "- *a\n",
                                         "!",
                                         "%",
                                         " ",
                                         "\n",
                                         "# x\n",
                                         "\"",
                                         "'",
                                         "|\n",
                                         "---\n",
                                         "[]",
                                         "x ",
                                         "x\n",
                                         "a:",
                                         "a: [\n",
                                         "{a: 1}, ",
                                         "- {name: a, kind: b}\n",
                                         "\\",
                                         "- &a [x]\n",
                                         "\xe4\xb8\x96"}) {
        CAPTURE(piece);
        CHECK(seconds_to_refuse(filled(piece)) < seconds_max);
        CHECK(seconds_to_refuse("name: w\npopulations: [" + filled(piece).substr(100)) <
              seconds_max);
        CHECK(seconds_to_refuse("name: w\nholdings:\n" + filled(piece).substr(100)) < seconds_max);
    }
    std::string many_keys = "name: w\n";
    std::string many_names = "name: w\ninstruments:\n";
    for (int i = 0; i < 20'000; ++i) {
        many_keys += "key_" + std::to_string(i) + ": {seed: 1}\n";
        many_names += "- {name: n" + std::to_string(i) + ", kind: coin, price: -1}\n";
    }
    CHECK(seconds_to_refuse(many_keys) < seconds_max);
    CHECK(seconds_to_refuse(many_names) < seconds_max);
    CHECK(megabytes_used_at_most() < megabytes_max);
}
