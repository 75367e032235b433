// SPDX-License-Identifier: Apache-2.0
// The verbs that read and write world files, each as the person at the keyboard meets it.
#include <doctest/doctest.h>

#include "tests/apps/folder.hpp"
#include "tests/apps/support.hpp"

using namespace crowdout::apps;

TEST_CASE("check: a valid world is summed up, its full form is valid again") {
    const TestFolder folder;

    const Outcome checked = run_crowdout({"check", "minimal"});
    const Outcome resolved = run_crowdout({"check", "minimal", "--set", "seed=7", "--resolved"});
    const std::string full = folder.write("full.yaml", resolved.out);

    CHECK(checked.code == 0);
    CHECK(contains(checked.out, "minimal: a valid world of 1 instrument and 102 agents"));
    CHECK(resolved.code == 0);
    CHECK(contains(resolved.out, "\nseed: 7\n"));
    CHECK(run_crowdout({"check", full, "--resolved"}).out == resolved.out);
}

TEST_CASE("check: it says how many people the agents of a world stand for") {
    const Outcome checked =
        run_crowdout({"check", "minimal", "--set", "populations[crowd].represents=50000"});

    // 100 of the crowd and two makers.
    CHECK(contains(checked.out, "; the agents stand for 5e+06 people and firms"));
    CHECK_FALSE(contains(run_crowdout({"check", "minimal"}).out, "stand for"));
}

TEST_CASE("check: a mistake is named with its place and ends in 3, as JSON too") {
    const TestFolder folder;
    const std::string file = folder.write("bad.yaml", "name: bad\nlevarage: 3\n");

    const Outcome text = run_crowdout({"check", file});
    const Outcome json = run_crowdout({"check", file, "--json"});

    CHECK(text.code == 3);
    CHECK(text.out.empty());
    CHECK(contains(text.err, "bad.yaml:2:1: error[E0123]: unknown key 'levarage'"));
    CHECK(json.code == 3);
    CHECK(json.err.empty());
    CHECK(contains(json.out, "\"E0123\""));
    CHECK(run_crowdout({"check", folder.file("nowhere.yaml")}).code == 5);
    CHECK(run_crowdout({"check", "minimal", "--json", "--resolved"}).code == 2);
}

TEST_CASE("check: studies and fits too, told by what they say and found by name") {
    const Outcome fan = run_crowdout({"check", "fan"});
    const Outcome less = run_crowdout({"check", "fan", "--set", "seeds=3"});
    const Outcome fit = run_crowdout({"check", "spread"});
    const Outcome resolved = run_crowdout({"check", "spread", "--resolved"});
    const Outcome bad = run_crowdout({"check", "fan", "--set", "sedes=3"});

    CHECK(fan.out ==
          "fan: a valid study of 50 members: 1 point and 50 seeds each, "
          "each with 1 fork besides\n");
    CHECK(contains(less.out, "a valid study of 3 members"));
    CHECK(fit.out == "spread: a valid fit of 2 parameters to 3 targets\n");
    CHECK(contains(resolved.out, "\nsearch: local\n"));
    CHECK(bad.code == 3);
    CHECK(contains(bad.err, "did you mean 'seeds'?"));
}

TEST_CASE("check: what is worth saying of a valid world stands in the JSON too") {
    const Outcome json = run_crowdout({"check", "history_2025", "--json"});

    CHECK(contains(json.out, "\"notes\": [\"rates.policy_series: fed_funds has no row after"));
    CHECK(contains(run_crowdout({"check", "minimal", "--json"}).out, "\"notes\": []"));
}

TEST_CASE("a file that is right for another verb is answered with that verb") {
    const std::string configs = CROWDOUT_SOURCE_DIR "/configs/";

    const Outcome study = run_crowdout({"run", configs + "studies/fan.yaml"});
    const Outcome world = run_crowdout({"study", "plan", configs + "minimal.yaml"});
    const Outcome fit = run_crowdout({"claims", configs + "fits/spread.yaml"});

    CHECK(study.code == 3);
    CHECK(contains(study.err, "is a study; use `crowdout study run"));
    CHECK(world.code == 3);
    CHECK(contains(world.err, "is a world; use `crowdout run"));
    CHECK(fit.code == 3);
    CHECK(contains(fit.err, "is a fit; use `crowdout fit"));
}

TEST_CASE("a name that is a verb too stays a name behind a verb") {
    const Outcome inner = run_crowdout({"study", "check", "fan"});
    const Outcome named = run_crowdout({"check", "doctor"});

    CHECK(inner.code == 2);
    CHECK(contains(inner.err, "there is no verb 'study check'"));
    CHECK(named.code == 5);
    CHECK(contains(named.err, "there is no world file 'doctor'"));
}

TEST_CASE("explain: a value comes from a line, from the command line, or is the default") {
    const Outcome line = run_crowdout({"explain", "minimal", "populations[makers].count"});
    const Outcome set = run_crowdout({"explain", "minimal", "seed", "--set", "seed=7"});
    const Outcome none = run_crowdout({"explain", "minimal", "seed"});

    CHECK(contains(line.out, "populations[makers].count: 2\n  set at "));
    CHECK(contains(line.out, "minimal.yaml:"));
    CHECK(contains(set.out, "seed: 7\n"));
    CHECK(contains(set.out, "--set"));
    CHECK(contains(none.out, "seed: 1\n  the default; no file sets it\n"));
}

