// SPDX-License-Identifier: Apache-2.0
#include "world/schema.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "world/field_printer.hpp"
#include "world/field_reader.hpp"
#include "world/json_lines.hpp"
#include "world/quantity_text.hpp"
#include "world/schema_definitions.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

using Kind = Type::Kind;

std::string member(std::string_view key, const std::string& value) {
    return json_quoted(key) + ": " + value;
}

std::string object(const std::vector<std::string>& members) {
    std::string text = "{";
    for (const std::string& each : members) text += (text.size() > 1 ? ", " : "") + each;
    return text + "}";
}

std::string array(const std::vector<std::string>& items) {
    std::string text = "[";
    for (const std::string& each : items) text += (text.size() > 1 ? ", " : "") + each;
    return text + "]";
}

std::string text_matching(const std::string& pattern) {
    return object({member("type", "\"string\""), member("pattern", json_quoted(pattern))});
}

constexpr std::array<std::string_view, 8> dimension_names{
    "number", "ratio", "rate", "money", "money_rate", "price", "quantity", "duration"};

/// A definition that every field of a dimension shares: `text`s with a unit, or `distribution`s.
std::string shared_name(Dimension dimension, std::string_view what) {
    return std::string{dimension_names[static_cast<std::size_t>(dimension)]} + "_" +
           std::string{what};
}

std::string shared(Dimension dimension, std::string_view what) {
    return object({member("$ref", json_quoted("#/definitions/" + shared_name(dimension, what)))});
}

/// A number of a dimension: bare, or as a text with its unit.
std::string number_schema(const FieldInfo& info, bool whole) {
    std::vector<std::string> bare{member("type", whole ? "\"integer\"" : "\"number\"")};
    const bool has_range = bare_number_allowed(info.unit);
    if (!has_range) bare = {member("const", "0")};
    if (has_range && std::isfinite(info.min)) {
        bare.push_back(member("minimum", format_real(info.min, Dimension::number)));
    }
    if (has_range && info.positive) bare.push_back(member("exclusiveMinimum", "0"));
    if (has_range && std::isfinite(info.max)) {
        bare.push_back(member("maximum", format_real(info.max, Dimension::number)));
    }
    return object({member("anyOf", array({object(bare), shared(info.unit, "text")}))});
}

std::string map_of(const std::vector<std::pair<std::string, std::string>>& properties) {
    std::vector<std::string> members;
    std::vector<std::string> required;
    for (const auto& [key, schema] : properties) {
        members.push_back(member(key, schema));
        required.push_back(json_quoted(key));
    }
    return object({member("type", "\"object\""), member("properties", object(members)),
                   member("required", array(required)), member("additionalProperties", "false")});
}

/// The shapes of a distribution; ranges of what is drawn are left to the reader.
std::string distribution_schema(Dimension dimension) {
    FieldInfo free;
    free.unit = dimension;
    const std::string value = number_schema(free, false);
    FieldInfo plain;
    plain.positive = true;
    const std::string factor = number_schema(plain, false);
    const auto list = [](const std::string& item) {
        return object({member("type", "\"array\""), member("items", item)});
    };
    const std::vector<std::pair<std::string, std::string>> shapes{
        {"normal", map_of({{"mean", value}, {"sd", value}})},
        {"lognormal", map_of({{"median", value}, {"sigma", factor}})},
        {"pareto", map_of({{"min", value}, {"alpha", factor}})},
        {"exponential", map_of({{"mean", value}})},
        {"uniform", object({member("type", "\"array\""), member("items", value),
                            member("minItems", "2"), member("maxItems", "2")})},
        {"choice",
         object({member("type", "\"object\""),
                 member("properties",
                        object({member("values", list(value)),
                                member("weights", list(object({member("type", "\"number\""),
                                                               member("minimum", "0")})))})),
                 member("required", "[\"values\"]"), member("additionalProperties", "false")})},
    };
    std::vector<std::string> properties{member("min", value), member("max", value)};
    std::vector<std::string> one_of;
    for (const auto& [key, schema] : shapes) {
        properties.push_back(member(key, schema));
        one_of.push_back(object({member("required", array({json_quoted(key)}))}));
    }
    return object({member("type", "\"object\""), member("properties", object(properties)),
                   member("oneOf", array(one_of)), member("additionalProperties", "false")});
}

