// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "world/manifest.hpp"

namespace crowdout::world {

/// Of the channels and their columns. It goes up where an old reader would misunderstand: a channel
/// or a column more is not such a case, readers pass over what they do not know.
inline constexpr std::uint32_t replay_format = 1;
inline constexpr std::string_view replay_profile = "crowdout-1";

/// How a recording came about: its `meta.json`.
struct ReplayMeta {
    std::uint32_t format = replay_format;
    std::string version{};   ///< of the program
    std::string compiler{};  ///< and its flags
    std::string back_end{};  ///< of parallel loops
    std::uint64_t seed = 0;
    std::uint64_t steps = 0;  ///< made before the recording began
    std::string parent{};     ///< file that this run forked from; empty where from none
    std::uint64_t parent_step = 0;
    std::string checkpoint{};  ///< attachment to start from; empty where from the world's start

    friend bool operator==(const ReplayMeta&, const ReplayMeta&) = default;
};

[[nodiscard]] std::string meta_json(const ReplayMeta& meta);
/// @throws ReplayError  also where a later version of the format wrote it.
[[nodiscard]] ReplayMeta read_meta_json(std::string_view text);

/// Something from outside that came between two steps, as YAML: a live shock.
struct LiveInput {
    std::uint64_t step = 0;   ///< steps made before it came
    std::uint32_t order = 0;  ///< among those of the whole run, from 0
    std::string yaml{};

    friend bool operator==(const LiveInput&, const LiveInput&) = default;
};

[[nodiscard]] std::string input_json(const LiveInput& input);
/// @throws ReplayError
[[nodiscard]] LiveInput read_input_json(std::string_view text);

/// What stands at the head of a recording, before any frame: enough to make the same run again.
struct ReplayHead {
    Manifest manifest{};
    ReplayMeta meta{};
    std::string world{};  ///< the world file in full, as `check --resolved` prints it
    std::vector<std::pair<std::string, std::string>> sources{};  ///< files that a person wrote
    std::string checkpoint{};  ///< its bytes, if it starts from one
};

/// The names of attachments.
inline constexpr std::string_view world_attachment = "world.resolved.yaml";
inline constexpr std::string_view manifest_attachment = "manifest.json";
inline constexpr std::string_view meta_attachment = "meta.json";
inline constexpr std::string_view checkpoint_attachment = "checkpoint";
inline constexpr std::string_view source_folder = "sources/";

}  // namespace crowdout::world
