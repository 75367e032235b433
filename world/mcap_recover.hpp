// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "world/mcap_reader.hpp"
#include "world/mcap_writer.hpp"

namespace crowdout::world {

/// What a recovery saved, and what it had to leave.
struct McapRecovery {
    std::uint64_t chunks = 0;
    std::uint64_t chunks_lost = 0;
    std::uint64_t messages = 0;
    std::uint64_t attachments = 0;
    std::uint64_t attachments_lost = 0;
};

/// Writes a finished file of all that can be read of another, chunk by chunk in its order. What was
/// lost is also said in the reader's `troubles`.
///
/// @param header  for the new file: the old one's may be damaged.
/// @param is_wanted  of each message, with its chunk's number: the others are left out; all are
///                   wanted where it is empty.
/// @throws std::system_error  where either file's disk fails.
McapRecovery recover(McapReader& from, const McapHeader& header, ByteSink& to,
                     const std::function<bool(std::size_t, const McapMessage&)>& is_wanted = {});

}  // namespace crowdout::world
