// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/document.hpp"

namespace crowdout::apps {

/// The folder of worlds that come with the program: beside the sources it was built from, or where
/// a copy of the tree would have it, two folders above the program.
[[nodiscard]] std::filesystem::path preset_folder();

/// Names of the worlds in a folder, without `.yaml`, sorted. Files in deeper folders are parts.
[[nodiscard]] std::vector<std::string> preset_names(const std::filesystem::path& folder);

/// What a file of ours is: a world, or what is asked of one.
enum class FileKind : std::uint8_t { world, study, fit };

/// The file that a person means by `name`: a path to a file, or the name of a preset of that kind.
/// @param presets  the folder of worlds; studies and fits lie in folders of it.
/// @throws Failure  (io) where it is neither: names the nearest preset, or what else it is.
[[nodiscard]] std::string find_file(const std::string& name, FileKind kind,
                                    const std::filesystem::path& presets = preset_folder());
/// The same of any kind.
[[nodiscard]] std::string find_any(const std::string& name);

/// What a file is, told by its keys; nothing where they do not tell.
[[nodiscard]] std::optional<FileKind> kind_of(const world::Node& root);

/// For a file with mistakes: is it right, but for another verb?
/// @throws Failure  (invalid_world) which names that verb.
void refuse_other_kind(const std::string& file, FileKind wanted, const world::Document& document);

/// How the line begins that makes an editor complete and check a file while one types.
inline constexpr std::string_view modeline_start = "# yaml-language-server: $schema=";
/// That line, with its end, for a world file anywhere.
[[nodiscard]] std::string world_modeline();

}  // namespace crowdout::apps
