// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "tests/support/files.hpp"
#include "tests/support/replay_film.hpp"
#include "tests/support/split_mix.hpp"
#include "world/recorder.hpp"

// Goal: whatever a recorder has acknowledged is there after its process was killed.
// Method: this program starts itself again; the child records for ever and says what is
// acknowledged, the parent kills it at a random moment and opens the file.

namespace crowdout::world {

namespace {

constexpr const char* file_variable = "CROWDOUT_TEST_RECORDING";
constexpr const char* child_name = "recorder: records until it is killed";

const test::ReplayFilm& film() {
    static const test::ReplayFilm all = test::film_of(test::crowd_world, {}, 30);
    return all;
}

struct Child {
    pid_t process = 0;
    int output = -1;
};

Child start_child() {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = "/proc/self/exe";
    std::string name = std::string{"--test-case="} + child_name;
    std::string no_skip = "--no-skip";
    char* arguments[] = {program.data(), name.data(), no_skip.data(), nullptr};
    Child child{.output = ends[0]};
    const int error =
        posix_spawn(&child.process, program.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    REQUIRE(error == 0);
    return child;
}

/// Adds what comes out of the child until `text` has `what`, or until it is gone.
void read_until(const Child& child, const std::string& what, std::string& text) {
    char piece[4096];
    while (what.empty() || text.find(what) == std::string::npos) {
        const ssize_t size = read(child.output, piece, sizeof piece);
        if (size <= 0) return;
        text.append(piece, static_cast<std::size_t>(size));
    }
}

/// The number in the last whole line `acknowledged N`.
std::uint64_t last_acknowledged(const std::string& text) {
    const std::string before = "acknowledged ";
    const std::size_t end = text.rfind('\n');
    const std::size_t at = text.rfind(before, end);
    REQUIRE(at != std::string::npos);
    return std::stoull(text.substr(at + before.size()));
}

void kill_one(std::chrono::microseconds after) {
    const test::TemporaryFile file;
    setenv(file_variable, file.path().c_str(), 1);
    const Child child = start_child();
    std::string said;
    read_until(child, "acknowledged ", said);
    std::this_thread::sleep_for(after);
    kill(child.process, SIGKILL);
    read_until(child, "", said);
    close(child.output);
    int status = 0;
    waitpid(child.process, &status, 0);
    CHECK(WIFSIGNALED(status));

    ReplayFile replay{file.path()};
    CHECK(replay.frames() >= last_acknowledged(said));
    CHECK(replay.troubles().empty());
    CHECK_FALSE(replay.finished());
    std::uint64_t wrong = 0;
    for (std::uint64_t i = 0; i < replay.frames(); ++i) {
        Frame expected = film().frames[i % film().frames.size()];
        expected.head.step = i + 1;
        expected.head.to = film().head.manifest.start + static_cast<std::int64_t>(i);
        const Frame& frame = replay.frame(i);
        const bool same = frame.head == expected.head && frame.books == expected.books &&
                          frame.trades == expected.trades && frame.flows == expected.flows;
        if (!same) ++wrong;
    }
    CHECK(wrong == 0);
}

void kill_many(int count, std::uint64_t seed) {
    test::SplitMix64 random{seed};
    for (int i = 0; i < count; ++i) kill_one(std::chrono::microseconds{random.below(60'000)});
}

}  // namespace

TEST_CASE("recorder: records until it is killed" * doctest::skip()) {
    const char* const path = std::getenv(file_variable);
    if (path == nullptr) return;
    FileSink sink{path};
    Recorder recorder{sink, film().head, {.segment_frames = 16}};
    std::uint64_t said = 0;
    for (std::uint64_t i = 0;; ++i) {
        Frame frame = film().frames[i % film().frames.size()];
        frame.head.step = i + 1;
        frame.head.to = film().head.manifest.start + static_cast<std::int64_t>(i);
        recorder.take(frame);
        if (recorder.acknowledged() == said) continue;
        said = recorder.acknowledged();
        std::printf("acknowledged %llu\n", static_cast<unsigned long long>(said));
        std::fflush(stdout);
    }
}

TEST_CASE("recorder: killed at any moment, it leaves every acknowledged frame") {
    kill_many(20, 1);
}

TEST_SUITE("slow") {
    TEST_CASE("recorder: killed at 100 more moments") {
        kill_many(100, 2);
    }
}

}  // namespace crowdout::world
