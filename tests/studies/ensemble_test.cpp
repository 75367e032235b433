// SPDX-License-Identifier: Apache-2.0
#include "studies/ensemble.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::studies {

namespace {

MemberJob crowd_job(std::uint64_t seed) {
    return {.world = std::string{test::crowd_world}, .set = {"duration=30min"}, .seed = seed};
}

struct Gathered {
    std::map<std::size_t, MemberResult> results;
    std::size_t cached = 0;
};

/// Makes members of the first seeds.
Gathered gather(EnsembleOptions options, std::size_t members) {
    Ensemble ensemble{std::move(options)};
    for (std::size_t id = 0; id < members; ++id) ensemble.add(id, crowd_job(id));
    Gathered gathered;
    while (ensemble.pending() > 0) {
        auto ended = ensemble.next(10);
        if (!ended) continue;
        gathered.cached += ended->cached;
        CHECK(gathered.results.emplace(ended->id, std::move(ended->result)).second);
    }
    CHECK(!ensemble.next(0));
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);  // no zombie
    CHECK(errno == ECHILD);
    return gathered;
}

/// A shell script that can be called.
std::string program_in(const apps::TestFolder& folder, const std::string& script) {
    const std::string file = folder.write("fake", "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Makes members of even seeds well, and has those of odd seeds go wrong as `wrong` says.
std::string every_second(const std::string& wrong) {
    return "job=$(cat)\ncase $job in *'\"seed\": '*[13579],*) " + wrong +
           " ;; esac\nprintf %s \"$job\" | exec " CROWDOUT_PROGRAM " member";
}

}  // namespace

TEST_CASE("ensemble: a member is the same in a child and in this process, however many run") {
    const Gathered one = gather({.jobs = 1, .program = CROWDOUT_PROGRAM}, 4);
    const Gathered three = gather({.jobs = 3, .program = CROWDOUT_PROGRAM}, 4);

    for (std::size_t seed = 0; seed < 4; ++seed) {
        const MemberResult here = run_member(crowd_job(seed));
        REQUIRE(one.results.at(seed).state == MemberState::done);
        CHECK(one.results.at(seed).branches == here.branches);
        CHECK(three.results.at(seed).branches == here.branches);
    }
}

TEST_CASE("ensemble: what goes wrong in a run is its result") {
    Ensemble ensemble{{.jobs = 1, .program = CROWDOUT_PROGRAM}};
    MemberJob job = crowd_job(1);
    job.set.emplace_back("sed=3");
    ensemble.add(7, job);

    const auto ended = ensemble.next(60);

    REQUIRE(ended);
    CHECK(ended->id == 7);
    CHECK(ended->result.state == MemberState::failed);
    CHECK(contains(ended->result.what, "did you mean 'seed'"));
}

TEST_CASE("ensemble: a member that goes wrong is lost alone, and says how") {
    const apps::TestFolder folder;
    struct Case {
        const char* wrong;
        MemberState state;
        const char* what;
    };
    for (const Case& each :
         std::vector<Case>{{"echo 'no luck' >&2; exit 3", MemberState::crashed,
                            "its process ended with code 3; it said: no luck"},
                           {"kill -SEGV $$", MemberState::crashed, "killed by signal 11"},
                           {"kill -KILL $$", MemberState::crashed, "short of memory"},
                           {"echo garbage; exit 0", MemberState::crashed, "wrote no result"},
                           {"exit 0", MemberState::crashed, "wrote no result"},
                           {"sleep 1000", MemberState::timed_out, "it took more than 5 s"}}) {
        CAPTURE(each.wrong);
        const Gathered made = gather({.jobs = 2,
                                      .member_seconds_max = 5,
                                      .program = program_in(folder, every_second(each.wrong))},
                                     4);

        REQUIRE(made.results.size() == 4);
        for (const std::size_t seed : {0U, 2U}) {
            CHECK(made.results.at(seed).state == MemberState::done);
        }
        for (const std::size_t seed : {1U, 3U}) {
            CHECK(made.results.at(seed).state == each.state);
            CHECK(contains(made.results.at(seed).what, each.what));
            CHECK(made.results.at(seed).branches.empty());
        }
    }
}

TEST_CASE("ensemble: a member that wants more memory than it may have says so" *
          doctest::skip(test::sanitized)) {
    MemberJob job = crowd_job(1);
    job.set.emplace_back("populations[crowd].count=2M");
    Ensemble ensemble{{.jobs = 1, .member_bytes_max = 200u << 20, .program = CROWDOUT_PROGRAM}};
    ensemble.add(0, job);

    const auto ended = ensemble.next(60);

    REQUIRE(ended);
    CHECK(ended->result.state == MemberState::out_of_memory);
}

TEST_CASE("ensemble: one member more than wanted is forgotten, running or not") {
    const apps::TestFolder folder;
    Ensemble ensemble{{.jobs = 2, .program = program_in(folder, "exec sleep 1000")}};
    for (std::size_t id = 0; id < 4; ++id) ensemble.add(id, crowd_job(id));
    CHECK(!ensemble.next(0));
    CHECK(ensemble.running() == 2);
    CHECK(ensemble.queued() == 2);

    ensemble.cancel([](std::size_t id) { return id == 0 || id == 3; });

    CHECK(ensemble.running() == 1);
    CHECK(ensemble.queued() == 1);
}

TEST_CASE("ensemble: what was made before is not made again") {
    const apps::TestFolder folder;
    const std::string cache = (folder.path() / "cache").string();
    const EnsembleOptions options{.jobs = 2, .cache = cache, .program = CROWDOUT_PROGRAM};

    const Gathered first = gather(options, 2);
    const Gathered second = gather(options, 3);

    CHECK(first.cached == 0);
    CHECK(second.cached == 2);
    for (const std::size_t seed : {0U, 1U}) {
        CHECK(first.results.at(seed).branches == second.results.at(seed).branches);
    }
}

TEST_CASE("ensemble: what went wrong is tried again") {
    const apps::TestFolder folder;
    const std::string cache = (folder.path() / "cache").string();
    const EnsembleOptions options{
        .jobs = 1, .cache = cache, .program = program_in(folder, every_second("exit 3"))};

    gather(options, 2);

    CHECK(gather(options, 2).cached == 1);
}

TEST_CASE("ensemble: one that is dropped midway keeps what is done for the next") {
    const apps::TestFolder folder;
    const EnsembleOptions options{
        .jobs = 1, .cache = (folder.path() / "cache").string(), .program = CROWDOUT_PROGRAM};
    {
        Ensemble ensemble{options};
        for (std::size_t id = 0; id < 3; ++id) ensemble.add(id, crowd_job(id));
        REQUIRE(ensemble.next(60));
        CHECK(!ensemble.next(0));  // the second one is running now
    }
    CHECK(gather(options, 3).cached >= 1);
}

}  // namespace crowdout::studies
