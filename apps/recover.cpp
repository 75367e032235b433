// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>
#include <system_error>
#include <vector>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/record.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/mcap_recover.hpp"
#include "world/replay_error.hpp"
#include "world/replay_writer.hpp"

namespace crowdout::apps {

namespace {

struct RecoverOptions {
    std::string from;
    std::string to;
};

/// Saves what can be shown. Of the series of frames that cannot, what came from outside stays: the
/// run cannot be made again without it.
world::McapRecovery save(world::ReplayFile& from, world::ByteSink& to) {
    const std::vector<std::size_t> unshown = from.unshown_series();
    world::McapReader& reader = from.container();
    return world::recover(
        reader,
        {.profile = std::string{world::replay_profile}, .library = "crowdout " CROWDOUT_VERSION},
        to, [&](std::size_t chunk, const world::McapMessage& message) {
            return std::ranges::find(unshown, chunk) == unshown.end() ||
                   reader.channel(message.channel)->topic == world::input_topic;
        });
}

ExitCode recover(const RecoverOptions& options, Console& console) try {
    refuse_replacing(options.to, {options.from});
    const auto broken = open_recording(options.from, false);
    const WriteSignals signals;
    world::FileSink sink{options.to};
    const world::McapRecovery saved = save(*broken, sink);
    sink.close();

    // A file that cannot be opened again is no recovery.
    const auto replay = open_recording(options.to);
    console.out << fmt::format("{}: {}, {} in {}\n", options.to,
                               counted(static_cast<std::int64_t>(replay->frames()), "frame"),
                               counted(static_cast<std::int64_t>(saved.messages), "message"),
                               counted(static_cast<std::int64_t>(saved.chunks), "chunk"));
    for (const std::string& trouble : broken->troubles()) console.err << "  " << trouble << '\n';
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
        "Copies every chunk that its checksum confirms, and says what had to be left. Frames "
        "whose\n"
        "details are lost are left out: what is written can be shown, verified and exported.\n"
        "\n"
        "example:\n"
        "  crowdout recover killed.mcap whole.mcap");
    verb->callback([&action, options] {
        action = [options](Console& console) { return recover(*options, console); };
    });
}

}  // namespace crowdout::apps
