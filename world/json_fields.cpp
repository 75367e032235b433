// SPDX-License-Identifier: Apache-2.0
#include "world/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "world/replay_error.hpp"
#include "world/text.hpp"

namespace crowdout::world {

namespace {

[[noreturn]] void refuse(const Node& node, std::string_view wanted) {
    throw ReplayError{fmt::format("'{}' where {} should stand", shortened(node.text), wanted),
                      node.place.offset};
}

template <class T>
T parsed(const Node& node, std::string_view wanted) {
    T value{};
    const char* end = node.text.data() + node.text.size();
    const auto result = std::from_chars(node.text.data(), end, value);
    const bool is_whole = result.ec == std::errc{} && result.ptr == end;
    if (node.kind != Node::Kind::scalar || !is_whole) refuse(node, wanted);
    return value;
}

}  // namespace

std::string json_number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

void JsonWriter::begin_field(std::string_view name) {
    if (text_.back() != '{') text_ += ", ";
    quote(name);
    text_ += ": ";
}

void JsonWriter::quote(std::string_view text) {
    text_ += json_quoted(text);
}

const Node* JsonReader::field(std::string_view name) const {
    return node_.find(name);
}

const std::vector<Node>& JsonReader::list() const {
    if (node_.kind != Node::Kind::list) refuse(node_, "a list");
    return node_.items;
}

bool JsonReader::truth() const {
    if (node_.text == "true") return true;
    if (node_.text == "false") return false;
    refuse(node_, "true or false");
}

std::size_t JsonReader::choice(agents::EnumNames names) const {
    const std::string_view* const end = names.data + names.size;
    const std::string_view* const found = std::find(names.data, end, node_.text);
    if (found == end) refuse(node_, "a name that this version knows");
    return static_cast<std::size_t>(found - names.data);
}

double JsonReader::number() const {
    return parsed<double>(node_, "a number");
}

std::uint64_t JsonReader::whole(std::uint64_t most) const {
    const auto value = parsed<std::uint64_t>(node_, "a whole number");
    if (value > most) refuse(node_, "a smaller number");
    return value;
}

std::int64_t JsonReader::whole_signed() const {
    return parsed<std::int64_t>(node_, "a whole number");
}

const std::string& JsonReader::text() const {
    if (node_.kind != Node::Kind::scalar) refuse(node_, "a text");
    return node_.text;
}

void JsonReader::need_struct() const {
    if (node_.kind != Node::Kind::map) refuse(node_, "an object");
}

Node parse_json(std::string_view name, std::string_view text) {
    Sources sources;
    Report report;
    std::size_t nodes_left = nodes_max;
    const std::uint32_t source = sources.add(std::string{name}, std::string{text});
    auto node = parse_yaml(sources, source, nodes_left, report);
    if (!node || !report.ok() || node->kind != Node::Kind::map) {
        throw ReplayError{fmt::format("{} is no JSON object", name), 0};
    }
    return std::move(*node);
}

}  // namespace crowdout::world
