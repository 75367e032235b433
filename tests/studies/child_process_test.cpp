// SPDX-License-Identifier: Apache-2.0
#include "studies/child_process.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace crowdout::studies {

namespace {

/// Serves a child as an ensemble does, until it is over.
ChildProcess::End end_of(ChildProcess& child) {
    while (!child.serve()) {
        std::vector<pollfd> polls;
        child.append_polls(polls);
        ::poll(polls.data(), polls.size(), child.patience_ms());
    }
    return child.end();
}

ChildProcess::End end_of_shell(const std::string& script, std::string_view input = "",
                               ChildProcess::Limits limits = {}) {
    ChildProcess child{"/bin/sh", {"-c", script}, input, limits};
    return end_of(child);
}

bool is_gone(pid_t pid) {
    return ::kill(pid, 0) != 0 && errno == ESRCH;
}

}  // namespace

TEST_CASE("child process: what it reads and writes is of any length") {
    const std::string input(3 << 20, 'x');  // many times what a pipe holds

    const auto end = end_of_shell("cat", input);

    CHECK(end.status == 0);
    CHECK(end.output == input);
    CHECK(end.last_words == "");
}

TEST_CASE("child process: its exit code, its signal and its last words are told") {
    const auto left = end_of_shell("echo result; echo trouble >&2; exit 3");
    CHECK(WIFEXITED(left.status));
    CHECK(WEXITSTATUS(left.status) == 3);
    CHECK(left.output == "result\n");
    CHECK(left.last_words == "trouble\n");

    const auto killed = end_of_shell("kill -SEGV $$");
    CHECK(WIFSIGNALED(killed.status));
    CHECK(WTERMSIG(killed.status) == SIGSEGV);
}

TEST_CASE("child process: only the end of a long complaint is kept") {
    const auto end = end_of_shell("seq 100000 >&2");

    CHECK(end.last_words.size() == 2000);
    CHECK(end.last_words.ends_with("\n100000\n"));
}

TEST_CASE("child process: one that hangs is ended, and what it started with it") {
    const auto start = std::chrono::steady_clock::now();

    // The second one ignores what can be ignored, and keeps the streams open.
    const auto end =
        end_of_shell("(trap '' TERM HUP; echo $$; sleep 1000) & sleep 1000", "", {.seconds = 0.3});

    CHECK(end.timed_out);
    CHECK(WTERMSIG(end.status) == SIGKILL);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{20});
    CHECK(is_gone(static_cast<pid_t>(std::stol(end.output))));
}

TEST_CASE("child process: one that ends is over, though what it started holds its streams") {
    const auto end = end_of_shell("sleep 1000 & echo done");

    CHECK(end.status == 0);
    CHECK(end.output == "done\n");
    CHECK(end.seconds < 100);
}

TEST_CASE("child process: one that writes without end is ended") {
    const auto end = end_of_shell("cat /dev/zero", "", {.output_bytes = 1 << 20});

    CHECK(end.wrote_too_much);
    CHECK(end.output.empty());
    CHECK(WTERMSIG(end.status) == SIGKILL);
}

TEST_CASE("child process: it has no more address space than it may, and leaves no core") {
    // The limits come just after the start, that of the address space last.
    const auto limits = end_of_shell(
        "for i in $(seq 1000); do [ $(ulimit -v) = unlimited ] || break; sleep 0.01; done\n"
        "ulimit -v; ulimit -c",
        "", {.bytes = 512u << 20});

    CHECK(limits.output == "524288\n0\n");  // KiB
}

TEST_CASE("child process: it inherits three streams and nothing else") {
    const Descriptor open{::open("/dev/null", O_RDONLY)};  // without O_CLOEXEC, as libraries do
    REQUIRE(open.number() > 2);

    // `ls` has one descriptor more, for the folder that it lists.
    const auto end = end_of_shell("ls /proc/self/fd");

    CHECK(end.output == "0\n1\n2\n3\n");
}

TEST_CASE("child process: a signal that its starter ignores or blocks still ends it") {
    struct sigaction ignore {};
    struct sigaction before {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before);

    const auto end = end_of_shell("kill -PIPE $$; echo alive");

    ::sigaction(SIGPIPE, &before, nullptr);
    CHECK(end.output == "");
    CHECK(WTERMSIG(end.status) == SIGPIPE);
}

TEST_CASE("child process: a program that is not there is said to be so") {
    CHECK_THROWS_AS((ChildProcess{"/no/such/program", {}, "", {}}), std::system_error);
}

TEST_CASE("child process: who forgets it ends it, and leaves no zombie") {
    pid_t pid = 0;
    {
        ChildProcess child{"/bin/sh", {"-c", "echo $$; sleep 1000"}, "", {}};
        while (child.end().output.empty()) {
            REQUIRE(!child.serve());
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        pid = static_cast<pid_t>(std::stol(child.end().output));
        CHECK(!is_gone(pid));
    }
    CHECK(is_gone(pid));
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

}  // namespace crowdout::studies
