// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "world/field_printer.hpp"
#include "world/field_reader.hpp"
#include "world/quantity_text.hpp"
#include "world/schema.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

using Kind = Type::Kind;

/// What a person would call the type, for a column of a table.
std::string type_name(const Type& type, const FieldInfo& info) {
    constexpr std::string_view dimensions[] = {"number",         "share", "rate",     "money",
                                               "money per time", "price", "quantity", "duration"};
    const std::string dimension{dimensions[static_cast<std::size_t>(info.unit)]};
    switch (type.kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer:
            return info.unit == Dimension::number ? "whole number" : dimension;
        case Kind::real:
            return dimension;
        case Kind::money:
            return info.unit == Dimension::money_rate ? "money per time" : "money";
        case Kind::duration:
            return "duration";
        case Kind::time:
            return "date or moment";
        case Kind::text:
            return info.refers_to == Reference::none ? "text" : "name";
        case Kind::literal:
            return "value";
        case Kind::distribution:
            return dimension + " or distribution";
        case Kind::bound:
            return "number with its unit";
        case Kind::choice:
        case Kind::variant:
            return "choice";
        case Kind::group:
            return "map";
        case Kind::optional:
            return type_name(*type.item(), info);
        case Kind::list:
        case Kind::named_list:
            return "list: " + type_name(*type.item(), info);
        case Kind::map:
            return "map: " + type_name(*type.item(), info);
    }
    return "";
}

/// The type under optionals, lists and maps.
const Type& innermost(const Type& type) {
    return type.item == nullptr ? type : innermost(*type.item());
}

bool is_number(Kind kind) {
    return kind == Kind::integer || kind == Kind::real || kind == Kind::money ||
           kind == Kind::duration || kind == Kind::distribution;
}

/// Walks default values, so that what is listed as a default is what the reader leaves.
class Lister final : public FieldSink {
public:
    Lister(std::vector<FieldRow>& rows, std::string path, std::string tag)
        : rows_{rows}, path_{std::move(path)}, tag_{std::move(tag)} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        const Type& inner = innermost(type);
        FieldRow row;
        row.path = path_.empty() ? key : path_ + "." + key;
        row.tag = tag_;
        row.type = type_name(type, info);
        row.required = info.required;
        row.help = info.help;
        row.help_zh = info.help_zh;
        if (is_number(inner.kind)) {
            FieldInfo unit = info;
            if (inner.kind == Kind::duration) unit.unit = Dimension::duration;
            row.unit = unit_name(unit.unit);
            row.range = range_text(unit);
        }
        if (inner.kind == Kind::choice) row.range = choices(inner.names);
        if (type.kind == Kind::variant) row.range = choices(type.catalogue());
        if (!info.required && inner.kind != Kind::group && type.kind != Kind::variant) {
            row.default_value = value_text(type, info, member);
        }
        rows_.push_back(row);
        descend(type, inner, row.path);
    }

private:
    /// Goes into structs behind optionals and lists, and into every choice of a variant.
    void descend(const Type& type, const Type& inner, const std::string& path) {
        if (type.kind == Kind::variant) {
            for (const CatalogueEntry& entry : type.catalogue()) {
                const std::shared_ptr<void> params = entry.params->make();
                Lister lister{rows_, path_, std::string{entry.tag}};
                entry.params->visit(params.get(), lister);
            }
        } else if (inner.kind == Kind::group) {
            const bool many =
                type.kind == Kind::list || type.kind == Kind::named_list || type.kind == Kind::map;
            const std::shared_ptr<void> group = inner.make();
            Lister lister{rows_, many ? path + "[]" : path, tag_};
            inner.visit(group.get(), lister);
        }
    }

    static std::string choices(const agents::EnumNames& names) {
        return joined(std::span{names.data, names.size}, names.size);
    }
    static std::string choices(Catalogue catalogue) {
        std::vector<std::string_view> tags;
        for (const CatalogueEntry& entry : catalogue) tags.push_back(entry.tag);
        return joined(tags, tags.size());
    }

    std::vector<FieldRow>& rows_;
    std::string path_;
    std::string tag_;
};

}  // namespace

std::vector<FieldRow> list_fields(const Type& type) {
    std::vector<FieldRow> rows;
    Lister lister{rows, "", ""};
    const std::shared_ptr<void> group = type.make();
    type.visit(group.get(), lister);
    return rows;
}

}  // namespace crowdout::world
