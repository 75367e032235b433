// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "world/config.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// A world's whole state as bytes, so that a run can go on in another process.
///
///     crowdout checkpoint 4 | header | the world file in full | the state
///
/// The header has the lengths and checksums of both parts, the seed, and the digest that the state
/// must have. The bytes are those of this machine and this build.
[[nodiscard]] std::string save_checkpoint(const World& world);

/// The world file that a checkpoint carries: every field, as `check --resolved` prints it.
/// @throws market::ArchiveError  where the bytes are damaged or no checkpoint at all.
[[nodiscard]] std::string checkpoint_world_text(std::string_view bytes);

/// The world that was saved, ready for its next step: what it does from here on is, digest by
/// digest, what it would have done without the interruption.
///
/// @param config  of the world that was saved, values set on top of it included: to resume is to go
///                on with the same run. Other values or another seed make a `fork`.
/// @throws market::ArchiveError  where the bytes are damaged or no checkpoint at all, where they
///         are of another world, and where the state does not have the digest it was saved with.
[[nodiscard]] World load_checkpoint(std::string_view bytes,
                                    std::shared_ptr<const WorldConfig> config);
/// The same with the world file that the checkpoint carries.
[[nodiscard]] World load_checkpoint(std::string_view bytes);

}  // namespace crowdout::world
