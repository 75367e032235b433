// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <sstream>

#include "apps/command_line.hpp"
#include "apps/figures.hpp"

namespace crowdout::apps {

namespace {

/// What a shell needs to know of one verb, read off the grammar itself: it cannot go stale.
struct Word {
    std::string name;
    std::string help;
};

struct Verb {
    Word word;
    std::vector<Word> options;
};

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::vector<Word> options_of(const CLI::App& app) {
    std::vector<Word> options;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            options.push_back({"--" + name, first_line(option->get_description())});
        }
    }
    // A verb of verbs (`study run`) offers what any of them takes.
    for (const CLI::App* inner : app.get_subcommands({})) {
        if (app.get_parent() == nullptr) break;
        for (const Word& option : options_of(*inner)) {
            const bool known = std::any_of(options.begin(), options.end(),
                                           [&](const Word& w) { return w.name == option.name; });
            if (!known) options.push_back(option);
        }
    }
    return options;
}

std::vector<Verb> read_grammar() {
    ColorMode color{};
    Action action;
    const auto program = make_command_line(color, action);
    const std::vector<Word> common = options_of(*program);
    std::vector<Verb> verbs;
    for (const CLI::App* each : program->get_subcommands({})) {
        if (each->get_group().empty()) continue;
        Verb verb{.word = {each->get_name(), first_line(each->get_description())},
                  .options = options_of(*each)};
        for (const Word& option : common) {
            const bool known = std::any_of(verb.options.begin(), verb.options.end(),
                                           [&](const Word& w) { return w.name == option.name; });
            if (!known && option.name != "--version") verb.options.push_back(option);
        }
        verbs.push_back(std::move(verb));
    }
    return verbs;
}

std::string joined(const std::vector<Word>& words) {
    std::string text;
    for (const Word& word : words) text += (text.empty() ? "" : " ") + word.name;
    return text;
}

std::string bash_script(const std::vector<Verb>& verbs) {
    std::ostringstream out;
    std::string names;
    for (const Verb& verb : verbs) names += (names.empty() ? "" : " ") + verb.word.name;
    out << "# bash completion of crowdout; use: source <(crowdout completion bash)\n"
           "_crowdout() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} options=''\n"
           "    COMPREPLY=()\n"
           "    if ((COMP_CWORD == 1)); then\n"
        << fmt::format("        mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")\n", names)
        << "        return\n"
           "    fi\n"
           "    case ${COMP_WORDS[1]} in\n";
    for (const Verb& verb : verbs) {
        out << fmt::format("    {}) options='{}' ;;\n", verb.word.name, joined(verb.options));
    }
    out << "    esac\n"
           "    if [[ $word == -* ]]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
           "    fi\n"
           "}\n"
           "complete -o default -F _crowdout crowdout\n";
    return out.str();
}

std::string zsh_script(const std::vector<Verb>& verbs) {
    std::ostringstream out;
    out << "#compdef crowdout\n"
           "# zsh completion of crowdout; use: source <(crowdout completion zsh)\n"
           "_crowdout() {\n"
           "    local -a words_known\n"
           "    if ((CURRENT == 2)); then\n"
           "        words_known=(\n";
    const auto list = [&out](const Word& word) {
        out << fmt::format("            {}\n", shell_word(word.name + ":" + word.help));
    };
    for (const Verb& verb : verbs) list(verb.word);
    out << "        )\n"
           "        _describe verb words_known\n"
           "        return\n"
           "    fi\n"
           "    if [[ $PREFIX != -* ]]; then\n"
           "        _files\n"
           "        return\n"
           "    fi\n"
           "    case ${words[2]} in\n";
    for (const Verb& verb : verbs) {
        out << fmt::format("    {})\n        words_known=(\n", verb.word.name);
        for (const Word& option : verb.options) list(option);
        out << "        )\n        ;;\n";
    }
    out << "    esac\n"
           "    _describe option words_known\n"
           "}\n"
           "compdef _crowdout crowdout\n";
    return out.str();
}

std::string fish_script(const std::vector<Verb>& verbs) {
    std::ostringstream out;
    out << "# fish completion of crowdout; use: crowdout completion fish | source\n";
    for (const Verb& verb : verbs) {
        out << fmt::format("complete -c crowdout -n __fish_use_subcommand -f -a {} -d {}\n",
                           verb.word.name, shell_word(verb.word.help));
    }
    for (const Verb& verb : verbs) {
        for (const Word& option : verb.options) {
            out << fmt::format(
                "complete -c crowdout -n '__fish_seen_subcommand_from {}' -l {} -d {}\n",
                verb.word.name, option.name.substr(2), shell_word(option.help));
        }
    }
    return out.str();
}

ExitCode print_script(const std::string& shell, Console& console) {
    const std::vector<Verb> verbs = read_grammar();
    console.out << (shell == "bash"  ? bash_script(verbs)
                    : shell == "zsh" ? zsh_script(verbs)
                                     : fish_script(verbs));
    return ExitCode::ok;
}

}  // namespace

void add_completion(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("completion", "Print a completion script for a shell");
    auto shell = std::make_shared<std::string>();
    verb->add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->option_text(" ")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    verb->footer(
        "examples:\n"
        "  source <(crowdout completion bash)\n"
        "  crowdout completion fish > ~/.config/fish/completions/crowdout.fish");
    verb->callback([&action, shell] {
        action = [shell](Console& console) { return print_script(*shell, console); };
    });
}

}  // namespace crowdout::apps