/// What fields of the same dimension share, so that the schema stays small.
std::vector<std::pair<std::string, std::string>> shared_definitions() {
    std::vector<std::pair<std::string, std::string>> all;
    for (std::size_t i = 0; i < dimension_names.size(); ++i) {
        const auto dimension = static_cast<Dimension>(i);
        all.emplace_back(shared_name(dimension, "text"), text_matching(unit_pattern(dimension)));
        all.emplace_back(shared_name(dimension, "distribution"), distribution_schema(dimension));
    }
    return all;
}

/// Which of the required keys a map must have. A world that stands on another one may leave out
/// all of them, but items of a list are matched by name.
enum class Required : std::uint8_t { all, name, none };

Required inside(Required required, Kind kind) {
    if (required == Required::all) return required;
    return kind == Kind::named_list ? Required::name : Required::none;
}

std::string type_schema(const Type& type, const FieldInfo& info, Required required,
                        SchemaDefinitions& definitions);

/// Gathers the properties of one struct; a variant gives one list of them for each of its tags.
class GroupSchema final : public FieldSink {
public:
    GroupSchema(Required which, SchemaDefinitions& definitions)
        : which_{which}, definitions_{definitions} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* value) override {
        const bool is_name = std::string_view{key} == "name";
        if (info.required && (which_ == Required::all || (which_ == Required::name && is_name))) {
            required_.push_back(json_quoted(key));
        }
        if (type.kind == Kind::variant) {
            variant_key_ = key;
            catalogue_ = type.catalogue();
            variant_required_ = info.required;
            return;
        }
        const std::string schema = type_schema(type, info, which_, definitions_);
        const std::string default_text = value_text(type, info, value);
        const std::string described = with(schema, described_with(info, default_text));
        properties_.push_back(member(key, definitions_.refer(key, described)));
    }

    [[nodiscard]] std::string text(const std::vector<std::string>& more = {}) const {
        if (catalogue_.empty()) return object_text(properties_, more);
        std::vector<std::string> choices;
        if (!variant_required_) choices.push_back(object_text(properties_, more));
        for (const CatalogueEntry& entry : catalogue_) {
            GroupSchema params{which_, definitions_};
            const std::shared_ptr<void> value = entry.params->make();
            entry.params->visit(value.get(), params);
            params.properties_.insert(params.properties_.begin(), properties_.begin(),
                                      properties_.end());
            params.required_.insert(params.required_.begin(), required_.begin(), required_.end());
            const std::string tag = object(
                {member("const", json_quoted(entry.tag)),
                 member("description", json_quoted(both_languages(entry.help, entry.help_zh)))});
            params.properties_.insert(params.properties_.begin(),
                                      member(variant_key_, definitions_.refer(variant_key_, tag)));
            // Without its tag a field of a variant belongs to nothing.
            if (!variant_required_) params.required_.push_back(json_quoted(variant_key_));
            choices.push_back(params.object_text(params.properties_, more));
        }
        return object({member("anyOf", array(choices))});
    }

private:
    static std::string both_languages(std::string_view help, std::string_view help_zh) {
        std::string text{help};
        if (!help.empty() && !help_zh.empty()) text += "\n";
        return text + std::string{help_zh};
    }

    static std::string described_with(const FieldInfo& info, const std::string& default_text) {
        std::string text = both_languages(info.help, info.help_zh);
        const std::string range = range_text(info);
        if (!range.empty()) text += (text.empty() ? "" : "\n") + ("Range: " + range);
        if (!info.required && !default_text.empty() && default_text != "\"\"") {
            text += (text.empty() ? "" : "\n") + ("Default: " + default_text);
        }
        return text;
    }

    static std::string with(const std::string& schema, const std::string& description) {
        if (description.empty()) return schema;
        return "{" + member("description", json_quoted(description)) + ", " + schema.substr(1);
    }

    [[nodiscard]] std::string object_text(const std::vector<std::string>& properties,
                                          const std::vector<std::string>& more) const {
        std::vector<std::string> all = more;
        all.insert(all.end(), properties.begin(), properties.end());
        std::vector<std::string> members{member("type", "\"object\""),
                                         member("properties", object(all))};
        if (!required_.empty()) members.push_back(member("required", array(required_)));
        members.push_back(member("additionalProperties", "false"));
        return object(members);
    }

    Required which_;
    SchemaDefinitions& definitions_;
    std::vector<std::string> properties_;
    std::vector<std::string> required_;
    std::string variant_key_;
    bool variant_required_ = false;
    Catalogue catalogue_;
};

