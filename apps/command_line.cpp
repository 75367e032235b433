// SPDX-License-Identifier: Apache-2.0
#include "apps/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>
#include <system_error>

#include "world/diagnostic.hpp"
#include "world/replay_error.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

constexpr const char* about =
    "Crowdout: a whole market ecosystem, agent by agent.\n"
    "A YAML file describes a world; `run` plays it and reports what happened.";

constexpr const char* closing =
    "examples:\n"
    "  crowdout run configs/minimal.yaml\n"
    "  crowdout run configs/ai_capex_drain.yaml --seed 7 --csv out/drain\n"
    "  crowdout check my_world.yaml\n"
    "  crowdout VERB --help\n"
    "\n"
    "exit codes:\n"
    "    0 well done                     6 a damaged replay\n"
    "    1 a mistake of the program      7 a digest differs\n"
    "    2 a wrong command line          8 a claim fails\n"
    "    3 an invalid world              9 a claim is undecided\n"
    "    4 money was made or lost       10 no display\n"
    "    5 a file cannot be used       130 interrupted";

/// The verb that was parsed, or the program itself.
const CLI::App& innermost(const CLI::App& program) {
    const auto verbs = program.get_subcommands();
    return verbs.empty() ? program : innermost(*verbs.front());
}

/// ` study run`: the verb as a person writes it after the program's name.
std::string words_of(const CLI::App& verb) {
    if (verb.get_parent() == nullptr) return "";
    return words_of(*verb.get_parent()) + " " + verb.get_name();
}

void append_options(const CLI::App& app, std::vector<std::string>& names) {
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
}

/// `word` was understood by nobody: what is it, and what was meant?
std::string unknown_word(const CLI::App& program, const std::string& word) {
    const CLI::App& verb = innermost(program);
    const bool is_option = word.size() > 1 && word.front() == '-';
    std::vector<std::string> candidates;
    std::string problem;
    if (is_option) {
        append_options(verb, candidates);
        if (&verb != &program) append_options(program, candidates);
        problem = fmt::format("there is no option '{}'", word.substr(0, word.find('=')));
    } else if (!verb.get_subcommands({}).empty()) {
        for (const CLI::App* each : verb.get_subcommands({})) {
            if (!each->get_group().empty()) candidates.push_back(each->get_name());
        }
        problem = fmt::format("there is no verb '{}'", (words_of(verb) + " " + word).substr(1));
    } else {
        problem = fmt::format("'{}' is one argument too many", word);
    }
    const std::string typed = word.substr(0, word.find('='));
    const std::vector<std::string_view> known{candidates.begin(), candidates.end()};
    return problem + world::did_you_mean(typed, known);
}

ExitCode usage_error(const CLI::App& program, const std::string& problem, Console& console) {
    const CLI::App& verb = innermost(program);
    print_error(console, problem);
    console.err << fmt::format("Try 'crowdout{} --help'.\n", words_of(verb));
    return ExitCode::usage;
}

ExitCode parse(CLI::App& program, std::vector<std::string> arguments, Console& console,
               const Action& action) {
    if (arguments.empty()) {
        console.err << program.help();
        return ExitCode::usage;
    }
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
    try {
        program.parse(arguments);
    } catch (const CLI::CallForHelp&) {
        console.out << program.help();
        return ExitCode::ok;
    } catch (const CLI::CallForVersion& version) {
        console.out << version.what() << '\n';
        return ExitCode::ok;
    } catch (const CLI::ExtrasError&) {
        return usage_error(program, unknown_word(program, program.remaining(true).front()),
                           console);
    } catch (const CLI::ParseError& error) {
        // A misspelt option leaves its value behind as the world's name, or a required option
        // missing: the misspelling is then the better message.
        const auto unknown = program.remaining(true);
        const bool misspelt = !unknown.empty() && unknown.front().front() == '-';
        return usage_error(
            program, misspelt ? unknown_word(program, unknown.front()) : error.what(), console);
    }
    if (!action) return usage_error(program, "a verb is missing", console);
    return action(console);
}

}  // namespace

std::unique_ptr<CLI::App> make_command_line(ColorMode& color, Action& action) {
    auto program = std::make_unique<CLI::App>(about, "crowdout");
    program->set_version_flag("--version", "crowdout " CROWDOUT_VERSION);
    program
        ->add_option_function<std::string>(
            "--color",
            [&color](const std::string& text) {
                color = text == "always"  ? ColorMode::always
                        : text == "never" ? ColorMode::never
                                          : ColorMode::automatic;
            },
            "auto (the default: on a terminal, unless NO_COLOR is set), always or never")
        ->option_text("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    program->footer(closing);
    program->get_formatter()->label("SUBCOMMAND", "VERB");
    program->get_formatter()->column_width(28);
    add_run(*program, action);
    add_watch(*program, action);
    add_replay(*program, action);
    add_render(*program, action);
    add_info(*program, action);
    add_verify(*program, action);
    add_diff(*program, action);
    add_export(*program, action);
    add_report(*program, action);
    add_recover(*program, action);
    add_check(*program, action);
    add_claims(*program, action);
    add_fit(*program, action);
    add_explain(*program, action);
    add_set(*program, action);
    add_new(*program, action);
    add_member(*program, action);
    add_list(*program, action);
    add_study(*program, action);
    add_schema(*program, action);
    add_doctor(*program, action);
    add_completion(*program, action);
    // One verb: a later word that is one too is an argument, such as the name of a file.
    program->require_subcommand(0, 1);
    // Options of the program may stand behind the verb too: `crowdout run w.yaml --color=never`.
    // A verb of no group is for other programs, and not listed.
    for (CLI::App* verb : program->get_subcommands({})) {
        verb->fallthrough();
        if (!verb->get_group().empty()) verb->group("Verbs");
    }
    return program;
}

ExitCode run_program(std::vector<std::string> arguments, Console& console) {
    Action action;
    ExitCode code = ExitCode::internal;
    try {
        const auto program = make_command_line(console.color, action);
        code = parse(*program, std::move(arguments), console, action);
    } catch (const Failure& failure) {
        print_error(console, failure.what());
        code = failure.code();
    } catch (const world::InvalidWorld& invalid) {
        console.err << invalid.what();
        code = ExitCode::invalid_world;
    } catch (const world::ReplayError& damaged) {
        print_error(console, damaged.what());
        code = ExitCode::corrupt_replay;
    } catch (const std::system_error& refused) {
        print_error(console, refused.what());
        code = ExitCode::io;
    } catch (const std::exception& error) {
        print_error(console,
                    fmt::format("{} (a mistake of the program: please report it)", error.what()));
        code = ExitCode::internal;
    }
    // A result that did not reach the disk is no result.
    if (!console.out.flush()) {
        print_error(console, "cannot write to standard output");
        if (code == ExitCode::ok) code = ExitCode::io;
    }
    return code;
}

}  // namespace crowdout::apps
