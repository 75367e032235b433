// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace crowdout::world {

/// JSON with a line for each member, so that a change of one changes few lines; what is short stays
/// on one line.
/// @param json  as this program writes it: `, ` between members, `: ` behind keys.
[[nodiscard]] std::string json_lines(std::string_view json);

}  // namespace crowdout::world
