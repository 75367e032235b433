// SPDX-License-Identifier: Apache-2.0
#include "studies/study.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"
#include "world/schema.hpp"

namespace crowdout::studies {

namespace {

constexpr const char* good_study = R"(name: toy
world: world.yaml
set: [duration=2h]
factors:
  - {name: makers, field: "populations[makers].count", values: [1, 2]}
  - {name: rate, field: "populations[crowd].limit_rate", range: [40/d, 80/d], levels: 3}
seeds: 3
forks:
  - {name: fewer, at: 30min, set: ["populations[crowd].market_rate=100/d"]}
measures:
  - {name: return, measure: total_return, of: COIN}
)";

/// A study beside a small world, in a folder that lives as long.
struct Case {
    apps::TestFolder folder;
    LoadedStudy loaded;

    explicit Case(const std::string& study) {
        folder.write("world.yaml", std::string{test::crowd_world});
        loaded = load_study(folder.write("study.yaml", study));
    }
};

/// The good study with one text in it replaced.
std::string with(const std::string& what, const std::string& by) {
    std::string text = good_study;
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// Where and what the first mistake is, as `line:column code`, and the whole message.
struct Mistake {
    std::string place;
    std::string text;
};

Mistake mistake_in(const std::string& study) {
    const Case made{study};
    CHECK_FALSE(made.loaded.study.has_value());
    const std::string text = made.loaded.text();
    const std::string lead = made.folder.file("study.yaml") + ":";
    if (text.rfind(lead, 0) != 0) return {"", text};
    const std::size_t end = text.find(": error[", lead.size());
    return {text.substr(lead.size(), end - lead.size()) + " " + text.substr(end + 8, 5), text};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("study: points, seeds and forks make members") {
    const Case made{good_study};
    REQUIRE_MESSAGE(made.loaded.study.has_value(), made.loaded.text());
    const Study& study = *made.loaded.study;

    CHECK(study.points.size() == 6);
    CHECK(study.member_count() == 18);
    CHECK(study.seeds == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(study.point_of(17) == 5);
    CHECK(study.seed_of(17) == 3);
    CHECK(study.assignments(3) ==
          std::vector<std::string>{"populations[makers].count=1",
                                   "populations[crowd].limit_rate=21900/yr"});
    const MemberJob job = study.job(17);
    CHECK(job.seed == 3);
    CHECK(job.set[0] == "populations[makers].count=2");
    REQUIRE(job.branches.size() == 1);
    CHECK(job.branches[0].name == "fewer");
    CHECK(job.branches[0].at == market::minute * 30);
    CHECK(job.measures.size() == 1);
    CHECK(contains(job.world, "duration: 2h"));
}

TEST_CASE("study: its hash is that of what results depend on") {
    const std::string hash = Case{good_study}.loaded.study->hash();

    CHECK(Case{with("seeds: 3", "seeds: 4")}.loaded.study->hash() != hash);
    CHECK(Case{with("duration=2h", "duration=3h")}.loaded.study->hash() != hash);
    CHECK(Case{with("name: toy", "name: toy\ndescription: Words.")}.loaded.study->hash() == hash);
    CHECK(Case{with("name: toy", "name: toy\nlimits: {time: 1h}")}.loaded.study->hash() == hash);
}

TEST_CASE("study: a relative factor multiplies what the world has") {
    const Case made{
        with(R"(field: "populations[makers].count", values: [1, 2])",
             R"(field: "populations[makers].owns.USD", relative: true, values: [0.5])")};
    REQUIRE_MESSAGE(made.loaded.study.has_value(), made.loaded.text());

    const Level& level = made.loaded.study->points[0].levels[0];
    CHECK(level.text == "0.5");
    CHECK(level.number == 0.5);
    CHECK(level.set == std::vector<std::string>{"populations[makers].owns.USD=$1000000"});
}

TEST_CASE("study: groups and lists stand side by side") {
    const Case made{with(R"(field: "populations[makers].count", values: [1, 2])",
                         R"(groups: [{name: calm, set: [seed=2]}, {name: wild, set: []},
              {name: odd, set: ["venues[exchange].taker_fee=1bp"]}])") +
                    "design: list\n"};
    REQUIRE_MESSAGE(made.loaded.study.has_value(), made.loaded.text());

    const Study& study = *made.loaded.study;
    REQUIRE(study.points.size() == 3);
    CHECK(study.points[2].levels[0].text == "odd");
    CHECK_FALSE(study.points[2].levels[0].number.has_value());
    CHECK(study.points[2].levels[1].number == 29'200);
    CHECK(study.assignments(3).size() == 1);
}

TEST_CASE("study: a logarithmic range is cut in equal ratios") {
    const Case made{with("range: [40/d, 80/d]", "range: [10/d, 1000/d], scale: log")};
    REQUIRE_MESSAGE(made.loaded.study.has_value(), made.loaded.text());

    CHECK(made.loaded.study->points[1].levels[1].number == doctest::Approx(100 * 365));
    CHECK(made.loaded.study->points[2].levels[1].number == 365'000);
}

TEST_CASE("study: sampled designs have as many points as they say") {
    const auto points = [](const std::string& design) {
        const Case made{std::string{good_study} + design};
        return made.loaded.study ? made.loaded.study->points.size() : 0;
    };
    CHECK(points("design: latin_hypercube\nsamples: 7\n") == 7);
    CHECK(points("design: sobol\nsamples: 8\n") == 32);
    CHECK(points("design: morris\ntrajectories: 5\nlevels: 6\n") == 15);
}

TEST_CASE("study: whatever is wrong is told with its place") {
    struct Wrong {
        const char* what;
        const char* by;
        const char* place;
        const char* part;
    };
    const Wrong table[] = {
        {"total_return", "total_retrun", "11:29 E0161", "did you mean 'total_return'"},
        {"of: COIN", "of: CION", "11:47 E0160", "did you mean 'COIN'"},
        {"of: COIN", "of: COIN, from: 2h", "11:59 E0200", "not before the end of the run"},
        {"seeds: 3", "seeds: 0", "7:8 E0142", "1 to 1000000"},
        {"seeds: 3", "seeds: 3\nsed: 4", "8:1 E0123", "unknown key 'sed'"},
        {"seeds: 3", "seed_list: [4, 5, 4]", "7:12 E0200", "twice"},
        {"seeds: 3", "seeds: 3\nmembers_max: 17", "8:14 E0200", "18 members"},
        {"].count", "].cuont", "5:27 E0123", "did you mean 'count'"},
        {"populations[makers]", "populations[maker]", "5:27 E0170", "did you mean 'makers'"},
        {"limit_rate\"", "limit_rte\"", "6:25 E0123", "did you mean 'limit_rate'"},
        {".count\", values", ".cuont\", relative: true, values", "5:27 E0123", "did you mean"},
        {"field: \"populations[crowd].limit_rate\"",
         "fields: [\"populations[crowd].limit_rate\", \"populations[crowd].limit_rte\"]",
         "6:26 E0123", "did you mean 'limit_rate'"},
        {"field: \"populations[crowd].limit_rate\"",
         "fields: [\"populations[crowd].limit_rte\", \"populations[crowd].limit_rate\"]",
         "6:26 E0123", "did you mean 'limit_rate'"},
        {"field: \"populations[crowd].limit_rate\"",
         "fields: [\"populations[crowd].limit_rate\", name]", "6:74 E0200",
         "'name' takes no number"},
        {"field: \"populations[crowd].limit_rate\"",
         "fields: [\"populations[crowd].limit_rate\", duration]", "6:78 E0200",
         "'duration' takes other numbers"},
        {"values: [1, 2]", "values: [1, 0]", "5:68 E0142", "1 to 2000000"},
        {"values: [1, 2]", "values: [1, two]", "5:68 E0140", "not a number"},
        {"values: [1, 2]", "values: []", "5:5 E0200", "one of `values`"},
        {"values: [1, 2]", "values: [1], range: [1, 2]", "5:5 E0200", "one of `values`"},
        {"range: [40/d, 80/d]", "range: [80/d, 40/d]", "6:65 E0200", "does not rise"},
        {"range: [40/d, 80/d]", "range: [40/d]", "6:65 E0200", "two ends"},
        {"range: [40/d, 80/d]", "range: [0, 80/d], scale: log", "6:65 E0200", "above zero"},
        {"range: [40/d, 80/d]", "range: [40%, $80]", "6:71 E0200", "not a rate"},
        {"at: 30min", "at: 2h", "9:23 E0200", "not before the end"},
        {"market_rate=100/d", "market_rte=100/d", "9:35 E0123", "did you mean"},
        {"world.yaml", "no_world.yaml", "2:8 E0200", "has 1 mistake"},
        {"world: world.yaml\n", "", "1:1 E0124", "'world' is missing"},
    };
    for (const Wrong& wrong : table) {
        CAPTURE(wrong.by);
        const Mistake mistake = mistake_in(with(wrong.what, wrong.by));
        CHECK(mistake.place == wrong.place);
        CHECK_MESSAGE(contains(mistake.text, wrong.part), mistake.text);
    }
}

TEST_CASE("study: one that would lose every member is told before it runs") {
    const auto text = [](const std::string& what, const std::string& by) {
        const Mistake mistake = mistake_in(with(what, by));
        CAPTURE(mistake.text);
        CHECK(contains(mistake.text, "the first member cannot begin: "));
        return mistake.place + mistake.text;
    };
    const std::string set = R"(set: ["populations[crowd].market_rate=100/d"])";
    const std::string count = R"(set: ["populations[makers].count=3"])";

    CHECK(contains(text("[duration=2h]", R"([duration=2h, "populations[crowd].owns.COIN=$900B"])"),
                   "instruments[COIN].supply: more is held"));
    CHECK(contains(text(set, count), "a fork must have the same accounts as its origin"));
    CHECK(contains(text(set, R"(set: ["populations[makers].owns.COIN=$900B"])"),
                   "instruments[COIN].supply: more is held"));
    const Case at_the_opening{with("at: 30min, " + set, "at: 0, " + count)};
    CHECK_MESSAGE(at_the_opening.loaded.study.has_value(), at_the_opening.loaded.text());
}

TEST_CASE("study: designs and attributions that make no sense are told") {
    const auto text = [](const std::string& more) {
        return mistake_in(std::string{good_study} + more).text;
    };
    CHECK(contains(text("design: list\n"), "has 3 levels, and 'makers' has 2"));
    CHECK(contains(text("design: morris\nlevels: 5\n"), "must be even"));
    CHECK(contains(text("design: gird\n"), "did you mean 'grid'"));
    CHECK(contains(text("attribution: {channels: [fewr]}\n"), "no fork is named 'fewr'"));
    CHECK(contains(text("series_every: 1500ms\n"), "whole seconds"));
}

TEST_CASE("study schema: the one beside the worlds is current") {
    const std::string schema = world::json_schema(study_type(), "A study of Crowdout");
    std::ifstream file{CROWDOUT_SOURCE_DIR "/configs/schema/study.schema.json"};
    const std::string committed{std::istreambuf_iterator<char>{file}, {}};

    CHECK_MESSAGE(committed == schema,
                  "build/release/crowdout schema --study --output "
                  "configs/schema/study.schema.json");
}

TEST_CASE("study: its full form reads back to itself") {
    const Case made{good_study};
    REQUIRE(made.loaded.study.has_value());
    const std::string text = made.loaded.study->text();
    made.folder.write("again.yaml", text);

    const LoadedStudy again = load_study(made.folder.file("again.yaml"));
    REQUIRE_MESSAGE(again.study.has_value(), again.text());
    CHECK(again.study->text() == text);
}

}  // namespace crowdout::studies
