// SPDX-License-Identifier: Apache-2.0
#include "studies/results.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <tuple>

#include "studies/results_tables.hpp"
#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::studies {

namespace {

const Provenance program{.version = "1", .build = "abc"};

Study study_of(const apps::TestFolder& folder, const std::string& more = "") {
    folder.write("world.yaml", std::string{test::crowd_world});
    const std::string text =
        "name: toy\nworld: world.yaml\nseeds: 2\n"
        "factors:\n  - {name: makers, field: \"populations[makers].count\", values: [1, 2]}\n"
        "forks:\n  - {name: fork, set: [seed=1]}\n"
        "measures:\n  - {name: return, measure: total_return, of: COIN}\n"
        "series_every: 1h\n";
    LoadedStudy loaded = load_study(folder.write("study.yaml", text + more));
    REQUIRE_MESSAGE(loaded.study.has_value(), loaded.text());
    return *std::move(loaded.study);
}

/// What a member might have come to: its number, in every place.
MemberResult result_of(std::size_t member) {
    const auto value = static_cast<double>(member);
    MemberResult result{.state = MemberState::done, .wall_seconds = value};
    for (const char* name : {"", "fork"}) {
        BranchResult branch{.name = name, .digest = member};
        branch.values.push_back({value, "", std::nullopt});
        branch.series.push_back({.name = "COIN", .values = {std::nan(""), value}});
        result.branches.push_back(std::move(branch));
    }
    return result;
}

std::string digest_of(const std::string& path) {
    return results_digest(Database{path, Database::Mode::read});
}

std::string value_in(const std::string& path, const std::string& sql) {
    return Database{path, Database::Mode::read}.value(sql).value_or("none");
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string reason_of(const std::string& path, const Study& study, const Provenance& by) {
    try {
        Results::resume(path, study, by);
    } catch (const ResultsError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("results: what a member came to can be read by anybody") {
    const apps::TestFolder folder;
    const std::string path = folder.file("r.sqlite");
    const Study study = study_of(folder);
    {
        Results results = Results::create(path, study, program);
        results.add(3, result_of(3), 0, false);
        results.commit();
        CHECK(results.is_open(2));
        CHECK_FALSE(results.is_open(3));
    }

    CHECK(value_in(path, "SELECT group_concat(state) FROM members") == "open,open,open,done");
    CHECK(value_in(path, "SELECT value FROM \"values\" WHERE branch = 1") == "3.0");
    CHECK(value_in(path, "SELECT digest FROM digests WHERE member = 3") == "0000000000000003");
    // No row before there was anything to see.
    CHECK(value_in(path, "SELECT time || '|' || value FROM series") == "3600|3.0");
    CHECK(value_in(path,
                   "SELECT makers || '|' || \"return\" || '|' || seed FROM results WHERE "
                   "member = 3 AND branch = 'fork'") == "2.0|3.0|2");
    CHECK_FALSE(std::filesystem::exists(path + ".lock"));
}

TEST_CASE("results: every column of every table says what it means") {
    const apps::TestFolder folder;
    const std::string path = folder.file("r.sqlite");
    std::ignore = Results::create(path, study_of(folder), program);

    CHECK(value_in(path,
                   "SELECT count(*) FROM sqlite_schema s, pragma_table_info(s.name) c LEFT JOIN "
                   "columns m ON m.\"table\" = s.name AND m.\"column\" = c.name WHERE s.type = "
                   "'table' AND coalesce(m.meaning, '') = ''") == "0");
    CHECK(value_in(path, "SELECT count(*) FROM columns") ==
          std::to_string(results_columns().size()));
}

TEST_CASE(
    "results: their digest forgets the order, the time and the place of members, and the program") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string one = folder.file("one.sqlite");
    const std::string two = folder.file("two.sqlite");
    {
        Results results = Results::create(one, study, program);
        for (std::size_t i = 0; i < 4; ++i) results.add(i, result_of(i), 0, false);
        results.commit();
    }
    for (const std::size_t i : {3U, 1U, 0U, 2U}) {
        Results results =
            i == 3 ? Results::create(two, study, program) : Results::resume(two, study, program);
        MemberResult result = result_of(i);
        result.wall_seconds = 7;
        results.add(i, result, 1, true);
        results.commit();
    }
    CHECK(digest_of(one) == digest_of(two));

    Results results = Results::create(two, study, program);
    for (std::size_t i = 0; i < 4; ++i) results.add(i, result_of(i == 2 ? 9 : i), 0, false);
    results.commit();
    CHECK(digest_of(one) != digest_of(two));
}

TEST_CASE("results: what was not committed never was") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    {
        Results results = Results::create(path, study, program);
        results.add(0, result_of(0), 0, false);
        results.commit();
        results.add(1, result_of(1), 0, false);
    }
    const Results results = Results::resume(path, study, program);
    CHECK_FALSE(results.is_open(0));
    CHECK(results.is_open(1));
    CHECK(results.progress().done == 1);
}

// Goal: a writer that is killed in a commit leaves a file with half of it, and the other half's
// journal; both are of use.
// Method: such a commit is as large as the memory for it, and the files are copied before it ends.
TEST_CASE("results: what was half committed is undone, to go on as to read") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    std::ignore = Results::create(path, study, program);
    Database writer{path, Database::Mode::write};
    writer.execute(
        "PRAGMA cache_size = 4; BEGIN; UPDATE members SET state = 'done';"
        "INSERT INTO failures WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < 5000) SELECT i, 'failed', 'words' FROM n");
    const auto killed = [&](const std::string& name) {
        std::filesystem::copy(path, folder.file(name));
        std::filesystem::copy(path + "-journal", folder.file(name + "-journal"));
        return folder.file(name);
    };

    const std::string read = killed("read.sqlite");
    CHECK(value_in(read, "SELECT group_concat(state) FROM members") == "open,open,open,open");
    CHECK(value_in(read, "SELECT count(*) FROM failures") == "0");
    const std::string resumed = killed("resumed.sqlite");
    CHECK(reason_of(resumed, study, program) == "");
    CHECK(Results::resume(resumed, study, program).is_open(0));
}

TEST_CASE("results: a file has its name when it is whole, and not before") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    folder.write("r.sqlite.draft", "a study that was killed while it began");

