// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_members.hpp"

#include <algorithm>
#include <utility>

namespace crowdout::studies {

FitMembers::FitMembers(const Fit& fit, Ensemble& ensemble,
                       std::function<bool(const FitProgress&)> goes_on)
    : fit_{fit}, ensemble_{ensemble}, goes_on_{std::move(goes_on)} {}

std::optional<std::vector<FitOutcome>> FitMembers::operator()(
    std::span<const std::vector<double>> points, FitSeeds which) {
    const bool is_training = which == FitSeeds::training;
    const ClaimsPlan& plan = is_training ? fit_.training : fit_.held_out;
    const FitSeedsConfig& wanted = is_training ? fit_.config.training : fit_.config.held_out;
    const auto seeds = static_cast<std::size_t>(wanted.seeds);

    // A member's number: [points x scenes x seeds].
    const std::size_t scenes = plan.scenes.size();
    std::vector<Answers> members(points.size() * scenes * seeds);
    std::vector<std::size_t> lost(points.size(), 0);
    for (std::size_t id = 0; id < members.size(); ++id) {
        const Scene& scene = plan.scenes[id / seeds % scenes];
        MemberJob job{.world = scene.world,
                      .set = fit_.assignments(points[id / seeds / scenes]),
                      .seed = static_cast<std::uint64_t>(wanted.first_seed) + id % seeds,
                      .branches = {},
                      .measures = scene.measures,
                      .series_every = {}};
        ensemble_.add(id, std::move(job));
    }
    progress_.asked += members.size();
    while (ensemble_.pending() > 0) {
        auto ended = ensemble_.next(0.1);
        if (ended) {
            ++(ended->cached ? progress_.cached : progress_.made);
            Answers& answers = members[ended->id];
            if (ended->result.state == MemberState::done) {
                answers = std::move(ended->result.branches.front().values);
            } else {
                ++progress_.lost;
                ++lost[ended->id / seeds / scenes];
                if (first_loss_.empty()) first_loss_ = ended->result.what;
                answers.assign(plan.scenes[ended->id / seeds % scenes].measures.size(),
                               {.value = {},
                                .why_not = "the member is lost: " + ended->result.what,
                                .within_run_95 = {}});
            }
        }
        if (goes_on_(progress_)) continue;
        ensemble_.cancel([](std::size_t) { return true; });
        return std::nullopt;
    }

    std::vector<FitOutcome> outcomes;
    for (std::size_t point = 0; point < points.size(); ++point) {
        const auto own = std::span{members}.subspan(point * scenes * seeds, scenes * seeds);
        outcomes.push_back(outcome(plan, own, seeds));
        outcomes.back().members_lost = lost[point];
    }
    return outcomes;
}

FitOutcome FitMembers::outcome(const ClaimsPlan& plan, std::span<const Answers> members,
                               std::size_t seeds) const {
    std::vector<std::vector<world::Measured>> values;
    for (const PlannedClaim& planned : plan.claims) {
        std::vector<world::Measured>& of_claim = values.emplace_back();
        for (std::size_t seed = 0; seed < seeds; ++seed) {
            const auto answer = [&](const Question& question) {
                return members[question.scene * seeds + seed][question.measure];
            };
            of_claim.push_back(
                world::claimed(planned.claim, answer(planned.here),
                               planned.there ? answer(*planned.there) : world::Measured{}));
        }
    }
    return outcome_of(fit_, plan, values);
}

}  // namespace crowdout::studies
