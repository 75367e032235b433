// SPDX-License-Identifier: Apache-2.0
#include "world/data_check.hpp"

#include <string_view>
#include <utility>

#include "world/config_fields.hpp"
#include "world/field_type.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

using agents::Complaints;
using agents::Reference;

namespace {

/// Walks a world's fields and keeps those that name a series.
class UseFinder final : public FieldSink {
public:
    explicit UseFinder(std::vector<SeriesUse>& uses) : uses_{uses} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        look_at(path_.empty() ? key : path_ + "." + key, info, type, member);
    }

private:
    void look_at(const std::string& path, const FieldInfo& info, const Type& type, void* object) {
        switch (type.kind) {
            case Type::Kind::text: {
                const auto& name = *static_cast<const std::string*>(object);
                if (!agents::overlaps(info.refers_to, Reference::data_series)) return;
                if (!name.empty()) uses_.push_back({path, name, info});
                return;
            }
            case Type::Kind::group:
                return look_into(path, type, object);
            case Type::Kind::variant: {
                // Its fields stand in the same map as its tag.
                const VariantValue& value = *type.as_variant(object);
                if (value.entry != nullptr) {
                    value.entry->params->visit(value.params.get(), *this);
                }
                return;
            }
            case Type::Kind::optional:
                if (type.size(object) > 0) look_at(path, info, *type.item(), type.at(object, 0));
                return;
            case Type::Kind::list:
            case Type::Kind::named_list:
                for (std::size_t i = 0; i < type.size(object); ++i) {
                    void* item = type.at(object, i);
                    look_at(path + "[" + name_of(type, item, i) + "]", info, *type.item(), item);
                }
                return;
            default:
                return;
        }
    }

    void look_into(const std::string& path, const Type& type, void* object) {
        std::string outer = std::exchange(path_, path);
        type.visit(object, *this);
        path_ = std::move(outer);
    }

    static std::string name_of(const Type& list, void* item, std::size_t index) {
        /// Reads the one field that lists are addressed by.
        struct NameReader final : FieldSink {
            std::string name;
            void field(const char* key, const FieldInfo&, const Type& type, void* member) override {
                const bool is_name =
                    type.kind == Type::Kind::text && std::string_view{key} == "name";
                if (is_name) name = *static_cast<const std::string*>(member);
            }
        };
        NameReader reader;
        if (list.kind == Type::Kind::named_list) list.item()->visit(item, reader);
        return reader.name.empty() ? std::to_string(index) : reader.name;
    }

    std::vector<SeriesUse>& uses_;
    std::string path_;
};

std::string_view example_of(agents::Dimension unit) {
    switch (unit) {
        case agents::Dimension::rate:
            return "a rate, such as %/yr";
        case agents::Dimension::money_rate:
            return "an amount per year, such as $B/yr";
        default:
            return described(unit);
    }
}

}  // namespace

std::vector<SeriesUse> series_uses(const WorldConfig& config) {
    std::vector<SeriesUse> uses;
    UseFinder finder{uses};
    // The members are only read, but `visit` is one function for readers and writers alike.
    FieldVisitor visitor{finder};
    const_cast<WorldConfig&>(config).visit(visitor);
    return uses;
}

void check_data(const WorldConfig& config, Complaints& complaints) {
    for (const SeriesUse& use : series_uses(config)) {
        const DataSeriesConfig* series = config.data.find(use.series);
        if (series == nullptr) continue;  // told as an unknown name
        const bool is_figure = !series->series.empty() && series->series != "policy_rate";
        if (!series->of.empty() || is_figure) {
            const std::string what = is_figure ? series->series : "the price of " + series->of;
            complaints.error(use.path, use.series + " is " + what +
                                           ", which a run brings forth; only what was decided "
                                           "outside of markets can be put in");
        } else if (dimension_of(series->unit) != use.field.unit) {
            complaints.error(use.path, use.series + " has the unit '" + series->unit +
                                           "'; this is " + std::string{example_of(use.field.unit)});
        }
    }
}

std::vector<std::string> data_notes(const WorldConfig& config) {
    std::vector<std::string> notes;
    const market::Time end = config.start + config.duration;
    for (const SeriesUse& use : series_uses(config)) {
        const DataSeriesConfig* series = config.data.find(use.series);
        if (series == nullptr || series->history.empty()) continue;
        const market::Time last = series->history.points().back().at;
        if (last >= end) continue;
        notes.push_back(use.path + ": " + use.series + " has no row after " + format_time(last) +
                        "; its last value holds to the end of the run");
    }
    return notes;
}

}  // namespace crowdout::world
