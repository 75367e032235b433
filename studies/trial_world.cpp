// SPDX-License-Identifier: Apache-2.0
#include "studies/trial_world.hpp"

#include "world/field_reader.hpp"
#include "world/load_world.hpp"
#include "world/overrides.hpp"
#include "world/read_data.hpp"

namespace crowdout::studies {

using world::Code;

TrialWorld::TrialWorld(const std::string& text) {
    const auto read = [&](const std::string&, std::string&) { return std::optional{text}; };
    world::Report report;
    document_ = world::load_document("world", read, report, world::resolved_bytes_max);
}

std::optional<world::Diagnostic> TrialWorld::mistake(const std::vector<std::string>& set) const {
    world::Loaded<world::WorldConfig> tried;
    tried.document = document_;
    for (const std::string& each : set) {
        world::apply_override(tried.document, each, tried.report);
    }
    world::FieldReader reader{tried.report};
    reader.names().declare(agents::Reference::asset, "USD");
    reader.read(tried.document.root, world::world_type(), {}, &tried.config, "");
    reader.finish();
    world::read_data(tried, world::read_file);
    tried.report.sort();
    for (const world::Diagnostic& each : tried.report.diagnostics()) {
        if (!world::is_warning(each.code)) return each;
    }
    return std::nullopt;
}

bool is_about_path(const world::Diagnostic& mistake) {
    return mistake.code == Code::unknown_key || mistake.code == Code::bad_path ||
           mistake.code == Code::unknown_reference;
}

}  // namespace crowdout::studies
