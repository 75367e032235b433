// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>

#include "world/json_fields.hpp"
#include "world/json_lines.hpp"
#include "world/quantity_text.hpp"
#include "world/replay_error.hpp"

namespace crowdout::studies {

namespace {

constexpr std::string_view format_name = "crowdout fit 1";

template <class T, class Wanted>
concept Is = std::same_as<std::remove_cvref_t<T>, Wanted>;

}  // namespace

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundParameter> {
    field("name", each.name);
    field("field", each.field);
    field("unit", each.unit);
    field("scale", each.scale);
    field("least", each.least);
    field("greatest", each.greatest);
    field("start", each.start);
    field("best", each.best);
    field("best_text", each.best_text);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundGoal> {
    field("name", each.name);
    field("unit", each.unit);
    field("low", each.low);
    field("high", each.high);
    field("judge", each.judge);
    field("tolerance", each.tolerance);
    field("weight", each.weight);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundEstimate> {
    field("name", each.name);
    field("estimate", each.estimate);
    field("low_95", each.low_95);
    field("high_95", each.high_95);
    field("members", each.members);
    field("missing", each.missing);
    field("verdict", each.verdict);
    field("distance", each.distance);
    field("why", each.why);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundOutcome> {
    field("loss", each.loss);
    field("undefined", each.undefined);
    field("members_lost", each.members_lost);
    field("targets", each.targets);
    field("claims", each.claims);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundSeeds> {
    field("first_seed", each.first_seed);
    field("seeds", each.seeds);
    field("before", each.before);
    field("after", each.after);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundPoint> {
    field("at", each.at);
    field("loss", each.loss);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FoundSlice> {
    field("parameter", each.parameter);
    field("points", each.points);
}

void visit_fields(auto& field, auto& each) requires Is<decltype(each), FitFindings> {
    field("format", each.format);
    field("name", each.name);
    field("description", each.description);
    field("description_zh", each.description_zh);
    field("world", each.world);
    field("set", each.set);
    field("search", each.search);
    field("end", each.end);
    field("whole", each.whole);
    field("parameters", each.parameters);
    field("targets", each.targets);
    field("claims", each.claims);
    field("training", each.training);
    field("held_out", each.held_out);
    field("path", each.path);
    field("slices", each.slices);
    field("grid", each.grid);
}

namespace {

FoundGoal goal_of(const world::ClaimConfig& claim) {
    const world::Bounds bounds = judged_bounds(claim);
    return {
        .name = claim.name,
        .unit =
            std::string{world::measure_unit_names[static_cast<std::size_t>(judged_unit(claim))]},
        .low = bounds.low,
        .high = bounds.high,
        .judge = claim.judge};
}

FoundEstimate estimate_of(const std::string& name, const FitEstimate& each) {
    const Judgement& judgement = each.judgement;
    return {.name = name,
            .estimate = judgement.interval.estimate,
            .low_95 = judgement.interval.low,
            .high_95 = judgement.interval.high,
            .members = judgement.members,
            .missing = judgement.missing,
            .verdict = judgement.verdict,
            .distance = each.distance.value_or(FoundGoal::none),
            .why = judgement.why};
}

/// Says in the units of a fit what its result says in shares and by number.
class Teller {
public:
    explicit Teller(const Fit& fit) : fit_{fit} {}

    [[nodiscard]] FoundParameter parameter(std::size_t i, const FitResult& result) const {
        const FitParameter& each = fit_.parameters[i];
        return {.name = each.name(),
                .field = each.path(),
                .unit = std::string{world::unit_name(each.unit())},
                .scale = fit_.config.parameters[i].scale,
                .least = each.number(0),
                .greatest = each.number(1),
                .start = each.number(result.start[i]),
                .best = each.number(result.best[i]),
                .best_text = each.text(result.best[i])};
    }

    [[nodiscard]] FoundSeeds seeds(const FitSeedsConfig& config,
                                   const std::optional<FitOutcome>& before,
                                   const std::optional<FitOutcome>& after) const {
        FoundSeeds seeds{.first_seed = config.first_seed, .seeds = config.seeds};
        if (before) seeds.before = outcome(*before);
        if (after) seeds.after = outcome(*after);
        return seeds;
    }

    [[nodiscard]] std::vector<FoundPoint> points(const std::vector<FitPoint>& all) const {
        std::vector<FoundPoint> told;
        for (const FitPoint& each : all) {
            FoundPoint& point = told.emplace_back();
            for (std::size_t i = 0; i < each.at.size(); ++i) {
                point.at.push_back(fit_.parameters[i].number(each.at[i]));
            }
            point.loss = each.loss;
        }
        return told;
    }

private:
    [[nodiscard]] FoundOutcome outcome(const FitOutcome& each) const {
        FoundOutcome told{
            .loss = each.loss, .undefined = each.undefined, .members_lost = each.members_lost};
        for (std::size_t i = 0; i < each.targets.size(); ++i) {
            told.targets.push_back(estimate_of(fit_.targets[i].claim.name, each.targets[i]));
        }
        for (std::size_t i = 0; i < each.others.size(); ++i) {
            const PlannedClaim& other = fit_.held_out.claims[fit_.targets.size() + i];
            told.claims.push_back(estimate_of(other.claim.name, each.others[i]));
        }
        return told;
    }

    const Fit& fit_;
};

}  // namespace

FitFindings findings_of(const Fit& fit, const FitResult& result) {
    const Teller tell{fit};
    FitFindings findings{.format = std::string{format_name},
                         .name = fit.config.name,
                         .description = fit.config.description,
                         .description_zh = fit.config.description_zh,
                         .world = fit.world_file,
                         .set = fit.config.set,
                         .search = fit.config.search,
                         .end = result.end,
                         .whole = result.is_whole};
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        findings.parameters.push_back(tell.parameter(i, result));
    }
    for (const FitTarget& target : fit.targets) {
        FoundGoal& goal = findings.targets.emplace_back(goal_of(target.claim));
        goal.tolerance = target.tolerance;
        goal.weight = target.weight;
    }
    for (std::size_t i = fit.targets.size(); i < fit.held_out.claims.size(); ++i) {
        findings.claims.push_back(goal_of(fit.held_out.claims[i].claim));
    }
    findings.training =
        tell.seeds(fit.config.training, result.training_before, result.training_after);
    findings.held_out =
        tell.seeds(fit.config.held_out, result.held_out_before, result.held_out_after);
    findings.path = tell.points(result.path);
    for (const FitSlice& slice : result.slices) {
        findings.slices.push_back({.parameter = fit.parameters[slice.parameter].name(),
                                   .points = tell.points(slice.points)});
    }
    findings.grid = tell.points(result.grid);
    return findings;
}

std::string fit_json(const FitFindings& findings) {
    world::JsonWriter writer;
    writer.write(findings);
    return world::json_lines(writer.text()) + "\n";
}

bool is_fit_json(std::string_view json) {
    const std::size_t key = json.find_first_not_of(" \t\r\n{");
    return key != std::string_view::npos &&
           json.substr(key).starts_with("\"format\": \"crowdout fit");
}

namespace {

/// Numbers that a page counts on. @throws world::ReplayError
void check(std::string_view name, const FitFindings& findings) {
    const auto need = [&](bool holds, const char* what) {
        if (!holds) throw world::ReplayError{fmt::format("{}: {}", name, what), 0};
    };
    need(findings.format == format_name, "is no result of a fit that this version knows");
    need(!findings.parameters.empty(), "there are no parameters in it");
    const auto fits = [&](const FoundPoint& point) {
        return point.at.size() == findings.parameters.size() && std::isfinite(point.loss);
    };
    bool all_fit =
        std::ranges::all_of(findings.path, fits) && std::ranges::all_of(findings.grid, fits);
    for (const FoundSlice& slice : findings.slices) {
        all_fit =
            all_fit && std::ranges::all_of(slice.points, fits) &&
            std::ranges::count(findings.parameters, slice.parameter, &FoundParameter::name) == 1;
    }
    need(all_fit, "its points are not those of its parameters");
    const auto has = [&](const FoundSeeds& seeds) {
        for (const auto& outcome : {seeds.before, seeds.after}) {
            if (outcome && outcome->targets.size() != findings.targets.size()) return false;
            if (outcome && outcome->claims.size() > findings.claims.size()) return false;
        }
        return true;
    };
    need(has(findings.training) && has(findings.held_out) && findings.training.before &&
             findings.training.after,
         "its estimates are not those of its targets");
}

}  // namespace

FitFindings read_fit(std::string_view name, std::string_view json) {
    const world::Node node = world::parse_json(name, json);
    FitFindings findings;
    world::JsonReader{node}.read(findings);
    check(name, findings);
    return findings;
}

}  // namespace crowdout::studies
