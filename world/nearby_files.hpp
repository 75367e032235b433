// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace crowdout::world {

/// `; did you mean 'x'?` with the file of the same folder whose name is nearest to that of a
/// missing one, or nothing.
[[nodiscard]] std::string did_you_mean_beside(const std::filesystem::path& file);

}  // namespace crowdout::world
