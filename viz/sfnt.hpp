// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace crowdout::viz {

/// Fonts in a file: one in a TrueType or OpenType font, several in a collection (.ttc).
/// @throws std::runtime_error  where it is neither.
[[nodiscard]] std::size_t face_count(std::span<const std::uint8_t> file);

/// Where the font begins whose family name ends in `ending`, counted from 0; face_count if none.
[[nodiscard]] std::size_t face_named(std::span<const std::uint8_t> file, const std::string& ending);

/// A font of a collection as a file of its own.
///
/// SFML opens the first font of a collection and no other; in Noto Sans CJK that is the Japanese
/// one, which draws several characters otherwise than Chinese readers expect.
/// @throws std::runtime_error  where the tables do not lie inside the file.
/// Source: OpenType specification 1.9, "The OpenType Font File".
[[nodiscard]] std::vector<std::uint8_t> extract_face(std::span<const std::uint8_t> file,
                                                     std::size_t face);

}  // namespace crowdout::viz
