// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/language.hpp"
#include "viz/past_scenes.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// How much time the bands of the capital-flow picture stand for.
enum class FlowSpan : std::uint8_t { day, week, month, all };
inline constexpr std::size_t flow_span_count = 4;

[[nodiscard]] Phrase phrase_of(FlowSpan span);

/// Flows and trades of a stretch of time, by sector.
struct FlowSums {
    std::vector<world::MoneyRow> flows;    ///< by reason, from, to
    std::vector<world::TradedRow> trades;  ///< by book, sector, cause, side

    friend bool operator==(const FlowSums&, const FlowSums&) = default;
};

/// A moment of the past, as far as pictures of windows ask for it.
struct FlowMoment {
    market::Time time;
    FlowSums totals;                    ///< since the beginning
    std::vector<world::BookRow> books;  ///< by book
};

/// What was traded between two moments: `now` less `then`, both since the beginning and sorted as
/// in a scene. Without zeros.
[[nodiscard]] std::vector<world::TradedRow> trades_between(
    const std::vector<world::TradedRow>& now, const std::vector<world::TradedRow>& then);

/// The last frame before a window that ends with `index`; `none` where the window reaches back to
/// the beginning.
///
/// It moves in steps of a 32nd of the window (our choice), so that a film asks for few frames of
/// the past: a window is up to so much longer than its name says.
inline constexpr std::size_t no_frame = SIZE_MAX;
[[nodiscard]] std::size_t frame_before(const world::History& history, std::size_t index,
                                       FlowSpan span);

/// Sums of windows that end at the moment shown, and of what it takes to keep them at hand.
///
/// The source is asked for the past first and for the moment itself last, so that its scene is
/// that of the moment afterwards.
class FlowWindows {
public:
    /// @param index  a frame that the source has.
    /// @return valid until the next call; null where the moment before the window is lost.
    const FlowSums* sums(world::FrameSource& source, std::size_t index, FlowSpan span);

    /// Another frame. @return valid until the next call; null where it is lost.
    const FlowMoment* moment(world::FrameSource& source, std::size_t index);

private:
    struct Kept {
        std::size_t frame;
        std::uint64_t used;  ///< the call it was last asked for in
        FlowMoment moment;
    };

    PastScenes past_;
    std::vector<Kept> kept_;
    std::uint64_t calls_ = 0;
    FlowSums window_;
    std::size_t window_end_ = no_frame;
    FlowSpan window_span_ = FlowSpan::all;
};

}  // namespace crowdout::viz
