// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Image.hpp>

namespace crowdout::viz {

// The texture that every shape takes its colour's share from: a white corner, then columns with
// the cross-section of a line for each thickness, then a disc.
//
//     0      8                     104  128                 256
//     +------+--+--+--+-- ... --+--+    +--------------------+
//     |white | 0.5  1  1.5 ...  12 |    |        disc        |
//     +------+--+--+--+-- ... --+--+    +--------------------+
namespace shape_texture {

inline constexpr unsigned width = 256;
inline constexpr unsigned height = 128;
inline constexpr unsigned profiles_left = 8;
inline constexpr unsigned profile_width = 4;
inline constexpr unsigned profile_count = 24;  ///< thickness 0.5, 1, 1.5 ... 12 pixels
inline constexpr unsigned disc_left = 128;     ///< of a square as wide as the texture is high
inline constexpr float disc_radius = 60;
inline constexpr float feather = 1;  ///< pixels over which a line fades on either side

[[nodiscard]] sf::Image image();

}  // namespace shape_texture
}  // namespace crowdout::viz
