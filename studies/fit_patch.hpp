// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace crowdout::studies {

/// A world file that extends another and says, in place of `--set`, what is different.
///
/// Paths become the maps and named items that they lead through. The text is read back: where it
/// does not give the same world as the assignments do (inside a distribution, say, which files
/// replace as a whole), nothing is returned.
/// @param world_file  that is extended.
/// @param extends     how the patch names it: relative to where the patch will lie.
/// @param set         `a.b=c`, in order; right in that world.
/// @return the text without a header; "" where there is no such patch.
[[nodiscard]] std::string patch_world(const std::string& world_file, const std::string& extends,
                                      const std::vector<std::string>& set);

}  // namespace crowdout::studies
