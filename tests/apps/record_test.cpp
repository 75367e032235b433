// SPDX-License-Identifier: Apache-2.0
#include "apps/record.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/apps/folder.hpp"
#include "tests/apps/recording.hpp"
#include "tests/support/replay_film.hpp"
#include "world/replay_file.hpp"

using namespace crowdout;
using namespace crowdout::apps;

TEST_CASE("record: a run leaves a replay that explains itself") {
    const TestFolder folder;
    const std::string file = folder.file("runs/minimal.mcap");  // the folder is made
    REQUIRE(record(file, {"--until", "3h", "--set", "seed=7"}).code == 0);

    const Outcome info = run_crowdout({"info", file});
    CHECK(info.code == 0);
    CHECK(contains(info.out, "seed         7\n"));
    CHECK(contains(info.out, "frames       180\n"));
    CHECK(contains(info.out, "world.resolved.yaml"));
    CHECK(contains(info.out, "sources/minimal.yaml"));
    CHECK_FALSE(contains(info.out, "unfinished"));
    const Outcome json = run_crowdout({"info", file, "--json"});
    CHECK(
        contains(json.out, "\"frames\": 180, \"steps\": 180, \"time\": \"2026-01-05T03:00:00Z\""));
    CHECK(contains(json.out, "\"finished\": true"));
}

TEST_CASE("record: what a page says to type is read by a shell as it was meant") {
    const TestFolder folder;
    REQUIRE(record(folder.file("my run.mcap"), {"--steps", "5", "--report", folder.file("a.html")})
                .code == 0);
    CHECK(contains(folder.read("a.html"), "crowdout verify &#39;my run.mcap&#39; --resim"));
}

TEST_CASE("record: the file names no folder of the machine it was made on") {
    const TestFolder folder;
    const std::string file = folder.file("minimal.mcap");
    REQUIRE(record(file, {"--steps", "5"}).code == 0);
    CHECK_FALSE(contains(folder.read("minimal.mcap"), CROWDOUT_SOURCE_DIR));
}

TEST_CASE("record: a recorded run can be made again, on other threads and from a checkpoint") {
    const TestFolder folder;
    const std::string first = folder.file("first.mcap");
    const std::string second = folder.file("second.mcap");
    const std::string state = folder.file("state");
    REQUIRE(record(first, {"--until", "2h", "--threads", "1", "--checkpoint", state}).code == 0);
    REQUIRE(record(second, {"--until", "3h", "--threads", "2", "--resume", state}).code == 0);

    const Outcome one = run_crowdout({"verify", first, "--resim", "--threads", "2"});
    CHECK(one.code == 0);
    CHECK(contains(one.out, "re-simulated: 120 frames with the same digest"));
    const Outcome two = run_crowdout({"verify", second, "--resim", "--threads", "1"});
    CHECK(two.code == 0);
    CHECK(contains(two.out, "re-simulated: 60 frames with the same digest"));
}

TEST_CASE("record: a fork names its parent, and without a change goes the parent's way") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    const std::string same = folder.file("same.mcap");
    const std::string other = folder.file("other.mcap");
    const std::string change = "populations[crowd].market_rate=100/d";
    REQUIRE(record(parent, {"--until", "2h"}).code == 0);
    REQUIRE(record(same, {"--until", "2h", "--fork", parent, "--at", "90min"}).code == 0);
    REQUIRE(
        record(other, {"--until", "2h", "--fork", parent, "--at", "90", "--set", change}).code ==
        0);

    const auto last = [](const std::string& file) {
        const auto replay = world::open_replay(file);
        return replay->head(replay->frames() - 1);
    };
    CHECK(last(same).digest == last(parent).digest);
    CHECK(last(other).digest != last(parent).digest);
    CHECK(last(other).step == 120);
    CHECK(contains(run_crowdout({"info", other}).out, "fork of      parent.mcap at step 90\n"));
    CHECK(contains(run_crowdout({"diff", parent, same}).out, "alike in the 30 frames"));
    CHECK(contains(run_crowdout({"diff", parent, other}).out, "step      91,"));
    for (const std::string& file : {same, other}) {
        const Outcome again = run_crowdout({"verify", file, "--resim", "--threads", "2"});
        CHECK(again.code == 0);
        CHECK(contains(again.out, "re-simulated: 30 frames with the same digest"));
    }
}

