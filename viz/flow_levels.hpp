// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/flow_graph.hpp"
#include "viz/flow_window.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// How full a vessel of idle cash is. Dollars above the floor that is kept back for business.
struct IdleCash {
    double usd = 0;
    double peak_usd = 0;  ///< the most so far: a full vessel

    /// 0..1; 0 where there never was any.
    [[nodiscard]] double level() const { return peak_usd > 0 ? usd / peak_usd : 0; }
    /// Down to 2 % of what there was (our choice).
    [[nodiscard]] bool is_dry() const { return peak_usd > 0 && usd <= 0.02 * peak_usd; }
};

/// What a market's books are worth, and how that changed over the window.
struct MarketValue {
    double usd = 0;         ///< of all that is issued, at mid
    double usd_before = 0;  ///< as much of it, at the window's first mid

    /// 0.1 for a tenth more; 0 where there is no price.
    [[nodiscard]] double change() const { return usd_before > 0 ? usd / usd_before - 1 : 0; }
};

/// What the cards and the headline of the capital-flow picture say, in dollars.
struct FlowLevels {
    std::vector<IdleCash> idle;        ///< by node; nothing for markets and the sink
    std::vector<MarketValue> markets;  ///< by node; nothing for others
    MarketValue crypto;                ///< all coins together
    double capex = 0;                  ///< since the beginning
    double capex_per_day = 0;          ///< in the window
    double idle_now = 0;               ///< idle capital of the world
    double idle_opening = 0;
    double forced = 0;  ///< sold because it had to be, since the beginning
};

/// @param scene   of the moment shown.
/// @param before  the last moment before the window; null where it reaches back to the beginning.
[[nodiscard]] FlowLevels flow_levels(const world::Manifest& manifest, const world::Scene& scene,
                                     const world::History& history, const FlowMoment* before,
                                     const FlowGraph& graph);

}  // namespace crowdout::viz
