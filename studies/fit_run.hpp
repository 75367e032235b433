// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "studies/fit_members.hpp"

namespace crowdout::studies {

/// A point that was looked at, with its loss on the training seeds.
struct FitPoint {
    std::vector<double> at;  ///< shares of the ranges, by parameter
    double loss = 0;
};

/// The loss along one parameter, all others as in the best point.
struct FitSlice {
    std::size_t parameter = 0;
    std::vector<FitPoint> points;  ///< by rising value
};

/// What a fit found, and how.
struct FitResult {
    std::vector<double> start;
    std::vector<double> best;
    SearchEnd end = SearchEnd::stopped;
    FitOutcome training_before;
    FitOutcome training_after;
    std::optional<FitOutcome> held_out_before;  ///< nothing where it was stopped earlier
    std::optional<FitOutcome> held_out_after;
    std::vector<FitPoint> path;  ///< points of the search, in its order, each once
    std::vector<FitSlice> slices;
    /// Loss over the first two parameters; the second changes fastest.
    std::vector<FitPoint> grid;
    bool is_whole = false;  ///< false where it was stopped
};

/// No point that the search could begin from.
class FitError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Searches, then looks at the start and the best on the held-out seeds, then around the best.
///
/// A stop is no error: the best point so far is kept, and what was not looked at is not there.
/// @return nothing where it was stopped before the start was evaluated.
/// @throws FitError  where no target has an estimate at the start: nothing leads anywhere then.
[[nodiscard]] std::optional<FitResult> run_fit(const Fit& fit, const FitEvaluator& evaluate);

/// Members that a fit may ask for, if the search takes all its evaluations.
[[nodiscard]] std::size_t members_max(const Fit& fit);

}  // namespace crowdout::studies
