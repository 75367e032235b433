// SPDX-License-Identifier: Apache-2.0
#include "studies/claims_plan.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

#include "studies/member.hpp"
#include "world/data_tracks.hpp"

namespace crowdout::studies {

namespace {

/// The counterfactual's world, as its file and assignments make it.
world::WorldConfig counterfactual_world(const std::string& file, std::vector<std::string> sets,
                                        const world::CounterfactualConfig& other) {
    sets.insert(sets.end(), other.set.begin(), other.set.end());
    auto loaded = world::load_world(file, sets);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    return std::move(loaded.config);
}

/// What the world's data says of a claim. The past had one course: it compares with no other, and
/// is no share of many.
std::optional<world::Measured> past_of(const world::ClaimConfig& claim,
                                       const world::WorldConfig& config) {
    if (!world::has_past(config)) return std::nullopt;
    if (claim.judge == world::Judge::share) {
        return world::Measured{
            .value = {}, .why_not = "the past is one run, not a share", .within_run_95 = {}};
    }
    if (claim.in.empty() && claim.minus.empty() && claim.over.empty()) {
        return world::evaluate_past(claim, config);
    }
    return world::Measured{
        .value = {}, .why_not = "the past has no counterfactual", .within_run_95 = {}};
}

}  // namespace

void ClaimsPlan::add(const std::string& file, const std::vector<std::string>& sets,
                     const world::Loaded<world::WorldConfig>& loaded) {
    const world::WorldConfig& config = loaded.config;
    std::map<std::string, std::size_t> scene_by_name;  // "" is the world itself
    const auto scene = [&](const std::string& name) {
        const auto known = scene_by_name.find(name);
        if (known != scene_by_name.end()) return known->second;
        std::size_t number = 0;
        if (name.empty()) {
            number = scene_of(config.name, config);
        } else {
            const world::CounterfactualConfig* other = config.counterfactuals.find(name);
            assert(other != nullptr && "the loader refuses names that are not declared");
            const std::string path = world::counterfactual_file(loaded, file, *other);
            number = scene_of(config.name + " " + name, counterfactual_world(path, sets, *other));
        }
        scene_by_name.emplace(name, number);
        return number;
    };
    for (const world::ClaimConfig& claim : config.claims.items) {
        PlannedClaim planned{.world = config.name, .claim = claim, .past = past_of(claim, config)};
        planned.here = question(scene(claim.in), claim);
        const std::string& other = claim.minus.empty() ? claim.over : claim.minus;
        if (!other.empty()) planned.there = question(scene(other), claim);
        claims.push_back(std::move(planned));
    }
}

std::size_t ClaimsPlan::scene_of(std::string name, const world::WorldConfig& config) {
    std::string text = member_world(config);
    const auto known = std::ranges::find(scenes, text, &Scene::world);
    if (known != scenes.end()) return static_cast<std::size_t>(known - scenes.begin());
    scenes.push_back({.name = std::move(name), .world = std::move(text), .measures = {}});
    return scenes.size() - 1;
}

Question ClaimsPlan::question(std::size_t scene, const world::MeasureConfig& measure) {
    std::vector<std::string>& asked = scenes[scene].measures;
    const std::string text = measure_text(measure);
    const auto known = std::ranges::find(asked, text);
    const auto number = static_cast<std::size_t>(known - asked.begin());
    if (known == asked.end()) asked.push_back(text);
    return {.scene = scene, .measure = number};
}

}  // namespace crowdout::studies
