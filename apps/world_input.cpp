// SPDX-License-Identifier: Apache-2.0
#include "apps/world_input.hpp"

#include <fmt/format.h>

#include <ostream>
#include <utility>

#include "apps/exit_code.hpp"
#include "apps/figures.hpp"
#include "apps/world_files.hpp"
#include "world/builder.hpp"
#include "world/field_printer.hpp"
#include "world/overrides.hpp"

namespace crowdout::apps {

std::optional<FileKind> kind_of(const world::Node& root) {
    if (root.find("world") != nullptr) {
        const bool moves = root.find("parameters") != nullptr || root.find("targets") != nullptr;
        return moves ? FileKind::fit : FileKind::study;
    }
    for (const char* key : {"populations", "instruments", "extends", "include"}) {
        if (root.find(key) != nullptr) return FileKind::world;
    }
    return std::nullopt;
}

void refuse_other_kind(const std::string& file, FileKind wanted, const world::Document& document) {
    const std::optional<FileKind> kind = kind_of(document.root);
    if (!kind || *kind == wanted) return;
    const auto refuse = [&](const char* what, const char* verb) {
        throw Failure{ExitCode::invalid_world, fmt::format("'{}' is a {}; use `crowdout {} {}`",
                                                           file, what, verb, shell_word(file))};
    };
    if (*kind == FileKind::world) refuse("world", "run");
    if (*kind == FileKind::study) refuse("study of a world", "study run");
    refuse("fit of a world", "fit");
}

world::Loaded<world::WorldConfig> read_world(const WorldInput& input) {
    auto loaded = world::load_world(find_world(input.file), input.sets);
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
