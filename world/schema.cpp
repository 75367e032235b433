// SPDX-License-Identifier: Apache-2.0
#include "world/schema.hpp"

#include <cmath>
#include <utility>

#include "world/field_printer.hpp"
#include "world/field_reader.hpp"
#include "world/quantity_text.hpp"
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

/// The same JSON with a line for each member, so that a change of one field changes few lines.
std::string indented(const std::string& json) {
    std::string text;
    std::size_t depth = 0;
    bool in_text = false;
    bool escaped = false;
    const auto new_line = [&] { text += "\n" + std::string(depth, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"' && !escaped) in_text = !in_text;
        escaped = in_text && c == '\\' && !escaped;
        const bool opens = !in_text && (c == '{' || c == '[');
        const bool closes = !in_text && (c == '}' || c == ']');
        const bool is_empty = opens && (json[i + 1] == '}' || json[i + 1] == ']');
        const bool was_empty = closes && (json[i - 1] == '{' || json[i - 1] == '[');
        if (closes) --depth;
        if (closes && !was_empty) new_line();
        if (!in_text && c == ' ' && json[i - 1] == ',') continue;
        text += c;
        if (opens) ++depth;
        if ((opens && !is_empty) || (!in_text && c == ',')) new_line();
    }
    return text;
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
    return object({member("anyOf", array({object(bare), text_matching(unit_pattern(info.unit))}))});
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

std::string distribution_schema(const FieldInfo& info) {
    const std::string bounded = number_schema(info, false);
    FieldInfo free;
    free.unit = info.unit;
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
        {"uniform", object({member("type", "\"array\""), member("items", bounded),
                            member("minItems", "2"), member("maxItems", "2")})},
        {"choice",
         object({member("type", "\"object\""),
                 member("properties",
                        object({member("values", list(bounded)),
                                member("weights", list(object({member("type", "\"number\""),
                                                               member("minimum", "0")})))})),
                 member("required", "[\"values\"]"), member("additionalProperties", "false")})},
    };
    std::vector<std::string> properties{member("min", bounded), member("max", bounded)};
    std::vector<std::string> one_of;
    for (const auto& [key, schema] : shapes) {
        properties.push_back(member(key, schema));
        one_of.push_back(object({member("required", array({json_quoted(key)}))}));
    }
    const std::string shaped =
        object({member("type", "\"object\""), member("properties", object(properties)),
                member("oneOf", array(one_of)), member("additionalProperties", "false")});
    return object({member("anyOf", array({bounded, shaped}))});
}

/// Which of the required keys a map must have. A world that stands on another one may leave out
/// all of them, but items of a list are matched by name.
enum class Required : std::uint8_t { all, name, none };

Required inside(Required required, Kind kind) {
    if (required == Required::all) return required;
    return kind == Kind::named_list ? Required::name : Required::none;
}

std::string type_schema(const Type& type, const FieldInfo& info, Required required);

/// Gathers the properties of one struct; a variant gives one list of them for each of its tags.
class GroupSchema final : public FieldSink {
public:
    explicit GroupSchema(Required which) : which_{which} {}

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
        const std::string schema = type_schema(type, info, which_);
        const std::string default_text = value_text(type, info, value);
        properties_.push_back(member(key, with(schema, described_with(info, default_text))));
    }

    [[nodiscard]] std::string text(const std::vector<std::string>& more = {}) const {
        if (catalogue_.empty()) return object_text(properties_, more);
        std::vector<std::string> choices;
        if (!variant_required_) choices.push_back(object_text(properties_, more));
        for (const CatalogueEntry& entry : catalogue_) {
            GroupSchema params{which_};
            const std::shared_ptr<void> value = entry.params->make();
            entry.params->visit(value.get(), params);
            params.properties_.insert(params.properties_.begin(), properties_.begin(),
                                      properties_.end());
            params.required_.insert(params.required_.begin(), required_.begin(), required_.end());
            const std::string tag = object(
                {member("const", json_quoted(entry.tag)),
                 member("description", json_quoted(both_languages(entry.help, entry.help_zh)))});
            params.properties_.insert(params.properties_.begin(), member(variant_key_, tag));
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
    std::vector<std::string> properties_;
    std::vector<std::string> required_;
    std::string variant_key_;
    bool variant_required_ = false;
    Catalogue catalogue_;
};

std::string group_schema(const Type& type, Required required,
                         const std::vector<std::string>& more) {
    GroupSchema group{required};
    const std::shared_ptr<void> value = type.make();
    type.visit(value.get(), group);
    return group.text(more);
}

std::string choice_schema(const agents::EnumNames& names) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < names.size; ++i) items.push_back(json_quoted(names.data[i]));
    return object({member("enum", array(items))});
}

std::string type_schema(const Type& type, const FieldInfo& info, Required required) {
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
            return distribution_schema(info);
        case Kind::group:
            return group_schema(type, required, {});
        case Kind::optional:
            return object({member("anyOf", array({type_schema(*type.item(), info, required),
                                                  object({member("type", "\"null\"")})}))});
        case Kind::list:
        case Kind::named_list:
            return object({member("type", "\"array\""),
                           member("items", type_schema(*type.item(), part_info(info),
                                                       inside(required, type.kind))),
                           member("minItems", std::to_string(info.items_min))});
        case Kind::map:
            return object({member("type", "\"object\""),
                           member("additionalProperties", type_schema(*type.item(), part_info(info),
                                                                      inside(required, type.kind))),
                           member("minProperties", std::to_string(info.items_min))});
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
    return indented(object(
               {member("$schema", "\"http://json-schema.org/draft-07/schema#\""),
                member("title", json_quoted(title)),
                member("if", R"({"anyOf": [{"required": ["extends"]}, )"
                             R"({"required": ["include"]}]})"),
                member("then", R"({"$ref": "#/definitions/part"})"),
                member("else", R"({"$ref": "#/definitions/world"})"),
                member("definitions",
                       object({member("world", group_schema(type, Required::all, more)),
                               member("part", group_schema(type, Required::none, more))}))})) +
           "\n";
}

}  // namespace crowdout::world
