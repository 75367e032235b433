// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/interrupt.hpp"
#include "apps/page_report.hpp"
#include "apps/progress.hpp"
#include "apps/record.hpp"
#include "apps/run_csv.hpp"
#include "apps/run_report.hpp"
#include "apps/run_start.hpp"
#include "apps/verbs.hpp"
#include "world/checkpoint.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

struct RunOptions : RunStart {
    int threads = 0;
    std::uint64_t steps = 0;
    std::string until;
    std::string checkpoint;
    std::string csv;
    std::string record;
    std::string durability = "process";
    bool no_record = false;
    std::string report;
    studies::Language language = studies::Language::english;
    bool quiet = false;
    bool json = false;
};

/// Seconds of wall time since it was made.
class Stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// `--until`: a date, or a span counted from the world's start.
market::Time parse_until(const std::string& text, market::Time start) {
    market::Time date;
    const auto no_date = world::parse_time(text, date);
    if (!no_date) return date;
    std::int64_t span_ns = 0;
    const auto no_span =
        world::parse_exact(text, agents::Dimension::duration, market::second.ns, span_ns);
    if (!no_span) return start + market::Duration{span_ns};
    throw Failure{ExitCode::usage,
                  fmt::format("--until takes a date such as 2026-03-01 or a span such as 30d, "
                              "not '{}'",
                              text)};
}

/// Where a run that was stopped keeps its state, when nobody said where.
std::string checkpoint_file(const RunOptions& options) {
    if (!options.checkpoint.empty()) return options.checkpoint;
    return std::filesystem::path{name_of(options)}.stem().string() + ".checkpoint";
}

/// The file in which a recording goes on: a state stands at its head, and the first part is kept.
std::string next_record(const std::string& path, std::uint64_t step) {
    const std::filesystem::path file{path};
    const std::string name =
        fmt::format("{}_{}{}", file.stem().string(), step, file.extension().string());
    return (file.parent_path() / name).string();
}

/// The command that goes on from a checkpoint as the run would have, quoted for a shell where it
/// must be.
/// @param step        at which the run was stopped.
/// @param steps_left  of `--steps`; 0 where there was no such limit.
std::string resume_command(const RunOptions& options, const std::string& file, std::uint64_t step,
                           std::uint64_t steps_left) {
    std::string command = "crowdout run";
    if (!options.world.file.empty()) {  // or the checkpoint has the world, and what was set in it
        command += " " + shell_word(options.world.file);
        command += shell_sets(options.world.sets);
    }
    const auto add = [&](const char* name, const std::string& value) {
        command += shell_option(name, value);
    };
    add("--threads", options.threads == 0 ? "" : std::to_string(options.threads));
    add("--steps", steps_left == 0 ? "" : std::to_string(steps_left));
    add("--until", options.until);
    add("--csv", options.csv);
    add("--checkpoint", options.checkpoint);
    if (!options.record.empty()) add("--record", next_record(options.record, step));
    if (options.durability != "process") add("--durability", options.durability);
    if (options.no_record) command += " --no-record";
    if (!options.report.empty()) add("--report", next_record(options.report, step));
    if (options.language == studies::Language::chinese) command += " --lang zh";
    if (options.quiet) command += " --quiet";
    if (options.json) command += " --json";
    add("--resume", file);
    return command;
}

ProgressStyle progress_style(const RunOptions& options, const Console& console) {
    if (options.quiet) return ProgressStyle::none;
    return console.err_is_terminal ? ProgressStyle::bar : ProgressStyle::line;
}

std::string json_line(const world::World& world, const RunOptions& options, int threads,
                      double wall_s, bool interrupted) {
    const world::Totals& totals = world.totals();
    std::string prices;
    for (std::size_t i = 0; i < world.instruments().size(); ++i) {
        prices += fmt::format("{}{}: {:.12g}", i == 0 ? "" : ", ",
                              world::json_quoted(world.instruments()[i].name),
                              world.view(static_cast<market::InstrumentId>(i)).mid);
    }
    return fmt::format(
        "{{\"world\": {}, \"seed\": {}, \"digest\": \"{:016x}\", \"steps\": {}, \"agents\": {}, "
        "\"orders\": {}, \"trades\": {}, \"time\": \"{}\", \"interrupted\": {}, \"threads\": {}, "
        "\"wall_s\": {:.3f}, \"prices\": {{{}}}}}",
        world::json_quoted(name_of(options)), world.seed(), world.digest(), world.steps(),
        world.agent_count(), totals.orders, totals.fills, world::format_time(world.now()),
        interrupted, threads, wall_s, prices);
}

std::string closing_line(const world::World& world, double wall_s) {
    const world::Totals& totals = world.totals();
    return fmt::format("{} to {} in {}: {}, {}, {}; digest {:016x}",
                       counted(static_cast<std::int64_t>(world.steps()), "step"),
                       world::format_time(world.now()), clock_time(wall_s),
                       counted(static_cast<std::int64_t>(world.agent_count()), "agent"),
                       counted(static_cast<std::int64_t>(totals.orders), "order"),
                       counted(static_cast<std::int64_t>(totals.fills), "trade"), world.digest());
}

