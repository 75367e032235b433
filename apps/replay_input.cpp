// SPDX-License-Identifier: Apache-2.0
#include "apps/replay_input.hpp"

#include <fmt/format.h>

#include <ostream>
#include <system_error>

#include "apps/exit_code.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

constexpr std::size_t lines_max = 20;

}  // namespace

std::unique_ptr<world::ReplayFile> open_recording(const std::string& path) try {
    return world::open_replay(path);
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}", path, damaged.what())};
} catch (const std::system_error& refused) {
    throw Failure{ExitCode::io, refused.what()};
}

void print_troubles(const world::ReplayFile& replay, Console& console) {
    const auto troubles = replay.troubles();
    for (std::size_t i = 0; i < troubles.size() && i < lines_max; ++i) {
        console.err << "  " << troubles[i] << '\n';
    }
    if (troubles.size() > lines_max) {
        console.err << fmt::format("  and {} more\n", troubles.size() - lines_max);
    }
}

}  // namespace crowdout::apps
