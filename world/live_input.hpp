// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "market/time.hpp"
#include "world/config.hpp"
#include "world/replay_meta.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// Reads a shock that somebody wants to happen now: YAML as of an item of a world's `shocks`. Its
/// `at` is `now` whatever it says; without a name it is called `input`.
///
///     {kind: policy_rate, rate: 6%/yr}
///
/// @param world  whose venues, instruments and accounts it may name.
/// @throws InvalidWorld  with everything that is wrong with it.
[[nodiscard]] ShockConfig read_live_shock(const std::string& yaml, const WorldConfig& world,
                                          market::Time now);

/// Has an input happen in the next step, whether it comes from a person or from a recording.
/// @throws InvalidWorld
void inject(World& world, const LiveInput& input);

}  // namespace crowdout::world
