// SPDX-License-Identifier: Apache-2.0
#include "world/schema.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "apps/files.hpp"
#include "apps/verbs.hpp"
#include "studies/fit_config.hpp"
#include "studies/study_config.hpp"
#include "world/load_world.hpp"

namespace crowdout::apps {

namespace {

struct SchemaOptions {
    std::string file;
    bool study = false;
    bool fit = false;
};

std::string schema_of(const SchemaOptions& options) {
    if (options.study) return world::json_schema(studies::study_type(), "A study of Crowdout");
    if (options.fit) return world::json_schema(studies::fit_type(), "A fit of Crowdout");
    return world::json_schema(world::world_type(), "A world of Crowdout");
}

ExitCode print_schema(const SchemaOptions& options, Console& console) {
    const std::string schema = schema_of(options);
    if (options.file.empty()) {
        console.out << schema;
    } else {
        write_file(options.file, schema);
    }
    return ExitCode::ok;
}

}  // namespace

void add_schema(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "schema", "Print the JSON Schema of world, study or fit files, for editors");
    auto options = std::make_shared<SchemaOptions>();
    verb->add_option("--output", options->file, "Write it to a file instead")->option_text("FILE");
    CLI::Option* study =
        verb->add_flag("--study", options->study, "Of study files, rather than of worlds");
    verb->add_flag("--fit", options->fit, "Of fit files")->excludes(study);
    verb->footer(
        "An editor with a YAML language server completes and checks a world whose first line is\n"
        "  # yaml-language-server: $schema=PATH/TO/world.schema.json\n"
        "\n"
        "example:\n"
        "  crowdout schema --output configs/schema/world.schema.json");
    verb->callback([&action, options] {
        action = [options](Console& console) { return print_schema(*options, console); };
    });
}

}  // namespace crowdout::apps
