// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "studies/ensemble.hpp"
#include "studies/fit_loss.hpp"

namespace crowdout::studies {

/// The two sets of seeds, which have none in common.
enum class FitSeeds : std::uint8_t { training, held_out };

/// Says what points come to on a set of seeds. Nothing where it was stopped before it knew.
using FitEvaluator = std::function<std::optional<std::vector<FitOutcome>>(
    std::span<const std::vector<double>> points, FitSeeds seeds)>;

/// Members asked for, and those that ended.
struct FitProgress {
    std::size_t asked = 0;
    std::size_t made = 0;
    std::size_t cached = 0;  ///< made before
    std::size_t lost = 0;
};

/// Evaluates points by making members, all those of one call side by side.
///
/// Every point meets the same seeds: what differs between two points is what the parameters do
/// (common random numbers), and the result depends on nothing but the point.
class FitMembers {
public:
    /// @param fit, ensemble  outlive it; the ensemble is for it alone.
    /// @param goes_on        asked several times a second; false stops the call.
    FitMembers(const Fit& fit, Ensemble& ensemble, std::function<bool(const FitProgress&)> goes_on);

    [[nodiscard]] std::optional<std::vector<FitOutcome>> operator()(
        std::span<const std::vector<double>> points, FitSeeds seeds);

    [[nodiscard]] const FitProgress& progress() const { return progress_; }
    /// Why the first lost member was lost; "" where none was.
    [[nodiscard]] const std::string& first_loss() const { return first_loss_; }

private:
    using Answers = std::vector<world::Measured>;  // by the scene's measures

    [[nodiscard]] FitOutcome outcome(const ClaimsPlan& plan, std::span<const Answers> members,
                                     std::size_t seeds) const;

    const Fit& fit_;
    Ensemble& ensemble_;
    std::function<bool(const FitProgress&)> goes_on_;
    FitProgress progress_;
    std::string first_loss_;
};

}  // namespace crowdout::studies
