// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "studies/claims_plan.hpp"
#include "studies/fit_config.hpp"
#include "studies/fit_parameter.hpp"
#include "studies/question_file.hpp"
#include "world/config.hpp"

namespace crowdout::studies {

/// One thing that is to be met.
struct FitTarget {
    world::ClaimConfig claim;
    double tolerance = 1;  ///< in the unit of the claimed value; above 0
    double weight = 1;
};

/// A fit that is right: its world read, its parameters and targets found there.
struct Fit {
    FitConfig config;
    std::string world_file;
    std::vector<std::string> files;                  ///< all that it was read from, the world's too
    std::shared_ptr<const world::WorldConfig> base;  ///< with `config.set` on top
    std::vector<FitParameter> parameters;
    std::vector<FitTarget> targets;
    ClaimsPlan training;  ///< the targets
    ClaimsPlan held_out;  ///< the targets, then the claims that are only looked at

    /// What is set in the world at a point: every parameter's assignment.
    [[nodiscard]] std::vector<std::string> assignments(std::span<const double> point) const;
    [[nodiscard]] std::vector<double> start() const;
};

/// A fit file with everything that is wrong with it.
struct LoadedFit : LoadedQuestion {
    std::optional<Fit> fit{};  ///< where nothing is wrong
};

/// Reads a fit file and the world that it moves. Never throws for what the files say.
/// @param overrides  `a.b=c` on top of the fit file.
[[nodiscard]] LoadedFit load_fit(const std::string& path,
                                 const std::vector<std::string>& overrides = {});

}  // namespace crowdout::studies
