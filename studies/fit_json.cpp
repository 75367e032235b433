// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>

#include "studies/fit_run.hpp"
#include "world/json_fields.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::studies {

namespace {

using world::json_number;
using world::json_quoted;

/// Writes `[a, b, c]`, one `item` after the other.
template <class Items, class Write>
std::string list(const Items& items, const Write& write) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += ", ";
        text += write(item);
    }
    return "[" + text + "]";
}

std::string numbers(const Fit& fit, const std::vector<double>& at) {
    std::vector<double> values;
    for (std::size_t i = 0; i < at.size(); ++i) values.push_back(fit.parameters[i].number(at[i]));
    return list(values, json_number);
}

std::string parameters(const Fit& fit, const FitResult& result) {
    std::string text;
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        const FitParameter& each = fit.parameters[i];
        fmt::format_to(
            std::back_inserter(text),
            "{}{{\"name\": {}, \"field\": {}, \"unit\": {}, \"least\": {}, \"greatest\": {}, "
            "\"start\": {}, \"best\": {}, \"best_text\": {}}}",
            i == 0 ? "" : ", ", json_quoted(each.name()), json_quoted(each.path()),
            json_quoted(world::unit_name(each.unit())), json_number(each.number(0)),
            json_number(each.number(1)), json_number(each.number(result.start[i])),
            json_number(each.number(result.best[i])), json_quoted(each.text(result.best[i])));
    }
    return "[" + text + "]";
}

std::string estimate(const world::ClaimConfig& claim, const FitEstimate& each) {
    const Judgement& judgement = each.judgement;
    return fmt::format(
        "{{\"name\": {}, \"estimate\": {}, \"low_95\": {}, \"high_95\": {}, \"members\": {}, "
        "\"missing\": {}, \"verdict\": {}, \"distance\": {}, \"why\": {}}}",
        json_quoted(claim.name), json_number(judgement.interval.estimate),
        json_number(judgement.interval.low), json_number(judgement.interval.high),
        judgement.members, judgement.missing,
        json_quoted(verdict_names[static_cast<std::size_t>(judgement.verdict)]),
        each.distance ? json_number(*each.distance) : "null", json_quoted(judgement.why));
}

std::string outcome(const Fit& fit, const FitOutcome& each) {
    std::string targets;
    std::string others;
    for (std::size_t i = 0; i < each.targets.size(); ++i) {
        targets += (i == 0 ? "" : ", ") + estimate(fit.targets[i].claim, each.targets[i]);
    }
    for (std::size_t i = 0; i < each.others.size(); ++i) {
        const auto& claim = fit.held_out.claims[fit.targets.size() + i].claim;
        others += (i == 0 ? "" : ", ") + estimate(claim, each.others[i]);
    }
    return fmt::format(
        "{{\"loss\": {}, \"undefined\": {}, \"members_lost\": {}, \"targets\": [{}], "
        "\"claims\": [{}]}}",
        json_number(each.loss), each.undefined, each.members_lost, targets, others);
}

std::string seeds_and_outcomes(const Fit& fit, const FitSeedsConfig& seeds,
                               const FitOutcome* before, const FitOutcome* after) {
    const auto text = [&](const FitOutcome* each) {
        return each == nullptr ? std::string{"null"} : outcome(fit, *each);
    };
    return fmt::format("{{\"first_seed\": {}, \"seeds\": {}, \"before\": {}, \"after\": {}}}",
                       seeds.first_seed, seeds.seeds, text(before), text(after));
}

}  // namespace

std::string fit_json(const Fit& fit, const FitResult& result) {
    const auto point = [&](const FitPoint& each) {
        return fmt::format("{{\"at\": {}, \"loss\": {}}}", numbers(fit, each.at),
                           json_number(each.loss));
    };
    const auto slice = [&](const FitSlice& each) {
        return fmt::format("{{\"parameter\": {}, \"points\": {}}}",
                           json_quoted(fit.parameters[each.parameter].name()),
                           list(each.points, point));
    };
    const auto target = [](const FitTarget& each) {
        const world::Bounds bounds = world::bounds_of(each.claim);
        return fmt::format(
            "{{\"name\": {}, \"unit\": {}, \"low\": {}, \"high\": {}, \"judge\": {}, "
            "\"tolerance\": {}, \"weight\": {}}}",
            json_quoted(each.claim.name),
            json_quoted(
                world::measure_unit_names[static_cast<std::size_t>(world::unit_of(each.claim))]),
            json_number(bounds.low), json_number(bounds.high),
            json_quoted(world::judge_names[static_cast<std::size_t>(each.claim.judge)]),
            json_number(each.tolerance), json_number(each.weight));
    };
    const auto pointer = [](const std::optional<FitOutcome>& each) {
        return each ? &*each : nullptr;
    };
    const FitConfig& config = fit.config;
    return fmt::format(
        "{{\"format\": \"crowdout fit 1\", \"name\": {}, \"world\": {}, \"set\": {},\n"
        " \"search\": {}, \"end\": {}, \"whole\": {},\n \"parameters\": {},\n \"targets\": {},\n"
        " \"training\": {},\n \"held_out\": {},\n \"path\": {},\n \"slices\": {},\n"
        " \"grid\": {}}}\n",
        json_quoted(config.name), json_quoted(fit.world_file), list(config.set, json_quoted),
        json_quoted(search_names[static_cast<std::size_t>(config.search)]),
        json_quoted(search_end_names[static_cast<std::size_t>(result.end)]), result.is_whole,
        parameters(fit, result), list(fit.targets, target),
        seeds_and_outcomes(fit, config.training,
                           &result.training_before, &result.training_after),
        seeds_and_outcomes(fit, config.held_out,
                           pointer(result.held_out_before), pointer(result.held_out_after)),
        list(result.path, point), list(result.slices, slice), list(result.grid, point));
}

}  // namespace crowdout::studies
