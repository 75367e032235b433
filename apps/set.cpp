// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "apps/files.hpp"
#include "apps/verbs.hpp"
#include "world/edit.hpp"
#include "world/load_world.hpp"

namespace crowdout::apps {

namespace {

struct SetOptions {
    std::string file;
    std::vector<std::string> assignments;
};

std::string edited(const SetOptions& options, std::string text) {
    for (const std::string& assignment : options.assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos) {
            throw Failure{ExitCode::usage,
                          fmt::format("'{}' is not of the form path=value", assignment)};
        }
        world::Sources sources;
        world::Report report;
        const std::string_view whole{assignment};
        auto changed = world::edit_value(sources, options.file, text, whole.substr(0, equals),
                                         whole.substr(equals + 1), report);
        if (!changed) throw world::InvalidWorld{report.text(sources), report.json(sources)};
        text = std::move(*changed);
    }
    return text;
}

ExitCode set(const SetOptions& options, Console& console) {
    const std::string before = read_file(options.file);
    const std::string after = edited(options, before);
    const auto loaded = world::load_world_text(options.file, after);
    // Not "must be valid": a part of a world is none, and two errors are mended one by one.
    const std::size_t errors_before =
        world::load_world_text(options.file, before).report.error_count();
    if (loaded.report.error_count() > errors_before) {
        console.err << loaded.text();
        throw Failure{ExitCode::invalid_world,
                      fmt::format("nothing was written to '{}'", options.file)};
    }
    if (after != before) write_file(options.file, after);
    console.out << fmt::format("{}: {}\n", options.file,
                               after == before ? "nothing to change" : "changed");
    return ExitCode::ok;
}

}  // namespace

void add_set(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "set", "Change values in a world file; comments and order stay as they are");
    auto options = std::make_shared<SetOptions>();
    verb->add_option("FILE", options->file, "The file that writes the value")
        ->required()
        ->option_text(" ");
    verb->add_option("PATH=VALUE", options->assignments, "What to change; may be repeated")
        ->required()
        ->option_text(" ");
    verb->footer(
        "A change that adds an error to the world is not written.\n"
        "\n"
        "examples:\n"
        "  crowdout set my_world.yaml seed=7\n"
        "  crowdout set my_world.yaml 'populations[retail].count=2000' duration=90d");
    verb->callback([&action, options] {
        action = [options](Console& console) { return set(*options, console); };
    });
}

}  // namespace crowdout::apps
