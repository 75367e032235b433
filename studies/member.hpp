// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agents/names.hpp"
#include "market/time.hpp"
#include "world/config.hpp"
#include "world/measure.hpp"

namespace crowdout::studies {

/// Another future of a member's world, with the same luck: what differs from the base run is what
/// the branch says, and nothing else.
struct Branch {
    std::string name{};              ///< unique in its job, not empty
    market::Duration at{};           ///< since the start; it begins at the first step's end there
    std::vector<std::string> set{};  ///< `a.b=c`, on top of the job's
    std::vector<std::string> shocks{};  ///< YAML of one each, which happens as the branch begins
};

/// One world, one seed, and what is to be measured: all that a process needs to make a member, so
/// that it may do so on any machine.
struct MemberJob {
    std::string world{};             ///< YAML in full, as `member_world` gives it
    std::vector<std::string> set{};  ///< `a.b=c`, in order
    std::uint64_t seed = 1;
    std::vector<Branch> branches{};       ///< besides the base run
    std::vector<std::string> measures{};  ///< as `measure_text` gives them
    market::Duration series_every{};      ///< grid of `BranchResult::series`; 0: none are wanted
};

/// One quantity as it stood at the start, and then once every `MemberJob::series_every`.
struct MemberSeries {
    /// A book's (its mid in USD); `idle[SECTOR]` (USD); or as the manifest has it: `policy_rate`,
    /// `flow_multiplier[BOOK]` (rates a year as fractions, USD, ratios).
    std::string name{};
    std::vector<double> values{};  ///< NaN where there is none, as for most at the start

    friend bool operator==(const MemberSeries&, const MemberSeries&) = default;
};

struct BranchResult {
    std::string name{};                     ///< "" is the base run
    std::uint64_t digest = 0;               ///< of the state at the end
    std::vector<world::Measured> values{};  ///< by `MemberJob::measures`
    std::vector<MemberSeries> series{};

    friend bool operator==(const BranchResult&, const BranchResult&) = default;
};

enum class MemberState : std::uint8_t {
    done,
    failed,   ///< it says why: an impossible world, a broken invariant
    crashed,  ///< its process ended, or spoke, as it never should
    timed_out,
    out_of_memory,
};
inline constexpr std::array<std::string_view, 5> member_state_names{"done", "failed", "crashed",
                                                                    "timed_out", "out_of_memory"};
constexpr agents::EnumNames enum_names(MemberState) {
    return {member_state_names.data(), member_state_names.size()};
}

struct MemberResult {
    MemberState state = MemberState::failed;
    std::string what{};                    ///< for people, where it is not done
    std::vector<BranchResult> branches{};  ///< the base run first, then those of the job
    double wall_seconds = 0;               ///< no part of what members are compared by
};

/// A world as members get it: the full text, without what no run reads (claims, descriptions, data
/// that nothing follows), so that a change of those keeps what was computed.
[[nodiscard]] std::string member_world(const world::WorldConfig& config);

/// A measure as a job has it. Its name is left out: what members are kept by is what was asked, not
/// what somebody calls it.
[[nodiscard]] std::string measure_text(const world::MeasureConfig& measure);

/// Makes a member in this process: runs the base and every branch to the end, and measures each.
///
/// A function of the job: neither `threads` nor what else runs beside it has a part in the result.
/// @throws nothing that the job's text can cause: see `MemberResult::state`.
[[nodiscard]] MemberResult run_member(const MemberJob& job, int threads = 1);

/// A job as the text that a child process reads, and a result as the one that it writes.
[[nodiscard]] std::string job_json(const MemberJob& job);
[[nodiscard]] std::string result_json(const MemberResult& result);
/// @throws world::ReplayError  where the text is none.
[[nodiscard]] MemberJob read_job_json(std::string_view text);
[[nodiscard]] MemberResult read_result_json(std::string_view text);

}  // namespace crowdout::studies