/// Nothing is written over what is read, nor twice into one file; but a checkpoint may follow the
/// one that the run goes on from.
/// @throws Failure  (usage)
void check_outputs(const RunOptions& options, const world::Sources& sources) {
    std::vector<std::string> needed = files_of(sources);
    needed.push_back(options.fork);
    const auto claim = [&](const std::string& output) {
        refuse_replacing(output, needed);
        needed.push_back(output);
    };
    claim(checkpoint_file(options));
    needed.push_back(options.resume);
    if (!options.no_record) claim(options.record);
    claim(options.report);
    if (options.csv.empty()) return;
    for (const std::string& table : RunCsv::files(options.csv)) claim(table);
}

/// What a run leaves besides its tables, where that was asked for.
struct Outputs {
    std::optional<RunCsv> csv{};
    std::optional<Recording> recording{};
    std::optional<LiveReport> page{};

    void see(const world::World& world) {
        if (csv) csv->write(world);
        if (recording) recording->see(world);
        if (page) page->see(world);
    }
    void finish(const world::World& world) {
        if (csv) csv->finish();
        if (recording) recording->finish(world);
        if (page) page->see_end(world);
    }
};

/// Steps until `end`, `--steps` or a signal. @return whether it was a signal.
bool play(world::World& world, market::Time end, world::Pool& pool, const RunOptions& options,
          RunReport& report, Outputs& outputs, Console& console) {
    const market::Time begin = world.now();
    const std::uint64_t steps_before = world.steps();
    const Interrupt interrupt;
    const Stopwatch watch;
    Progress progress{console.err, progress_style(options, console), console.columns};
    const auto steps = [&] { return world.steps() - steps_before; };
    while (world.now() < end && (options.steps == 0 || steps() < options.steps) &&
           !interrupt.requested()) {
        world.step(pool);
        report.follow(world);
        outputs.see(world);
        if (!progress.due(watch.seconds())) continue;
        progress.show({.share = (world.now() - begin).seconds() / (end - begin).seconds(),
                       .steps = static_cast<std::int64_t>(steps()),
                       .trades = static_cast<std::int64_t>(world.totals().fills),
                       .date = world::format_time(world.now()).substr(0, 10)},
                      watch.seconds());
    }
    progress.finish();
    outputs.finish(world);
    return interrupt.requested();
}

/// What stands at the head of its recording.
world::ReplayHead head_of(const world::World& world,
                          const world::Loaded<world::WorldConfig>& loaded,
                          const RunOptions& options) {
    world::ReplayHead head = recording_head(world, loaded);
    if (!options.fork.empty()) {
        head.meta.parent = std::filesystem::path{options.fork}.filename().string();
        head.meta.parent_step = world.steps();
    }
    return head;
}

/// Opens what was asked for: what may go wrong with the command line is done with.
void open_outputs(Outputs& outputs, const world::World& world,
                  const world::Loaded<world::WorldConfig>& loaded, const RunOptions& options) {
    // A recording that is there goes last: a folder that cannot be made must not cost it.
    if (!options.csv.empty()) {
        // A fork is a run of its own: only one that was stopped goes on in its tables.
        outputs.csv.emplace(options.csv, world,
                            options.resume.empty() ? RunCsv::Start::anew : RunCsv::Start::going_on);
    }
    const bool is_recorded = !options.record.empty() && !options.no_record;
    if (!is_recorded && options.report.empty()) return;
    const world::ReplayHead head = head_of(world, loaded, options);
    if (!options.report.empty()) outputs.page.emplace(world, head);
    if (!is_recorded) return;
    outputs.recording.emplace(
        options.record, world, head,
        options.durability == "machine" ? world::Durability::machine : world::Durability::process);
}

