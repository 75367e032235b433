// SPDX-License-Identifier: Apache-2.0
#include "world/schema.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "apps/files.hpp"
#include "apps/verbs.hpp"
#include "world/load_world.hpp"

namespace crowdout::apps {

namespace {

ExitCode print_schema(const std::string& file, Console& console) {
    const std::string schema = world::json_schema(world::world_type(), "A world of Crowdout");
    if (file.empty()) {
        console.out << schema;
    } else {
        write_file(file, schema);
    }
    return ExitCode::ok;
}

}  // namespace

void add_schema(CLI::App& program, Action& action) {
    CLI::App* verb =
        program.add_subcommand("schema", "Print the JSON Schema of world files, for editors");
    auto file = std::make_shared<std::string>();
    verb->add_option("--output", *file, "Write it to a file instead")->option_text("FILE");
    verb->footer(
        "An editor with a YAML language server completes and checks a world whose first line is\n"
        "  # yaml-language-server: $schema=PATH/TO/world.schema.json\n"
        "\n"
        "example:\n"
        "  crowdout schema --output configs/schema/world.schema.json");
    verb->callback([&action, file] {
        action = [file](Console& console) { return print_schema(*file, console); };
    });
}

}  // namespace crowdout::apps