TEST_CASE("explain: a path to nothing names the nearest") {
    const Outcome field = run_crowdout({"explain", "minimal", "populations[makers].cuont"});
    const Outcome name = run_crowdout({"explain", "minimal", "populations[maker].count"});

    CHECK(field.code == 2);
    CHECK(contains(field.err, "did you mean 'count'?"));
    CHECK(name.code == 2);
    CHECK(contains(name.err, "there is nothing at 'populations[maker].count'"));
}

TEST_CASE("new and set: a world of one's own, changed without losing a comment") {
    const TestFolder folder;
    const std::string file = folder.file("mine.yaml");

    const Outcome made = run_crowdout({"new", "minimal", file});
    const std::string before = folder.read("mine.yaml");
    const Outcome changed = run_crowdout({"set", file, "populations[makers].count=3"});
    const std::string after = folder.read("mine.yaml");

    CHECK(made.code == 0);
    CHECK(contains(made.out, "crowdout run '" + file + "'"));
    CHECK(before.rfind("# yaml-language-server: $schema=", 0) == 0);
    CHECK(changed.code == 0);
    CHECK(after.size() == before.size());
    const auto [left, right] = std::mismatch(before.begin(), before.end(), after.begin());
    CHECK(std::string(left, left + 1) == "2");
    CHECK(std::string(right, right + 1) == "3");
    CHECK(run_crowdout({"check", file}).code == 0);
}

TEST_CASE("new: a world of one's own can be extended from any folder, under any name") {
    const TestFolder folder;
    std::filesystem::create_directory(folder.file("sub"));
    const std::string base = "extends: " CROWDOUT_SOURCE_DIR "/configs/minimal.yaml\n";
    for (const char* name : {"plain.yaml", "a: b #c.yaml", "'quoted\".yaml"}) {
        CAPTURE(name);
        const std::string file = folder.write(name, base);
        const std::string made = folder.file("sub/new.yaml");
        CHECK(run_crowdout({"new", file, made, "--force"}).code == 0);
        CHECK(run_crowdout({"check", made}).code == 0);
        CHECK(contains(folder.read("sub/new.yaml"), "../"));
        CHECK(run_crowdout({"new", file, folder.file("new.yaml"), "--force"}).code == 0);
        CHECK(run_crowdout({"check", folder.file("new.yaml")}).code == 0);
    }
}

TEST_CASE("new: a world with tables, or with worlds to compare it with, still finds them") {
    const TestFolder folder;
    std::filesystem::create_directory(folder.file("sub"));
    (void)folder.write("rates.csv", "# Source: nobody.\ndate,rate\n2026-01-05,4\n");
    (void)run_crowdout({"new", "minimal", folder.file("plain.yaml")});
    const std::string plain = folder.read("plain.yaml");
    for (const char* more :
         {"data:\n  - {name: rates, file: rates.csv, value: rate, unit: \"%/yr\"}\n",
          "counterfactuals:\n  - {name: other, world: plain.yaml}\n"}) {
        CAPTURE(more);
        const std::string file = folder.write("mine.yaml", plain + more);
        const std::string made = folder.file("sub/new.yaml");
        CHECK(run_crowdout({"check", file}).err == "");
        CHECK(run_crowdout({"new", file, made, "--force"}).code == 0);
        CHECK(run_crowdout({"check", made}).err == "");
    }
}

TEST_CASE("new: a file that is there is replaced by force only") {
    const TestFolder folder;
    const std::string file = folder.write("mine.yaml", "precious");

    CHECK(run_crowdout({"new", "minimal", file}).code == 5);
    CHECK(folder.read("mine.yaml") == "precious");
    CHECK(run_crowdout({"new", "minimal", file, "--force"}).code == 0);
    CHECK(folder.read("mine.yaml") != "precious");
}

TEST_CASE("set: what would break the world is not written") {
    const TestFolder folder;
    const std::string file = folder.file("mine.yaml");
    (void)run_crowdout({"new", "minimal", file});
    const std::string before = folder.read("mine.yaml");

    struct Row {
        const char* assignment;
        int code;
    };
    const Row rows[] = {
        {"venues[exchange].taker_fee=70%", 3},  // out of its range
        {"populations[makers].instrument=GOLD", 3},
        {"populations[nobody].count=3", 3},
        {"populations[makers].count", 2},  // no value
    };
    for (const Row& row : rows) {
        CAPTURE(row.assignment);
        const Outcome outcome = run_crowdout({"set", file, row.assignment});
        CHECK(outcome.code == row.code);
        CHECK_FALSE(outcome.err.empty());
        CHECK(folder.read("mine.yaml") == before);
    }
}

TEST_CASE("list: what there is to choose from") {
    CHECK(contains(run_crowdout({"list", "worlds"}).out, "minimal"));
    CHECK(contains(run_crowdout({"list", "archetypes"}).out, "market_maker"));
    CHECK(contains(run_crowdout({"list", "shocks"}).out, "outage"));
    const std::string measures = run_crowdout({"list", "measures"}).out;
    CHECK(contains(measures, "drawdown "));
    CHECK(contains(measures, "最大回撤"));
    CHECK(contains(run_crowdout({"list", "fields", "taker_fee"}).out, "venues[].taker_fee: "));
    CHECK(run_crowdout({"list", "fields", "no such field"}).out.empty());
    CHECK(run_crowdout({"list", "sectors"}).code == 2);
}

TEST_CASE("schema: the same on the screen and in a file") {
    const TestFolder folder;

    const Outcome shown = run_crowdout({"schema"});
    const Outcome written = run_crowdout({"schema", "--output", folder.file("s.json")});

    CHECK(contains(shown.out, "http://json-schema.org/draft-07/schema#"));
    CHECK(written.code == 0);
    CHECK(folder.read("s.json") == shown.out);
}