TEST_CASE("diff: steps are compared with themselves, whatever else either recording shows") {
    const TestFolder folder;
    const std::string every = folder.file("every.mcap");
    const std::string fifth = folder.file("fifth.mcap");
    const std::string seventh = folder.file("seventh.mcap");
    const std::string other = folder.file("other.mcap");
    const std::string late = folder.file("late.mcap");
    REQUIRE(record(every, {"--until", "1h"}).code == 0);
    REQUIRE(record(fifth, {"--until", "1h", "--set", "record.every=5min"}).code == 0);
    REQUIRE(record(seventh, {"--until", "1h", "--set", "record.every=7min"}).code == 0);
    REQUIRE(record(other, {"--until", "1h", "--fork", every, "--at", "20min", "--set",
                           "record.every=5min", "--set", "populations[crowd].market_rate=1000/d"})
                .code == 0);
    REQUIRE(record(late, {"--until", "61min", "--fork", every, "--at", "60"}).code == 0);
    const auto shown = [](const std::string& file) { return world::open_replay(file)->frames(); };
    REQUIRE(shown(fifth) < 20);

    const Outcome same = run_crowdout({"diff", every, fifth});
    CHECK(same.code == 0);
    CHECK(contains(same.out,
                   "alike in the " + std::to_string(shown(fifth)) + " frames that both have\n"));
    CHECK(run_crowdout({"diff", fifth, every}).out == same.out);
    CHECK(run_crowdout({"diff", fifth, seventh}).code == 0);
    CHECK(contains(run_crowdout({"diff", every, fifth, "--json"}).out,
                   "{\"compared\": " + std::to_string(shown(fifth)) + ", \"alike\": "));

    const Outcome parted = run_crowdout({"diff", every, other});
    CHECK(parted.code == 7);
    CHECK(contains(parted.out, " frames that both have, then they part\n"));
    CHECK(run_crowdout({"diff", other, every}).code == 7);

    const Outcome nothing = run_crowdout({"diff", every, late});
    CHECK(nothing.code == 2);
    CHECK(contains(nothing.err, "no step in common"));
}

TEST_CASE("record: a run that stops between two frames ends with one more") {
    const TestFolder folder;
    const std::string state = folder.file("state");
    const std::vector<std::string> every{"--set", "record.every=10min"};
    const auto steps_of = [&](const std::string& name, std::vector<std::string> more) {
        more.insert(more.end(), every.begin(), every.end());
        const std::string file = folder.file(name);
        REQUIRE(record(file, more).code == 0);
        CHECK(run_crowdout({"verify", file, "--resim"}).code == 0);
        world::ReplayFile replay{file};
        std::vector<std::uint64_t> steps;
        for (std::uint64_t i = 0; i < replay.frames(); ++i) steps.push_back(replay.head(i).step);
        return steps;
    };
    using Steps = std::vector<std::uint64_t>;
    CHECK(steps_of("first.mcap", {"--steps", "25", "--checkpoint", state}) == Steps{10, 20, 25});
    CHECK(steps_of("next.mcap", {"--until", "45min", "--resume", state}) == Steps{30, 40, 45});
    CHECK(steps_of("whole.mcap", {"--until", "45min"}) == Steps{10, 20, 30, 40, 45});
    CHECK(steps_of("short.mcap", {"--steps", "3"}) == Steps{3});
    const std::string whole = folder.file("whole.mcap");
    CHECK(contains(run_crowdout({"diff", folder.file("first.mcap"), whole}).out, "alike in the 2"));
    CHECK(contains(run_crowdout({"diff", whole, folder.file("next.mcap")}).out, "alike in the 3"));
}

