// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <ostream>
#include <system_error>
#include <tuple>
#include <vector>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/fit_input.hpp"
#include "apps/fit_text.hpp"
#include "apps/interrupt.hpp"
#include "apps/member_options.hpp"
#include "apps/progress.hpp"
#include "apps/verbs.hpp"
#include "apps/world_files.hpp"
#include "apps/world_input.hpp"
#include "studies/fit_findings.hpp"
#include "studies/fit_patch.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

struct FitOptions {
    FitInput input;
    MemberOptions members;
    std::int64_t evaluations = 0;
    std::string world;
    std::string result;
    bool json = false;
    bool quiet = false;
};

/// The fit as the command line has it.
FitInput input_of(const FitOptions& options) {
    FitInput input = options.input;
    if (options.evaluations != 0) {
        input.sets.push_back("evaluations=" + std::to_string(options.evaluations));
    }
    return input;
}

/// What would go wrong in the end, said at the beginning.
/// @throws Failure
void check_outputs(const FitOptions& options, const studies::Fit& fit) {
    std::error_code error;
    for (const std::string& file : {options.world, options.result}) {
        if (file.empty()) continue;
        const fs::path folder = fs::absolute(file).parent_path();
        if (!fs::is_directory(folder, error)) {
            throw Failure{ExitCode::io,
                          fmt::format("'{}': there is no folder '{}'", file, folder.string())};
        }
        refuse_replacing(file, fit.files);
    }
}

/// Tells a waiting person how far a fit is.
class FitDisplay {
public:
    FitDisplay(std::size_t members_max, bool quiet, Console& console)
        : members_max_{members_max},
          progress_{console.err,
                    quiet                     ? ProgressStyle::none
                    : console.err_is_terminal ? ProgressStyle::bar
                                              : ProgressStyle::line,
                    console.columns},
          start_{std::chrono::steady_clock::now()} {}

    void show(const studies::FitProgress& progress) {
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        if (!progress_.due(seconds)) return;
        const std::size_t ended = progress.made + progress.cached;
        const double share =
            std::min(1.0, static_cast<double>(ended) / static_cast<double>(members_max_));
        // The search may end early, so the time left is the most that it can be.
        const std::string left =
            ended == 0 ? "-" : clock_time(seconds * (1 - share) / std::max(share, 1e-9));
        progress_.show(
            share,
            fmt::format("{:3.0f} %  {} of at most {} members, {} made before{}  at "
                        "most {} left",
                        share * 100, ended, members_max_, progress.cached,
                        progress.lost == 0 ? "" : fmt::format(", {} lost", progress.lost), left),
            seconds);
    }
    void finish() { progress_.finish(); }

private:
    std::size_t members_max_;
    Progress progress_;
    std::chrono::steady_clock::time_point start_;
};

/// The best point as a world file: what is different from the base, or all of it where that
/// cannot be said so.
void write_world(const FitOptions& options, const studies::Fit& fit,
                 const studies::FitResult& result) {
    std::vector<std::string> sets = fit.config.set;
    for (std::string& each : fit.assignments(result.best)) sets.push_back(std::move(each));
    const fs::path folder = fs::absolute(options.world).parent_path();
    const std::string extends = fs::absolute(fit.world_file).lexically_proximate(folder).string();
    std::string text = studies::patch_world(fit.world_file, extends, sets);
    if (text.empty()) {
        auto loaded = world::load_world(fit.world_file, sets);
        text = resolved_text(loaded.config);
    }
    write_file(options.world, world_modeline() + fit_comment(fit, result) + text);
}

