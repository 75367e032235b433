// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/interrupt.hpp"
#include "apps/member_options.hpp"
#include "apps/progress.hpp"
#include "apps/study.hpp"
#include "studies/study_run.hpp"

namespace crowdout::apps {

namespace {

struct StudyRunOptions {
    StudyInput study;
    std::string results;
    MemberOptions members;
    std::string shard;
    bool restart = false;
    bool retry = false;
    bool quiet = false;
};

/// `2/8` as the second of eight. @throws Failure  (usage)
studies::Shard parse_shard(const std::string& text) {
    if (text.empty()) return {};
    studies::Shard shard;
    char end = 0;
    std::size_t one_based = 0;
    const int read = std::sscanf(text.c_str(), "%zu/%zu%c", &one_based, &shard.count, &end);
    if (read != 2 || one_based < 1 || one_based > shard.count) {
        throw Failure{ExitCode::usage,
                      fmt::format("'{}' is no shard: the second of eight is 2/8", text)};
    }
    shard.index = one_based - 1;
    return shard;
}

std::string results_path(const StudyRunOptions& options, const studies::Shard& shard) {
    if (!options.results.empty()) return options.results;
    const std::string part =
        shard.count == 1 ? "" : fmt::format(".{}-of-{}", shard.index + 1, shard.count);
    return stem_of(options.study.file) + part + ".sqlite";
}

studies::Results open_for(const StudyRunOptions& options, const std::string& path,
                          const studies::Study& study) {
    std::error_code error;
    if (options.restart || !std::filesystem::exists(path, error)) {
        return studies::Results::create(path, study, this_program());
    }
    studies::Results results = studies::Results::resume(path, study, this_program());
    if (options.retry) results.reopen_lost();
    return results;
}

double now_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Tells a waiting person how far a study is.
class StudyDisplay {
public:
    StudyDisplay(std::size_t members, std::size_t to_do, bool quiet, Console& console)
        : members_{members},
          to_do_{to_do},
          progress_{console.err,
                    quiet                     ? ProgressStyle::none
                    : console.err_is_terminal ? ProgressStyle::bar
                                              : ProgressStyle::line,
                    console.columns},
          began_{now_seconds()} {}

