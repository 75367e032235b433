// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "viz/panel_stage.hpp"
#include "viz/past_scenes.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// Dollars by cause of the orders.
using CauseSums = std::array<double, market::cause_count>;

/// What was traded since the beginning, by cause. A trade has two sides and two causes: half of it
/// counts for each, so that the sums are the volume.
[[nodiscard]] CauseSums volume_by_cause(const std::vector<world::TradedRow>& trades);

/// Frames at which bars end: at most `bars_max` + 1 of them, a round number of frames apart, so
/// that they stay the same while a film goes on. The first is the frame before the first bar, and
/// may be -1: the beginning.
/// @param first, last  frames that are in sight.
[[nodiscard]] std::vector<std::ptrdiff_t> bar_frames(std::size_t first, std::size_t last,
                                                     std::size_t bars_max);

/// Bars of volume over time, stacked by cause, what was forced at the foot.
///
/// Sums at the ends of bars are asked of the source a few at a time, so that a look at another
/// stretch of time fills in within a second and no frame of the window waits for all of it.
class VolumePanel {
public:
    /// @param seeks  how many moments of the past may be asked for now.
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index, std::size_t seeks = 1);

private:
    /// What is drawn in one frame of the window.
    struct View {
        sf::FloatRect area;                  ///< of the bars
        std::vector<std::ptrdiff_t> frames;  ///< ends of bars
        double highest = 0;                  ///< USD of the largest bar
        CauseSums in_sight{};
    };

    [[nodiscard]] View view(const Stage& stage, const sf::FloatRect& inner,
                            world::FrameSource& source, std::size_t index, std::size_t seeks);
    /// What a bar stands for; none where it is not known, or not yet.
    [[nodiscard]] std::optional<CauseSums> bar(const View& view, std::size_t number) const;
    void draw_axes(const Stage& stage, const View& view) const;
    [[nodiscard]] std::vector<TipLine> draw_bars(const Stage& stage, const View& view,
                                                 const world::FrameSource& source) const;
    void draw_legend(const Stage& stage, const sf::FloatRect& line, const View& view) const;
    [[nodiscard]] const CauseSums* sums_at(std::ptrdiff_t frame) const;
    void ask(world::FrameSource& source, std::size_t index,
             const std::vector<std::ptrdiff_t>& frames, std::size_t seeks);

    PastScenes past_;
    /// Since the beginning, by frame; none where the recording is broken.
    std::map<std::size_t, std::optional<CauseSums>> known_;
};

}  // namespace crowdout::viz
