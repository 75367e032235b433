// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "world/par.hpp"
#include "world/replay_file.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// Where a run that was made again parts from its recording.
struct Divergence {
    std::uint64_t frame = 0;       ///< index in the replay
    std::uint64_t steps_from = 0;  ///< after so many steps both were still alike
    std::uint64_t step = 0;        ///< after so many they were not
    std::uint64_t digest_recorded = 0;
    std::uint64_t digest_computed = 0;
    /// The first phase of that step after which the states differ; empty where the marks cannot
    /// tell: they are 16 bits of the state each, and of the last step before a frame only.
    std::string_view phase{};
};

struct Resimulation {
    std::uint64_t frames = 0;  ///< compared, the one that differs among them
    std::optional<Divergence> divergence{};
};

/// The world as of the start of a recording, from what the file carries.
/// @throws ReplayError  where that is damaged, or is no world of this version.
[[nodiscard]] World world_of(const ReplayFile& replay);

/// The same run after so many steps in all, what came from outside included.
/// @throws ReplayError  as above, and where it was recorded from a later step on.
[[nodiscard]] World world_after(const ReplayFile& replay, std::uint64_t steps, Pool& pool);

/// Makes a recorded run again, what came from outside included, and compares the digest of every
/// frame until one differs.
/// @param go_on  called after each frame with the share that is done; false stops.
/// @throws ReplayError  where the recording is damaged.
[[nodiscard]] Resimulation resimulate(ReplayFile& replay, Pool& pool,
                                      const std::function<bool(double)>& go_on);

}  // namespace crowdout::world
