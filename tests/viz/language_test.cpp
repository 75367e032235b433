// SPDX-License-Identifier: Apache-2.0
#include "viz/language.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "viz/layout.hpp"
#include "viz/panel_log.hpp"
#include "viz/theme.hpp"
#include "world/text.hpp"

using namespace crowdout;
using viz::Language;
using viz::Phrase;

namespace {

const std::filesystem::path source_dir{CROWDOUT_SOURCE_DIR};

std::string contents(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The enumerators of Phrase, as language.hpp writes them: lines that hold one word and a comma.
std::vector<std::string> phrase_names() {
    std::ifstream file{source_dir / "viz/language.hpp"};
    std::vector<std::string> names;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("enum class Phrase")) inside = true;
        if (line.starts_with("};")) inside = false;
        const auto first = line.find_first_not_of(' ');
        if (!inside || first != 4 || !line.ends_with(',')) continue;
        names.push_back(line.substr(first, line.size() - first - 1));
    }
    return names;
}

std::size_t count_of(std::string_view what, std::string_view where) {
    std::size_t count = 0;
    for (auto at = where.find(what); at != std::string_view::npos; at = where.find(what, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("language: every phrase has words in both") {
    for (std::size_t i = 0; i < viz::phrase_count; ++i) {
        const auto english = viz::text(static_cast<Phrase>(i), Language::english);
        const auto chinese = viz::text(static_cast<Phrase>(i), Language::chinese);
        CAPTURE(english);
        CAPTURE(chinese);
        CHECK_FALSE(english.empty());
        CHECK(std::ranges::all_of(english, [](char c) { return c >= ' ' && c <= '~'; }));
        CHECK(std::ranges::any_of(chinese,
                                  [](char c) { return static_cast<unsigned char>(c) >= 0xE4; }));
        for (std::size_t at = 0; at < chinese.size();) {
            const std::size_t length = world::utf8_length(chinese.substr(at));
            REQUIRE(length > 0);
            at += length;
        }
        CHECK(count_of("{}", english) == count_of("{}", chinese));
        CHECK(count_of("{}", english) <= 1);
    }
}

TEST_CASE("language: a value takes its place in either word order") {
    CHECK(viz::text(Phrase::screenshot_saved, Language::english, "a.png") ==
          "Picture saved: a.png");
    CHECK(viz::text(Phrase::screenshot_saved, Language::chinese, "a.png") == "截图已保存：a.png");
}

TEST_CASE("language: the other of the other is the same") {
    CHECK(viz::other(Language::english) == Language::chinese);
    CHECK(viz::other(Language::chinese) == Language::english);
}

// Goal: no phrase is translated and never shown. Method: each enumerator is looked for in the
// sources that draw; those that are counted on from a first one are reached through it.
TEST_CASE("language: no phrase is unused") {
    std::string sources;
    for (const char* folder : {"viz", "apps"}) {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator{source_dir / folder}) {
            if (entry.path().stem() != "language") sources += contents(entry.path());
        }
    }
    std::set<std::string> reached;
    for (std::size_t i = 0; i < viz::view_count; ++i) {
        reached.insert(
            std::string{viz::text(viz::title_of(static_cast<viz::View>(i)), Language::english)});
    }
    for (std::size_t i = 0; i < market::cause_count; ++i) {
        reached.insert(std::string{
            viz::text(viz::phrase_of(static_cast<market::Cause>(i)), Language::english)});
    }
    for (std::size_t i = 0; i < viz::flow_group_count; ++i) {
        reached.insert(std::string{
            viz::text(viz::phrase_of(static_cast<viz::FlowGroup>(i)), Language::english)});
    }
    for (std::size_t i = 0; i < world::event_names.size(); ++i) {
        reached.insert(std::string{
            viz::text(viz::phrase_of(static_cast<world::EventKind>(i)), Language::english)});
    }

    const std::vector<std::string> names = phrase_names();

    REQUIRE(names.size() == viz::phrase_count);
    for (std::size_t i = 0; i < names.size(); ++i) {
        CAPTURE(names[i]);
        const bool named = sources.find("Phrase::" + names[i]) != std::string::npos;
        const bool counted =
            reached.contains(std::string{viz::text(static_cast<Phrase>(i), Language::english)});
        CHECK((named || counted));
    }
}

TEST_CASE("language: causes and flows say what they are") {
    CHECK(viz::phrase_of(market::Cause::choice) == Phrase::cause_choice);
    CHECK(viz::phrase_of(market::Cause::liquidation) == Phrase::cause_liquidation);
    CHECK(viz::phrase_of(market::Cause::policy) == Phrase::cause_policy);
    CHECK(viz::phrase_of(viz::FlowGroup::capex) == Phrase::flow_capex);
    CHECK(viz::phrase_of(viz::FlowGroup::funds) == Phrase::flow_funds);
    CHECK(viz::title_of(viz::View::agents) == Phrase::view_agents);
}
