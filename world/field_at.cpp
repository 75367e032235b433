// SPDX-License-Identifier: Apache-2.0
#include "world/field_at.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "market/units.hpp"
#include "world/field_reader.hpp"
#include "world/overrides.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {
namespace {

using Kind = Type::Kind;

/// Finds one key among the fields of a struct and of what its variants chose.
class KeyFinder final : public FieldSink {
public:
    explicit KeyFinder(std::string_view key) : key_{key} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        if (key_ == key) found_ = FieldAt{&type, info, member, nullptr};
        if (type.kind != Kind::variant) return;
        const VariantValue& value = *type.as_variant(member);
        if (value.entry != nullptr) value.entry->params->visit(value.params.get(), *this);
    }
    [[nodiscard]] const std::optional<FieldAt>& found() const { return found_; }

private:
    std::string_view key_;
    std::optional<FieldAt> found_;
};

/// The name of a list's item, "" where it has none.
std::string name_of(const Type& type, void* item) {
    KeyFinder finder{"name"};
    type.visit(item, finder);
    const bool is_text = finder.found() && finder.found()->type->kind == Kind::text;
    return is_text ? *static_cast<const std::string*>(finder.found()->object) : std::string{};
}

std::optional<FieldAt> item_at(const FieldAt& list, const PathStep& step) {
    const Type& item = *list.type->item();
    const FieldInfo info = part_info(list.info);
    const std::size_t size = list.type->size(list.object);
    for (std::size_t i = 0; item.kind == Kind::group && i < size; ++i) {
        void* object = list.type->at(list.object, i);
        if (name_of(item, object) == step.text) return FieldAt{&item, info, object, nullptr};
    }
    std::size_t index = 0;
    const char* end = step.text.data() + step.text.size();
    const auto parsed = std::from_chars(step.text.data(), end, index);
    if (!step.bracketed || parsed.ec != std::errc{} || parsed.ptr != end || index >= size) {
        return std::nullopt;
    }
    return FieldAt{&item, info, list.type->at(list.object, index), nullptr};
}

FieldAt value_at(const FieldAt& map, std::string_view key) {
    const Type& item = *map.type->item();
    const FieldInfo info = part_info(map.info);
    for (std::size_t i = 0; i < map.type->size(map.object); ++i) {
        if (map.type->key_at(map.object, i) == key) {
            return {&item, info, map.type->at(map.object, i), nullptr};
        }
    }
    const std::shared_ptr<void> made = item.make();
    return {&item, info, made.get(), made};
}

/// What an optional holds, or would.
FieldAt without_optional(FieldAt field) {
    if (field.type->kind != Kind::optional) return field;
    const Type& item = *field.type->item();
    if (field.type->size(field.object) > 0) {
        return {&item, field.info, field.type->at(field.object, 0), field.made};
    }
    const std::shared_ptr<void> made = item.make();
    return {&item, field.info, made.get(), made};
}

std::optional<FieldAt> step_into(const FieldAt& field, const PathStep& step) {
    switch (field.type->kind) {
        case Kind::group: {
            KeyFinder finder{step.text};
            field.type->visit(field.object, finder);
            return finder.found();
        }
        case Kind::map:
            return value_at(field, step.text);
        case Kind::list:
        case Kind::named_list:
            return item_at(field, step);
        default:
            return std::nullopt;
    }
}

/// How many of what a field's type counts make one of its unit; 0 for a double.
std::int64_t counted_per_unit(const FieldAt& field) {
    if (field.type->kind == Kind::money) return market::money_per_dollar;
    if (field.type->kind == Kind::duration) return market::second.ns;
    if (field.type->kind != Kind::integer) return 0;
    const bool billionths =
        field.info.unit == Dimension::ratio || field.info.unit == Dimension::rate;
    return billionths ? market::r9_one : 1;
}

}  // namespace

std::optional<FieldAt> find_field(const Type& type, void* object, std::string_view path) {
    const std::vector<PathStep> steps = parse_path(path);
    if (steps.empty()) return std::nullopt;
    std::optional<FieldAt> field = FieldAt{&type, {}, object, nullptr};
    for (const PathStep& step : steps) {
        const std::shared_ptr<void> kept = field->made;
        field = step_into(*field, step);
        if (!field) return std::nullopt;
        if (!field->made) field->made = kept;
        field = without_optional(*std::move(field));
    }
    return field;
}

std::optional<double> number_in(const FieldAt& field) {
    const auto in_units = [&](std::int64_t counted) {
        return static_cast<double>(counted) / static_cast<double>(counted_per_unit(field));
    };
    switch (field.type->kind) {
        case Kind::integer:
            return in_units(*static_cast<const std::int64_t*>(field.object));
        case Kind::real:
            return *static_cast<const double*>(field.object);
        case Kind::money:
            return in_units(static_cast<const market::Money*>(field.object)->value());
        case Kind::duration:
            return in_units(static_cast<const market::Duration*>(field.object)->ns);
        case Kind::distribution: {
            const auto& value = *static_cast<const agents::Distribution*>(field.object);
            if (value.kind != agents::Distribution::Kind::constant) return std::nullopt;
            return value.a;
        }
        default:
            return std::nullopt;
    }
}

std::optional<agents::Dimension> number_unit(const FieldAt& field) {
    switch (field.type->kind) {
        case Kind::integer:
        case Kind::real:
        case Kind::distribution:
            return field.info.unit;
        case Kind::money:
            return field.info.unit == Dimension::money_rate ? field.info.unit : Dimension::money;
        case Kind::duration:
            return Dimension::duration;
        default:
            return std::nullopt;
    }
}

std::string number_literal(const FieldAt& field, double value) {
    const Dimension unit = number_unit(field).value_or(Dimension::number);
    const std::int64_t per_unit = counted_per_unit(field);
    if (per_unit == 0) return format_real(value, unit);
    const double counted = std::floor(value * static_cast<double>(per_unit) + 0.5);
    constexpr double most = 9.2e18;  // within 64 bits, with room for rounding
    return format_exact(static_cast<std::int64_t>(std::clamp(counted, -most, most)), unit,
                        per_unit);
}

}  // namespace crowdout::world
