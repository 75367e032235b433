// SPDX-License-Identifier: Apache-2.0
#include "world/schema_definitions.hpp"

#include "world/text.hpp"

namespace crowdout::world {

namespace {

constexpr std::string_view reference_start = R"({"$ref": "#/definitions/)";
constexpr std::string_view reference_end = R"("})";

std::string reference_to(const std::string& name) {
    return std::string{reference_start} + name + std::string{reference_end};
}

/// Calls `plain` for the text between references, and `name` for what each refers to, in order.
template <class Plain, class Name>
void walk(std::string_view text, const Plain& plain, const Name& name) {
    while (true) {
        const std::size_t at = text.find(reference_start);
        plain(text.substr(0, at));
        if (at == std::string_view::npos) return;
        text.remove_prefix(at + reference_start.size());
        const std::size_t end = text.find(reference_end);
        name(std::string{text.substr(0, end)});
        text.remove_prefix(end + reference_end.size());
    }
}

void count_references(std::string_view text, std::map<std::string, std::size_t>& counts) {
    walk(
        text, [](std::string_view) {}, [&](const std::string& name) { ++counts[name]; });
}

}  // namespace

std::string SchemaDefinitions::refer(std::string_view key, const std::string& schema) {
    const auto known = name_by_schema_.find(schema);
    if (known != name_by_schema_.end()) return reference_to(known->second);
    // A point keeps these names apart from those of definitions that have a name of their own.
    std::size_t& count = count_by_key_[std::string{key}];
    const std::string name = std::string{key} + "." + std::to_string(count + 1);
    if (schema.size() <= reference_to(name).size()) return schema;
    ++count;
    name_by_schema_.emplace(schema, name);
    schema_by_name_.emplace(name, schema);
    return reference_to(name);
}

std::vector<std::string> SchemaDefinitions::members(
    std::vector<std::pair<std::string, std::string>> given) const {
    std::map<std::string, std::size_t> counts;
    for (const auto& [name, schema] : given) count_references(schema, counts);
    for (const auto& [name, schema] : schema_by_name_) count_references(schema, counts);
    for (const auto& each : schema_by_name_) {
        if (counts[each.first] > 1) given.push_back(each);
    }
    std::vector<std::string> all;
    for (const auto& [name, schema] : given) {
        all.push_back(json_quoted(name) + ": " + resolved(schema, counts));
    }
    return all;
}

std::string SchemaDefinitions::resolved(std::string_view text,
                                        const std::map<std::string, std::size_t>& counts) const {
    std::string result;
    walk(
        text, [&](std::string_view plain) { result += plain; },
        [&](const std::string& name) {
            const auto known = schema_by_name_.find(name);
            const bool is_alone = known != schema_by_name_.end() && counts.at(name) == 1;
            result += is_alone ? resolved(known->second, counts) : reference_to(name);
        });
    return result;
}

}  // namespace crowdout::world
