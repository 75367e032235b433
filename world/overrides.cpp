// SPDX-License-Identifier: Apache-2.0
#include "world/overrides.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "world/text.hpp"

namespace crowdout::world {
namespace {

/// The item of a list that a step means, or null.
const Node* find_item(const Node& list, const PathStep& step) {
    for (const Node& item : list.items) {
        if (!item.item_name().empty() && item.item_name() == step.text) return &item;
    }
    std::size_t index = 0;
    const char* end = step.text.data() + step.text.size();
    const auto parsed = std::from_chars(step.text.data(), end, index);
    const bool is_index = step.bracketed && parsed.ec == std::errc{} && parsed.ptr == end;
    return is_index && index < list.items.size() ? &list.items[index] : nullptr;
}

const Node* find_step(const Node& node, const PathStep& step) {
    if (node.kind == Node::Kind::list) return find_item(node, step);
    return node.kind == Node::Kind::map ? node.find(step.text) : nullptr;
}

std::size_t assignment_sign(std::string_view assignment) {
    bool bracketed = false;
    for (std::size_t i = 0; i < assignment.size(); ++i) {
        if (assignment[i] == '[') bracketed = true;
        if (assignment[i] == ']') bracketed = false;
        if (assignment[i] == '=' && !bracketed) return i;
    }
    return std::string_view::npos;
}

/// Walks down to where an override goes, making the maps that are missing.
class Target {
public:
    Target(Sources& sources, std::string_view assignment, Report& report)
        : source_{sources.add("--set", std::string{assignment})}, report_{report} {}

    [[nodiscard]] Place place(const PathStep& step) const {
        return {source_, static_cast<std::uint32_t>(step.offset),
                static_cast<std::uint32_t>(std::max<std::size_t>(1, step.text.size()))};
    }

    void refuse(Place at, std::string_view path, std::string message, std::string expected) {
        report_.add(
            {Code::bad_path, at, std::string{path}, std::move(message), std::move(expected), {}});
    }
    void refuse_whole(std::string message, std::string expected) {
        refuse({source_, 0, 1}, "", std::move(message), std::move(expected));
    }

    Node* find(Node& root, std::string_view path, const std::vector<PathStep>& steps) {
        Node* node = &root;
        for (const PathStep& step : steps) {
            if (node->kind == Node::Kind::null) node->kind = Node::Kind::map;
            if (const Node* found = find_step(*node, step)) {
                node = const_cast<Node*>(found);
            } else if (node->kind == Node::Kind::map) {
                node->keys.push_back({std::string{step.text}, place(step)});
                node = &node->items.emplace_back();
                node->place = place(step);
            } else {
                refuse_step(*node, path, step);
                return nullptr;
            }
        }
        return node;
    }

private:
    void refuse_step(const Node& node, std::string_view path, const PathStep& step) {
        const std::string_view up_to =
            path.substr(0, step.offset + step.text.size() + (step.bracketed ? 1 : 0));
        if (node.kind != Node::Kind::list) {
            refuse(place(step), up_to,
                   "the value '" + shortened(node.text) + "' has nothing inside", "");
            return;
        }
        std::vector<std::string_view> names;
        for (const Node& item : node.items) {
            if (!item.item_name().empty()) names.push_back(item.item_name());
        }
        refuse(place(step), up_to,
               "no item '" + shortened(step.text) + "' in this list of " +
                   std::to_string(node.items.size()) + did_you_mean(step.text, names),
               names.empty() ? "an index from 0" : "one of " + joined(names));
    }

    std::uint32_t source_;
    Report& report_;
};

}  // namespace

std::vector<PathStep> parse_path(std::string_view path) {
    std::vector<PathStep> steps;
    std::size_t i = 0;
    while (i < path.size()) {
        const bool bracketed = path[i] == '[';
        if (bracketed || (path[i] == '.' && i > 0)) ++i;
        const std::size_t end =
            std::min(bracketed ? path.find(']', i) : path.find_first_of(".[]", i), path.size());
        if (end == i || (bracketed && end == path.size())) return {};
        steps.push_back({path.substr(i, end - i), i, bracketed});
        i = bracketed ? end + 1 : end;
        const bool goes_on = i == path.size() || path[i] == '[' || path[i] == '.';
        if (!goes_on || (i + 1 == path.size())) return {};
    }
    return steps;
}

const Node* find_path(const Node& root, std::string_view path) {
    const Node* node = &root;
    const std::vector<PathStep> steps = parse_path(path);
    if (steps.empty()) return nullptr;
    for (const PathStep& step : steps) {
        node = find_step(*node, step);
        if (node == nullptr) return nullptr;
    }
    return node;
}

const Node& find_nearest(const Node& root, std::string_view path) {
    while (!path.empty()) {
        if (const Node* node = find_path(root, path)) return *node;
        const std::size_t end = path.find_last_of(".[");
        path = path.substr(0, end == std::string_view::npos ? 0 : end);
    }
    return root;
}

void apply_override(Document& document, std::string_view assignment, Report& report) {
    Target target{document.sources, assignment, report};
    const std::size_t sign = assignment_sign(assignment);
    const std::string_view path = assignment.substr(0, sign);
    const std::vector<PathStep> steps = parse_path(path);
    if (sign == std::string_view::npos || steps.empty()) {
        target.refuse_whole("'" + shortened(assignment) + "' is not an assignment to a path",
                            "--set a.b=c or --set populations[fund-a].cash=1.2B");
        return;
    }
    if (steps.size() > depth_max || assignment.size() > text_bytes_max) {
        target.refuse_whole("this path or value is too long", "");
        return;
    }

    const std::string_view written = assignment.substr(sign + 1);
    const std::uint32_t source =
        document.sources.add("--set " + std::string{path}, std::string{written});
    Node value;
    value.place = {source, 0, 1};
    if (written.find_first_not_of(" \t") != std::string_view::npos) {
        std::size_t nodes_left = nodes_max;
        std::optional<Node> parsed = parse_yaml(document.sources, source, nodes_left, report);
        if (!parsed) return;
        value = std::move(*parsed);
    }
    if (Node* node = target.find(document.root, path, steps)) merge(*node, std::move(value));
}

}  // namespace crowdout::world
