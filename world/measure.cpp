// SPDX-License-Identifier: Apache-2.0
#include "world/measure.hpp"

#include <fmt/format.h>

#include <cmath>

#include "world/measure_catalogue.hpp"
#include "world/measure_fields.hpp"
#include "world/statistics_series.hpp"
#include "world/track_view.hpp"
#include "world/tracks.hpp"

namespace crowdout::world {

namespace {

/// Three digits that count: `$1.23 trillion`, `$45.6 million`.
std::string dollars_text(double usd) {
    struct Unit {
        double size;
        std::string_view name;
    };
    constexpr std::array<Unit, 4> units{
        {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}, {1e3, " thousand"}}};
    const std::string_view sign = usd < 0 ? "-" : "";
    for (const Unit& unit : units) {
        const double shown = std::abs(usd) / unit.size;
        if (shown >= 0.9995) return fmt::format("{}${:.4g}{}", sign, shown, unit.name);
    }
    return fmt::format("{}${:.2f}", sign, std::abs(usd));
}

}  // namespace

Measured measured(double value, std::string_view why_not) {
    if (is_missing(value)) throw Undefined{std::string{why_not}};
    return {.value = value, .why_not = {}, .within_run_95 = {}};
}

Measured evaluate(const MeasureConfig& asked, const Tracks& tracks) {
    const MeasureEntry& entry = entry_of(asked.measure);
    const void* params = asked.measure.params.get();
    try {
        const TrackView view{tracks, asked, entry.reference(params)};
        return entry.evaluate(params, view);
    } catch (const Undefined& undefined) {
        return {.value = {}, .why_not = undefined.why, .within_run_95 = {}};
    }
}

TrackNeeds needs_of(std::span<const MeasureConfig> asked) {
    TrackNeeds needs;
    for (const MeasureConfig& each : asked) {
        const MeasureEntry& entry = entry_of(each.measure);
        const void* params = each.measure.params.get();
        entry.need(params, needs);
        TrackNeeds window;
        for (const market::Duration edge : {each.from, each.until}) {
            if (edge.ns > 0) window.edges.push_back(edge);
        }
        if (each.when != When::always) window.books[entry.reference(params)];
        needs.add(window);
    }
    return needs;
}

MeasureUnit unit_of(const MeasureConfig& asked) {
    return entry_of(asked.measure).unit(asked.measure.params.get());
}

MeasureUnit unit_of(const CatalogueEntry& measure) {
    const VariantValue chosen{&measure, measure.params->make()};
    return entry_of(chosen).unit(chosen.params.get());
}

std::string value_text(double value, MeasureUnit unit) {
    switch (unit) {
        case MeasureUnit::number:
            return fmt::format("{:.3g}", value);
        case MeasureUnit::ratio:
            return std::abs(value) < 0.005 && value != 0 ? fmt::format("{:.3g} bp", value * 1e4)
                                                         : fmt::format("{:.3g} %", value * 100);
        case MeasureUnit::rate:
            return fmt::format("{:.4g} %/yr", value * 100);
        case MeasureUnit::usd:
            return dollars_text(value);
        case MeasureUnit::days:
            return fmt::format("{:.3g} d", value);
    }
    return {};
}

}  // namespace crowdout::world
