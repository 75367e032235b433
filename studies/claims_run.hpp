// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "studies/claims_plan.hpp"
#include "studies/ensemble.hpp"
#include "studies/verdict.hpp"

namespace crowdout::studies {

/// A member that there is no result of.
struct LostMember {
    std::string scene{};
    std::uint64_t seed = 0;
    MemberState state = MemberState::failed;
    std::string what{};
};

/// Makes the members that a plan's claims need, and no more: a claim is closed at the first look
/// that decides it, and a scene whose claims are all closed gets no further member.
///
/// A claim looks at the members of the first n seeds, in whatever order they were made, so neither
/// the number of processes nor the other claims have a part in its verdict.
///
///     ClaimsRun run{plan, ensemble, 20, 1};
///     while (!run.is_over() && !interrupted) run.advance(0.2);
class ClaimsRun {
public:
    /// @param plan, ensemble  outlive the run; the ensemble is for it alone.
    /// @param jobs            members that the ensemble makes at once: so many are always asked
    /// for.
    ClaimsRun(const ClaimsPlan& plan, Ensemble& ensemble, std::size_t jobs, std::size_t seeds,
              std::uint64_t first_seed);

    /// Waits for one member at most.
    void advance(double seconds_max);
    [[nodiscard]] bool is_over() const { return open_ == 0; }

    /// By `ClaimsPlan::claims`; one that is not closed yet is undecided.
    [[nodiscard]] const std::vector<Judgement>& judgements() const { return judgements_; }
    /// The claim's values so far, by seed; those that nobody waited for are left out at the end.
    [[nodiscard]] std::vector<world::Measured> values(std::size_t claim, std::size_t members) const;
    [[nodiscard]] const std::vector<LostMember>& lost() const { return lost_; }
    [[nodiscard]] std::size_t made() const { return made_; }      ///< and not taken from the cache
    [[nodiscard]] std::size_t cached() const { return cached_; }  ///< made before
    /// Members that there will be if no further claim is decided early.
    [[nodiscard]] std::size_t expected() const;

private:
    struct SceneState {
        std::size_t asked = 0;  ///< members of the first so many seeds
        std::vector<std::optional<std::vector<world::Measured>>> members;  ///< [seeds], by measure
    };
    struct ClaimState {
        std::size_t look = 0;  ///< the next one, in `looks_`
        bool closed = false;
    };

    void ask();
    void ask_of(std::size_t scene, std::size_t members);
    void take(Ensemble::Ended ended);
    void look();
    void look_at(std::size_t claim);
    [[nodiscard]] bool is_wanted(std::size_t scene) const;
    [[nodiscard]] bool has_members(std::size_t scene, std::size_t members) const;
    [[nodiscard]] world::Measured answer(const Question& question, std::size_t member) const;

    const ClaimsPlan& plan_;
    Ensemble& ensemble_;
    std::size_t jobs_;
    std::size_t seeds_;
    std::uint64_t first_seed_;
    std::vector<std::size_t> looks_;
    std::vector<SceneState> scenes_;
    std::vector<ClaimState> claims_;
    std::vector<Judgement> judgements_;
    std::vector<LostMember> lost_;
    std::size_t open_ = 0;  ///< claims
    std::size_t made_ = 0;
    std::size_t cached_ = 0;
};

}  // namespace crowdout::studies