/// The command that goes on with the same search, quoted for a shell where it must be.
std::string again(const FitOptions& options) {
    std::string command = "crowdout fit " + shell_word(options.input.file);
    command += shell_sets(options.input.sets);
    const auto add = [&](const char* name, const std::string& value) {
        command += shell_option(name, value);
    };
    const auto number = [](auto value, decltype(value) unless) {
        return value == unless ? std::string{} : fmt::to_string(value);
    };
    const MemberOptions& members = options.members;
    const MemberOptions usual;
    add("--evaluations", number(options.evaluations, 0));
    add("--jobs", number(members.jobs, usual.jobs));
    add("--cache", members.cache);
    add("--member-seconds", number(members.seconds_max, usual.seconds_max));
    add("--member-memory", number(members.megabytes_max, usual.megabytes_max));
    add("--output", options.world);
    add("--result", options.result);
    if (options.json) command += " --json";
    if (options.quiet) command += " --quiet";
    return command;
}

ExitCode fit_world(const FitOptions& options, Console& console) {
    if (!studies::can_search()) {
        throw Failure{ExitCode::usage,
                      "this program was built without NLopt, which `fit` searches with\n"
                      "(apt-get install libnlopt-cxx-dev, then build it again)"};
    }
    const studies::Fit fit = read_fit(input_of(options), console);
    check_outputs(options, fit);
    studies::Ensemble ensemble = make_ensemble(options.members, console);
    FitDisplay display{studies::members_max(fit), options.quiet, console};
    const Interrupt interrupt;
    studies::FitMembers members{fit, ensemble, [&](const studies::FitProgress& progress) {
                                    display.show(progress);
                                    return !interrupt.requested();
                                }};
    std::optional<studies::FitResult> result;
    try {
        result = studies::run_fit(fit, std::ref(members));
    } catch (const studies::FitError& error) {
        display.finish();
        throw Failure{ExitCode::claim_undecided, error.what()};
    }
    display.finish();
    const bool keeps = !options.members.no_cache;
    if (!result) {
        console.err << fmt::format("crowdout: stopped before the start was known{}\n",
                                   keeps ? "; go on with\n  " + again(options) : "");
        return ExitCode::interrupted;
    }

    if (!options.world.empty()) write_world(options, fit, *result);
    const std::string json = studies::fit_json(studies::findings_of(fit, *result));
    if (!options.result.empty()) write_file(options.result, json);
    if (options.json) {
        console.out << json;
    } else {
        print_fit(fit, *result, console);
    }
    if (members.progress().lost > 0) {
        console.err << fmt::format(
            "crowdout: {} lost; the first: {}\n",
            counted(static_cast<std::int64_t>(members.progress().lost), "member"),
            members.first_loss());
    }
    if (result->is_whole) return ExitCode::ok;
    console.err << fmt::format("crowdout: stopped; this is the best so far{}\n",
                               keeps ? ". Go on with\n  " + again(options) : "");
    return ExitCode::interrupted;
}

}  // namespace

void add_fit(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("fit", "Move parameters of a world to meet its claims");
    auto options = std::make_shared<FitOptions>();
    verb->add_option("FIT", options->input.file, "A fit file, or the name of one of configs/fits")
        ->required()
        ->option_text(" ");
    verb->add_option("--set", options->input.sets,
                     "Set a value of the fit: --set search=global; may be repeated")
        ->option_text("PATH=VALUE")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
    verb->add_option("--evaluations", options->evaluations,
                     "Points that the search may look at; as the file says unless given")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    add_member_options(*verb, options->members);
    add_member_limits(*verb, options->members);
    verb->add_option("-o,--output", options->world,
                     "Write the best as a world file, which extends the fit's")
        ->option_text("FILE");
    verb->add_option("--result", options->result, "Write all that was found as JSON: docs/fit.md")
        ->option_text("FILE");
    verb->add_flag("--json", options->json, "Print the JSON instead of tables");
    verb->add_flag("--quiet", options->quiet, "No progress");
    verb->footer(
        "Ctrl-C ends the search and keeps the best so far; the same command goes on from there,\n"
        "because members that were made before are not made again.\n"
        "\n"
        "examples:\n"
        "  crowdout fit spread -o fitted.yaml\n"
        "  crowdout fit my_fit.yaml --evaluations 200 --set search=global --result fit.json");
    verb->callback([&action, options] {
        action = [options](Console& console) { return fit_world(*options, console); };
    });
}

}  // namespace crowdout::apps
