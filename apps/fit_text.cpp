// SPDX-License-Identifier: Apache-2.0
#include "apps/fit_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ostream>
#include <string_view>
#include <vector>

#include "apps/figures.hpp"
#include "apps/table.hpp"

namespace crowdout::apps {

namespace {

using studies::FitEstimate;
using studies::FitOutcome;

std::string loss_text(double loss) {
    return fmt::format("{:.3g}", loss);
}

std::string value(double number, const world::ClaimConfig& claim) {
    return std::isnan(number) ? "-" : world::value_text(number, studies::judged_unit(claim));
}

std::string range_text(const world::ClaimConfig& claim) {
    const world::Bounds bounds = studies::judged_bounds(claim);
    if (std::isinf(bounds.low)) return "below " + value(bounds.high, claim);
    if (std::isinf(bounds.high)) return "above " + value(bounds.low, claim);
    return value(bounds.low, claim) + " .. " + value(bounds.high, claim);
}

std::string estimate_text(const FitEstimate& each, const world::ClaimConfig& claim) {
    const world::Interval& interval = each.judgement.interval;
    if (std::isnan(interval.estimate)) return "none";
    const std::string estimate = value(interval.estimate, claim);
    if (std::isnan(interval.low) || std::isnan(interval.high)) return estimate;
    return fmt::format("{} [{}, {}]", estimate, value(interval.low, claim),
                       value(interval.high, claim));
}

std::string distance_text(const FitEstimate& each) {
    return each.distance ? fmt::format("{:.2f}", *each.distance) : "none";
}

void print_parameters(const studies::Fit& fit, const studies::FitResult& result, Console& console) {
    Table table{{"Parameter", "start", "best", "range"}};
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        const studies::FitParameter& each = fit.parameters[i];
        // A best at an end says that the range was too narrow.
        const bool at_end = result.best[i] <= 0.001 || result.best[i] >= 0.999;
        table.row({each.name(), each.text(result.start[i]), each.text(result.best[i]),
                   each.text(0) + " .. " + each.text(1) + (at_end ? " (at its end)" : "")});
    }
    table.print(console.out, console.out_colors());
}

void print_loss(const studies::FitResult& result, Console& console) {
    const auto held_out = [](const std::optional<FitOutcome>& outcome) {
        return outcome ? loss_text(outcome->loss) : "not made";
    };
    Table table{{"Loss", "before", "after"}};
    table.row({"training", loss_text(result.training_before.loss),
               loss_text(result.training_after.loss)});
    table.row({"held out", held_out(result.held_out_before), held_out(result.held_out_after)});
    console.out << '\n';
    table.print(console.out, console.out_colors());
}

void print_targets(const std::string& title, const studies::Fit& fit, const FitOutcome& before,
                   const FitOutcome& after, Console& console) {
    Table table{{title, "range", "before", "after", "distance"}};
    for (std::size_t i = 0; i < fit.targets.size(); ++i) {
        const world::ClaimConfig& claim = fit.targets[i].claim;
        table.row({claim.name, range_text(claim), estimate_text(before.targets[i], claim),
                   estimate_text(after.targets[i], claim),
                   distance_text(before.targets[i]) + " -> " + distance_text(after.targets[i])});
    }
    for (std::size_t i = 0; i < after.others.size(); ++i) {
        const world::ClaimConfig& claim = fit.held_out.claims[fit.targets.size() + i].claim;
        const auto verdict = static_cast<std::size_t>(after.others[i].judgement.verdict);
        table.row({claim.name + " (claim)", range_text(claim),
                   estimate_text(before.others[i], claim), estimate_text(after.others[i], claim),
                   std::string{studies::verdict_names[verdict]}});
    }
    console.out << '\n';
    table.print(console.out, console.out_colors());
}

std::string_view end_text(studies::SearchEnd end) {
    switch (end) {
        case studies::SearchEnd::met:
            return "every target lies within its range";
        case studies::SearchEnd::converged:
            return "nearby points are no better";
        case studies::SearchEnd::spent:
            return "all evaluations are spent";
        case studies::SearchEnd::stopped:
            return "stopped";
    }
    return "";
}

}  // namespace

std::string set_line(const studies::Fit& fit, const studies::FitResult& result) {
    std::vector<std::string> all = fit.config.set;
    for (std::string& each : fit.assignments(result.best)) all.push_back(std::move(each));
    std::string line;
    for (const std::string& each : all) {
        line += (line.empty() ? "--set " : " --set ") + shell_word(each);
    }
    return line;
}

void print_fit(const studies::Fit& fit, const studies::FitResult& result, Console& console) {
    print_parameters(fit, result, console);
    print_loss(result, console);
    print_targets("Training", fit, result.training_before, result.training_after, console);
    if (result.held_out_before) {
        print_targets("Held out", fit, *result.held_out_before, *result.held_out_after, console);
    }
    const std::size_t undefined = result.training_after.undefined;
    if (undefined > 0) {
        console.out << fmt::format(
            "\n{} no estimate at the best point; each costs {}.\n",
            undefined == 1 ? "1 target has" : fmt::format("{} targets have", undefined),
            fit.config.penalty);
    }
    console.out << fmt::format("\nThe search looked at {}: {}.\n",
                               counted(static_cast<std::int64_t>(result.path.size()), "point"),
                               end_text(result.end));
    console.out << "crowdout run " << shell_word(fit.world_file) << ' ' << set_line(fit, result)
                << '\n';
}

std::string fit_comment(const studies::Fit& fit, const studies::FitResult& result) {
    const std::string held_out =
        result.held_out_after ? fmt::format("{} -> {}", loss_text(result.held_out_before->loss),
                                            loss_text(result.held_out_after->loss))
                              : "not made";
    return fmt::format(
        "# Found by `crowdout fit`, {}: {}.\n"
        "# Loss {} -> {} on {} seeds of training; held out: {}.\n",
        fit.config.name, end_text(result.end), loss_text(result.training_before.loss),
        loss_text(result.training_after.loss), fit.config.training.seeds, held_out);
}

}  // namespace crowdout::apps