    void count(const studies::MemberResult& result) {
        ++ended_;
        lost_ += result.state == studies::MemberState::done ? 0 : 1;
    }
    void show() {
        const double now = now_seconds() - began_;
        if (!progress_.due(now)) return;
        const double share =
            to_do_ == 0 ? 1 : static_cast<double>(ended_) / static_cast<double>(to_do_);
        const std::string left = ended_ == 0 ? "-" : clock_time(now * (1 - share) / share);
        const std::size_t before = members_ - to_do_;
        progress_.show(share,
                       fmt::format("{:3.0f} %  {} of {}{}  {:.2g} members/s  ETA {}", share * 100,
                                   thousands(static_cast<std::int64_t>(before + ended_)),
                                   counted(static_cast<std::int64_t>(members_), "member"),
                                   lost_ == 0 ? "" : fmt::format(", {} lost", lost_),
                                   static_cast<double>(ended_) / now, left),
                       now);
    }
    void finish() { progress_.finish(); }

private:
    std::size_t members_;
    std::size_t to_do_;
    std::size_t ended_ = 0;
    std::size_t lost_ = 0;
    Progress progress_;
    double began_;
};

std::string again(const StudyRunOptions& options) {
    std::string command = "crowdout study run " + shell_word(options.study.file);
    return command + shell_sets(options.study.sets) + shell_option("-o", options.results) +
           shell_option("--shard", options.shard);
}

std::size_t open_members(const studies::Results& results, const studies::Study& study,
                         const studies::Shard& shard) {
    std::size_t count = 0;
    for (std::size_t member = 0; member < study.member_count(); ++member) {
        count += shard.has(member) && results.is_open(member) ? 1 : 0;
    }
    return count;
}

ExitCode lead(const StudyRunOptions& options, const studies::EnsembleOptions& ensemble,
              studies::Ranks& ranks, Console& console) {
    const studies::Shard shard = parse_shard(options.shard);
    const studies::Study study = read_study(options.study, console);
    const std::string path = results_path(options, shard);
    studies::Results results = open_for(options, path, study);

    const std::size_t to_do = open_members(results, study, shard);
    StudyDisplay display{study.member_count(), to_do, options.quiet, console};
    const Interrupt interrupt;
    const studies::StudyWatcher watcher{
        .goes_on =
            [&] {
                display.show();
                return !interrupt.requested();
            },
        .ended = [&](std::size_t, const studies::MemberResult& result) { display.count(result); }};
    const bool finished = studies::lead_study(study, results, shard, ensemble, ranks, watcher);
    display.finish();

    const studies::StudyProgress progress = results.progress();
    if (!finished) {
        console.err << fmt::format(
            "crowdout: stopped with {} of {} ended; go on with\n  {}\n", progress.ended(),
            counted(static_cast<std::int64_t>(progress.members), "member"), again(options));
        return ExitCode::interrupted;
    }
    if (progress.ended() == progress.members) results.derive(study);
    const studies::Database written{path, studies::Database::Mode::read};
    if (!options.quiet) {
        if (shard.count == 1) print_study_tables(written, 20, console);
        console.out << fmt::format("{} of {} in {}\n", progress.done,
                                   counted(static_cast<std::int64_t>(progress.members), "member"),
                                   path);
    }
    if (progress.lost > 0) {
        print_losses(written, console.err);
        console.err << fmt::format("try them again with\n  {} --retry\n", again(options));
    }
    const bool measured_nothing = progress.done == 0 && progress.lost > 0;
    return measured_nothing ? ExitCode::claim_undecided : ExitCode::ok;
}

ExitCode run_study(const StudyRunOptions& options, Console& console) {
    const CacheFolder cache = cache_folder(options.members);
    studies::EnsembleOptions ensemble{.jobs = options.members.jobs, .cache = cache.path};
    // Under MPI a rank is a core, unless somebody says otherwise.
    if (ensemble.jobs == 0 && studies::is_started_by_mpi()) ensemble.jobs = 1;
    std::unique_ptr<studies::Ranks> ranks;
    try {
        ranks = studies::open_ranks();
    } catch (const std::runtime_error& error) {
        throw Failure{ExitCode::io, error.what()};
    }
    if (ranks->rank() > 0) {
        const Interrupt interrupt;  // rank 0 hears it too, and says when to end
        studies::follow_study(ensemble, *ranks);
        return ExitCode::ok;
    }
    warn_without_cache(cache, console);
    // The others wait for rank 0: where it cannot go on, nobody can.
    const auto end_all = [&](ExitCode code, const std::string& message) {
        if (ranks->size() == 1) return;
        console.err << message << std::flush;
        ranks->abort(static_cast<int>(code));
    };
    try {
        return lead(options, ensemble, *ranks, console);
    } catch (const world::InvalidWorld& invalid) {
        end_all(ExitCode::invalid_world, invalid.what());
        throw;
    } catch (const Failure& failure) {
        end_all(failure.code(), fmt::format("crowdout: error: {}\n", failure.what()));
        throw;
    } catch (const studies::ResultsError& error) {
        end_all(ExitCode::io, fmt::format("crowdout: error: {}\n", error.what()));
        throw Failure{ExitCode::io, error.what()};
    } catch (const std::exception& error) {
        end_all(ExitCode::internal, fmt::format("crowdout: error: {}\n", error.what()));
        throw;
    }
}

}  // namespace

void add_study_run(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("run", "Run the members that have not run yet");
    auto options = std::make_shared<StudyRunOptions>();
    add_study_options(*verb, options->study);
    verb->add_option("-o,--output", options->results,
                     "Results file; the study's name with .sqlite unless named")
        ->option_text("FILE");
    verb->add_option("--shard", options->shard, "Only every n-th member, from the i-th")
        ->option_text("i/n");
    add_member_options(*verb, options->members);
    verb->get_option("--jobs")->description(
        "Members at once on each rank; 0, the default: one per core, or one under MPI");
    verb->add_flag("--restart", options->restart, "Replace results that are there");
    verb->add_flag("--retry", options->retry, "Try lost members again");
    verb->add_flag("--quiet", options->quiet, "No progress and no tables");
    verb->footer(
        "What ended is kept, whatever ends this process; the same command goes on. A member that\n"
        "crashes or takes too much is lost alone, and listed; where all are, it exits with 9.\n"
        "\n"
        "examples:\n"
        "  crowdout study run capex_x_idle_cash\n"
        "  crowdout study run my_study.yaml --shard 3/16 -o part3.sqlite\n"
        "  mpirun -n 64 crowdout study run my_study.yaml -o my_study.sqlite");
    verb->callback([&action, options] {
        action = [options](Console& console) { return run_study(*options, console); };
    });
}

}  // namespace crowdout::apps
