// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "viz/decimate.hpp"
#include "viz/flow_graph.hpp"
#include "viz/panel_stage.hpp"
#include "viz/past_lines.hpp"
#include "viz/plot.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// What a gauge of the manifest has shown so far; null where there is none of that name.
[[nodiscard]] const Series* gauge_named(const world::Manifest& manifest,
                                        const world::History& history, std::string_view name);

/// What is worth a mark over a chart: shocks, halts and outages; the moment shown comes last.
/// Labels are the manifest's own.
[[nodiscard]] std::vector<EventMark> chart_events(const world::Manifest& manifest,
                                                  const world::History& history, std::size_t index,
                                                  const Theme& theme);

/// Prices of all books, or of one kind, each 100 at the beginning, and dashed what the world has
/// of the past; or how far each is below its
/// highest.
class PricesPanel {
public:
    enum class What : std::uint8_t { rebased, drawdown };
    explicit PricesPanel(What what = What::rebased) : what_{what} {}

    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

private:
    void draw_choices(const Stage& stage, const sf::FloatRect& rect);

    What what_;
    std::size_t shown_ = 0;  // 0: all; else one more than a MarketClass
    bool logarithmic_ = false;
    PastLines past_;
    Plot plot_;
};

/// Interest rates and what liquidity there is, side by side or one under the other.
class RatesPanel {
public:
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

private:
    void draw_plot(const Stage& stage, const sf::FloatRect& rect, const world::FrameSource& source,
                   std::size_t which, std::span<const EventMark> events);
    void follow_spread(const world::Manifest& manifest, const world::History& history);

    Series spread_;  ///< credit over government
    PastLines past_;
    std::array<Plot, 4> plots_;
};

}  // namespace crowdout::viz