TEST_CASE("diff: made again, both runs name every account that differs") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    const std::string same = folder.file("same.mcap");
    const std::string other = folder.file("other.mcap");
    REQUIRE(record(parent, {"--until", "2h"}).code == 0);
    REQUIRE(record(same, {"--until", "2h", "--fork", parent, "--at", "60"}).code == 0);
    REQUIRE(record(other, {"--until", "2h", "--fork", parent, "--at", "60", "--set",
                           "populations[crowd].market_rate=100/d"})
                .code == 0);

    CHECK(
        contains(run_crowdout({"diff", parent, same, "--accounts"}).out, "alike in the 60 frames"));
    const Outcome text = run_crowdout({"diff", parent, other, "--accounts", "--threads", "1"});
    CHECK(text.code == 7);
    CHECK(contains(text.out, "accounts  "));
    CHECK(contains(text.out, "crowd["));
    const Outcome json = run_crowdout({"diff", parent, other, "--accounts", "--json"});
    CHECK(contains(json.out, "\"accounts\": [\""));
    CHECK_FALSE(contains(run_crowdout({"diff", parent, other}).out, "accounts"));
}

TEST_CASE("record: a fork of what it cannot be is refused") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    REQUIRE(record(parent, {"--until", "10min"}).code == 0);
    const auto refused = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "run");
        return run_crowdout(arguments);
    };
    CHECK(refused({"minimal", "--at", "5"}).code == 2);
    CHECK(refused({"minimal", "--fork", parent}).code == 2);
    CHECK(refused({"minimal", "--fork", parent, "--at", "soon"}).code == 2);
    CHECK(refused({"minimal", "--fork", folder.file("none"), "--at", "5"}).code == 5);
    const Outcome others = refused({"market_mixed", "--fork", parent, "--at", "5"});
    CHECK(others.code == 3);
    CHECK(contains(others.err, "is no fork of"));
}

TEST_CASE("record: a wrong command line costs no recording") {
    const TestFolder folder;
    const std::string file = folder.file("a.mcap");
    REQUIRE(record(file, {"--steps", "5"}).code == 0);
    const std::string before = folder.read("a.mcap");

    CHECK(record(file, {"--until", "nonsense"}).code == 2);
    CHECK(record(file, {"--csv", "/dev/null/csv"}).code == 5);
    CHECK(run_crowdout({"watch", "minimal", "--record", file, "--speed", "fast"}).code == 2);
    CHECK(folder.read("a.mcap") == before);
}

TEST_CASE("record: nothing that is read or recorded is written over") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    const std::string state = folder.file("state");
    REQUIRE(record(parent, {"--steps", "20", "--checkpoint", state}).code == 0);
    const std::string base =
        folder.write("base.yaml", "extends: " CROWDOUT_SOURCE_DIR "/configs/minimal.yaml\n");
    const std::string world = folder.write("world.yaml", "extends: base.yaml\n");
    std::filesystem::create_symlink("parent.mcap", folder.file("link"));
    const std::string recording = folder.read("parent.mcap");
    const std::string checkpoint = folder.read("state");
    const std::string other = folder.file("other.mcap");

    const auto refused = [](std::vector<std::string> arguments) {
        const Outcome outcome = run_crowdout(std::move(arguments));
        CAPTURE(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(contains(outcome.err, "name another file"));
    };
    for (const char* name : {"parent.mcap", "./parent.mcap", "link"}) {
        refused(
            {"run", "minimal", "--fork", parent, "--at", "10min", "--record", folder.file(name)});
    }
    refused({"run", "minimal", "--fork", parent, "--at", "10", "--checkpoint", parent});
    refused({"run", "minimal", "--fork", parent, "--at", "10", "--report", parent});
    refused({"run", "minimal", "--resume", state, "--record", state});
    refused({"run", world, "--record", world});
    refused({"run", world, "--report", base});
    refused({"run", world, "--record", other, "--report", other});
    refused({"run", "minimal", "--steps", "1", "--csv", folder.path(), "--report",
             folder.file("trades.csv")});
    refused({"watch", world, "--record", base});
    refused({"render", parent, "--video", parent});
    refused({"report", parent, "-o", parent});
    for (const char* format : {"--sqlite", "--hdf5", "--graphml"}) {
        refused({"export", parent, format, parent});
    }
    refused({"claims", world, "--csv", base});
    refused({"new", world, world, "--force"});

    CHECK(folder.read("parent.mcap") == recording);
    CHECK(folder.read("state") == checkpoint);
    CHECK(folder.read("world.yaml") == "extends: base.yaml\n");
    CHECK_FALSE(std::filesystem::exists(other));
    // The next state may take the place of the one before.
    CHECK(run_crowdout({"run", "minimal", "--quiet", "--steps", "5", "--resume", state,
                        "--checkpoint", state})
              .code == 0);
    CHECK(folder.read("state") != checkpoint);
}

