// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "world/field_type.hpp"
#include "world/measure.hpp"

namespace crowdout::world {

class TrackView;

/// A measure as a world file sees it, and what its parameters can do; see measure_fields.hpp.
struct MeasureEntry {
    CatalogueEntry entry;
    MeasureUnit (*unit)(const void* params) = nullptr;
    /// What is wrong with its horizons; whatever else is, its own `check` says.
    void (*check)(const void* params, agents::Complaints& complaints) = nullptr;
    void (*need)(const void* params, TrackNeeds& needs) = nullptr;
    /// Whose days of stress count; "" where it looks at the stretch as a whole.
    std::string (*reference)(const void* params) = nullptr;
    /// How long a stretch it needs at the least.
    market::Duration (*span)(const void* params) = nullptr;
    /// The shortest span whose return it takes; 0 where it takes none.
    market::Duration (*horizon)(const void* params) = nullptr;
    Measured (*evaluate)(const void* params, const TrackView& view) = nullptr;
};

/// Everything that can be measured, a line each.
[[nodiscard]] std::span<const MeasureEntry> measure_entries();

/// The entry that a variant chose.
[[nodiscard]] const MeasureEntry& entry_of(const VariantValue& chosen);

struct WorldConfig;
/// What only shows between a question and the world that it is put to: a stretch of time beyond the
/// end of the run, a horizon finer than its steps, days of a kind for a measure that knows none.
/// @param key  where the question stands in its file.
void check_measure(const MeasureConfig& measure, const WorldConfig& config, const std::string& key,
                   agents::Complaints& complaints);

}  // namespace crowdout::world
