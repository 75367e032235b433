// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace crowdout::apps {

/// Bytes behind `key` in `/proc/meminfo`; empty where it is not there.
[[nodiscard]] std::optional<std::int64_t> parse_meminfo(std::string_view text,
                                                        std::string_view key);

/// Contents of a small file, or empty text where it cannot be read.
[[nodiscard]] std::string small_file(const std::filesystem::path& path);

/// Is a program of this name in PATH?
[[nodiscard]] bool program_in_path(std::string_view name);

}  // namespace crowdout::apps
