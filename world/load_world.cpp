// SPDX-License-Identifier: Apache-2.0
#include "world/load_world.hpp"

#include <algorithm>
#include <set>

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

/// What is wrong between fields that are each right.
void WorldConfig::check(agents::Complaints& complaints) const {
    if (!std::ranges::is_sorted(steps, std::ranges::greater{})) {
        complaints.error("steps", "go from the coarsest to the finest");
    }
    for (const auto& instrument : instruments) {
        if (instrument.kind == market::InstrumentKind::bond && !instrument.bond) {
            complaints.error("instruments", instrument.name + " is a bond without a `bond:`");
        }
        if (instrument.kind == market::InstrumentKind::etf_share && !instrument.etf) {
            complaints.error("instruments", instrument.name + " is an etf_share without an `etf:`");
        }
        if (instrument.issuer == instrument.rest_with) {
            complaints.error("instruments", instrument.name +
                                                ": `rest_with` must not be its issuer, who holds "
                                                "nothing of what it owes");
        }
    }
    std::set<std::string> taken;
    for (const auto& institution : institutions) taken.insert(institution.name);
    for (const auto& population : populations) {
        if (!taken.insert(population.name).second) {
            complaints.error("populations",
                             population.name + " is also the name of an institution");
        }
    }
    const market::Time end = start + duration;
    for (const auto& shock : shocks) {
        if (shock.at < start || shock.at > end) {
            complaints.warning("shocks", shock.name + " lies outside the run and never happens");
        }
    }
}

}  // namespace crowdout::world
