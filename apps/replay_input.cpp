// SPDX-License-Identifier: Apache-2.0
#include "apps/replay_input.hpp"

#include <fmt/format.h>

#include <ostream>
#include <system_error>

#include "apps/exit_code.hpp"
#include "apps/figures.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

constexpr std::size_t lines_max = 20;

}  // namespace

std::unique_ptr<world::ReplayFile> open_recording(const std::string& path, bool with_history) try {
    return world::open_replay(path, with_history);
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}", path, damaged.what())};
} catch (const std::system_error& refused) {
    throw Failure{ExitCode::io, refused.what()};
}

std::string fork_command(const std::string& recording) {
    return fmt::format("crowdout run --fork {}", shell_word(recording));
}

std::vector<std::string> missing_in(const world::ReplayFile& replay) {
    std::vector<std::string> sentences = replay.troubles();
    sentences.insert(sentences.end(), replay.gaps().begin(), replay.gaps().end());
    return sentences;
}

void print_troubles(const world::ReplayFile& replay, Console& console) {
    print_sentences(missing_in(replay), console);
}

void print_sentences(const std::vector<std::string>& sentences, Console& console) {
    for (std::size_t i = 0; i < sentences.size() && i < lines_max; ++i) {
        console.err << "  " << sentences[i] << '\n';
    }
    if (sentences.size() > lines_max) {
        console.err << fmt::format("  and {} more\n", sentences.size() - lines_max);
    }
}

}  // namespace crowdout::apps
