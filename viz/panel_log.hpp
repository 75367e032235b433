// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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
/// step.
[[nodiscard]] std::vector<LogLine> log_lines(const world::History& history, std::size_t index,
                                             market::Duration within);

[[nodiscard]] Phrase phrase_of(world::EventKind kind);

/// What happened, in words. Its amount is shown beside it.
[[nodiscard]] std::string sentence(const world::EventRow& row, const world::Manifest& manifest,
                                   Language language);

/// Events up to the moment, the newest last. The wheel scrolls.
class LogPanel {
public:
    /// @return the frame of a line that was clicked.
    std::optional<std::size_t> draw(const Stage& stage, const sf::FloatRect& rect,
                                    world::FrameSource& source, std::size_t index);

private:
    std::vector<LogLine> lines_;
    std::size_t index_ = SIZE_MAX;
    float scrolled_ = 0;  ///< lines up from the newest
};

}  // namespace crowdout::viz
