// SPDX-License-Identifier: Apache-2.0
#include "apps/world_input.hpp"

#include <ostream>
#include <utility>

#include "apps/world_files.hpp"
#include "world/builder.hpp"
#include "world/field_printer.hpp"
#include "world/overrides.hpp"

namespace crowdout::apps {

world::Loaded<world::WorldConfig> read_world(const WorldInput& input) {
    auto loaded = world::load_world(find_file(input.file, FileKind::world), input.sets);
    if (!loaded.report.ok()) refuse_other_kind(input.file, FileKind::world, loaded.document);
    return loaded;
}

world::Loaded<world::WorldConfig> read_valid_world(const WorldInput& input, Console& console) {
    auto loaded = read_world(input);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    if (loaded.report.warning_count() > 0) console.err << loaded.text();
    return loaded;
}

world::World open_world(const world::Loaded<world::WorldConfig>& loaded,
                        std::shared_ptr<const world::WorldConfig> config, std::uint64_t seed) try {
    return world::build(std::move(config), seed);
} catch (const world::ImpossibleWorld& impossible) {
    world::Report report;
    report.add({world::Code::impossible,
                world::find_nearest(loaded.document.root, impossible.path()).place,
                impossible.path(),
                impossible.path() + ": " + impossible.what(),
                "",
                {}});
    throw world::InvalidWorld{report.text(loaded.document.sources),
                              report.json(loaded.document.sources)};
}

std::string resolved_text(const world::WorldConfig& config) {
    return world::print_resolved(world::world_type(), &config);
}

}  // namespace crowdout::apps
