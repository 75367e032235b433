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

#include "apps/claims_text.hpp"
#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/interrupt.hpp"
#include "apps/member_options.hpp"
#include "apps/progress.hpp"
#include "apps/verbs.hpp"
#include "apps/world_files.hpp"
#include "apps/world_input.hpp"
#include "world/par.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

struct ClaimsOptions {
    std::vector<std::string> worlds;
    std::vector<std::string> sets;
    std::size_t seeds = 20;
    std::uint64_t first_seed = 1;
    MemberOptions members;
    std::string csv;
    std::string language = "en";
    bool full_size = false;
    bool json = false;
    bool strict = false;
    bool quiet = false;
};

/// The worlds of a folder. One that has a small variant beside it is left out, unless all are
/// wanted.
std::vector<std::string> worlds_in(const std::string& folder, bool full_size, Console& console) {
    std::vector<std::string> files;
    for (const std::string& name : preset_names(folder)) {
        std::error_code error;
        const fs::path small = fs::path{folder} / (name + "_small.yaml");
        if (!full_size && fs::exists(small, error)) {
            console.err << fmt::format("crowdout: {} stands for {}; --full-size takes both\n",
                                       small.filename().string(), name + ".yaml");
            continue;
        }
        files.push_back((fs::path{folder} / (name + ".yaml")).string());
    }
    return files;
}

/// @throws Failure, world::InvalidWorld
studies::ClaimsPlan plan_of(const ClaimsOptions& options, Console& console) {
    studies::ClaimsPlan plan;
    std::vector<std::string> files;
    for (const std::string& named : options.worlds) {
        std::error_code error;
        if (fs::is_directory(named, error)) {
            const auto all = worlds_in(named, options.full_size, console);
            files.insert(files.end(), all.begin(), all.end());
        } else {
            files.push_back(find_file(named, FileKind::world));
        }
    }
    for (const std::string& file : files) {
        auto loaded = read_valid_world({.file = file, .sets = options.sets}, console);
        refuse_replacing(options.csv, files_of(loaded.document.sources));
        if (loaded.config.claims.empty()) continue;
        plan.add(file, options.sets, loaded);
        // Whether more is held than there is shows only when it is handed out.
        const auto config = std::make_shared<const world::WorldConfig>(std::move(loaded.config));
        std::ignore = open_world(loaded, config, options.first_seed);
    }
    if (plan.claims.empty()) {
        throw Failure{ExitCode::usage, "none of these worlds claims anything; see docs/claims.md"};
    }
    return plan;
}

std::string figures(const studies::ClaimsRun& run, double share, double seconds) {
    const std::size_t done = run.made() + run.cached();
    const std::string left = share > 0 ? clock_time(seconds * (1 - share) / share) : "-";
    return fmt::format("{:3.0f} %  {} of {} members, {} made before  ETA {}", share * 100, done,
                       run.expected(), run.cached(), left);
}

/// Makes members until every claim is closed. @return false where a signal came first.
bool play(studies::ClaimsRun& run, const ClaimsOptions& options, Console& console) {
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();
    const ProgressStyle style = options.quiet             ? ProgressStyle::none
                                : console.err_is_terminal ? ProgressStyle::bar
                                                          : ProgressStyle::line;
    Progress progress{console.err, style, console.columns};
    while (!run.is_over() && !interrupt.requested()) {
        run.advance(0.1);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (!progress.due(seconds)) continue;
        const double share = static_cast<double>(run.made() + run.cached()) /
                             static_cast<double>(std::max<std::size_t>(run.expected(), 1));
        progress.show(std::min(share, 1.0), figures(run, std::min(share, 1.0), seconds), seconds);
    }
    progress.finish();
    return run.is_over();
}

ExitCode claims(const ClaimsOptions& options, Console& console) {
    const studies::ClaimsPlan plan = plan_of(options, console);
    studies::Ensemble ensemble = make_ensemble(options.members, console);
    const int jobs = options.members.jobs > 0 ? options.members.jobs : world::cores_available();
    studies::ClaimsRun run{plan, ensemble, static_cast<std::size_t>(jobs), options.seeds,
                           options.first_seed};
    if (!play(run, options, console)) {
        console.err << fmt::format(
            "crowdout: stopped after {}{}\n",
            counted(static_cast<std::int64_t>(run.made() + run.cached()), "member"),
            options.members.no_cache ? "" : "; the same command goes on from there");
        return ExitCode::interrupted;
    }
    const ClaimsOutcome outcome{
        .plan = plan, .run = run, .first_seed = options.first_seed, .strict = options.strict};
    if (!options.csv.empty()) write_file(options.csv, claims_csv(outcome));
    if (options.json) {
        console.out << claims_json(outcome) << '\n';
    } else {
        print_claims(
            outcome, console,
            options.language == "zh" ? studies::Language::chinese : studies::Language::english);
    }
    return claims_exit(outcome);
}

}  // namespace

void add_claims(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "claims", "Run worlds over many seeds and say which of their claims hold");
    auto options = std::make_shared<ClaimsOptions>();
    verb->add_option("WORLD", options->worlds,
                     "World files, names of presets, or folders of world files")
        ->required()
        ->option_text("...");
    verb->add_option("--set", options->sets, "Set a value for this time; may be repeated")
        ->option_text("PATH=VALUE")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
    verb->add_option("--seeds", options->seeds, "Members of each world at most; 20 unless said")
        ->option_text("N")
        ->check(CLI::Range(1, 100'000));
    verb->add_option("--first-seed", options->first_seed, "Of the first member; 1 unless said")
        ->option_text("N");
    add_member_options(*verb, options->members);
    add_member_limits(*verb, options->members);
    verb->add_flag("--full-size", options->full_size,
                   "In a folder, take worlds that have a small variant too");
    verb->add_flag("--strict", options->strict,
                   "Known failures count like any other; so does one that holds");
    verb->add_option("--csv", options->csv, "Write a line a claim into a file")
        ->option_text("FILE");
    verb->add_flag("--json", options->json, "Print one JSON object, every member's value in it");
    verb->add_option("--lang", options->language, "Of the table: en (the default) or zh")
        ->option_text("LANGUAGE")
        ->check(CLI::IsMember({"en", "zh"}));
    verb->add_flag("--quiet", options->quiet, "No progress");
    verb->footer(
        "Exits with 0 where all claims hold, 8 where one fails, 9 where one is undecided; a known\n"
        "failure is no failure. Members that were made before are not made again.\n"
        "\n"
        "examples:\n"
        "  crowdout claims configs/\n"
        "  crowdout claims my_world.yaml --seeds 50 --csv claims.csv");
    verb->callback([&action, options] {
        action = [options](Console& console) { return claims(*options, console); };
    });
}

}  // namespace crowdout::apps
