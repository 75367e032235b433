// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "apps/console.hpp"
#include "world/load_world.hpp"
#include "world/world.hpp"

namespace crowdout::apps {

/// A world as a person named it: a file or a preset, with values set on top of it.
struct WorldInput {
    std::string file;
    std::vector<std::string> sets = {};  ///< `a.b=c`, in order
};

/// Reads a world and everything that is wrong with it.
/// @throws Failure  (io) where there is no such file; (invalid_world) where it is no world's.
[[nodiscard]] world::Loaded<world::WorldConfig> read_world(const WorldInput& input);

/// Reads a world that must be right; prints its warnings.
/// @throws world::InvalidWorld, Failure
[[nodiscard]] world::Loaded<world::WorldConfig> read_valid_world(const WorldInput& input,
                                                                 Console& console);

/// Makes the world of a file that is right, as of its start. `loaded.config` may have been moved to
/// `config`.
/// @throws world::InvalidWorld  with the place, where no such world can be.
[[nodiscard]] world::World open_world(const world::Loaded<world::WorldConfig>& loaded,
                                      std::shared_ptr<const world::WorldConfig> config,
                                      std::uint64_t seed);

/// The world's full form, defaults included, as YAML.
[[nodiscard]] std::string resolved_text(const world::WorldConfig& config);

}  // namespace crowdout::apps
