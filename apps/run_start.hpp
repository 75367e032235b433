// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "apps/console.hpp"
#include "apps/world_input.hpp"
#include "world/par.hpp"

namespace crowdout::apps {

/// What a run begins with: a world as of its start, or a run that it goes on with.
struct RunStart {
    WorldInput world;  ///< without a file it is that of the run which goes on
    std::optional<std::uint64_t> seed;
    std::string resume;  ///< a checkpoint
    std::string fork;    ///< a recording
    std::string at;      ///< when to fork
};

/// What messages call the world: a file's name.
[[nodiscard]] std::string name_of(const RunStart& start);

/// Reads the world asked for. @throws Failure, world::InvalidWorld
[[nodiscard]] world::Loaded<world::WorldConfig> read_first_world(const RunStart& start,
                                                                 Console& console);

/// Makes it, and the run up to where this one begins.
/// @param loaded  what was read; its `config` may have been moved to `config`.
/// @throws Failure, world::InvalidWorld, market::ArchiveError
[[nodiscard]] world::World first_world(const RunStart& start,
                                       const world::Loaded<world::WorldConfig>& loaded,
                                       const std::shared_ptr<const world::WorldConfig>& config,
                                       world::Pool& pool);

}  // namespace crowdout::apps
