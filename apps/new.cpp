// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/verbs.hpp"
#include "apps/world_files.hpp"
#include "world/field_printer.hpp"
#include "world/load_world.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

struct NewOptions {
    std::string preset;
    std::string file;
    bool force = false;
};

/// A preset as a new file names it: a person's own from that file's folder, so that both may move.
std::string name_from(const NewOptions& options, const std::string& preset) {
    const bool is_own = preset == options.preset;
    if (!is_own) return preset;
    const auto whole = [](const std::string& file) {
        return fs::absolute(file).lexically_normal();
    };
    return whole(preset).lexically_proximate(whole(options.file).parent_path()).string();
}

/// Whether a world names no other file: neither parts, nor tables, nor worlds to compare it with.
bool stands_alone(const std::string& file) {
    const auto loaded = world::load_world(file);
    const auto names_world = [](const world::CounterfactualConfig& each) {
        return !each.world.empty();
    };
    return loaded.document.sources.size() == 1 &&
           std::ranges::none_of(loaded.config.counterfactuals.items, names_world);
}

/// A preset of one file is copied; one that is made of several is extended, because their paths
/// are relative to it.
std::string world_from(const NewOptions& options, const std::string& preset) {
    std::string result = world_modeline();
    if (!stands_alone(preset)) {
        result += fmt::format(
            "# What is written here wins over the preset; lists of named things are patched by "
            "name.\n"
            "extends: {}\n",
            world::yaml_text(name_from(options, preset)));
        return result;
    }
    const std::string text = read_file(preset);
    const bool has_modeline = text.starts_with(modeline_start);
    return result + (has_modeline ? text.substr(text.find('\n') + 1) : text);
}

ExitCode make_world(const NewOptions& options, Console& console) {
    const std::string preset = find_file(options.preset, FileKind::world);
    refuse_replacing(options.file, {preset});
    const std::string text = world_from(options, preset);
    write_new_file(options.file, text, options.force);
    console.out << fmt::format("{} is a world now. Next: crowdout run {}\n", options.file,
                               shell_word(options.file));
    return ExitCode::ok;
}

}  // namespace

void add_new(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("new", "Make a world of your own from a preset");
    auto options = std::make_shared<NewOptions>();
    verb->add_option("PRESET", options->preset, "Its name; `crowdout list worlds` knows them")
        ->required()
        ->option_text(" ");
    verb->add_option("FILE", options->file, "What to write")->required()->option_text(" ");
    verb->add_flag("--force", options->force, "Replace a file that is there");
    verb->footer(
        "example:\n"
        "  crowdout new minimal my_world.yaml");
    verb->callback([&action, options] {
        action = [options](Console& console) { return make_world(*options, console); };
    });
}

}  // namespace crowdout::apps
