// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "market/time.hpp"
#include "world/replay_file.hpp"

namespace crowdout::apps {

/// `--at`: a date (2026-03-01), a span from the world's start (30d), or a step (1200).
/// @return the end of the frame that shows it: the last one not after it.
/// @throws Failure  (usage) where it is none of these.
[[nodiscard]] market::Time moment_in(world::ReplayFile& replay, const std::string& text);

/// `--at` of a fork: the same, of what was recorded. @return how many frames are up to there; 0 is
/// where the recording, which has frames, begins.
/// @throws Failure  (usage) where it is none of these, or lies outside: names the last moment.
[[nodiscard]] std::uint64_t frames_until(world::ReplayFile& replay, const std::string& text);

}  // namespace crowdout::apps
