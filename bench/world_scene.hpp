// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "world/builder.hpp"
#include "world/load_world.hpp"

namespace crowdout::bench {

/// A crowd that trades at random, as a world file.
///
/// Each book has a population of its own, in which each member has `limit` limit orders, `market`
/// market orders and, once in balance, as many cancels as limit orders that never trade, each step.
struct CrowdShape {
    int agents = 100'000;
    int books = 64;
    double limit = 1.0;         ///< orders per member and step
    double market = 0.25;       ///< orders per member and step
    double lifetime_steps = 4;  ///< mean, until a resting order is cancelled
    int band = 100;             ///< ticks over which limit orders spread
    int sleepers = 0;           ///< further members, per book, who hardly ever act
};

[[nodiscard]] std::string crowd_world(const CrowdShape& shape);

/// Reads a world, or stops the program with what is wrong with it.
[[nodiscard]] std::shared_ptr<const world::WorldConfig> config_of(
    std::string_view scene, const std::string& text,
    const std::vector<std::string>& overrides = {});

/// One run and what it took.
struct Timing {
    double cpu_seconds = 0;       ///< of all threads
    double main_cpu_seconds = 0;  ///< of the one that called
    double wall_seconds = 0;
    double orders = 0;
    double fills = 0;
    double turns = 0;
    std::uint64_t digest = 0;  ///< of the last state
    std::array<double, world::phase_count> phases{};
};

/// Plays `steps` steps.
Timing play(world::World& world, world::Pool& pool, int steps);

/// Seconds of processor time that the calling thread has used.
[[nodiscard]] double thread_cpu_seconds();

/// Seconds since some moment, as a clock on the wall counts them.
[[nodiscard]] double wall_seconds();

/// Memory of this process that is in use.
[[nodiscard]] std::size_t resident_bytes();

}  // namespace crowdout::bench