TEST_CASE("export: a pipe stays a pipe, and takes what can be written from front to back") {
    const TestFolder folder;
    const std::string file = folder.file("a.mcap");
    const std::string pipe = folder.file("pipe");
    REQUIRE(record(file, {"--steps", "5"}).code == 0);
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(reader >= 0);

    CHECK(run_crowdout({"export", file, "--sqlite", pipe}).code == 5);
    CHECK(run_crowdout({"export", file, "--hdf5", pipe}).code == 5);
    CHECK(run_crowdout({"export", file, "--graphml", pipe}).code == 0);

    char bytes[5];
    CHECK(::read(reader, bytes, sizeof bytes) == 5);
    CHECK(std::string(bytes, 5) == "<?xml");
    CHECK(std::filesystem::is_fifo(pipe));
    ::close(reader);
}

TEST_CASE("record: a fork is made of what was recorded, and says after which step") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    REQUIRE(record(parent, {"--until", "30min", "--set", "record.every=10min"}).code == 0);
    const auto fork_at = [&](const std::string& at) {
        return run_crowdout({"run", "minimal", "--until", "31min", "--set", "record.every=10min",
                             "--fork", parent, "--at", at});
    };
    for (const char* beyond : {"20h", "2026-01-06", "31", "2026-01-04"}) {
        const Outcome refused = fork_at(beyond);
        CHECK(refused.code == 2);
        CHECK(contains(refused.err, "to 2026-01-05T00:30:00Z (step 30)"));
    }
    for (const char* begin : {"0d", "0", "2026-01-05", "9min"}) {
        CHECK(contains(fork_at(begin).out, " forked after step 0, 2026-01-05\n"));
    }
    CHECK(contains(fork_at("15min").out, " forked after step 10, 2026-01-05T00:10:00Z\n"));
    CHECK(contains(fork_at("30").out, " forked after step 30, "));

    const std::string same = folder.file("same.mcap");
    REQUIRE(record(same, {"--until", "30min", "--fork", parent, "--at", "0d"}).code == 0);
    CHECK(world::ReplayFile{same}.head(29).digest == world::ReplayFile{parent}.head(2).digest);
    CHECK(run_crowdout({"verify", same, "--resim"}).code == 0);
}

