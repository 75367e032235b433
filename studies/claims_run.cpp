// SPDX-License-Identifier: Apache-2.0
#include "studies/claims_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace crowdout::studies {

ClaimsRun::ClaimsRun(const ClaimsPlan& plan, Ensemble& ensemble, std::size_t jobs,
                     std::size_t seeds, std::uint64_t first_seed)
    : plan_{plan},
      ensemble_{ensemble},
      jobs_{jobs},
      seeds_{seeds},
      first_seed_{first_seed},
      looks_{looks(seeds)},
      scenes_(plan.scenes.size()),
      claims_(plan.claims.size()),
      judgements_(plan.claims.size()),
      open_{plan.claims.size()} {
    for (SceneState& scene : scenes_) scene.members.resize(seeds);
}

void ClaimsRun::advance(double seconds_max) {
    ask();
    auto ended = ensemble_.next(seconds_max);
    if (!ended) return;
    take(std::move(*ended));
    look();
}

std::size_t ClaimsRun::expected() const {
    std::size_t members = 0;
    for (std::size_t scene = 0; scene < scenes_.size(); ++scene) {
        const auto there = std::ranges::count_if(scenes_[scene].members,
                                                 [](const auto& each) { return each.has_value(); });
        members += is_wanted(scene) ? seeds_ : static_cast<std::size_t>(there);
    }
    return members;
}

/// Has every open claim's next look made, and where that keeps too few processes busy, what a
/// later look may want: most claims are not decided at the first.
void ClaimsRun::ask() {
    for (std::size_t claim = 0; claim < claims_.size(); ++claim) {
        if (claims_[claim].closed) continue;
        const PlannedClaim& planned = plan_.claims[claim];
        const std::size_t members = looks_[claims_[claim].look];
        ask_of(planned.here.scene, members);
        if (planned.there) ask_of(planned.there->scene, members);
    }
    for (std::size_t scene = 0; scene < scenes_.size(); ++scene) {
        if (!is_wanted(scene)) continue;
        while (ensemble_.pending() < jobs_ && scenes_[scene].asked < seeds_) {
            ask_of(scene, scenes_[scene].asked + 1);
        }
    }
}

void ClaimsRun::ask_of(std::size_t scene, std::size_t members) {
    for (std::size_t& next = scenes_[scene].asked; next < members; ++next) {
        MemberJob job{.world = plan_.scenes[scene].world, .seed = first_seed_ + next};
        job.measures = plan_.scenes[scene].measures;
        ensemble_.add(scene * seeds_ + next, std::move(job));
    }
}

void ClaimsRun::take(Ensemble::Ended ended) {
    const std::size_t scene = ended.id / seeds_;
    const std::size_t member = ended.id % seeds_;
    ++(ended.cached ? cached_ : made_);
    if (ended.result.state == MemberState::done) {
        scenes_[scene].members[member] = std::move(ended.result.branches.front().values);
        return;
    }
    const std::uint64_t seed = first_seed_ + member;
    const std::string what =
        fmt::format("the member of seed {} is lost: {}", seed, ended.result.what);
    scenes_[scene].members[member].emplace(
        plan_.scenes[scene].measures.size(),
        world::Measured{.value = {}, .why_not = what, .within_run_95 = {}});
    lost_.push_back(
        {plan_.scenes[scene].name, seed, ended.result.state, std::move(ended.result.what)});
}

void ClaimsRun::look() {
    for (std::size_t claim = 0; claim < claims_.size(); ++claim) look_at(claim);
    ensemble_.cancel([this](std::size_t id) { return !is_wanted(id / seeds_); });
}

void ClaimsRun::look_at(std::size_t claim) {
    ClaimState& state = claims_[claim];
    const PlannedClaim& planned = plan_.claims[claim];
    while (!state.closed) {
        const std::size_t members = looks_[state.look];
        const bool is_there = has_members(planned.here.scene, members) &&
                              (!planned.there || has_members(planned.there->scene, members));
        if (!is_there) return;
        const auto seen = values(claim, members);
        judgements_[claim] = judge(planned.claim, seen, seeds_);
        const bool is_last = ++state.look == looks_.size();
        if (!is_last && judgements_[claim].verdict == Verdict::undecided) continue;
        state.closed = true;
        --open_;
    }
}

bool ClaimsRun::is_wanted(std::size_t scene) const {
    for (std::size_t claim = 0; claim < claims_.size(); ++claim) {
        const PlannedClaim& planned = plan_.claims[claim];
        const bool looks_at_it =
            planned.here.scene == scene || (planned.there && planned.there->scene == scene);
        if (looks_at_it && !claims_[claim].closed) return true;
    }
    return false;
}

bool ClaimsRun::has_members(std::size_t scene, std::size_t members) const {
    return std::ranges::all_of(std::span{scenes_[scene].members}.first(members),
                               [](const auto& each) { return each.has_value(); });
}

std::vector<world::Measured> ClaimsRun::values(std::size_t claim, std::size_t members) const {
    const PlannedClaim& planned = plan_.claims[claim];
    std::vector<world::Measured> all;
    for (std::size_t member = 0; member < members; ++member) {
        const world::Measured here = answer(planned.here, member);
        const world::Measured there =
            planned.there ? answer(*planned.there, member) : world::Measured{};
        all.push_back(world::claimed(planned.claim, here, there));
    }
    return all;
}

world::Measured ClaimsRun::answer(const Question& question, std::size_t member) const {
    const auto& answers = scenes_[question.scene].members[member];
    if (!answers) return {.value = {}, .why_not = "not made", .within_run_95 = {}};
    return (*answers)[question.measure];
}

}  // namespace crowdout::studies
