// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "apps/world_files.hpp"
#include "tests/apps/folder.hpp"
#include "tests/apps/support.hpp"

using namespace crowdout::apps;

namespace {

std::string last_line(const std::string& text) {
    const std::string whole = text.substr(0, text.find_last_not_of('\n') + 1);
    return whole.substr(whole.rfind('\n') + 1);
}

/// The raw text of a field of a line of JSON: `"digest": "84c2"` gives `"84c2"`.
std::string json_field(const std::string& line, const std::string& name) {
    const std::string key = "\"" + name + "\": ";
    const std::size_t at = line.find(key);
    if (at == std::string::npos) return "";
    const std::size_t begin = at + key.size();
    const bool is_text = line[begin] == '"';
    const std::size_t end =
        is_text ? line.find('"', begin + 1) + 1 : line.find_first_of(",}", begin);
    return line.substr(begin, end - begin);
}

std::string run_json(std::vector<std::string> more) {
    std::vector<std::string> arguments{"run", "minimal", "--quiet", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_crowdout(arguments);
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    return outcome.out;
}

std::size_t line_count(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("run: ends in tables, and with --json in one line of it") {
    const Outcome outcome = run_crowdout({"run", "minimal", "--steps", "60", "--json"});
    const std::string line = last_line(outcome.out);

    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());  // too short for a line of progress
    CHECK(contains(outcome.out, "60 steps to 2026-01-05T01:00:00Z"));
    CHECK(contains(outcome.out, "Prices, USD"));
    CHECK(contains(outcome.out, "Free cash"));
    CHECK(json_field(line, "steps") == "60");
    CHECK(json_field(line, "agents") == "102");
    CHECK(json_field(line, "interrupted") == "false");
    CHECK(json_field(line, "digest").size() == 16 + 2);
    for (const char* name : {"orders", "trades", "wall_s", "seed"}) {
        CHECK_FALSE(json_field(line, name).empty());
    }
}

TEST_CASE("run: quiet means nothing but what was asked for") {
    const Outcome outcome = run_crowdout({"run", "minimal", "--steps", "5", "--quiet"});

    CHECK(outcome.code == 0);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.empty());
    CHECK(line_count(run_json({"--steps", "5"})) == 1);
}

TEST_CASE("run: ends at a date, after a span, or after so many steps") {
    // The minimal world has steps of a minute from midnight.
    CHECK(json_field(run_json({"--until", "2h"}), "steps") == "120");
    CHECK(json_field(run_json({"--until", "2026-01-05T00:30:00Z"}), "steps") == "30");
    CHECK(json_field(run_json({"--until", "2h", "--steps", "7"}), "steps") == "7");
    CHECK(run_crowdout({"run", "minimal", "--until", "soon"}).code == 2);
    CHECK(run_crowdout({"run", "minimal", "--steps", "0"}).code == 2);
}

TEST_CASE("run: what is wrong with a world is said before anything is done") {
    const TestFolder folder;
    const std::string csv = folder.file("csv");

    const Outcome outcome =
        run_crowdout({"run", "minimal", "--set", "populations[makers].count=-1", "--csv", csv});

    CHECK(outcome.code == 3);
    CHECK(contains(outcome.err, "--set populations[makers].count:1:1: error[E0142]"));
    CHECK_FALSE(std::filesystem::exists(csv));
}

TEST_CASE("run: writes its four tables, a row of prices an instrument and step") {
    const TestFolder folder;
    const std::string csv = folder.file("deep/csv");

    (void)run_json({"--steps", "60", "--csv", csv});

    CHECK(line_count(folder.read("deep/csv/prices.csv")) == 1 + 60);
    CHECK(contains(folder.read("deep/csv/prices.csv"), "\n60,2026-01-05T01:00:00Z,COIN,"));
    CHECK(contains(folder.read("deep/csv/balances.csv"), "step,time,sector,cash,idle\n1,"));
    CHECK(contains(folder.read("deep/csv/trades.csv"), ",COIN,public,choice,"));
    CHECK(contains(folder.read("deep/csv/flows.csv"), ",trades,"));
    CHECK(run_crowdout({"run", "minimal", "--steps", "1", "--csv", "/dev/null/csv"}).code == 5);
}

TEST_CASE("run: tables go on where the run does, and begin anew with a fork") {
    const TestFolder folder;
    const std::string csv = folder.file("csv");
    const std::string parent = folder.file("parent.mcap");
    const std::string state = folder.file("state");
    (void)run_json({"--steps", "10", "--csv", csv, "--record", parent, "--checkpoint", state});
    (void)run_json({"--steps", "5", "--csv", csv, "--resume", state});
    CHECK(line_count(folder.read("csv/prices.csv")) == 1 + 15);

    for (int i = 0; i < 2; ++i) {
        (void)run_json({"--steps", "5", "--csv", csv, "--fork", parent, "--at", "10"});
        CHECK(line_count(folder.read("csv/prices.csv")) == 1 + 5);
    }
}

// Goal: the last table says who paid for AI, and agrees with a calculation by hand.
// Method: nobody trades (at 1e-9 orders a day). The makers hold $2M; at 6:00 the crowd pays them
// the $100k that have run up since midnight, at 12:00 they pay $500k for capex out of a pot of
// which 1/21 came from the crowd.
TEST_CASE("run: dollars for AI capex are shared by where they came from") {
    const TestFolder folder;
    const std::string file = folder.write("capex.yaml", R"(
extends: )" + find_file("minimal", FileKind::world) + R"(
sources: [public]
populations:
  - {name: crowd, market_rate: 1e-9/d, limit_rate: 1e-9/d}
payments:
  - {name: build, from: makers, to: vault, reason: capex, rate: $365M/yr}
  - {name: pay, from: crowd, to: makers, reason: sales, rate: $146M/yr, schedule: {at: 6h}}
)");

    const Outcome outcome = run_crowdout({"run", file});

    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out,
                   "Dollars for AI capex     share   of all  at most\n"
                   "public                  $23.8k    4.8 %    $100k\n"
                   "finance, cash at first   $476k   95.2 %        -\n"
                   "------------------------------------------------\n"
                   "all                      $500k  100.0 %        -\n"));
}

