// SPDX-License-Identifier: Apache-2.0
#include "world/edit.hpp"

#include <algorithm>
#include <utility>

#include "world/overrides.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

/// Whether two trees say the same, but for the one scalar `changed` of the first.
bool same_but_for(const Node& before, const Node& after, const Node* changed) {
    if (before.kind != after.kind || before.items.size() != after.items.size()) return false;
    if (&before != changed && (before.text != after.text || before.style != after.style)) {
        return false;
    }
    for (std::size_t i = 0; i < before.keys.size(); ++i) {
        if (before.keys[i].text != after.keys[i].text) return false;
    }
    for (std::size_t i = 0; i < before.items.size(); ++i) {
        if (!same_but_for(before.items[i], after.items[i], changed)) return false;
    }
    return true;
}

/// Why a value cannot be replaced in place; "" where it can.
std::string obstacle(const Node* node, std::string_view file) {
    if (node == nullptr) return "'" + std::string{file} + "' does not write this value";
    if (node->kind == Node::Kind::list) return "a list cannot be set as a whole";
    if (node->kind == Node::Kind::map) return "a map cannot be set as a whole";
    if (node->kind == Node::Kind::null) return "the key has no value to replace";
    if (node->style == Node::Style::block) return "a block text cannot be set";
    if (node->aliased) return "the value is an alias; set it where its anchor stands";
    return "";
}

}  // namespace

std::optional<std::string> edit_value(Sources& sources, const std::string& file,
                                      const std::string& text, std::string_view path,
                                      std::string_view value, Report& report) {
    const std::uint32_t source = sources.add(file, text);
    std::size_t nodes_left = nodes_max;
    const std::optional<Node> before = parse_yaml(sources, source, nodes_left, report);
    if (!before) return std::nullopt;

    const Node* node = find_path(*before, path);
    const auto refuse = [&](const std::string& why) {
        const Place place = node != nullptr ? node->place : before->place;
        report.add({Code::cannot_edit,
                    place,
                    std::string{path},
                    why,
                    "an edit of the file by hand, or --set for one run",
                    {}});
        return std::nullopt;
    };
    const std::string why = obstacle(node, file);
    if (!why.empty()) return refuse(why);

    std::string edited = text;
    edited.replace(node->place.offset, node->place.length, value);
    Report ignored;
    Sources scratch;
    nodes_left = nodes_max;
    const std::uint32_t edited_source = scratch.add(file, edited);
    const std::optional<Node> after = parse_yaml(scratch, edited_source, nodes_left, ignored);
    if (!after || !ignored.ok() || !same_but_for(*before, *after, node)) {
        return refuse("'" + shortened(value) + "' here would change more than this value");
    }
    return edited;
}

}  // namespace crowdout::world
