// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "apps/moment.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "apps/window.hpp"

namespace crowdout::apps {

namespace {

struct ReplayOptions {
    std::string file;
    std::string at;
    std::string speed = "1";
    bool tell = false;
};

ExitCode show_replay(const ReplayOptions& options, Console& console) {
    require_window();
    const auto replay = open_recording(options.file);
    print_troubles(*replay, console);
    const std::string name = std::filesystem::path{options.file}.filename().string();
    WindowRequest request{.title = name + " - Crowdout",
                          .subject = name,
                          .speed = options.speed,
                          .tell = options.tell,
                          .fork_command = fork_command(options.file)};
    if (!options.at.empty()) request.at = moment_in(*replay, options.at);
    return show_window(*replay, request, console) ? ExitCode::interrupted : ExitCode::ok;
}

}  // namespace

void add_replay(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("replay", "Look at a recorded run in the window");
    auto options = std::make_shared<ReplayOptions>();
    verb->add_option("FILE", options->file, "A replay, finished or not")
        ->required()
        ->option_text(" ");
    verb->add_option("--at", options->at,
                     "Begin at a date (2026-03-01), after a span (30d) or at a step, paused")
        ->option_text("WHEN");
    verb->add_option("--speed", options->speed,
                     "Days a second: a power of two from 1/16 to 64, or max; 1 unless said")
        ->option_text("N");
    verb->add_flag("--tell", options->tell, "Print what the window does, a line each: for tests");
    verb->footer(
        "Keys: docs/window.md, or H in the window. A file that is still being written is shown up\n"
        "to now; `watch --follow` keeps up with it.\n"
        "\n"
        "examples:\n"
        "  crowdout replay drain.mcap\n"
        "  crowdout replay drain.mcap --at 30d");
    verb->callback([&action, options] {
        action = [options](Console& console) { return show_replay(*options, console); };
    });
}

}  // namespace crowdout::apps
