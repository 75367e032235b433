// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/look.hpp"
#include "viz/panel_picked.hpp"
#include "world/manifest.hpp"

namespace crowdout::viz {

/// Finds somebody by name and number: the only way to those who appear in no picture.
class AgentFinder {
public:
    explicit AgentFinder(const world::Manifest& manifest);

    /// Over the upper edge of the inspector, between `begin_panels` and `end_panels`.
    /// @param rect  of the inspector. @return who was chosen in this frame.
    [[nodiscard]] std::optional<Picked> draw(const Look& look, const sf::FloatRect& rect);

    /// Pixels of the inspector that it takes.
    [[nodiscard]] static float height(const Look& look) { return look.px(38); }

private:
    struct Group {
        std::string name;
        std::uint16_t block = 0;
        std::uint32_t members = 1;
    };
    std::vector<Group> groups_;          ///< by name
    std::optional<std::size_t> chosen_;  ///< nobody at first
    int member_ = 0;
};

}  // namespace crowdout::viz
