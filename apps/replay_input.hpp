// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/console.hpp"
#include "world/replay_file.hpp"

namespace crowdout::apps {

/// Opens a recording that a person named, with its charts or without. @throws Failure  (io,
/// corrupt_replay) with the name.
[[nodiscard]] std::unique_ptr<world::ReplayFile> open_recording(const std::string& path,
                                                                bool with_history = true);

/// What runs on from a recording under its own world, but for the moment: `--at` is missing.
[[nodiscard]] std::string fork_command(const std::string& recording);

/// What of a run a recording does not show: what could not be read, and what is not there.
[[nodiscard]] std::vector<std::string> missing_in(const world::ReplayFile& replay);

/// Says on standard error what of a recording could not be read; at most a screenful.
void print_troubles(const world::ReplayFile& replay, Console& console);
void print_sentences(const std::vector<std::string>& sentences, Console& console);

}  // namespace crowdout::apps
