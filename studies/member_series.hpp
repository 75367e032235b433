// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/time.hpp"
#include "studies/member.hpp"
#include "world/config.hpp"
#include "world/tracks.hpp"

namespace crowdout::studies {

/// Every book's mid, every series and every sector's idle cash on a common grid, for fan charts.
///
/// A value is the last one known at its moment. The grid's first moment is the opening, at which
/// only prices are known: those of the world's file.
/// @param every  positive.
[[nodiscard]] std::vector<MemberSeries> member_series(const world::Tracks& tracks,
                                                      const world::WorldConfig& config,
                                                      market::Duration every);

}  // namespace crowdout::studies
