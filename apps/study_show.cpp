// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/study.hpp"
#include "apps/table.hpp"
#include "studies/ensemble.hpp"
#include "studies/member_cache.hpp"
#include "studies/study_run.hpp"
#include "world/par.hpp"

namespace crowdout::apps {

namespace {

std::string members(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "member");
}

/// Runs the first member, to know how long one takes. It goes to the cache, so it is not lost.
studies::MemberResult first_member(const studies::Study& study) {
    studies::Ensemble ensemble{studies::limited(
        {.jobs = 1, .cache = studies::default_cache_folder()}, study.config.limits)};
    ensemble.add(0, study.job(0));
    while (true) {
        if (auto ended = ensemble.next(1)) return std::move(ended->result);
    }
}

std::string estimate(double seconds, std::size_t count, int jobs) {
    return fmt::format("{} each, about {} with {} at once", clock_time(seconds),
                       clock_time(seconds * static_cast<double>(count) / jobs), jobs);
}

struct PlanOptions {
    StudyInput study;
    int jobs = 0;
    bool time = false;
};

std::string levels_text(const studies::Study& study, std::size_t factor) {
    const studies::GridAxis axis = study.factors[factor].axis();
    std::string text;
    constexpr std::size_t shown_max = 8;
    for (std::size_t level = 0; level < std::min(axis.levels, shown_max); ++level) {
        text += (text.empty() ? "" : ", ") +
                study.factors[factor].level(studies::level_share(axis, level)).text;
    }
    return text + (axis.levels > shown_max ? ", ..." : "");
}

ExitCode plan(const PlanOptions& options, Console& console) {
    const studies::Study study = read_study(options.study, console);
    const studies::StudyConfig& config = study.config;
    console.out << fmt::format("{}: {} ({}) at {} and {} each\n", config.name,
                               members(study.member_count()),
                               config.design.empty() ? "grid" : config.design.tag(),
                               counted(static_cast<std::int64_t>(study.points.size()), "point"),
                               counted(static_cast<std::int64_t>(study.seeds.size()), "seed"));
    if (!config.forks.empty()) {
        console.out << fmt::format("each member is run with {} besides\n",
                                   counted(static_cast<std::int64_t>(config.forks.size()), "fork"));
    }
    Table table{{"Factors", config.is_sampled() ? "between" : "levels"}};
    for (std::size_t i = 0; i < study.factors.size(); ++i) {
        const bool has_ends = study.factors[i].axis().ends;
        table.row({config.factors[i].name,
                   config.is_sampled() && has_ends
                       ? study.factors[i].level(0).text + " and " + study.factors[i].level(1).text
                       : levels_text(study, i)});
    }
    if (!table.empty()) table.print(console.out, console.out_colors());
    const int jobs = options.jobs > 0 ? options.jobs : world::cores_available();
    if (!options.time) {
        console.out << "--time runs one of them to say how long all take\n";
        return ExitCode::ok;
    }
    const studies::MemberResult first = first_member(study);
    if (first.state != studies::MemberState::done) {
        const auto state = static_cast<std::size_t>(first.state);
        console.err << fmt::format("lost: member 0 {}: {}\n",
                                   studies::enum_names(first.state).data[state], first.what);
        return ExitCode::claim_undecided;
    }
    console.out << estimate(first.wall_seconds, study.member_count(), jobs) << '\n';
    return ExitCode::ok;
}

ExitCode status(const std::string& path, int jobs, Console& console) {
    const studies::Database results = open_results(path);
    const studies::StudyProgress progress = studies::results_progress(results);
    const std::size_t left = progress.members - progress.ended();
    console.out << fmt::format("{}: {} of {} done, {} lost, {} to run\n",
                               results.value("SELECT value FROM meta WHERE key = 'name'").value(),
                               progress.done, members(progress.members), progress.lost, left);
    const int at_once = jobs > 0 ? jobs : world::cores_available();
    if (left > 0 && progress.seconds_mean) {
        console.out << estimate(*progress.seconds_mean, left, at_once) << '\n';
    }
    print_losses(results, console.out);
    return ExitCode::ok;
}

struct CollectOptions {
    StudyInput study;
    std::vector<std::string> parts;
    std::string results;
};

ExitCode collect(const CollectOptions& options, Console& console) try {
    const studies::Study study = read_study(options.study, console);
    const std::string path =
        options.results.empty() ? stem_of(options.study.file) + ".sqlite" : options.results;
    for (const std::string& part : options.parts) {
        if (is_same_file(part, path)) {
            throw Failure{ExitCode::usage,
                          fmt::format("'{}' would be collected into itself", part)};
        }
    }
    std::error_code error;
    studies::Results results = std::filesystem::exists(path, error)
                                   ? studies::Results::resume(path, study, this_program())
                                   : studies::Results::create(path, study, this_program());
    for (const std::string& part : options.parts) {
        const std::size_t taken = results.merge(part, study, this_program());
        console.out << fmt::format("{}: {}\n", part, members(taken));
    }
    const studies::StudyProgress progress = results.progress();
    if (progress.ended() == progress.members) results.derive(study);
    console.out << fmt::format("{}: {} of {}\n", path, progress.ended(), members(progress.members));
    return ExitCode::ok;
} catch (const studies::ResultsError& failed) {
    throw Failure{ExitCode::io, failed.what()};
}

}  // namespace

