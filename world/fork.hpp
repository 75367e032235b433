// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "world/config.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// A second future of `world`: the same state under other settings, or with other luck. A plain
/// copy is the fork in which nothing differs.
///
/// What is not yet decided follows `config`: the parameters of archetypes, latencies, shocks still
/// to come, step lengths and when they get finer, the equity premium. What the state holds stays:
/// traits that agents were born with, balances and contracts, venues' rules, valuations, payments.
/// @param seed  of all draws from here on, the news included.
/// @throws ImpossibleWorld  where the two have not the same instruments, assets and accounts.
[[nodiscard]] World fork(const World& world, std::shared_ptr<const WorldConfig> config,
                         std::uint64_t seed);

}  // namespace crowdout::world
