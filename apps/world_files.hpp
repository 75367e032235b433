// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace crowdout::apps {

/// The folder of worlds that come with the program: beside the sources it was built from, or where
/// a copy of the tree would have it, two folders above the program.
[[nodiscard]] std::filesystem::path preset_folder();

/// Names of the worlds in a folder, without `.yaml`, sorted. Files in deeper folders are parts.
[[nodiscard]] std::vector<std::string> preset_names(const std::filesystem::path& folder);

/// The file that a person means by `name`: a path to a file, or the name of a preset.
/// @throws Failure  (io) where it is neither; names the nearest preset.
[[nodiscard]] std::string find_world(const std::string& name,
                                     const std::filesystem::path& folder = preset_folder());

/// The same of any file that the program reads: a world, a study or a fit.
[[nodiscard]] std::string find_any(const std::string& name);

/// How the line begins that makes an editor complete and check a file while one types.
inline constexpr std::string_view modeline_start = "# yaml-language-server: $schema=";
/// That line, with its end, for a world file anywhere.
[[nodiscard]] std::string world_modeline();

}  // namespace crowdout::apps
