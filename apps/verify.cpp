// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "apps/figures.hpp"
#include "apps/interrupt.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/replay_error.hpp"
#include "world/resimulate.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

struct VerifyOptions {
    std::string file;
    bool resim = false;
    int threads = 0;
    bool json = false;
};

/// What is wrong with a file: nothing where both are empty.
struct Damage {
    std::uint64_t frames = 0;  ///< that cannot be shown
    std::vector<std::string> sentences;
};

/// Reads everything: every checksum of the container, every number of every frame.
Damage read_all(world::ReplayFile& replay) {
    replay.container().verify();
    Damage damage{.sentences = replay.troubles()};
    std::string why;
    std::uint64_t begin = 0;
    const auto tell = [&](std::uint64_t end) {
        if (why.empty()) return;
        damage.frames += end - begin;
        damage.sentences.push_back(fmt::format("frames {} to {}: {}", begin + 1, end, why));
        why.clear();
    };
    for (std::uint64_t i = 0; i < replay.frames(); ++i) {
        std::string here;
        try {
            (void)replay.frame(i);
        } catch (const world::ReplayError& error) {
            here = error.what();
        }
        if (here == why) continue;
        tell(i);
        begin = i;
        why = std::move(here);
    }
    tell(replay.frames());
    return damage;
}

std::string where(const world::Divergence& divergence) {
    const bool exact = divergence.steps_from + 1 >= divergence.step;
    std::string text =
        exact ? fmt::format("step {}", divergence.step)
              : fmt::format("a step from {} to {}", divergence.steps_from + 1, divergence.step);
    if (!divergence.phase.empty()) text += fmt::format(", phase {}", divergence.phase);
    return text;
}

std::string json_line(const VerifyOptions& options, const world::ReplayFile& replay,
                      const Damage& damage, const world::Resimulation& resimulation) {
    std::string difference = "null";
    if (const auto& divergence = resimulation.divergence) {
        difference = fmt::format(
            "{{\"frame\": {}, \"step\": {}, \"phase\": {}, \"recorded\": \"{:016x}\", "
            "\"computed\": \"{:016x}\"}}",
            divergence->frame, divergence->step, world::json_quoted(divergence->phase),
            divergence->digest_recorded, divergence->digest_computed);
    }
    std::vector<std::string> damaged;
    for (const std::string& sentence : damage.sentences) {
        damaged.push_back(world::json_quoted(sentence));
    }
    return fmt::format(
        "{{\"frames\": {}, \"damaged_frames\": {}, \"damage\": [{}], \"resimulated\": {}, "
        "\"compared\": {}, \"difference\": {}}}",
        replay.frames(), damage.frames, fmt::join(damaged, ", "), options.resim,
        resimulation.frames, difference);
}

ExitCode verify(const VerifyOptions& options, Console& console) try {
    const auto replay = open_recording(options.file);
    const Damage damage = read_all(*replay);
    const bool is_whole = damage.sentences.empty();

    world::Resimulation resimulation;
    bool interrupted = false;
    if (options.resim) {
        const Interrupt interrupt;
        world::Pool pool{options.threads};
        resimulation =
            world::resimulate(*replay, pool, [&](double) { return !interrupt.requested(); });
        interrupted = interrupt.requested();
    }
    if (options.json) {
        console.out << json_line(options, *replay, damage, resimulation) << '\n';
    } else {
        const auto frames = counted(static_cast<std::int64_t>(replay->frames()), "frame");
        console.out << fmt::format("{}: {}, {}{}\n", options.file, frames,
                                   is_whole ? "every checksum is right" : "damaged",
                                   replay->finished() ? "" : ", unfinished");
        if (options.resim && !resimulation.divergence) {
            console.out << fmt::format(
                "re-simulated: {} with the same digest\n",
                counted(static_cast<std::int64_t>(resimulation.frames), "frame"));
        }
    }
    print_sentences(damage.sentences, console);
    print_sentences(replay->gaps(), console);
    if (const auto& divergence = resimulation.divergence) {
        print_error(console,
                    fmt::format("{}: the run made again parts in {}: digest {:016x} was recorded, "
                                "{:016x} computed",
                                options.file, where(*divergence), divergence->digest_recorded,
                                divergence->digest_computed));
        return ExitCode::mismatch;
    }
    if (interrupted) return ExitCode::interrupted;
    return is_whole ? ExitCode::ok : ExitCode::corrupt_replay;
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}", options.file, damaged.what())};
}

}  // namespace

void add_verify(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("verify", "Check a replay, or make its run again");
    auto options = std::make_shared<VerifyOptions>();
    verb->add_option("FILE", options->file, "A replay, finished or not")
        ->required()
        ->option_text(" ");
    verb->add_flag("--resim", options->resim,
                   "Make the run again from what the file carries, and compare every digest");
    verb->add_option("--threads", options->threads,
                     "For --resim; 0, the default: as many as this machine allows")
        ->option_text("N")
        ->check(CLI::Range(0, 1024));
    verb->add_flag("--json", options->json, "One line of JSON");
    verb->footer(
        "Without --resim, reads every byte, compares every checksum and holds every number "
        "against\n"
        "the replay's own lists. With it, plays the world in the file from its seed or "
        "checkpoint,\n"
        "with every shock that came from outside, and names the first step and phase that differ.\n"
        "\n"
        "What is damaged is said line by line on standard error.\n"
        "Ends with 0 where all is right, 6 where the file is damaged or ends within a record,\n"
        "as a kill may leave it, 7 where a digest differs.\n"
        "\n"
        "examples:\n"
        "  crowdout verify drain.mcap\n"
        "  crowdout verify drain.mcap --resim --threads 1");
    verb->callback([&action, options] {
        action = [options](Console& console) { return verify(*options, console); };
    });
}

}  // namespace crowdout::apps
