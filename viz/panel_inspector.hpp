// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "viz/panel_picked.hpp"
#include "viz/panel_stage.hpp"
#include "viz/recent_decisions.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// A heading and figures under it.
struct InspectorSection {
    std::string title;
    struct Row {
        std::string words;
        std::string figure;
        double share = 0;  ///< of the largest of its section, -1..1: the bar behind it
        std::optional<Picked> leads_to{};  ///< what a click on it shows
    };
    std::vector<Row> rows;
};

/// What is known of a sector, a book or an account at the moment: the name first.
/// @param decisions  of the account, the oldest first; it shows the newest first.
[[nodiscard]] std::vector<InspectorSection> inspect(
    const Picked& picked, const world::Manifest& manifest, const world::Scene& scene,
    Language language, const std::deque<world::DecisionRow>& decisions = {});

/// The same, drawn; the wheel scrolls, a click on a name leads to its owner.
class InspectorPanel {
public:
    /// @return what was clicked.
    std::optional<Picked> draw(const Stage& stage, const sf::FloatRect& rect,
                               world::FrameSource& source, std::size_t index,
                               const std::optional<Picked>& picked);

private:
    std::optional<Picked> draw_row(const Stage& stage, const sf::FloatRect& place,
                                   const InspectorSection::Row& row) const;

    RecentDecisions decisions_;
    std::optional<Picked> shown_;
    float scrolled_ = 0;  ///< lines
};

}  // namespace crowdout::viz