std::string group_schema(const Type& type, Required required, SchemaDefinitions& definitions,
                         const std::vector<std::string>& more = {}) {
    GroupSchema group{required, definitions};
    const std::shared_ptr<void> value = type.make();
    type.visit(value.get(), group);
    return group.text(more);
}

std::string choice_schema(const agents::EnumNames& names) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < names.size; ++i) items.push_back(json_quoted(names.data[i]));
    return object({member("enum", array(items))});
}

/// A bare number, or a text with a unit of any dimension.
std::string bound_schema() {
    std::vector<std::string> forms{object({member("type", "\"number\"")})};
    for (const Dimension each : {Dimension::number, Dimension::ratio, Dimension::rate,
                                 Dimension::money, Dimension::duration}) {
        forms.push_back(shared(each, "text"));
    }
    return object({member("anyOf", array(forms))});
}

std::string type_schema(const Type& type, const FieldInfo& info, Required required,
                        SchemaDefinitions& definitions) {
    FieldInfo number = info;
    switch (type.kind) {
        case Kind::boolean:
            return object({member("type", "\"boolean\"")});
        case Kind::text:
            return object({member("type", "\"string\"")});
        case Kind::time:
            return text_matching(time_pattern());
        case Kind::choice:
            return choice_schema(type.names);
        case Kind::money:
            if (number.unit != Dimension::money_rate) number.unit = Dimension::money;
            return number_schema(number, false);
        case Kind::duration:
            number.unit = Dimension::duration;
            return number_schema(number, false);
        case Kind::integer:
            return number_schema(info, info.unit == Dimension::number);
        case Kind::real:
            return number_schema(info, false);
        case Kind::distribution:
            return object({member(
                "anyOf", array({number_schema(info, false), shared(info.unit, "distribution")}))});
        case Kind::bound:
            return bound_schema();
        case Kind::group:
            return group_schema(type, required, definitions);
        case Kind::optional:
            return object(
                {member("anyOf", array({type_schema(*type.item(), info, required, definitions),
                                        object({member("type", "\"null\"")})}))});
        case Kind::list:
        case Kind::named_list:
            return object({member("type", "\"array\""),
                           member("items", type_schema(*type.item(), part_info(info),
                                                       inside(required, type.kind), definitions)),
                           member("minItems", std::to_string(info.items_min))});
        case Kind::map:
            return object({member("type", "\"object\""),
                           member("additionalProperties",
                                  type_schema(*type.item(), part_info(info),
                                              inside(required, type.kind), definitions)),
                           member("minProperties", std::to_string(info.items_min))});
        case Kind::literal:
            return R"({"not": {"type": "null"}})";
        case Kind::variant:
            break;  // its fields belong to the group around it
    }
    return "{}";
}

}  // namespace

std::string json_schema(const Type& type, const std::string& title) {
    const std::string files =
        R"({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], )"
        R"("description": "World files that this one stands on; later ones win.)"
        R"(\n本文件所依据的世界文件，后者优先。"})";
    const std::vector<std::string> more{member("extends", files), member("include", files)};
    SchemaDefinitions definitions;
    std::vector<std::pair<std::string, std::string>> named{
        {"world", group_schema(type, Required::all, definitions, more)},
        {"part", group_schema(type, Required::none, definitions, more)}};
    for (auto& each : shared_definitions()) named.push_back(std::move(each));
    const std::string json =
        object({member("$schema", "\"http://json-schema.org/draft-07/schema#\""),
                member("title", json_quoted(title)),
                member("if", R"({"anyOf": [{"required": ["extends"]}, )"
                             R"({"required": ["include"]}]})"),
                member("then", R"({"$ref": "#/definitions/part"})"),
                member("else", R"({"$ref": "#/definitions/world"})"),
                member("definitions", object(definitions.members(std::move(named))))});
    return json_lines(json) + "\n";
}

}  // namespace crowdout::world