TEST_CASE("record: a fork needs no world, nor does a run that goes on: theirs is at hand") {
    const TestFolder folder;
    const std::string parent = folder.file("parent.mcap");
    const std::string same = folder.file("same.mcap");
    const std::string other = folder.file("other.mcap");
    const std::string state = folder.file("state");
    const std::string change = "populations[crowd].market_rate=100/d";
    REQUIRE(record(parent, {"--until", "40min", "--set", change, "--seed", "9"}).code == 0);
    const auto fork = [&](const std::string& file, std::vector<std::string> more) {
        std::vector<std::string> all{"run",   "--fork",       parent,  "--at",
                                     "20min", "--until",      "40min", "--record",
                                     file,    "--checkpoint", state,   "--quiet"};
        all.insert(all.end(), more.begin(), more.end());
        return run_crowdout(all);
    };
    const auto last = [](const std::string& file) {
        return world::ReplayFile{file}.head(19).digest;
    };
    const std::uint64_t expected = world::ReplayFile{parent}.head(39).digest;
    REQUIRE(fork(same, {}).code == 0);
    CHECK(last(same) == expected);
    CHECK(run_crowdout({"verify", same, "--resim"}).code == 0);
    REQUIRE(fork(other, {"--set", "populations[crowd].market_rate=50/d"}).code == 0);
    CHECK(last(other) != expected);
    CHECK(run_crowdout({"verify", other, "--resim"}).code == 0);
    CHECK(fork(other, {"--set", "populations[none].market_rate=50/d"}).code == 3);

    const Outcome resumed = run_crowdout({"run", "--resume", state, "--until", "41min", "--json"});
    CHECK(resumed.code == 0);
    CHECK(contains(resumed.out, "\"steps\": 41,"));
    const Outcome nothing = run_crowdout({"run", "--until", "1h"});
    CHECK(nothing.code == 2);
    CHECK(contains(nothing.err, "run takes a world"));
}

TEST_CASE("record: --no-record wins") {
    const TestFolder folder;
    REQUIRE(record(folder.file("a.mcap"), {"--steps", "5", "--no-record"}).code == 0);
    CHECK_FALSE(std::filesystem::exists(folder.file("a.mcap")));
}

TEST_CASE("record: a file that cannot be written ends the run with a sentence") {
    const Outcome full = record("/dev/full", {"--steps", "5"});
    CHECK(full.code == 5);
    CHECK(contains(full.err, "cannot write to /dev/full: No space left on device"));
    const Outcome folder = record("/dev/null/x.mcap", {"--steps", "5"});
    CHECK(folder.code == 5);
    CHECK(contains(folder.err, "/dev/null/x.mcap"));
}

TEST_CASE("verify: damage is 6, another digest 7, no file 5") {
    const TestFolder folder;
    const std::string file = folder.file("good.mcap");
    REQUIRE(record(file, {"--until", "2h"}).code == 0);
    CHECK(run_crowdout({"verify", file}).code == 0);

    std::string bytes = folder.read("good.mcap");
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    const std::string bad = folder.write("bad.mcap", bytes);
    const Outcome damaged = run_crowdout({"verify", bad});
    CHECK(damaged.code == 6);
    CHECK(contains(damaged.out, "damaged"));
    CHECK(run_crowdout({"info", folder.write("text", "no replay")}).code == 6);
    CHECK(run_crowdout({"info", folder.file("nothing")}).code == 5);

    // Without its details a frame cannot be shown: how many, which and why is said.
    test::ReplayFilm film = test::film_of(test::crowd_world, {}, 30);
    film.frames[12].fills = {{.maker = 0, .taker = 0xffff'fff0}};
    const world::Bytes impossible = film.bytes(10);
    const std::string part = folder.write("part.mcap", {impossible.begin(), impossible.end()});
    const Outcome partly = run_crowdout({"verify", part});
    CHECK(partly.code == 6);
    CHECK(contains(partly.err, "  frames 11 to 20: "));
    CHECK(contains(partly.err, "a row of 'fills' that does not fit the manifest\n"));
    CHECK(contains(run_crowdout({"verify", part, "--json"}).out,
                   "\"damaged_frames\": 10, \"damage\": [\"frames 11 to 20: "));

    film.frames[12].fills.clear();
    film.frames[20].head.digest ^= 1;
    const world::Bytes wrong = film.bytes();
    const std::string other = folder.write("other.mcap", {wrong.begin(), wrong.end()});
    const Outcome differs = run_crowdout({"verify", other, "--resim"});
    CHECK(differs.code == 7);
    CHECK(contains(differs.err, "parts in step 21: digest"));
    CHECK(contains(run_crowdout({"verify", other, "--resim", "--json"}).out, "\"step\": 21"));
}
