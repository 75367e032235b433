// SPDX-License-Identifier: Apache-2.0
#include "apps/world_input.hpp"

#include <ostream>

#include "apps/world_files.hpp"
#include "world/field_printer.hpp"

namespace crowdout::apps {

world::Loaded<world::WorldConfig> read_world(const WorldInput& input) {
    return world::load_world(find_world(input.file), input.sets);
}

world::Loaded<world::WorldConfig> read_valid_world(const WorldInput& input, Console& console) {
    auto loaded = read_world(input);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    if (loaded.report.warning_count() > 0) console.err << loaded.text();
    return loaded;
}

std::string resolved_text(const world::WorldConfig& config) {
    return world::print_resolved(world::world_type(), &config);
}

}  // namespace crowdout::apps
