// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "world/world.hpp"

namespace crowdout::world {

/// A world's whole state as bytes, so that a run can go on in another process.
///
/// The configuration is not in it, only its fingerprint: whoever resumes must bring the same one.
/// The bytes are those of this machine and this build.
[[nodiscard]] std::string save_checkpoint(World& world);

/// The world that was saved, ready for its next step.
///
/// @param config  of the world that was saved, values set on top of it included.
/// @throws market::ArchiveError  where the bytes are damaged or no checkpoint at all, where they
///         are of another world, and where the state does not have the digest it was saved with.
[[nodiscard]] World load_checkpoint(std::string_view bytes,
                                    std::shared_ptr<const WorldConfig> config);

}  // namespace crowdout::world
