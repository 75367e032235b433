// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "apps/verbs.hpp"
#include "apps/world_input.hpp"
#include "world/overrides.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

struct ExplainOptions {
    WorldInput world;
    std::string path;
};

/// `path` without its last step; "" above a top-level key.
std::string parent_of(const std::string& path) {
    const auto steps = world::parse_path(path);
    if (steps.size() < 2) return "";
    std::size_t end = steps.back().offset;
    while (end > 0 && (path[end - 1] == '.' || path[end - 1] == '[')) --end;
    return path.substr(0, end);
}

[[noreturn]] void refuse_path(const world::Node& full, const std::string& path) {
    std::string problem = fmt::format("there is nothing at '{}'", path);
    const auto steps = world::parse_path(path);
    const std::string above = parent_of(path);
    const world::Node* parent = above.empty() ? &full : world::find_path(full, above);
    if (parent != nullptr && !steps.empty()) {
        std::vector<std::string_view> known;
        for (const auto& key : parent->keys) known.push_back(key.text);
        for (const auto& item : parent->items) {
            if (!item.item_name().empty()) known.push_back(item.item_name());
        }
        problem += world::did_you_mean(steps.back().text, known);
    }
    throw Failure{ExitCode::usage, problem};
}

std::string described(const world::Node& node) {
    switch (node.kind) {
        case world::Node::Kind::null:
            return "nothing";
        case world::Node::Kind::scalar:
            return node.text;
        case world::Node::Kind::list:
            return fmt::format("a list of {}", node.items.size());
        case world::Node::Kind::map:
            break;
    }
    return fmt::format("{} fields", node.items.size());
}

ExitCode explain(const ExplainOptions& options, Console& console) {
    const auto loaded = read_valid_world(options.world, console);

    // The full form knows every field, those that no file mentions too.
    world::Sources sources;
    const std::uint32_t source = sources.add("full form", resolved_text(loaded.config));
    std::size_t nodes_left = world::nodes_max;
    world::Report report;
    const auto full = world::parse_yaml(sources, source, nodes_left, report);
    if (!full) throw std::logic_error{"the full form of a world does not parse"};
    const world::Node* value = world::find_path(*full, options.path);
    if (value == nullptr) refuse_path(*full, options.path);
    console.out << fmt::format("{}: {}\n", options.path, described(*value));

    const world::Node* written = world::find_path(loaded.document.root, options.path);
    if (written == nullptr) {
        console.out << "  the default; no file sets it\n";
        return ExitCode::ok;
    }
    const world::Sources& texts = loaded.document.sources;
    const world::Position position = texts.position(written->place);
    console.out << fmt::format("  set at {}\n{:6} | {}\n", texts.where(written->place),
                               position.line, texts.line(written->place.source, position.line));
    return ExitCode::ok;
}

}  // namespace

void add_explain(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("explain", "Say which line of which file set a value");
    auto options = std::make_shared<ExplainOptions>();
    add_world_options(*verb, options->world);
    verb->add_option("PATH", options->path, "Where the value hangs: a.b, list[name].b or list[0].b")
        ->required()
        ->option_text(" ");
    verb->footer(
        "examples:\n"
        "  crowdout explain ai_capex_drain rates.policy\n"
        "  crowdout explain my_world.yaml 'populations[retail].count'");
    verb->callback([&action, options] {
        action = [options](Console& console) { return explain(*options, console); };
    });
}

}  // namespace crowdout::apps
