// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "world/manifest.hpp"

namespace crowdout::world {

/// The manifest as a replay carries it: one JSON object, all of its fields by their own names.
[[nodiscard]] std::string manifest_json(const Manifest& manifest);

/// @throws ReplayError  where the text is no manifest, or its lists do not fit each other.
[[nodiscard]] Manifest read_manifest_json(std::string_view text);

}  // namespace crowdout::world