ExitCode run(const RunOptions& options, Console& console) try {
    auto loaded = read_first_world(options, console);
    check_outputs(options, loaded.document.sources);
    const auto config = std::make_shared<const world::WorldConfig>(std::move(loaded.config));
    const market::Time end = options.until.empty() ? config->start + config->duration
                                                   : parse_until(options.until, config->start);
    const Stopwatch watch;
    world::Pool pool{options.threads};
    world::World world = first_world(options, loaded, config, pool);
    if (!options.fork.empty() && !options.quiet) {
        console.out << fmt::format("{} forked after step {}, {}\n", options.fork, world.steps(),
                                   world::format_time(world.now()));
    }
    RunReport report{world};
    const std::uint64_t steps_before = world.steps();
    Outputs outputs;
    open_outputs(outputs, world, loaded, options);

    const bool interrupted = play(world, end, pool, options, report, outputs, console);

    if (const std::string broken = world.audit_afresh(); !broken.empty()) {
        throw world::InvariantBroken{fmt::format("after step {}: {}", world.steps(), broken)};
    }
    if (interrupted || !options.checkpoint.empty()) {
        write_file(checkpoint_file(options), world::save_checkpoint(world));
    }
    const auto& recording = outputs.recording;
    if (outputs.page) {
        outputs.page->write(options.report, recording ? recording->path() : "", options.language);
    }
    const double wall_s = watch.seconds();
    if (!options.quiet) {
        console.out << closing_line(world, wall_s) << '\n';
        report.print(world, console.out, console.out_colors());
        if (recording) {
            console.out << fmt::format(
                "\n{} of it in {}, {:.1f} MB\n",
                counted(static_cast<std::int64_t>(recording->frames()), "frame"), recording->path(),
                static_cast<double>(recording->size()) / 1e6);
        }
    }
    if (interrupted) {
        const std::uint64_t steps_left =
            options.steps == 0 ? 0 : options.steps - (world.steps() - steps_before);
        console.err << fmt::format(
            "crowdout: stopped after step {}; go on with\n  {}\n", world.steps(),
            resume_command(options, checkpoint_file(options), world.steps(), steps_left));
    }
    if (options.json) {
        console.out << json_line(world, options, pool.threads(), wall_s, interrupted) << '\n';
    }
    return interrupted ? ExitCode::interrupted : ExitCode::ok;
} catch (const world::InvariantBroken& broken) {
    throw Failure{ExitCode::invariant, broken.what()};
} catch (const market::ArchiveError& damaged) {
    throw Failure{ExitCode::io, fmt::format("{}: {}", options.resume, damaged.what())};
}

}  // namespace

void add_run(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("run", "Play a world and report what happened");
    auto options = std::make_shared<RunOptions>();
    add_world_options(*verb, options->world);
    verb->get_option("WORLD")->required(false)->description(
        "A world file, or the name of a preset; that of --fork or --resume unless said");
    verb->add_option("--seed", options->seed, "Of all random draws, instead of the world's own")
        ->option_text("N");
    verb->add_option("--threads", options->threads,
                     "0, the default: as many as this machine allows; the result is the same")
        ->option_text("N")
        ->check(CLI::Range(0, 1024));
    verb->add_option("--steps", options->steps, "Stop after so many")
        ->option_text("N")
        ->check(CLI::PositiveNumber);
    verb->add_option("--until", options->until, "Stop at a date (2026-03-01) or after a span (30d)")
        ->option_text("WHEN");
    CLI::Option* resume =
        verb->add_option("--resume", options->resume, "Go on from a checkpoint of the same world")
            ->option_text("FILE");
    verb->get_option("--seed")->excludes(resume);
    auto* fork = verb->add_option("--fork", options->fork,
                                  "Make a recorded run again up to --at, and go on under the "
                                  "world and its --set: what if?")
                     ->option_text("REPLAY")
                     ->excludes("--resume");
    verb->add_option("--at", options->at, "Where to fork: a date, a span from the start or a step")
        ->option_text("WHEN")
        ->needs(fork);
    fork->needs("--at");
    verb->add_option("--checkpoint", options->checkpoint, "Keep the state at the end in a file")
        ->option_text("FILE");
    verb->add_option("--csv", options->csv,
                     "Write prices, flows, balances and trades of each step into a folder")
        ->option_text("DIR");
    verb->add_option("--record", options->record,
                     "Record what can be seen of the run: for `replay`, `verify`, `export`")
        ->option_text("FILE");
    verb->add_option("--durability", options->durability,
                     "What a recording outlives: the death of its process (the default), or of "
                     "the machine")
        ->option_text("WHAT")
        ->check(CLI::IsMember({"process", "machine"}));
    verb->add_flag("--no-record", options->no_record, "Record nothing, whatever --record says");
    verb->add_option("--report", options->report, "Write a page about the run, to read or print")
        ->option_text("FILE.html");
    add_language_option(*verb, options->language);
    verb->get_option("--lang")->needs("--report");
    verb->add_flag("--quiet", options->quiet, "No progress and no tables");
    verb->add_flag("--json", options->json, "Close with one line of JSON: digest, steps, trades");
    verb->footer(
        "A run is a function of its world and its seed; --threads changes its speed only.\n"
        "Ctrl-C ends it after the step, keeps a checkpoint and says how to go on; a second\n"
        "Ctrl-C kills it.\n"
        "\n"
        "examples:\n"
        "  crowdout run minimal\n"
        "  crowdout run ai_capex_drain --until 30d --csv out/drain\n"
        "  crowdout run ai_capex_drain --record drain.mcap --report drain.html\n"
        "  crowdout run --fork drain.mcap --at 30d --set rates.policy=5%/yr --record dear.mcap\n"
        "  crowdout run capital_surplus --fork drain.mcap --at 30d --record surplus.mcap\n"
        "  crowdout run my_world.yaml --set 'populations[retail].count=5000' --seed 7\n"
        "  crowdout run my_world.yaml --quiet --json | tail -n 1");
    verb->callback([&action, options] {
        action = [options](Console& console) { return run(*options, console); };
    });
}

}  // namespace crowdout::apps
