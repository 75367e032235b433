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

/// A heading and figures under it.
struct InspectorSection {
    std::string title;
    struct Row {
        std::string words;
        std::string figure;
        double share = 0;  ///< of the largest of its section, -1..1: the bar behind it
    };
    std::vector<Row> rows;
};

/// What is known of a sector, a book or an account at the moment: the name first, without rows.
[[nodiscard]] std::vector<InspectorSection> inspect(const Picked& picked,
                                                    const world::Manifest& manifest,
                                                    const world::Scene& scene, Language language);

/// The same, drawn; the wheel scrolls.
class InspectorPanel {
public:
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index, const std::optional<Picked>& picked);

private:
    std::optional<Picked> shown_;
    float scrolled_ = 0;  ///< lines
};

}  // namespace crowdout::viz
