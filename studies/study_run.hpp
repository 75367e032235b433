// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "studies/ensemble.hpp"
#include "studies/ranks.hpp"
#include "studies/results.hpp"
#include "studies/study.hpp"

namespace crowdout::studies {

/// Which members one of several independent calls makes: every `count`-th.
struct Shard {
    std::size_t index = 0;  ///< from 0
    std::size_t count = 1;

    [[nodiscard]] bool has(std::size_t member) const { return member % count == index; }
};

/// What rank 0 hears about a study while it runs.
struct StudyWatcher {
    /// Asked several times a second; false ends the study, with what is done kept.
    std::function<bool()> goes_on;
    /// A member has ended. @param text  of what was lost, for people; empty where it is done.
    std::function<void(std::size_t member, const MemberResult& result)> ended;
};

/// The options of an ensemble whose members may take so much and no more.
[[nodiscard]] EnsembleOptions limited(EnsembleOptions options, const LimitsConfig& limits);

/// Runs the open members of a study on all ranks: this is rank 0's part.
///
/// Members are handed out in batches that shrink towards the end; rank 0 runs some itself, since
/// they are processes of their own and leave it idle. Results reach the disk twice a second.
/// The limits of the study bind members on every rank.
/// @param options  of each rank's ensemble; `jobs` members at once on every rank.
/// @return whether it came to its end, rather than being asked to stop.
/// @throws ResultsError, std::system_error, std::runtime_error  where another rank gave up.
bool lead_study(const Study& study, Results& results, const Shard& shard,
                const EnsembleOptions& options, Ranks& ranks, const StudyWatcher& watcher);

/// The part of every other rank: returns when rank 0 has no more members.
void follow_study(const EnsembleOptions& options, Ranks& ranks);

}  // namespace crowdout::studies
