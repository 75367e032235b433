// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <ostream>
#include <system_error>

#include "apps/export_tables.hpp"
#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/interrupt.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

struct ExportOptions {
    std::string file;
    std::string csv;
    std::string sqlite;
    std::string hdf5;
    std::string graphml;
};

/// @return whether it was done to the end.
bool export_to(TableSink& sink, world::ReplayFile& replay) {
    const Interrupt interrupt;
    (void)export_tables(replay, sink, [&](std::uint64_t) { return !interrupt.requested(); });
    if (interrupt.requested()) return false;
    sink.finish();
    return true;
}

ExitCode export_replay(const ExportOptions& options, Console& console) try {
    if (options.csv.empty() && options.sqlite.empty() && options.hdf5.empty() &&
        options.graphml.empty()) {
        throw Failure{ExitCode::usage, "say what to export to: --csv, --sqlite, --hdf5, --graphml"};
    }
    for (const std::string& output : {options.sqlite, options.hdf5, options.graphml}) {
        refuse_replacing(output, {options.file});
    }
    for (const std::string& output : {options.sqlite, options.hdf5})
        need_regular(output, "database");
    const auto replay = open_recording(options.file);
    const auto done = [&](const std::string& path) {
        console.out << fmt::format("{}: {}\n", path,
                                   counted(static_cast<std::int64_t>(replay->frames()), "frame"));
    };
    const auto tables = [&](const std::string& path, auto make) {
        if (path.empty()) return true;
        const auto sink = make(path);
        if (!export_to(*sink, *replay)) return false;
        done(path);
        return true;
    };
    if (!tables(options.csv, make_csv_sink) || !tables(options.sqlite, make_sqlite_sink) ||
        !tables(options.hdf5, make_hdf5_sink)) {
        return ExitCode::interrupted;
    }
    if (!options.graphml.empty()) {
        export_graphml(*replay, options.graphml);
        done(options.graphml);
    }
    print_troubles(*replay, console);
    return replay->troubles().empty() ? ExitCode::ok : ExitCode::corrupt_replay;
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}\n`recover` saves what can be read",
                                                        options.file, damaged.what())};
}

}  // namespace

void add_export(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("export", "Give a replay to other programs");
    auto options = std::make_shared<ExportOptions>();
    verb->add_option("FILE", options->file, "A replay, finished or not")
        ->required()
        ->option_text(" ");
    verb->add_option("--csv", options->csv, "A folder of tables")->option_text("DIR");
    verb->add_option("--sqlite", options->sqlite, "A database")->option_text("FILE");
    verb->add_option("--hdf5", options->hdf5, "A group per table, a dataset per column")
        ->option_text("FILE");
    verb->add_option("--graphml", options->graphml,
                     "Who paid whom for what, and who holds what in the end, as a network")
        ->option_text("FILE");
    verb->footer(
        "Tables: frames, marks, books, cash, series, holdings, ladders, accounts, orders, flows,\n"
        "trades, fills, events, decisions. Money and prices in USD, quantities in whole coins and\n"
        "shares, times in UTC. Files that are there are replaced when the new ones are whole.\n"
        "\n"
        "examples:\n"
        "  crowdout export drain.mcap --csv out/drain\n"
        "  crowdout export drain.mcap --sqlite drain.sqlite --graphml drain.graphml");
    verb->callback([&action, options] {
        action = [options](Console& console) { return export_replay(*options, console); };
    });
}

}  // namespace crowdout::apps
