// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "world/document.hpp"

namespace crowdout::world {

/// Replaces one scalar in the text of one world file; comments, order and line ends stay.
///
/// The result is read again and compared: only the value at `path` may differ.
/// Refused: what the file does not write itself (included, or a default), lists, maps, block texts,
/// aliases, anchors that others use.
/// @param file   its name, for messages.
/// @param value  as one would write it in the file.
/// @return the new text; nothing where refused, and why in `report`.
[[nodiscard]] std::optional<std::string> edit_value(Sources& sources, const std::string& file,
                                                    const std::string& text, std::string_view path,
                                                    std::string_view value, Report& report);

}  // namespace crowdout::world
