// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <tuple>

#include "apps/figures.hpp"
#include "apps/fit_input.hpp"
#include "apps/verbs.hpp"
#include "apps/world_files.hpp"
#include "apps/world_input.hpp"
#include "studies/study.hpp"
#include "world/data_check.hpp"
#include "world/field_printer.hpp"

namespace crowdout::apps {

namespace {

struct CheckOptions {
    WorldInput file;
    bool resolved = false;
    bool json = false;
};

/// What a check found.
struct Finding {
    bool is_valid = false;
    std::string text{};      ///< what is wrong, for people
    std::string json{};      ///< and for programs
    std::string summary{};   ///< of a file that is valid
    std::string resolved{};  ///< its full form
};

std::string how_many(std::size_t count, const char* noun) {
    return counted(static_cast<std::int64_t>(count), noun);
}

std::string with_warnings(const std::string& summary, const world::Report& report) {
    const std::size_t warnings = report.warning_count();
    return warnings == 0 ? summary : summary + "; " + how_many(warnings, "warning");
}

std::string summary(const std::string& file, const world::WorldConfig& config) {
    std::int64_t agents = 0;
    double people = 0;
    for (const auto& population : config.populations.items) {
        agents += population.count;
        people += static_cast<double>(population.count) * population.represents;
    }
    std::string text = fmt::format(
        "{}: a valid world of {} and {} in {}, over {:g} days", file,
        how_many(config.instruments.items.size(), "instrument"), counted(agents, "agent"),
        how_many(config.populations.items.size(), "population"), config.duration.days());
    if (people > static_cast<double>(agents)) {
        text += fmt::format("; the agents stand for {:.3g} people and firms", people);
    }
    return text;
}

std::string summary(const std::string& file, const studies::Study& study) {
    std::string text = fmt::format(
        "{}: a valid study of {}: {} and {} each", file, how_many(study.member_count(), "member"),
        how_many(study.points.size(), "point"), how_many(study.seeds.size(), "seed"));
    const std::size_t forks = study.config.forks.size();
    return forks == 0 ? text
                      : text + fmt::format(", each with {} besides", how_many(forks, "fork"));
}

std::string summary(const std::string& file, const studies::Fit& fit) {
    return fmt::format("{}: a valid fit of {} to {}", file,
                       how_many(fit.parameters.size(), "parameter"),
                       how_many(fit.targets.size(), "target"));
}

Finding finding_of(const world::Loaded<world::WorldConfig>& loaded, const CheckOptions& options) {
    Finding found{.is_valid = loaded.report.ok(), .text = loaded.text(), .json = loaded.json()};
    if (!found.is_valid) return found;
    // Whether more is held than there is shows only when it is handed out.
    const auto config = std::make_shared<const world::WorldConfig>(loaded.config);
    std::ignore = open_world(loaded, config, static_cast<std::uint64_t>(config->seed));

    std::vector<std::string> notes = world::data_notes(*config);
    std::ranges::move(world::tape_notes(*config), std::back_inserter(notes));
    found.json = loaded.report.json(loaded.document.sources, notes);
    found.summary = with_warnings(summary(options.file.file, *config), loaded.report);
    for (const std::string& note : notes) found.summary += "\nnote: " + note;
    found.resolved = resolved_text(*config);
    return found;
}

/// @param question  nothing where the file is wrong.
template <class Question>
Finding finding_of(const studies::LoadedQuestion& loaded, const std::optional<Question>& question,
                   const world::Type& type, const CheckOptions& options) {
    Finding found{.is_valid = question.has_value(), .text = loaded.text(), .json = loaded.json()};
    if (!question) return found;
    found.summary = with_warnings(summary(options.file.file, *question), loaded.report);
    found.resolved = world::print_resolved(type, &question->config);
    return found;
}

/// Every file is read as a world first: most are one, and what it is shows in what was read.
Finding check_file(const CheckOptions& options, Console& console) {
    const std::string file = find_any(options.file.file);
    const auto as_world = world::load_world(file, options.file.sets);
    const auto kind = kind_of(as_world.document.root);
    if (kind == FileKind::study) {
        const studies::LoadedStudy loaded = studies::load_study(file, options.file.sets);
        return finding_of(loaded, loaded.study, studies::study_type(), options);
    }
    if (kind == FileKind::fit) {
        const studies::LoadedFit loaded = studies::load_fit(file, options.file.sets);
        if (loaded.fit) try_start(*loaded.fit, console);
        return finding_of(loaded, loaded.fit, studies::fit_type(), options);
    }
    return finding_of(as_world, options);
}

ExitCode check(const CheckOptions& options, Console& console) try {
    const Finding found = check_file(options, console);
    if (options.json) {
        console.out << found.json << '\n';
    } else {
        console.err << found.text;
    }
    if (!found.is_valid) return ExitCode::invalid_world;
    if (options.resolved) {
        console.out << found.resolved;
    } else if (!options.json) {
        console.out << found.summary << '\n';
    }
    return ExitCode::ok;
} catch (const world::InvalidWorld& invalid) {
    if (!options.json) throw;
    console.out << invalid.json << '\n';
    return ExitCode::invalid_world;
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "check", "Say everything that is wrong with a world, a study or a fit");
    auto options = std::make_shared<CheckOptions>();
    verb->add_option("FILE", options->file.file,
                     "A world, study or fit file, or the name of one that comes with the program")
        ->required()
        ->option_text(" ");
    add_set_option(*verb, options->file.sets);
    CLI::Option* resolved =
        verb->add_flag("--resolved", options->resolved,
                       "Print the full form: includes merged, defaults written out");
    verb->add_flag("--json", options->json, "Print the findings as one JSON object")
        ->excludes(resolved);
    verb->footer(
        "Exits with 0 for a valid file and with 3 for another.\n"
        "\n"
        "examples:\n"
        "  crowdout check my_world.yaml\n"
        "  crowdout check my_study.yaml\n"
        "  crowdout check minimal --set seed=7 --resolved > full.yaml");
    verb->callback([&action, options] {
        action = [options](Console& console) { return check(*options, console); };
    });
}

}  // namespace crowdout::apps
