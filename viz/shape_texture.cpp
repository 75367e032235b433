// SPDX-License-Identifier: Apache-2.0
#include "viz/shape_texture.hpp"

#include <algorithm>
#include <cmath>

namespace crowdout::viz::shape_texture {
namespace {

sf::Uint8 alpha(float coverage) {
    return static_cast<sf::Uint8>(std::lround(std::clamp(coverage, 0.0F, 1.0F) * 255));
}

}  // namespace

sf::Image image() {
    sf::Image shapes;
    shapes.create(width, height, {255, 255, 255, 0});
    for (unsigned y = 0; y < height; ++y) {
        const float across = (static_cast<float>(y) + 0.5F) / height * 2 - 1;  // -1..1
        for (unsigned x = 0; x < profiles_left; ++x) shapes.setPixel(x, y, sf::Color::White);
        for (unsigned i = 0; i < profile_count; ++i) {
            const float half = 0.25F * static_cast<float>(i + 1);
            const float away = std::abs(across) * (half + feather);
            const sf::Color color{255, 255, 255, alpha(half + 0.5F - away)};
            for (unsigned x = 0; x < profile_width; ++x) {
                shapes.setPixel(profiles_left + i * profile_width + x, y, color);
            }
        }
        for (unsigned x = 0; x < height; ++x) {
            const float right = static_cast<float>(x) + 0.5F - height / 2.0F;
            const float down = static_cast<float>(y) + 0.5F - height / 2.0F;
            // Drawn small more often than large: the edge fades over four texels.
            const float inside = (disc_radius - std::hypot(right, down)) / 4 + 0.5F;
            shapes.setPixel(disc_left + x, y, {255, 255, 255, alpha(inside)});
        }
    }
    return shapes;
}

}  // namespace crowdout::viz::shape_texture
