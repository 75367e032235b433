// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_patch.hpp"

#include <span>
#include <string_view>
#include <utility>

#include "studies/member.hpp"
#include "world/document.hpp"
#include "world/field_printer.hpp"
#include "world/load_world.hpp"
#include "world/loader.hpp"
#include "world/overrides.hpp"

namespace crowdout::studies {

namespace {

using world::Node;

Node scalar(std::string_view text) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = text;
    return node;
}

Node map_of(std::string_view key, Node value) {
    Node node;
    node.kind = Node::Kind::map;
    node.keys.push_back({std::string{key}, {}});
    node.items.push_back(std::move(value));
    return node;
}

const Node* child(const Node& parent, const world::PathStep& step) {
    return world::find_path(parent, "[" + std::string{step.text} + "]");
}

/// The tree that has `value` where `steps` lead, and nothing else. `base` tells which steps choose
/// an item by its name.
Node tree(const Node* base, std::span<const world::PathStep> steps, const Node& value) {
    if (steps.empty()) return value;
    const world::PathStep& step = steps.front();
    if (base != nullptr && base->kind == Node::Kind::list) {
        const Node* item = child(*base, step);
        Node inner = tree(item, steps.subspan(1), value);
        if (item != nullptr && inner.kind == Node::Kind::map) {
            inner.keys.insert(inner.keys.begin(), {"name", {}});
            inner.items.insert(inner.items.begin(), scalar(item->item_name()));
        }
        Node list;
        list.kind = Node::Kind::list;
        list.items.push_back(std::move(inner));
        return list;
    }
    const Node* next = base == nullptr ? nullptr : base->find(step.text);
    return map_of(step.text, tree(next, steps.subspan(1), value));
}

std::string text_of(const Node& patch) {
    std::string text;
    for (std::size_t i = 0; i < patch.items.size(); ++i) {
        const Node& value = patch.items[i];
        text += patch.keys[i].text + ":";
        if (value.kind != Node::Kind::list) {
            text += " " + world::flow_text(value) + "\n";
            continue;
        }
        text += "\n";
        for (const Node& item : value.items) text += "  - " + world::flow_text(item) + "\n";
    }
    return text;
}

/// Every field of the world that a text gives, as a file at `path` would.
std::string resolved(const std::string& path, const std::string& text) {
    world::LoadOptions options = world::options_with({});
    options.read = [&](const std::string& file, std::string& why) {
        return file == path ? std::optional{text} : world::read_file(file, why);
    };
    const auto loaded = world::load_fields(path, options);
    return loaded.report.ok() ? member_world(loaded.config) : "";
}

}  // namespace

std::string patch_world(const std::string& world_file, const std::string& extends,
                        const std::vector<std::string>& set) {
    world::Report report;
    world::Document document = world::load_document(world_file, world::read_file, report);
    Node patch;
    patch.kind = Node::Kind::map;
    for (const std::string& each : set) {
        world::apply_override(document, each, report);
        const std::string path = each.substr(0, each.find('='));
        const Node* value = world::find_path(document.root, path);
        if (value == nullptr) return "";
        world::merge(patch, tree(&document.root, world::parse_path(path), *value));
    }
    const std::string body = text_of(patch);
    const auto wanted = world::load_world(world_file, set);
    if (!report.ok() || !wanted.report.ok()) return "";
    // Read as if it lay beside the world that it extends, whatever its folder will be.
    const std::string beside = world_file + ".patch.yaml";
    const std::string name = world_file.substr(world_file.rfind('/') + 1);
    const std::string trial = "extends: " + world::yaml_text(name) + "\n" + body;
    if (resolved(beside, trial) != member_world(wanted.config)) return "";
    return "extends: " + world::yaml_text(extends) + "\n" + body;
}

}  // namespace crowdout::studies
