// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <system_error>

#include "apps/files.hpp"
#include "apps/page_report.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "studies/database.hpp"
#include "studies/report_claims.hpp"
#include "studies/report_fit.hpp"
#include "studies/report_study.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

struct ReportOptions {
    std::string file;
    std::string output;
    studies::Language language = studies::Language::english;
};

/// The first bytes of a file. @throws Failure  (io) where it cannot be read.
std::string head_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::string head(16, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (file.gcount() == 0) {
        throw Failure{ExitCode::io, fmt::format("{}: {}", path,
                                                file.is_open() && file.eof()
                                                    ? "is empty"
                                                    : std::generic_category().message(errno))};
    }
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

struct Made {
    std::string page;
    ExitCode code = ExitCode::ok;
};

Made of_recording(const ReportOptions& options, Console& console) {
    const auto replay = open_recording(options.file);
    Made made{.page = report_of(*replay, options.file, options.language)};
    print_troubles(*replay, console);
    if (!replay->troubles().empty()) made.code = ExitCode::corrupt_replay;
    return made;
}

Made of_json(const ReportOptions& options) try {
    const std::string json = read_file(options.file);
    if (studies::is_fit_json(json)) {
        return {.page =
                    studies::fit_report(studies::read_fit(options.file, json), options.language)};
    }
    return {.page =
                studies::claims_report(studies::read_claims(options.file, json), options.language)};
} catch (const world::ReplayError& wrong) {
    throw Failure{ExitCode::io,
                  fmt::format("{}: is not what `claims --json` prints or `fit --result` writes: {}",
                              options.file, wrong.what())};
}

Made of_study(const ReportOptions& options) try {
    const studies::Database results{options.file, studies::Database::Mode::read};
    return {.page = studies::study_report(studies::read_findings(results), options.language)};
} catch (const studies::ResultsError& wrong) {
    throw Failure{ExitCode::io, wrong.what()};
}

Made page_about(const ReportOptions& options, Console& console) {
    const std::string head = head_of(options.file);
    if (head.starts_with("\x89MCAP")) return of_recording(options, console);
    if (head.starts_with("SQLite format 3")) return of_study(options);
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && head[first] == '{') return of_json(options);
    throw Failure{ExitCode::io,
                  fmt::format("{}: is no recording (`run --record` makes one), no results "
                              "of a study or fit and no output of `claims --json`",
                              options.file)};
}

ExitCode report(const ReportOptions& options, Console& console) {
    const std::string output =
        options.output.empty()
            ? std::filesystem::path{options.file}.replace_extension(".html").string()
            : options.output;
    refuse_replacing(output, {options.file});
    const Made made = page_about(options, console);
    write_file(output, made.page);
    console.out << fmt::format("{}: {:.0f} kB\n", output,
                               static_cast<double>(made.page.size()) / 1e3);
    return made.code;
}

}  // namespace

void add_report(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "report", "Write a page about a run, a study, a fit or claims, to read or print");
    auto options = std::make_shared<ReportOptions>();
    verb->add_option("FILE", options->file,
                     "A replay, results of a study or a fit, or what `claims --json` printed")
        ->required()
        ->option_text(" ");
    verb->add_option("-o,--output", options->output, "Instead of the same name with .html")
        ->option_text("FILE");
    add_language_option(*verb, options->language);
    verb->footer(
        "The page is one file and needs nothing else: no network, no fonts, no program but a\n"
        "browser.\n"
        "\n"
        "examples:\n"
        "  crowdout report drain.mcap\n"
        "  crowdout report drain.mcap --lang zh -o drain_zh.html\n"
        "  crowdout report my_study.sqlite\n"
        "  crowdout fit spread --result spread.json; crowdout report spread.json\n"
        "  crowdout claims configs/ --json > claims.json; crowdout report claims.json");
    verb->callback([&action, options] {
        action = [options](Console& console) { return report(*options, console); };
    });
}

}  // namespace crowdout::apps
