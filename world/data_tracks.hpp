// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "world/config.hpp"
#include "world/measure.hpp"
#include "world/tracks.hpp"

namespace crowdout::world {

/// Whether a world has series that questions can be put to: prices, or figures of the world.
[[nodiscard]] bool has_past(const WorldConfig& config);

/// The same question put to the past as the world's series have it, its stretch taken by dates:
/// `from: 10d` is ten days after the world's start there too.
///
/// Prices are those of the tables and no others: a question about two prices looks at the moments
/// that both tables have. Where the tables do not reach over the stretch (to a day), or do not have
/// what the measure needs, there is no value but a reason: they know no depth, volume or flow.
[[nodiscard]] Measured evaluate_past(const MeasureConfig& asked, const WorldConfig& config);

/// The world's series as tracks, as far as `needs` asks for them: rows are the moments that all
/// prices asked for have in their tables, or every hour where only figures are asked for; none
/// lies after `until`.
[[nodiscard]] Tracks past_tracks(const WorldConfig& config, const TrackNeeds& needs,
                                 market::Time until);

}  // namespace crowdout::world
