// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "apps/verbs.hpp"
#include "apps/world_input.hpp"

namespace crowdout::apps {

void add_world_options(CLI::App& verb, WorldInput& input) {
    verb.add_option("WORLD", input.file, "A world file, or the name of a preset")
        ->required()
        ->option_text(" ");
    add_set_option(verb, input.sets);
}

void add_set_option(CLI::App& verb, std::vector<std::string>& sets) {
    verb.add_option("--set", sets, "Set a value for this time: --set seed=7; may be repeated")
        ->option_text("PATH=VALUE")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
}

}  // namespace crowdout::apps
