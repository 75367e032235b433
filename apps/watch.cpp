// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <system_error>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/record.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "apps/window.hpp"
#include "apps/world_input.hpp"
#include "world/live_run.hpp"
#include "world/par.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

// Frames that stay in memory: enough to step back without the file (our choice).
constexpr std::size_t frames_kept = 1024;

struct WatchOptions {
    WorldInput world;
    std::optional<std::uint64_t> seed;
    int threads = 0;
    std::string record;
    bool no_record = false;
    std::string follow;
    std::string speed = "1";
    bool tell = false;
};

/// `minimal.mcap` in the working folder, or `minimal-2.mcap` where that is taken, and so on.
std::string free_recording(const std::string& world) {
    const std::string stem = fs::path{world}.stem().string();
    std::string name = stem + ".mcap";
    for (int number = 2; fs::exists(name); ++number) name = fmt::format("{}-{}.mcap", stem, number);
    return name;
}

/// A folder that lasts as long as a run which nobody wants to keep: looking back needs a file.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string name = (fs::temp_directory_path() / "crowdout-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw Failure{ExitCode::io, fmt::format("{}: no temporary folder can be made", name)};
        }
        path_ = name;
    }
    ~ScratchFolder() {
        std::error_code ignored;  // it is in the system's folder for what may be lost
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::string file() const { return (path_ / "run.mcap").string(); }

private:
    fs::path path_;
};

/// What is left of a world when its run is over.
struct Ending {
    std::string line;    ///< for people
    std::string broken;  ///< what the audit says
};

Ending ending_of(const world::World& world) {
    return {.line = fmt::format("{} to {}; digest {:016x}",
                                counted(static_cast<std::int64_t>(world.steps()), "step"),
                                world::format_time(world.now()), world.digest()),
            .broken = world.audit_afresh()};
}

ExitCode watch_world(const WatchOptions& options, Console& console) {
    auto loaded = read_valid_world(options.world, console);
    refuse_replacing(options.record, files_of(loaded.document.sources));
    require_window();
    const auto config = std::make_shared<const world::WorldConfig>(std::move(loaded.config));
    const auto seed = options.seed.value_or(static_cast<std::uint64_t>(config->seed));
    world::World world = open_world(loaded, config, seed);

    std::optional<ScratchFolder> scratch;
    if (options.no_record) scratch.emplace();
    const std::string file = options.no_record        ? scratch->file()
                             : options.record.empty() ? free_recording(options.world.file)
                                                      : options.record;
    Recording recording{file, world, recording_head(world, loaded)};
    const auto recorded = open_recording(file, false);  // the run itself keeps the charts
    std::optional<Ending> ending;
    // The window draws on one core; the rest is the run's.
    const int threads =
        options.threads > 0 ? options.threads : std::max(1, world::cores_available() - 1);
    world::LiveRun run{
        std::move(world),
        threads,
        {.on_frame = [&](const world::Frame& frame) { recording.take(frame); },
         .on_input =
             [&](std::uint64_t steps, std::uint32_t number, const std::string& text) {
                 recording.input({steps, number, text});
             },
         .on_end = [&](const world::World& last) { ending = ending_of(last); }},
        frames_kept,
        recorded.get()};
    const bool interrupted =
        show_window(run.source(),
                    {.title = config->name + " - Crowdout",
                     .subject = config->name,
                     .speed = options.speed,
                     .tell = options.tell,
                     .fork_command = options.no_record ? "" : fork_command(file),
                     .run = &run,
                     .config = config.get()},
                    console);
    run.stop();
    run.rethrow();
    recording.finish();
    if (ending) {
        console.out << ending->line << '\n';
        if (!ending->broken.empty()) throw Failure{ExitCode::invariant, ending->broken};
    }
    if (!options.no_record) {
        console.out << fmt::format("look at it again with\n  crowdout replay {}\n",
                                   shell_word(file));
    }
    return interrupted ? ExitCode::interrupted : ExitCode::ok;
}

ExitCode watch_file(const WatchOptions& options, Console& console) {
    require_window();
    const auto replay = open_recording(options.follow);
    const std::string name = fs::path{options.follow}.filename().string();
    const bool interrupted = show_window(*replay,
                                         {.title = name + " - Crowdout",
                                          .subject = name,
                                          .speed = options.speed,
                                          .follow = true,
                                          .tell = options.tell,
                                          .fork_command = fork_command(options.follow)},
                                         console);
    return interrupted ? ExitCode::interrupted : ExitCode::ok;
}

ExitCode watch(const WatchOptions& options, Console& console) try {
    if (options.world.file.empty() && options.follow.empty()) {
        throw Failure{ExitCode::usage, "watch takes a world, or --follow and a replay"};
    }
    check_speed(options.speed);
    return options.follow.empty() ? watch_world(options, console) : watch_file(options, console);
} catch (const world::InvariantBroken& broken) {
    throw Failure{ExitCode::invariant, broken.what()};
}

}  // namespace

void add_watch(CLI::App& program, Action& action) {
    CLI::App* verb =
        program.add_subcommand("watch", "Play a world in the window, or follow a file");
    auto options = std::make_shared<WatchOptions>();
    add_world_options(*verb, options->world);
    CLI::Option* world = verb->get_option("WORLD")->required(false);
    verb->add_option("--seed", options->seed, "Of all random draws, instead of the world's own")
        ->option_text("N");
    verb->add_option("--threads", options->threads,
                     "0, the default: as many as this machine allows, less one for the window")
        ->option_text("N")
        ->check(CLI::Range(0, 1024));
    CLI::Option* record =
        verb->add_option("--record", options->record,
                         "Where the run is recorded; WORLD.mcap in this folder unless said")
            ->option_text("FILE");
    verb->add_flag("--no-record", options->no_record, "Keep no recording")->excludes(record);
    verb->add_option("--follow", options->follow, "Show a replay while another program writes it")
        ->option_text("FILE")
        ->excludes(world);
    verb->add_option("--speed", options->speed,
                     "Days a second: a power of two from 1/16 to 64, or max; 1 unless said")
        ->option_text("N");
    verb->add_flag("--tell", options->tell, "Print what the window does, a line each: for tests");
    verb->footer(
        "The run goes as far as the window shows, and a quarter of a second further. Closing the\n"
        "window ends it; what was recorded can be looked at with `replay`. A shock given in the\n"
        "window is part of the recording, so that `verify --resim` can make the run again.\n"
        "\n"
        "examples:\n"
        "  crowdout watch ai_capex_drain\n"
        "  crowdout watch ai_capex_drain --speed max --record drain.mcap\n"
        "  crowdout watch --follow drain.mcap");
    verb->callback([&action, options] {
        action = [options](Console& console) { return watch(*options, console); };
    });
}

}  // namespace crowdout::apps
