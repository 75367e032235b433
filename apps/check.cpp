// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <tuple>

#include "apps/figures.hpp"
#include "apps/verbs.hpp"
#include "apps/world_input.hpp"
#include "world/data_check.hpp"

namespace crowdout::apps {

namespace {

struct CheckOptions {
    WorldInput world;
    bool resolved = false;
    bool json = false;
};

std::string summary(const std::string& file, const world::Loaded<world::WorldConfig>& loaded) {
    const world::WorldConfig& config = loaded.config;
    std::int64_t agents = 0;
    double people = 0;
    for (const auto& population : config.populations.items) {
        agents += population.count;
        people += static_cast<double>(population.count) * population.represents;
    }
    std::string text = fmt::format(
        "{}: a valid world of {} and {} in {}, over {:g} days", file,
        counted(static_cast<std::int64_t>(config.instruments.items.size()), "instrument"),
        counted(agents, "agent"),
        counted(static_cast<std::int64_t>(config.populations.items.size()), "population"),
        config.duration.days());
    if (people > static_cast<double>(agents)) {
        text += fmt::format("; the agents stand for {:.3g} people and firms", people);
    }
    const std::size_t warnings = loaded.report.warning_count();
    if (warnings > 0) text += "; " + counted(static_cast<std::int64_t>(warnings), "warning");
    for (const std::string& note : world::data_notes(config)) text += "\nnote: " + note;
    for (const std::string& note : world::tape_notes(config)) text += "\nnote: " + note;
    return text;
}

ExitCode check(const CheckOptions& options, Console& console) try {
    const auto loaded = read_world(options.world);
    if (loaded.report.ok()) {
        // Whether more is held than there is shows only when it is handed out.
        const auto config = std::make_shared<const world::WorldConfig>(loaded.config);
        std::ignore = open_world(loaded, config, static_cast<std::uint64_t>(config->seed));
    }
    if (options.json) {
        console.out << loaded.json() << '\n';
    } else {
        console.err << loaded.text();
    }
    if (!loaded.report.ok()) return ExitCode::invalid_world;
    if (options.resolved) {
        console.out << resolved_text(loaded.config);
    } else if (!options.json) {
        console.out << summary(options.world.file, loaded) << '\n';
    }
    return ExitCode::ok;
} catch (const world::InvalidWorld& invalid) {
    if (!options.json) throw;
    console.out << invalid.json << '\n';
    return ExitCode::invalid_world;
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("check", "Say everything that is wrong with a world");
    auto options = std::make_shared<CheckOptions>();
    add_world_options(*verb, options->world);
    CLI::Option* resolved =
        verb->add_flag("--resolved", options->resolved,
                       "Print the world's full form: includes merged, defaults written out");
    verb->add_flag("--json", options->json, "Print the findings as one JSON object")
        ->excludes(resolved);
    verb->footer(
        "Exits with 0 for a valid world and with 3 for another.\n"
        "\n"
        "examples:\n"
        "  crowdout check my_world.yaml\n"
        "  crowdout check minimal --set seed=7 --resolved > full.yaml");
    verb->callback([&action, options] {
        action = [options](Console& console) { return check(*options, console); };
    });
}

}  // namespace crowdout::apps
