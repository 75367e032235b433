// SPDX-License-Identifier: Apache-2.0
#include "viz/inject_form.hpp"

#include <algorithm>
#include <memory>

#include "world/catalogue.hpp"
#include "world/field_type.hpp"

namespace crowdout::viz {
namespace {

using agents::Dimension;
using agents::Reference;

const char* example_of(Dimension unit) {
    switch (unit) {
        case Dimension::number:
            return "1.5";
        case Dimension::ratio:
            return "5%";
        case Dimension::rate:
            return "6%/yr";
        case Dimension::money:
            return "$10B";
        case Dimension::money_rate:
            return "$400B/yr";
        case Dimension::price:
            return "$92000";
        case Dimension::quantity:
            return "450";
        case Dimension::duration:
            return "2h";
    }
    return "";
}

/// Turns each declared field into one of a form.
class FormMaker final : public world::FieldSink {
public:
    FormMaker(const world::WorldConfig& world, ShockForm& form) : world_{world}, form_{form} {}

    void field(const char* key, const agents::FieldInfo& info, const world::Type& type,
               void*) override {
        ShockField field{.key = key,
                         .help = info.help,
                         .help_zh = info.help_zh,
                         .required = info.required,
                         .example = example_of(info.unit),
                         .choices = choices_of(info, type)};
        if (!field.choices.empty()) {
            field.example.clear();
            if (field.required) field.value = field.choices.front();
        }
        form_.fields.push_back(std::move(field));
    }

private:
    [[nodiscard]] std::vector<std::string> choices_of(const agents::FieldInfo& info,
                                                      const world::Type& type) const {
        std::vector<std::string> choices;
        if (type.kind == world::Type::Kind::choice) {
            for (std::size_t i = 0; i < type.names.size; ++i) {
                choices.emplace_back(type.names.data[i]);
            }
        }
        const auto add = [&](Reference kind, const auto& list) {
            if (!agents::overlaps(info.refers_to, kind)) return;
            for (const auto& each : list) choices.push_back(each.name);
        };
        add(Reference::instrument, world_.instruments);
        add(Reference::venue, world_.venues);
        add(Reference::sector, world_.sectors);
        add(Reference::institution, world_.institutions);
        add(Reference::population, world_.populations);
        return choices;
    }

    const world::WorldConfig& world_;
    ShockForm& form_;
};

}  // namespace

bool ShockForm::is_complete() const {
    return std::ranges::none_of(
        fields, [](const ShockField& field) { return field.required && field.value.empty(); });
}

std::vector<ShockForm> shock_forms(const world::WorldConfig& world) {
    std::vector<ShockForm> forms;
    for (const world::CatalogueEntry& entry : world::shocks()) {
        ShockForm form{.kind = std::string{entry.tag},
                       .help = entry.help,
                       .help_zh = entry.help_zh,
                       .fields = {}};
        const std::shared_ptr<void> params = entry.params->make();
        FormMaker maker{world, form};
        entry.params->visit(params.get(), maker);
        forms.push_back(std::move(form));
    }
    return forms;
}

std::string shock_yaml(const ShockForm& form) {
    std::string yaml = "kind: " + form.kind + "\n";
    for (const ShockField& field : form.fields) {
        if (!field.value.empty()) yaml += field.key + ": " + field.value + "\n";
    }
    return yaml;
}

}  // namespace crowdout::viz
