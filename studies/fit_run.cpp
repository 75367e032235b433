// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_run.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace crowdout::studies {

namespace {

/// A fit under way. Points that set the same values are one point.
class Run {
public:
    Run(const Fit& fit, const FitEvaluator& evaluate) : fit_{fit}, evaluate_{evaluate} {}

    std::optional<FitResult> fit() {
        const std::vector<double> start = fit_.start();
        const auto first = training(start);
        if (!first) return std::nullopt;
        if (first->undefined == fit_.targets.size()) refuse(*first);
        result_.start = start;
        result_.best = start;
        result_.training_before = *first;
        result_.training_after = *first;

        search();
        result_.is_whole = result_.end != SearchEnd::stopped && look_at_held_out() &&
                           look_at_slices() && look_at_grid();
        return std::move(result_);
    }

private:
    [[noreturn]] void refuse(const FitOutcome& first) const {
        const Judgement& judgement = first.targets.front().judgement;
        throw FitError{"at the start no target has an estimate; '" +
                       fit_.targets.front().claim.name + "': " + judgement.why};
    }

    /// What the training seeds say about a point. Nothing where it was stopped.
    std::optional<FitOutcome> training(const std::vector<double>& point) {
        if (!know({point})) return std::nullopt;
        return known_.at(fit_.assignments(point));
    }

    /// Has points evaluated that were not yet, all of them side by side. @return false: stopped.
    bool know(const std::vector<std::vector<double>>& points) {
        std::map<std::vector<std::string>, std::vector<double>> unknown;
        for (const std::vector<double>& point : points) {
            const std::vector<std::string> key = fit_.assignments(point);
            if (!known_.contains(key)) unknown.emplace(key, point);
        }
        if (unknown.empty()) return true;
        std::vector<std::vector<double>> asked;
        for (const auto& [key, point] : unknown) asked.push_back(point);
        auto outcomes = evaluate_(asked, FitSeeds::training);
        if (!outcomes) return false;
        std::size_t i = 0;
        for (const auto& [key, point] : unknown) {
            known_.emplace(key, std::move((*outcomes)[i++]));
        }
        return true;
    }

    double loss_at(const std::vector<double>& point) const {
        return known_.at(fit_.assignments(point)).loss;
    }

    void search() {
        const Objective objective = [this](std::span<const double> at) -> std::optional<double> {
            const std::vector<double> point{at.begin(), at.end()};
            const bool is_new = !known_.contains(fit_.assignments(point)) || result_.path.empty();
            const auto outcome = training(point);
            if (!outcome) return std::nullopt;
            if (is_new) result_.path.push_back({point, outcome->loss});
            if (outcome->loss < result_.training_after.loss) {
                result_.training_after = *outcome;
                result_.best = point;
            }
            return outcome->loss;
        };
        const SearchOptions options{
            .search = fit_.config.search,
            .evaluations_max = static_cast<std::size_t>(fit_.config.evaluations)};
        result_.end = minimize(objective, result_.start, options).end;
    }

    bool look_at_held_out() {
        const bool moved = fit_.assignments(result_.start) != fit_.assignments(result_.best);
        std::vector<std::vector<double>> points{result_.start};
        if (moved) points.push_back(result_.best);
        auto outcomes = evaluate_(points, FitSeeds::held_out);
        if (!outcomes) return false;
        result_.held_out_before = outcomes->front();
        result_.held_out_after = outcomes->back();
        return true;
    }

    /// Shares around the best, ends of the range included where they are within reach.
    [[nodiscard]] std::vector<double> around_best(std::size_t parameter, std::int64_t count) const {
        const double low = std::max(0.0, result_.best[parameter] - fit_.config.surface.reach);
        const double high = std::min(1.0, result_.best[parameter] + fit_.config.surface.reach);
        std::vector<double> shares;
        for (std::int64_t i = 0; i < count; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(count - 1);
            shares.push_back(low + share * (high - low));
        }
        return shares;
    }

    bool look_at_slices() {
        std::vector<FitSlice> slices;
        std::vector<std::vector<double>> points;
        for (std::size_t i = 0; i < fit_.parameters.size(); ++i) {
            FitSlice slice{.parameter = i, .points = {}};
            std::vector<double> shares = around_best(i, fit_.config.surface.slice);
            if (shares.empty()) return true;
            // The best itself is known already.
            shares.push_back(result_.best[i]);
            std::ranges::sort(shares);
            shares.erase(std::unique(shares.begin(), shares.end()), shares.end());
            for (const double share : shares) {
                FitPoint point{.at = result_.best, .loss = 0};
                point.at[i] = share;
                points.push_back(point.at);
                slice.points.push_back(std::move(point));
            }
            slices.push_back(std::move(slice));
        }
        if (!know(points)) return false;
        for (FitSlice& slice : slices) {
            for (FitPoint& point : slice.points) point.loss = loss_at(point.at);
        }
        result_.slices = std::move(slices);
        return true;
    }

    bool look_at_grid() {
        if (fit_.parameters.size() < 2) return true;
        std::vector<FitPoint> grid;
        std::vector<std::vector<double>> points;
        for (const double first : around_best(0, fit_.config.surface.grid)) {
            for (const double second : around_best(1, fit_.config.surface.grid)) {
                FitPoint point{.at = result_.best, .loss = 0};
                point.at[0] = first;
                point.at[1] = second;
                points.push_back(point.at);
                grid.push_back(std::move(point));
            }
        }
        if (!know(points)) return false;
        for (FitPoint& point : grid) point.loss = loss_at(point.at);
        result_.grid = std::move(grid);
        return true;
    }

    const Fit& fit_;
    const FitEvaluator& evaluate_;
    std::map<std::vector<std::string>, FitOutcome> known_;  // training seeds, by what was set
    FitResult result_;
};

}  // namespace

std::optional<FitResult> run_fit(const Fit& fit, const FitEvaluator& evaluate) {
    return Run{fit, evaluate}.fit();
}

std::size_t members_max(const Fit& fit) {
    const auto number = [](std::int64_t value) { return static_cast<std::size_t>(value); };
    const FitSurfaceConfig& surface = fit.config.surface;
    std::size_t points = number(fit.config.evaluations);
    points += number(surface.slice) * fit.parameters.size();
    if (fit.parameters.size() > 1) points += number(surface.grid * surface.grid);
    return points * fit.training.scenes.size() * number(fit.config.training.seeds) +
           2 * fit.held_out.scenes.size() * number(fit.config.held_out.seeds);
}

}  // namespace crowdout::studies
