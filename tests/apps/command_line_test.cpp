// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <ostream>

#include "tests/apps/support.hpp"

using namespace crowdout::apps;

TEST_CASE("command line: help is a result, and every verb is in it") {
    const Outcome outcome = run_crowdout({"--help"});

    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    for (const char* verb :
         {"run", "check", "explain", "set", "new", "list", "schema", "doctor", "completion"})
        CHECK(contains(outcome.out, verb));
    CHECK(contains(outcome.out, "examples:"));
    CHECK(contains(outcome.out, "130 interrupted"));
}

TEST_CASE("command line: the help of a verb is about that verb") {
    const Outcome outcome = run_crowdout({"completion", "--help"});

    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "bash, zsh or fish"));
    CHECK_FALSE(contains(outcome.out, "exit codes:"));
}

TEST_CASE("command line: without a word it explains itself and fails") {
    const Outcome outcome = run_crowdout({});

    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, "examples:"));
}

TEST_CASE("command line: what nobody understands is a wrong usage, with the nearest word") {
    struct Row {
        std::vector<std::string> arguments;
        std::string message;
    };
    const Row rows[] = {
        {{"rnu", "minimal"}, "there is no verb 'rnu'; did you mean 'run'?"},
        {{"run", "minimal", "--thread", "2"},
         "there is no option '--thread'; did you mean '--threads'?"},
        {{"docter"}, "there is no verb 'docter'; did you mean 'doctor'?"},
        {{"frobnicate"}, "there is no verb 'frobnicate'\n"},
        {{"--colour=never", "doctor"}, "there is no option '--colour'; did you mean '--color'?"},
        {{"doctor", "--colr", "never"}, "there is no option '--colr'; did you mean '--color'?"},
        {{"doctor", "twice"}, "'twice' is one argument too many"},
        {{"completion"}, "SHELL is required"},
        {{"completion", "tcsh"}, "tcsh not in {bash,zsh,fish}"},
        {{"--color=never"}, "a verb is missing"},
    };
    for (const Row& row : rows) {
        const Outcome outcome = run_crowdout(row.arguments);
        CAPTURE(row.message);
        CAPTURE(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(contains(outcome.err, row.message));
        CHECK(contains(outcome.err, "--help"));
    }
}

TEST_CASE("command line: a result that cannot be written is trouble with a file") {
    struct FullDisk : std::streambuf {};  // refuses every character
    FullDisk full;
    std::ostream out{&full};
    std::ostringstream err;
    Console console{.out = out, .err = err};

    CHECK(run_program({"doctor"}, console) == ExitCode::io);
    CHECK(contains(err.str(), "cannot write to standard output"));
}

TEST_CASE("command line: colour only where it is asked for") {
    CHECK_FALSE(contains(run_crowdout({"doctor"}).out, "\x1b"));
    CHECK(contains(run_crowdout({"doctor", "--color=always"}).out, "\x1b[32mok"));
    CHECK(contains(run_crowdout({"--color", "always", "doctor"}).out, "\x1b[32mok"));
}

TEST_CASE("doctor: says what runs would use") {
    const Outcome outcome = run_crowdout({"doctor"});

    CHECK(outcome.code == 0);
    for (const char* topic : {"processors", "memory", "compiler", "locale", "MPI"}) {
        CHECK(contains(outcome.out, topic));
    }
    CHECK(contains(outcome.out, "Worlds can be run here."));
}

TEST_CASE("completion: each shell's script knows the verbs and their options") {
    CHECK(contains(run_crowdout({"completion", "bash"}).out, "complete -o default -F _crowdout"));
    CHECK(contains(run_crowdout({"completion", "bash"}).out, "doctor) options='--help --color"));
    CHECK(contains(run_crowdout({"completion", "zsh"}).out, "#compdef crowdout"));
    CHECK(contains(run_crowdout({"completion", "zsh"}).out, "'doctor:Say what this machine"));
    CHECK(contains(run_crowdout({"completion", "fish"}).out,
                   "__fish_seen_subcommand_from doctor' -l color"));
}
