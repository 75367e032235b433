// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/verbs.hpp"
#include "apps/world_files.hpp"
#include "world/catalogue.hpp"
#include "world/document.hpp"
#include "world/load_world.hpp"
#include "world/measure.hpp"
#include "world/schema.hpp"

namespace crowdout::apps {

namespace {

struct Entry {
    std::string name;
    std::string help;
};

void print_entries(const std::vector<Entry>& entries, Console& console) {
    std::size_t width = 0;
    for (const Entry& entry : entries) width = std::max(width, display_width(entry.name));
    for (const Entry& entry : entries) {
        const std::string blanks(width - display_width(entry.name), ' ');
        console.out << fmt::format("{}{}  {}\n", entry.name, blanks, entry.help);
    }
}

/// The first line of a world's `description`.
std::string description_of(const std::string& file) {
    world::Report report;
    const world::Document document = world::load_document(file, world::read_file, report);
    const world::Node* text = document.root.find("description");
    return text == nullptr ? "" : text->text.substr(0, text->text.find('\n'));
}

std::vector<Entry> worlds() {
    const auto folder = preset_folder();
    std::vector<Entry> entries;
    for (const std::string& name : preset_names(folder)) {
        entries.push_back({name, description_of((folder / (name + ".yaml")).string())});
    }
    return entries;
}

std::vector<Entry> entries_of(world::Catalogue catalogue) {
    std::vector<Entry> entries;
    for (const world::CatalogueEntry& entry : catalogue) {
        entries.push_back({std::string{entry.tag}, entry.help});
    }
    return entries;
}

/// Measures with what their value is, in both languages.
std::vector<Entry> measures() {
    std::vector<Entry> entries;
    for (const world::CatalogueEntry& entry : world::measures()) {
        const auto unit = static_cast<std::size_t>(world::unit_of(entry));
        entries.push_back(
            {std::string{entry.tag}, fmt::format("{:<9} {} {}", world::measure_unit_names.at(unit),
                                                 entry.help, entry.help_zh)});
    }
    return entries;
}

/// Fields whose path, tag or help contains `part`; all where it is empty.
void print_fields(const std::string& part, Console& console) {
    for (const world::FieldRow& row : world::list_fields(world::world_type())) {
        const std::string name = row.tag.empty() ? row.path : row.path + " (" + row.tag + ")";
        if ((name + row.help).find(part) == std::string::npos) continue;
        std::string facts = row.type;
        if (!row.unit.empty() && row.unit != "1") facts += ", " + row.unit;
        if (!row.range.empty()) facts += ", " + row.range;
        if (row.required) facts += ", required";
        if (!row.default_value.empty()) facts += ", default " + row.default_value;
        console.out << tinted(Tint::bold, name, console.out_colors())
                    << fmt::format(": {}\n    {}\n", facts, row.help);
    }
}

ExitCode list(const std::string& what, const std::string& part, Console& console) {
    if (what == "worlds") {
        print_entries(worlds(), console);
    } else if (what == "fields") {
        print_fields(part, console);
    } else if (what == "measures") {
        print_entries(measures(), console);
    } else {
        print_entries(entries_of(what == "archetypes"   ? world::archetypes()
                                 : what == "valuations" ? world::valuations()
                                                        : world::shocks()),
                      console);
    }
    return ExitCode::ok;
}

}  // namespace

void add_list(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("list", "Name what there is to choose from");
    auto what = std::make_shared<std::string>();
    auto part = std::make_shared<std::string>();
    verb->add_option("WHAT", *what, "worlds, archetypes, valuations, shocks, measures or fields")
        ->required()
        ->option_text(" ")
        ->check(
            CLI::IsMember({"worlds", "archetypes", "valuations", "shocks", "measures", "fields"}));
    verb->add_option("PART", *part, "With fields: only those that contain this")->option_text(" ");
    verb->footer(
        "examples:\n"
        "  crowdout list worlds\n"
        "  crowdout list fields market_maker");
    verb->callback([&action, what, part] {
        action = [what, part](Console& console) { return list(*what, *part, console); };
    });
}

}  // namespace crowdout::apps
