// SPDX-License-Identifier: Apache-2.0
#include "world/load_world.hpp"

#include "world/catalogue.hpp"
#include "world/config_fields.hpp"
#include "world/field_type.hpp"
#include "world/read_data.hpp"

namespace crowdout::world {

LoadOptions options_with(const std::vector<std::string>& overrides) {
    LoadOptions options;
    options.overrides = overrides;
    options.built_in_names = {{agents::Reference::asset, "USD"}};
    return options;
}

Loaded<WorldConfig> load_fields(const std::string& path, const LoadOptions& options) {
    Loaded<WorldConfig> loaded = load<WorldConfig>(path, options);
    read_data(loaded, options.read);
    return loaded;
}

const Type& world_type() {
    return *type_of<WorldConfig>();
}

std::vector<std::pair<Reference, std::string>> declared_names(const WorldConfig& config) {
    std::vector<std::pair<Reference, std::string>> names{{Reference::asset, "USD"}};
    const auto add = [&](Reference kind, const auto& list) {
        for (const auto& each : list.items) names.emplace_back(kind, each.name);
    };
    // What trades can be owned too.
    add(Reference::instrument | Reference::asset, config.instruments);
    add(Reference::asset, config.assets);
    add(Reference::venue, config.venues);
    add(Reference::sector, config.sectors);
    add(Reference::institution, config.institutions);
    add(Reference::population, config.populations);
    return names;
}

std::vector<std::string> files_of(const Sources& sources) {
    std::vector<std::string> files;
    for (std::uint32_t at = 0; at < sources.size(); ++at) files.push_back(sources.name(at));
    return files;
}

Loaded<WorldConfig> load_world(const std::string& path, const std::vector<std::string>& overrides) {
    const LoadOptions options = options_with(overrides);
    Loaded<WorldConfig> loaded = load_fields(path, options);
    if (loaded.report.ok()) check_counterfactuals(loaded, path, options);
    return loaded;
}

Loaded<WorldConfig> load_world_text(const std::string& name, const std::string& text,
                                    const std::vector<std::string>& overrides) {
    LoadOptions options = options_with(overrides);
    options.read = [name, text](const std::string& path, std::string& why) {
        return path == name ? std::optional{text} : read_file(path, why);
    };
    options.bytes_max = resolved_bytes_max;
    return load_fields(name, options);
}

}  // namespace crowdout::world
