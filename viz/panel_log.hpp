// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "viz/panel_picked.hpp"
#include "viz/panel_stage.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// A line of the event log: what happens to one and the same within a week is one line.
struct LogLine {
    std::size_t first = 0;  ///< frame of the first
    std::size_t last = 0;   ///< frame of the last
    world::EventRow row;    ///< of the last; its amount is the sum
    std::size_t count = 1;
};

/// Puts together what belongs together: the same kind, book, reference and block of accounts, at
/// most `within` after the first of them, whatever came between. Without changes of the clock's
/// step. Goes on where an earlier call stopped.
/// @param first  number of the history's event to begin with.
/// @return number of the first event after the moment.
std::size_t extend_lines(std::vector<LogLine>& lines, const world::History& history,
                         std::size_t first, std::size_t index, market::Duration within);

[[nodiscard]] Phrase phrase_of(world::EventKind kind);

/// What happened, in words. Its amount is shown beside it.
[[nodiscard]] std::string sentence(const world::EventRow& row, const world::Manifest& manifest,
                                   Language language);

/// Whom or what an event is about, as far as there is something to look at.
[[nodiscard]] std::optional<Picked> subject_of(const world::EventRow& row,
                                               const world::Manifest& manifest);

/// Events up to the moment, the newest last. The wheel scrolls.
class LogPanel {
public:
    /// @return a line that was clicked.
    std::optional<LogLine> draw(const Stage& stage, const sf::FloatRect& rect,
                                world::FrameSource& source, std::size_t index);

private:
    void follow(const world::History& history, std::size_t index);
    void draw_line(const Stage& stage, const sf::FloatRect& place, const LogLine& line,
                   const world::FrameSource& source) const;

    std::vector<LogLine> lines_;
    std::size_t index_ = 0;         ///< frame that they go up to
    std::size_t events_taken_ = 0;  ///< of the history
    float scrolled_ = 0;            ///< lines up from the newest
};

}  // namespace crowdout::viz
