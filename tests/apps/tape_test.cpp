// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/apps/support.hpp"

using namespace crowdout::apps;

namespace {

using Row = std::vector<std::string>;

/// The first line of a world that extends the minimal one.
const std::string minimal =
    "extends: " + std::string{CROWDOUT_SOURCE_DIR} + "/configs/minimal.yaml\n";

/// The given columns of a table whose cells have neither quotes nor commas in them.
std::vector<Row> columns_of(const std::string& path, const Row& names) {
    std::ifstream file{path};
    const auto cells_of = [](const std::string& line) {
        Row cells;
        std::istringstream text{line};
        for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
        return cells;
    };
    std::string line;
    std::getline(file, line);
    const Row head = cells_of(line);
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        const Row cells = cells_of(line);
        Row& row = rows.emplace_back();
        for (const std::string& name : names) {
            const auto at = std::ranges::find(head, name);
            REQUIRE(at != head.end());
            row.push_back(cells.at(static_cast<std::size_t>(at - head.begin())));
        }
    }
    return rows;
}

void run(const std::vector<std::string>& arguments) {
    const Outcome outcome = run_crowdout(arguments);
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
}

}  // namespace

// Goal: what one world traded can be sent again in another.
// Method: record an hour, export it, play its fills, record that, and compare line by line what the
// tape trader asked for with what was traded.
TEST_CASE("tape: the exported trades of a recording are a tape") {
    const TestFolder folder;
    const std::string first = folder.file("first.mcap");
    run({"run", "minimal", "--until", "1h", "--quiet", "--set", "record.books=[COIN]", "--record",
         first});
    run({"export", first, "--csv", folder.file("first")});
    const auto traded =
        columns_of(folder.file("first/fills.csv"), {"time", "taker_side", "price", "quantity"});
    REQUIRE(traded.size() > 10);

    const std::string world = folder.write("again.yaml", minimal + R"(duration: 2h
tapes: [{name: first, file: first/fills.csv, where: {book: COIN}}]
populations:
  - {name: player, sector: public, archetype: tape_trader, instrument: COIN, tape: first,
     owns: {USD: $1M, COIN: $1M}}
record: {accounts: [player]}
)");
    const std::string second = folder.file("second.mcap");
    run({"run", world, "--quiet", "--record", second});
    run({"export", second, "--csv", folder.file("second")});

    // The column `at` is when an order was to arrive, `time` when its step ended.
    CHECK(columns_of(folder.file("second/decisions.csv"), {"at", "side", "price", "quantity"}) ==
          traded);
}

TEST_CASE("tape: a recorded run is made again without its table, and says what was refused") {
    const TestFolder folder;
    const std::string table = folder.write("tape.csv",
                                           "time,side,size\n2026-01-05T00:10:00Z,buy,5\n"
                                           "2026-01-05T00:20:00Z,sell,50\n");
    const std::string world =
        folder.write("world.yaml", minimal + R"(tapes: [{name: two, file: tape.csv}]
populations:
  - {name: player, sector: public, archetype: tape_trader, instrument: COIN, tape: two,
     owns: {USD: $10k}}
)");
    const std::string recording = folder.file("run.mcap");
    const Outcome outcome = run_crowdout({"run", world, "--until", "30min", "--record", recording});
    CAPTURE(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "Refused orders"));
    CHECK(contains(outcome.out, "insufficient_holding"));

    std::filesystem::remove(table);
    std::filesystem::remove(world);
    CHECK(run_crowdout({"verify", recording, "--resim"}).code == 0);
}

TEST_CASE("tape: what is wrong with a row is told with its line, and nothing is run") {
    const TestFolder folder;
    folder.write("tape.csv", "time,side,size\n2026-01-05T00:10:00Z,buy,-5\n");
    const std::string world =
        folder.write("world.yaml", minimal + "tapes: [{name: two, file: tape.csv}]\n");
    const Outcome outcome = run_crowdout({"check", world});
    CHECK(outcome.code == 3);
    CHECK(contains(outcome.err, "tape.csv:2:26: error[E0142]: a size is above 0"));
    CHECK(contains(outcome.err, "    2 | 2026-01-05T00:10:00Z,buy,-5\n"));
}
