// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "world/diagnostic.hpp"

namespace crowdout::world {

/// Looks over a text before the parser sees it, for what the parser takes silently or at a price.
///
/// Refused: bytes that are not UTF-8, control characters, tabs as indentation, flow lists nested so
/// deeply that reading them ahead would take hundreds of megabytes.
/// @return whether the parser may see it.
[[nodiscard]] bool scan_text(const Sources& sources, std::uint32_t source, Report& report);

}  // namespace crowdout::world
