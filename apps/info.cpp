// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

struct InfoOptions {
    std::string file;
    bool json = false;
};

struct ChannelCount {
    std::string topic;
    std::uint64_t messages = 0;
};

std::vector<ChannelCount> channel_counts(const world::McapReader& reader) {
    std::vector<ChannelCount> counts;
    for (const world::McapChannel& channel : reader.channels()) {
        ChannelCount count{.topic = channel.topic};
        for (const world::McapChunkInfo& chunk : reader.chunks()) {
            for (const world::McapCount& each : chunk.counts) {
                if (each.channel == channel.id) count.messages += each.messages;
            }
        }
        counts.push_back(std::move(count));
    }
    return counts;
}

std::string date(std::int64_t ns) {
    return world::format_time(market::Time{ns});
}

void print_text(world::ReplayFile& replay, const InfoOptions& options, Console& console) {
    const world::Manifest& manifest = replay.manifest();
    const world::ReplayMeta& meta = replay.meta();
    const std::uint64_t frames = replay.frames();
    const auto line = [&](std::string_view name, const std::string& value) {
        console.out << fmt::format("{:<12} {}\n", name, value);
    };
    line("replay", fmt::format("{}{}", options.file,
                               replay.finished() ? "" : ", unfinished: what is there can be used"));
    line("world", manifest.world_name + ": " + manifest.description);
    line("seed", std::to_string(meta.seed));
    if (frames > 0) {
        const world::FrameHead last = replay.head(frames - 1);
        line("from", date(replay.head(0).from));
        line("to", date(last.to));
        line("frames", thousands(static_cast<std::int64_t>(frames)));
        line("last step", fmt::format("{}, digest {:016x}", last.step, last.digest));
    } else {
        line("frames", "0");
    }
    line("books", std::to_string(manifest.books.size()));
    line("sectors", std::to_string(manifest.sectors.size()));
    if (!replay.inputs().empty()) {
        line("inputs",
             counted(static_cast<std::int64_t>(replay.inputs().size()), "shock") + " from outside");
    }
    if (meta.steps > 0) line("begins", fmt::format("after step {}", meta.steps));
    if (!meta.parent.empty()) {
        line("fork of", fmt::format("{} at step {}", meta.parent, meta.parent_step));
    }
    line("written by",
         fmt::format("crowdout {} ({}, {})", meta.version, meta.compiler, meta.back_end));
    console.out << "\nchannels\n";
    for (const ChannelCount& each : channel_counts(replay.container())) {
        console.out << fmt::format("  {:<14} {:>8} messages\n", each.topic, each.messages);
    }
    console.out << "\nattachments\n";
    for (const world::McapAttachmentInfo& each : replay.container().attachments()) {
        console.out << fmt::format("  {:<32} {:>10} bytes\n", each.name, each.data_size);
    }
}

void print_json(world::ReplayFile& replay, Console& console) {
    const world::ReplayMeta& meta = replay.meta();
    const std::uint64_t frames = replay.frames();
    const world::FrameHead last = frames > 0 ? replay.head(frames - 1) : world::FrameHead{};
    std::string channels;
    for (const ChannelCount& each : channel_counts(replay.container())) {
        channels += fmt::format("{}{}: {}", channels.empty() ? "" : ", ",
                                world::json_quoted(each.topic), each.messages);
    }
    console.out << fmt::format(
        "{{\"world\": {}, \"seed\": {}, \"format\": {}, \"version\": {}, \"finished\": {}, "
        "\"frames\": {}, \"steps\": {}, \"time\": {}, \"digest\": \"{:016x}\", \"inputs\": {}, "
        "\"parent\": {}, \"troubles\": {}, \"messages\": {{{}}}}}\n",
        world::json_quoted(replay.manifest().world_name), meta.seed, meta.format,
        world::json_quoted(meta.version), replay.finished(), frames, last.step,
        world::json_quoted(date(last.to)), last.digest, replay.inputs().size(),
        world::json_quoted(meta.parent), replay.troubles().size(), channels);
}

ExitCode info(const InfoOptions& options, Console& console) {
    const auto replay = open_recording(options.file);
    if (options.json) {
        print_json(*replay, console);
    } else {
        print_text(*replay, options, console);
    }
    print_troubles(*replay, console);
    return replay->troubles().empty() ? ExitCode::ok : ExitCode::corrupt_replay;
}

}  // namespace

void add_info(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("info", "Say what a replay holds");
    auto options = std::make_shared<InfoOptions>();
    verb->add_option("FILE", options->file, "A replay, finished or not")
        ->required()
        ->option_text(" ");
    verb->add_flag("--json", options->json, "One line of JSON");
    verb->footer(
        "Reads what is needed to open the file; `verify` reads every byte.\n"
        "\n"
        "examples:\n"
        "  crowdout info drain.mcap\n"
        "  crowdout info drain.mcap --json");
    verb->callback([&action, options] {
        action = [options](Console& console) { return info(*options, console); };
    });
}

}  // namespace crowdout::apps
