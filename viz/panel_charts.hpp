// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "viz/flow_graph.hpp"
#include "viz/panel_stage.hpp"
#include "viz/plot.hpp"
#include "viz/series.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// Columns of a history as the widgets draw them; going on costs only what is new.
class ChartData {
public:
    /// Which of them are kept: 16 bytes for each line and frame.
    enum class Keep : std::uint8_t { all, rebased, drawdowns, figures };
    explicit ChartData(Keep keep = Keep::all) : keep_{keep} {}

    /// Takes in what has come since, or starts again where the history is another.
    void follow(const world::Manifest& manifest, const world::History& history);

    [[nodiscard]] const Series& rebased(std::size_t book) const { return rebased_[book]; }
    [[nodiscard]] const Series& drawdown(std::size_t book) const { return drawdowns_[book]; }
    [[nodiscard]] const Series& figure(std::size_t series) const { return figures_[series]; }

private:
    [[nodiscard]] bool keeps(Keep part) const { return keep_ == Keep::all || keep_ == part; }

    Keep keep_;
    std::vector<Series> rebased_;    ///< 100 at the first price
    std::vector<Series> drawdowns_;  ///< -0.1: a tenth below the highest price so far
    std::vector<Series> figures_;    ///< by series of the manifest: fractions, USD
    std::vector<double> first_;
    std::vector<double> highest_;
    std::vector<bool> was_read_;
    std::size_t taken_ = 0;
    std::int64_t begin_ = 0;
};

/// What is worth a mark over a chart: shocks, halts and outages; the moment shown comes last.
/// Labels are the manifest's own.
[[nodiscard]] std::vector<EventMark> chart_events(const world::Manifest& manifest,
                                                  const world::History& history, std::size_t index,
                                                  const Theme& theme);

/// Prices of all books, or of one kind, each 100 at the beginning; or how far each is below its
/// highest.
class PricesPanel {
public:
    enum class What : std::uint8_t { rebased, drawdown };
    explicit PricesPanel(What what = What::rebased)
        : what_{what},
          data_{what == What::rebased ? ChartData::Keep::rebased : ChartData::Keep::drawdowns} {}

    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

private:
    void draw_choices(const Stage& stage, const sf::FloatRect& rect);

    What what_;
    std::size_t shown_ = 0;  // 0: all; else one more than a MarketClass
    bool logarithmic_ = false;
    ChartData data_;
    Plot plot_;
};

/// Interest rates and what liquidity there is, side by side or one under the other.
class RatesPanel {
public:
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

private:
    void draw_plot(const Stage& stage, const sf::FloatRect& rect, const world::Manifest& manifest,
                   std::size_t which, std::span<const EventMark> events);
    void follow_spread(const world::Manifest& manifest);

    ChartData data_{ChartData::Keep::figures};
    Series spread_;  ///< credit over government
    std::array<Plot, 4> plots_;
};

}  // namespace crowdout::viz