studies::Database open_results(const std::string& path) try {
    studies::Database results{path, studies::Database::Mode::read};
    std::ignore = studies::results_study_hash(results);
    return results;
} catch (const studies::ResultsError& error) {
    throw Failure{ExitCode::io, error.what()};
}

void print_losses(const studies::Database& results, std::ostream& out) {
    studies::Statement rows = results.prepare(
        "SELECT state, what, count(*), min(member) FROM failures GROUP BY state, what "
        "ORDER BY count(*) DESC, min(member) LIMIT 10");
    while (rows.step()) {
        out << fmt::format("lost: {} {} (first {}): {}\n",
                           members(static_cast<std::size_t>(rows.whole(2))), rows.text(0),
                           rows.whole(3), rows.text(1));
    }
}

void add_study_plan(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("plan", "Say what would run, without running it");
    auto options = std::make_shared<PlanOptions>();
    add_study_options(*verb, options->study);
    verb->add_option("-j,--jobs", options->jobs, "Members at once, for the time that all take")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    verb->add_flag("--time", options->time, "Run the first member to estimate the time");
    verb->footer("example:\n  crowdout study plan my_study.yaml --time -j 64");
    verb->callback([&action, options] {
        action = [options](Console& console) { return plan(*options, console); };
    });
}

void add_study_status(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("status", "Say how far a study is, and what was lost");
    auto file = std::make_shared<std::string>();
    auto jobs = std::make_shared<int>(0);
    verb->add_option("RESULTS", *file, "A results file")->required()->option_text(" ");
    verb->add_option("-j,--jobs", *jobs, "Members at once, for the time that is left")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    verb->footer("example:\n  crowdout study status my_study.sqlite");
    verb->callback([&action, file, jobs] {
        action = [file, jobs](Console& console) { return status(*file, *jobs, console); };
    });
}

void add_study_collect(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("collect", "Put the results of shards into one file");
    auto options = std::make_shared<CollectOptions>();
    add_study_options(*verb, options->study);
    verb->add_option("PART", options->parts, "Results of shards")->required()->option_text(" ");
    verb->add_option("-o,--output", options->results,
                     "Results file; the study's name with .sqlite unless named")
        ->option_text("FILE");
    verb->footer("example:\n  crowdout study collect my_study.yaml my_study.*-of-16.sqlite");
    verb->callback([&action, options] {
        action = [options](Console& console) { return collect(*options, console); };
    });
}

void add_study_digest(CLI::App& study, Action& action) {
    CLI::App* verb =
        study.add_subcommand("digest", "Print a hash of all that a study computed, for comparing");
    auto file = std::make_shared<std::string>();
    verb->add_option("RESULTS", *file, "A results file")->required()->option_text(" ");
    verb->footer(
        "Equal for any number of ranks, shards and restarts: times and reasons of losses are no\n"
        "part of it.\n"
        "\n"
        "example:\n"
        "  crowdout study digest my_study.sqlite");
    verb->callback([&action, file] {
        action = [file](Console& console) {
            console.out << studies::results_digest(open_results(*file)) << '\n';
            return ExitCode::ok;
        };
    });
}

}  // namespace crowdout::apps
