// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <sstream>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/study.hpp"
#include "apps/world_files.hpp"
#include "world/document.hpp"
#include "world/field_printer.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

struct NewOptions {
    std::string preset;
    std::string file;
    bool force = false;
};

/// The text of a study, with its files' paths as seen from anywhere. One that is made of several
/// files is extended.
std::string preset_text(const std::string& preset) {
    const std::string file = find_file(preset, FileKind::study);
    const fs::path folder = fs::absolute(file).parent_path();
    world::Report ignored;  // what is wrong with it will be wrong with the copy
    const world::Document document = world::load_document(file, world::read_file, ignored);
    const auto from_anywhere = [&](const std::string& path) {
        return (folder / path).lexically_normal().string();
    };
    const world::Node* named = document.root.find("world");
    const std::string world =
        named == nullptr ? "" : "world: " + world::yaml_text(from_anywhere(named->text));
    if (document.sources.size() > 1) {
        return fmt::format("extends: {}\n{}\n", world::yaml_text(fs::absolute(file).string()),
                           world);
    }
    std::istringstream lines{read_file(file)};
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("world:")) line = world;
        if (line.starts_with(modeline_start)) {
            line = std::string{modeline_start} + from_anywhere(line.substr(modeline_start.size()));
        }
        text += line + '\n';
    }
    return text;
}

ExitCode make_study(const NewOptions& options, Console& console) {
    const std::string text = preset_text(options.preset);
    if (options.file.empty()) {
        console.out << text;
        return ExitCode::ok;
    }
    write_new_file(options.file, text, options.force);
    console.out << fmt::format("{0} is a study now. Next: crowdout study plan {0}\n",
                               shell_word(options.file));
    return ExitCode::ok;
}

struct SlurmOptions {
    StudyInput study;
    std::int64_t tasks = 16;
    std::int64_t at_once = 0;
    std::int64_t cores = 1;
    std::string time = "04:00:00";
    bool mpi = false;
};

/// A name as Slurm takes it, which reads quotes and per cent signs in a way of its own.
std::string label_of(std::string name) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80 || c == '_' || c == '-' || c == '.';
    };
    std::replace_if(name.begin(), name.end(), std::not_fn(is_plain), '_');
    return name;
}

/// One task a shard: no MPI, and what is lost with a node is one shard's members.
std::string array_script(const SlurmOptions& options, const std::string& stem,
                         const std::string& file) {
    const std::string throttle =
        options.at_once > 0 ? fmt::format("%{}", options.at_once) : std::string{};
    return fmt::format(
        "#!/bin/bash\n"
        "# Submit with `sbatch`; a second submission goes on with what is missing.\n"
        "# When all tasks have ended:\n"
        "#   crowdout study collect {file} {stem}.*-of-{tasks}.sqlite\n"
        "#SBATCH --job-name={label}\n"
        "#SBATCH --array=1-{tasks}{throttle}\n"
        "#SBATCH --ntasks=1\n"
        "#SBATCH --cpus-per-task={cores}\n"
        "#SBATCH --time={time}\n"
        "#SBATCH --output={label}.%a.log\n"
        "set -eu\n"
        "exec crowdout study run {file} --shard \"$SLURM_ARRAY_TASK_ID/{tasks}\" "
        "-j \"$SLURM_CPUS_PER_TASK\"\n",
        fmt::arg("file", file), fmt::arg("stem", shell_word(stem)),
        fmt::arg("label", label_of(stem)), fmt::arg("tasks", options.tasks),
        fmt::arg("throttle", throttle), fmt::arg("cores", options.cores),
        fmt::arg("time", options.time));
}

/// One job of many ranks: members are handed out as ranks become free.
std::string mpi_script(const SlurmOptions& options, const std::string& stem,
                       const std::string& file) {
    return fmt::format(
        "#!/bin/bash\n"
        "# Submit with `sbatch`; a second submission goes on with what is missing.\n"
        "#SBATCH --job-name={label}\n"
        "#SBATCH --ntasks={tasks}\n"
        "#SBATCH --cpus-per-task={cores}\n"
        "#SBATCH --time={time}\n"
        "#SBATCH --output={label}.log\n"
        "set -eu\n"
        "mpirun -n \"$SLURM_NTASKS\" crowdout study run {file} -o {results} "
        "-j \"$SLURM_CPUS_PER_TASK\"\n",
        fmt::arg("file", file), fmt::arg("results", shell_word(stem + ".sqlite")),
        fmt::arg("label", label_of(stem)), fmt::arg("tasks", options.tasks),
        fmt::arg("cores", options.cores), fmt::arg("time", options.time));
}

ExitCode print_slurm(const SlurmOptions& options, Console& console) {
    const studies::Study study = read_study(options.study, console);
    const std::string stem = stem_of(options.study.file);
    std::string file =
        shell_word(fs::absolute(find_file(options.study.file, FileKind::study)).string());
    file += shell_sets(options.study.sets);
    if (study.member_count() < static_cast<std::size_t>(options.tasks)) {
        throw Failure{
            ExitCode::usage,
            fmt::format("--tasks {} for {}: a task would have nothing to do", options.tasks,
                        counted(static_cast<std::int64_t>(study.member_count()), "member"))};
    }
    console.out << (options.mpi ? mpi_script(options, stem, file)
                                : array_script(options, stem, file));
    return ExitCode::ok;
}

}  // namespace

void add_study_new(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("new", "Make a study of your own from a preset");
    auto options = std::make_shared<NewOptions>();
    verb->add_option("PRESET", options->preset,
                     "attribution_btc, capex_x_idle_cash, fan, sensitivity")
        ->required()
        ->option_text(" ");
    verb->add_option("FILE", options->file, "What to write; standard output unless named")
        ->option_text(" ");
    verb->add_flag("--force", options->force, "Replace a file that is there");
    verb->footer("example:\n  crowdout study new attribution_btc my_study.yaml");
    verb->callback([&action, options] {
        action = [options](Console& console) { return make_study(*options, console); };
    });
}

void add_study_slurm(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("slurm", "Print a Slurm script that runs a study");
    auto options = std::make_shared<SlurmOptions>();
    add_study_options(*verb, options->study);
    verb->add_option("--tasks", options->tasks, "Shards of the array, or ranks of --mpi")
        ->option_text("N")
        ->check(CLI::Range(1, 100'000));
    verb->add_option("--throttle", options->at_once, "Tasks of the array at once, at most")
        ->option_text("N")
        ->check(CLI::Range(1, 100'000));
    verb->add_option("--cores", options->cores, "Of each task: members at once")
        ->option_text("N")
        ->check(CLI::Range(1, 4096));
    verb->add_option("--time", options->time, "Wall time of a task, as Slurm takes it")
        ->option_text("HH:MM:SS");
    verb->add_flag("--mpi", options->mpi, "One job of many ranks instead of an array");
    verb->footer(
        "examples:\n"
        "  crowdout study slurm my_study.yaml --tasks 64 --throttle 16 > my_study.sbatch\n"
        "  sbatch my_study.sbatch");
    verb->callback([&action, options] {
        action = [options](Console& console) { return print_slurm(*options, console); };
    });
}

}  // namespace crowdout::apps
