// SPDX-License-Identifier: Apache-2.0
#include "world/live_input.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "world/catalogue.hpp"
#include "world/config_fields.hpp"
#include "world/load_world.hpp"
#include "world/loader.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

ShockConfig read_live_shock(const std::string& yaml, const WorldConfig& world, market::Time now) {
    const std::string source = "input";
    LoadOptions options{.overrides = {"at=" + format_time(now)},
                        .built_in_names = declared_names(world),
                        .read = [&](const std::string& path, std::string& why) {
                            return path == source ? std::optional{yaml} : read_file(path, why);
                        }};
    Report report;
    const Document document = load_document(source, options.read, report);
    if (document.root.find("name") == nullptr) options.overrides.emplace_back("name=input");
    return load_or_throw<ShockConfig>(source, options);
}

void inject(World& world, const LiveInput& input) {
    world.inject(read_live_shock(input.yaml, world.config(), world.now()), input.order);
}

}  // namespace crowdout::world
