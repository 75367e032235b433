// SPDX-License-Identifier: Apache-2.0
#include "world/nearby_files.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <vector>

#include "world/text.hpp"

namespace crowdout::world {

std::string did_you_mean_beside(const std::filesystem::path& file) {
    std::vector<std::string> names;
    std::error_code no_folder;
    const std::filesystem::path folder = file.parent_path().empty() ? "." : file.parent_path();
    for (const auto& entry : std::filesystem::directory_iterator{folder, no_folder}) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    const std::vector<std::string_view> known(names.begin(), names.end());
    return did_you_mean(file.filename().string(), known);
}

}  // namespace crowdout::world
