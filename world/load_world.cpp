// SPDX-License-Identifier: Apache-2.0
#include "world/load_world.hpp"

#include "world/catalogue.hpp"
#include "world/config_fields.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

namespace {

LoadOptions options_with(const std::vector<std::string>& overrides) {
    LoadOptions options;
    options.overrides = overrides;
    options.built_in_names = {{agents::Reference::asset, "USD"}};
    return options;
}

}  // namespace

const Type& world_type() {
    return *type_of<WorldConfig>();
}

Loaded<WorldConfig> load_world(const std::string& path, const std::vector<std::string>& overrides) {
    return load<WorldConfig>(path, options_with(overrides));
}

Loaded<WorldConfig> load_world_text(const std::string& name, const std::string& text,
                                    const std::vector<std::string>& overrides) {
    LoadOptions options = options_with(overrides);
    options.read = [name, text](const std::string& path, std::string& why) {
        return path == name ? std::optional{text} : read_file(path, why);
    };
    return load<WorldConfig>(name, options);
}

}  // namespace crowdout::world
