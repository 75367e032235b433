// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "apps/verbs.hpp"
#include "apps/world_input.hpp"

namespace crowdout::apps {

void add_world_options(CLI::App& verb, WorldInput& input) {
    verb.add_option("WORLD", input.file, "A world file, or the name of a preset")
        ->required()
        ->option_text(" ");
    verb.add_option("--set", input.sets, "Set a value for this time: --set seed=7; may be repeated")
        ->option_text("PATH=VALUE")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
}

}  // namespace crowdout::apps
