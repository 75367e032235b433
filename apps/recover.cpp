// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <system_error>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/record.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/mcap_recover.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

struct RecoverOptions {
    std::string from;
    std::string to;
};

ExitCode recover(const RecoverOptions& options, Console& console) try {
    refuse_replacing(options.to, {options.from});
    world::McapReader reader{options.from};
    const WriteSignals signals;
    world::FileSink sink{options.to};
    const world::McapRecovery saved = world::recover(
        reader,
        {.profile = std::string{world::replay_profile}, .library = "crowdout " CROWDOUT_VERSION},
        sink);
    sink.close();

    // A file that cannot be opened again is no recovery.
    const auto replay = open_recording(options.to);
    console.out << fmt::format("{}: {}, {} in {}\n", options.to,
                               counted(static_cast<std::int64_t>(replay->frames()), "frame"),
                               counted(static_cast<std::int64_t>(saved.messages), "message"),
                               counted(static_cast<std::int64_t>(saved.chunks), "chunk"));
    for (const std::string& trouble : reader.troubles()) console.err << "  " << trouble << '\n';
    if (saved.chunks_lost + saved.attachments_lost > 0) {
        console.err << fmt::format(
            "lost: {}, {}\n", counted(static_cast<std::int64_t>(saved.chunks_lost), "chunk"),
            counted(static_cast<std::int64_t>(saved.attachments_lost), "attachment"));
    }
    return ExitCode::ok;
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}", options.from, damaged.what())};
} catch (const std::system_error& refused) {
    throw Failure{ExitCode::io, refused.what()};
}

}  // namespace

void add_recover(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("recover", "Make a finished replay of a broken one");
    auto options = std::make_shared<RecoverOptions>();
    verb->add_option("IN", options->from, "A replay that was cut short or damaged")
        ->required()
        ->option_text(" ");
    verb->add_option("OUT", options->to, "The new one; a file that is there is replaced")
        ->required()
        ->option_text(" ");
    verb->footer(
        "This program reads unfinished replays as they are; others want the index at their end.\n"
        "Copies every chunk that its checksum confirms, and says what had to be left.\n"
        "\n"
        "example:\n"
        "  crowdout recover killed.mcap whole.mcap");
    verb->callback([&action, options] {
        action = [options](Console& console) { return recover(*options, console); };
    });
}

}  // namespace crowdout::apps