TEST_CASE("run: a checkpoint is refused by another world and when it is damaged") {
    const TestFolder folder;
    const std::string file = folder.file("state");
    (void)run_json({"--steps", "5", "--checkpoint", file});

    std::string bytes = folder.read("state");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    const std::string damaged = folder.write("damaged", bytes);
    const std::string cut = folder.write("cut", bytes.substr(0, 30));

    for (const std::string& bad : {damaged, cut, folder.write("empty", "")}) {
        const Outcome outcome = run_crowdout({"run", "minimal", "--resume", bad});
        CHECK(outcome.code == 5);
        CHECK(contains(outcome.err, bad));
    }
    const Outcome other = run_crowdout({"run", "minimal", "--resume", file, "--set", "seed=7"});
    CHECK(other.code == 5);
    CHECK(contains(other.err, "another world"));
    CHECK(run_crowdout({"run", "minimal", "--resume", file, "--seed", "7"}).code == 2);
}

TEST_SUITE("determinism") {
    TEST_CASE("run: the seed decides, the threads do not") {
        const auto digest = [](std::vector<std::string> more) {
            more.insert(more.end(), {"--until", "3h"});
            return json_field(run_json(more), "digest");
        };
        const std::string one = digest({"--threads", "1"});

        CHECK(digest({"--threads", "2"}) == one);
        CHECK(digest({"--threads", "3"}) == one);
        CHECK(digest({"--threads", "8"}) == one);
        CHECK(digest({"--seed", "1"}) == one);  // the world's own
        CHECK(digest({"--seed", "2"}) != one);
    }

    TEST_CASE("run: resumed, it ends as if it had never stopped") {
        const TestFolder folder;
        const std::string file = folder.file("state");
        const std::string whole = run_json({"--until", "3h", "--seed", "5"});

        (void)run_json({"--until", "1h", "--seed", "5", "--checkpoint", file});
        const std::string resumed = run_json({"--until", "3h", "--resume", file});

        for (const char* name : {"digest", "steps", "orders", "trades", "time", "seed"}) {
            CHECK(json_field(resumed, name) == json_field(whole, name));
        }
    }
}
