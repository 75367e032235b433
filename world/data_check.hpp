// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "world/config.hpp"

namespace crowdout::world {

/// A field of a world that follows a series of the past.
struct SeriesUse {
    std::string path;         ///< of the field: `populations[oracle].capex_series`
    std::string series;       ///< its name
    agents::FieldInfo field;  ///< whose unit and range its values must have
};

/// Every field that follows a series, in the order of the file.
[[nodiscard]] std::vector<SeriesUse> series_uses(const WorldConfig& config);

/// Reports inputs that have another unit than their field, and those that no run may be given: what
/// comes out of a run, such as a price, is never put in. Part of the check of a whole world.
/// Source: mechanisms, rule 6 (no outcome as input).
void check_data(const WorldConfig& config, agents::Complaints& complaints);

/// What is worth saying of a world's inputs and no mistake: series that end before the run does.
/// A sentence each.
[[nodiscard]] std::vector<std::string> data_notes(const WorldConfig& config);

}  // namespace crowdout::world
