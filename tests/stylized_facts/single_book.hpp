// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "market/time.hpp"
#include "world/builder.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"
#include "world/world.hpp"

/// Worlds of configs/ that have one book, and what it shows at the end of each step.
namespace crowdout::test {

inline constexpr market::InstrumentId the_book{0};

[[nodiscard]] inline std::shared_ptr<const world::WorldConfig> shipped_config(
    const std::string& name, const std::vector<std::string>& overrides = {}) {
    auto loaded =
        world::load_world(std::string{CROWDOUT_SOURCE_DIR} + "/configs/" + name, overrides);
    if (!loaded.report.ok()) throw std::runtime_error{loaded.text()};
    return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
}

/// Lets a world run for `span` and calls `look(view)` with its book after each step.
template <class Look>
void watch(world::World& world, market::Duration span, Look&& look) {
    world::Pool pool{1};
    const market::Time end = world.now() + span;
    while (world.now() < end) {
        world.step(pool);
        look(world.view(the_book));
    }
}

}  // namespace crowdout::test
