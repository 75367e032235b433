// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "world/replay_file.hpp"
#include "world/world.hpp"

namespace crowdout::apps {

/// Names of the accounts whose balances, debts or open orders are not the same in two worlds, as
/// `block` or `block[member]`, in the order of the ledger. Accounts that only one of them has
/// differ.
[[nodiscard]] std::vector<std::string> accounts_that_differ(const world::World& a,
                                                            const world::World& b);

/// A recorded run at one of its frames.
struct RecordedState {
    const world::ReplayFile& replay;
    world::FrameHead head;
};

/// The same, of two recorded runs: both are made again up to their frames. Seconds for a long run.
/// @throws Failure  (mismatch) where this program makes another run than was recorded.
/// @throws world::ReplayError
[[nodiscard]] std::vector<std::string> accounts_that_differ(const RecordedState& a,
                                                            const RecordedState& b, int threads);

}  // namespace crowdout::apps