    std::ignore = Results::create(path, study, program);
    CHECK(reason_of(path, study, program) == "");
    CHECK_FALSE(std::filesystem::exists(path + ".draft"));

    const std::string taken = folder.file("taken");
    std::filesystem::create_directory(taken);
    CHECK_THROWS_WITH_AS(Results::create(taken, study, program), doctest::Contains("s a directory"),
                         ResultsError);
    CHECK_FALSE(std::filesystem::exists(taken + ".draft"));
}

TEST_CASE("results: nothing but results makes place for them") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string own = folder.file("own.sqlite");
    std::ignore = Results::create(own, study, program);
    CHECK_NOTHROW(std::ignore = Results::create(own, study, program));
    CHECK_NOTHROW(std::ignore = Results::create(folder.write("empty", ""), study, program));
    {
        Database older{own, Database::Mode::write};
        older.execute("UPDATE meta SET value = '0' WHERE key = 'format'");
    }
    CHECK_NOTHROW(std::ignore = Results::create(own, study, program));

    Database{folder.file("other.sqlite"), Database::Mode::create}.execute(
        "CREATE TABLE meta (key, value)");
    for (const char* name : {"world.yaml", "other.sqlite"}) {
        const std::string file = folder.file(name);
        const std::string before = folder.read(name);
        CHECK_THROWS_WITH_AS(std::ignore = Results::create(file, study, program),
                             doctest::Contains("holds no results of a study"), ResultsError);
        CHECK(folder.read(name) == before);
    }
    const std::string pipe = folder.file("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THROWS_WITH_AS(std::ignore = Results::create(pipe, study, program),
                         doctest::Contains("a pipe or a device"), ResultsError);
    CHECK(std::filesystem::is_fifo(pipe));
}

TEST_CASE("results: a lost member is listed, and may be tried again") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    Results results = Results::create(path, study, program);
    results.add(1, {.state = MemberState::timed_out, .what = "took too long"}, 0, false);
    results.commit();

    CHECK(results.progress().lost == 1);
    CHECK(value_in(path, "SELECT state || '|' || what FROM failures") == "timed_out|took too long");
    results.reopen_lost();
    CHECK(results.is_open(1));
    CHECK(results.progress().lost == 0);
}

TEST_CASE("results: those of another study, world or program are not mixed in") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    std::ignore = Results::create(path, study, program);

    CHECK(reason_of(path, study, program) == "");
    CHECK(contains(reason_of(path, study_of(folder, "first_seed: 4\n"), program),
                   "`first_seed: 1` is now `first_seed: 4`"));
    CHECK(contains(reason_of(path, study_of(folder, "set: [duration=1d]\n"), program),
                   "another study"));
    Study other_world = study;
    other_world.world_text += "# more\n";
    CHECK(contains(reason_of(path, other_world, program), "another base world"));
    CHECK(contains(reason_of(path, study, {.version = "2", .build = "def"}), "another build"));
    folder.write("text.sqlite", "no database at all, but a text that is long enough to be read");
    CHECK(contains(reason_of(folder.file("text.sqlite"), study, program), "not a database"));
    CHECK(contains(reason_of(folder.file("none.sqlite"), study, program), "cannot open"));
}

