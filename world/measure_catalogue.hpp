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
    void (*need)(const void* params, TrackNeeds& needs) = nullptr;
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

}  // namespace crowdout::world
