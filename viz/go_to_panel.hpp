// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Vector2.hpp>
#include <array>
#include <optional>

#include "market/time.hpp"
#include "viz/look.hpp"

namespace crowdout::viz {

/// A line of Dear ImGui in which a moment is typed.
class GoToPanel {
public:
    [[nodiscard]] bool is_open() const { return is_open_; }
    void open(bool open);

    /// Between `begin_panels` and `end_panels`.
    /// @param start  of the run: spans count from there.
    /// @return the moment asked for; then the panel is closed.
    [[nodiscard]] std::optional<market::Time> draw(const Look& look, sf::Vector2f window_size,
                                                   market::Time start);

private:
    std::array<char, 64> typed_{};
    bool is_open_ = false;
    bool is_refused_ = false;
    bool wants_focus_ = false;
};

}  // namespace crowdout::viz