TEST_CASE("results: one writer at a time, and readers meanwhile") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string path = folder.file("r.sqlite");
    Results results = Results::create(path, study, program);

    CHECK(contains(reason_of(path, study, program), "another process writes"));
    results.add(0, result_of(0), 0, false);
    CHECK(value_in(path, "SELECT count(*) FROM members WHERE state = 'done'") == "0");
    results.commit();
    CHECK(value_in(path, "SELECT count(*) FROM members WHERE state = 'done'") == "1");
}

TEST_CASE("results: shards are put together into what one run gives") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string whole = folder.file("whole.sqlite");
    const std::string parts[] = {folder.file("a.sqlite"), folder.file("b.sqlite")};
    {
        Results results = Results::create(whole, study, program);
        for (std::size_t i = 0; i < 4; ++i) results.add(i, result_of(i), 0, false);
        results.derive(study);
    }
    for (std::size_t part = 0; part < 2; ++part) {
        Results results = Results::create(parts[part], study, program);
        for (std::size_t i = part; i < 4; i += 2) results.add(i, result_of(i), 0, false);
        results.commit();
    }

    const std::string path = folder.file("r.sqlite");
    Results results = Results::create(path, study, program);
    CHECK(results.merge(parts[0], study, program) == 2);
    CHECK(results.merge(parts[1], study, program) == 2);
    CHECK(results.merge(parts[1], study, program) == 0);
    CHECK_FALSE(results.is_open(0));
    results.derive(study);
    CHECK(digest_of(path) == digest_of(whole));
}

TEST_CASE("results: a member that was lost here is taken from where it was tried again") {
    const apps::TestFolder folder;
    const Study study = study_of(folder, "attribution: {channels: [fork]}\n");
    const std::string path = folder.file("r.sqlite");
    const std::string part = folder.file("part.sqlite");
    const MemberResult lost{.state = MemberState::timed_out, .what = "took too long"};
    Results results = Results::create(path, study, program);
    for (std::size_t i = 0; i < 4; ++i) results.add(i, i < 2 ? lost : result_of(i), 0, false);
    results.derive(study);
    {
        Results tried = Results::create(part, study, program);
        for (std::size_t i = 0; i < 4; ++i) {
            tried.add(i, i == 1 || i == 2 ? lost : result_of(i), 0, false);
        }
        tried.commit();
    }

    CHECK(results.merge(part, study, program) == 1);
    CHECK(value_in(path, "SELECT group_concat(state) FROM members") == "done,timed_out,done,done");
    CHECK(value_in(path, "SELECT group_concat(member) FROM failures") == "1");
    // What two members came to says nothing of three.
    CHECK(value_in(path, "SELECT count(*) FROM attribution") == "0");

    results.derive(study);
    CHECK(results.merge(part, study, program) == 0);
    CHECK(value_in(path, "SELECT count(*) FROM attribution") == "3");
    results.reopen_lost();
    CHECK(value_in(path, "SELECT count(*) FROM attribution") == "0");
}

TEST_CASE("results: an attribution is derived with lines that add up") {
    const apps::TestFolder folder;
    const Study study = study_of(folder, "attribution: {channels: [fork]}\n");
    const std::string path = folder.file("r.sqlite");
    Results results = Results::create(path, study, program);
    for (std::size_t i = 0; i < 4; ++i) {
        MemberResult result = result_of(i);
        result.branches[1].values[0].value = 1;
        results.add(i, result, 0, false);
    }
    results.derive(study);

    // The base is 0, 1, 2, 3: a mean of 1.5, of which the channel is 0.5.
    CHECK(value_in(path, "SELECT group_concat(kind || '=' || value) FROM attribution") ==
          "whole=1.5,channel=0.5,interaction=1.0");
    CHECK(value_in(path, "SELECT runs FROM attribution") == "4");
    // Two seeds, with means over points of 1 and 2, are two draws: t of one degree is 12.706.
    CHECK(value_in(path, "SELECT round(low, 3) FROM attribution") == "-4.853");
}

TEST_CASE("results: what the base world has of the past stands beside the runs") {
    const apps::TestFolder folder;
    const std::string path = folder.file("r.sqlite");
    (void)study_of(folder);
    folder.write("world.yaml", std::string{test::crowd_world} +
                                   "data:\n  - {name: then, of: COIN, unit: $, source: me, table: "
                                   "\"date,value\\n2026-01-05,90\\n2026-01-06,95.5\\n\"}\n");
    const Study study = *load_study(folder.file("study.yaml")).study;
    (void)Results::create(path, study, program);

    CHECK(value_in(path,
                   "SELECT group_concat(track || '|' || name || '|' || source || '|' || rebase || "
                   "'|' || time || '|' || value, ' ') FROM past") ==
          "COIN|then|me|1|0|90.0 COIN|then|me|1|86400|95.5");
}

}  // namespace crowdout::studies
