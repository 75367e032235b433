// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <memory>
#include <ostream>
#include <string>

#include "apps/verbs.hpp"
#include "studies/member.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

std::string standard_input() {
    std::string text;
    char piece[1 << 16];
    while (true) {
        const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) throw Failure{ExitCode::io, "cannot read standard input"};
        if (size == 0) return text;
        text.append(piece, static_cast<std::size_t>(size));
    }
}

/// @param starter  the process that asked for the member; 0 where it did not say.
ExitCode make_member(pid_t starter, Console& console) {
    // Whoever asked for the member is gone where it was killed: nobody wants it any more. It may
    // have gone before it could be said so.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (starter != 0 && ::getppid() != starter) return ExitCode::interrupted;
    studies::MemberJob job;
    try {
        job = studies::read_job_json(standard_input());
    } catch (const world::ReplayError& wrong) {
        throw Failure{ExitCode::usage,
                      fmt::format("standard input is no job of a member: {}", wrong.what())};
    }
    console.out << studies::result_json(studies::run_member(job)) << '\n';
    return ExitCode::ok;
}

}  // namespace

void add_member(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "member",
        "Make one member of an ensemble: a job from standard input, its result to "
        "standard output");
    verb->group("")->footer(
        "`claims` and `study` start this verb for each of their members; people have no need of\n"
        "it. Both texts are one JSON object; what goes wrong in a run is part of its result.");
    auto starter = std::make_shared<pid_t>(0);
    verb->add_option("--starter", *starter, "The process that asks: the member ends with it")
        ->option_text("PID");
    verb->callback([&action, starter] {
        action = [starter](Console& console) { return make_member(*starter, console); };
    });
}

}  // namespace crowdout::apps
