// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "studies/fit_run.hpp"

namespace crowdout::studies {

// Parts of `FitFindings`. Numbers that are not there are not numbers.

struct FoundParameter {
    std::string name{};
    std::string field{};
    std::string unit{};  ///< as `world::unit_name`
    Scale scale = Scale::linear;
    double least = 0;
    double greatest = 1;
    double start = 0;
    double best = 0;
    std::string best_text{};  ///< as a file has it
};

/// A target, or a claim that is only looked at.
struct FoundGoal {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    std::string name{};
    std::string unit{};  ///< of what is judged: number, share, per year, USD, days
    double low = none;   ///< none: not bounded below
    double high = none;
    world::Judge judge = world::Judge::mean;
    double tolerance = none;  ///< none of claims that are only looked at
    double weight = none;
};

struct FoundEstimate {
    static constexpr double none = FoundGoal::none;

    std::string name{};
    double estimate = none;
    double low_95 = none;
    double high_95 = none;
    std::uint64_t members = 0;
    std::uint64_t missing = 0;
    Verdict verdict = Verdict::undecided;
    double distance = none;  ///< from the range, in tolerances
    std::string why{};
};

struct FoundOutcome {
    double loss = FoundGoal::none;
    std::uint64_t undefined = 0;
    std::uint64_t members_lost = 0;
    std::vector<FoundEstimate> targets{};
    std::vector<FoundEstimate> claims{};
};

struct FoundSeeds {
    std::int64_t first_seed = 0;
    std::int64_t seeds = 0;
    std::optional<FoundOutcome> before{};  ///< nothing where it was stopped earlier
    std::optional<FoundOutcome> after{};
};

struct FoundPoint {
    std::vector<double> at{};  ///< by parameter
    double loss = FoundGoal::none;
};

struct FoundSlice {
    std::string parameter{};
    std::vector<FoundPoint> points{};
};

/// What a fit found, in the units of its parameters and targets: what `crowdout fit --result`
/// writes, and what pages are made of.
struct FitFindings {
    std::string format{};
    std::string name{};
    std::string description{};
    std::string description_zh{};
    std::string world{};
    std::vector<std::string> set{};
    Search search = Search::local;
    SearchEnd end = SearchEnd::stopped;
    bool whole = false;
    std::vector<FoundParameter> parameters{};
    std::vector<FoundGoal> targets{};
    std::vector<FoundGoal> claims{};
    FoundSeeds training{};
    FoundSeeds held_out{};
    std::vector<FoundPoint> path{};
    std::vector<FoundSlice> slices{};
    std::vector<FoundPoint> grid{};  ///< the second parameter changes fastest
};

[[nodiscard]] FitFindings findings_of(const Fit& fit, const FitResult& result);

/// The findings as one JSON object: see docs/fit.md.
[[nodiscard]] std::string fit_json(const FitFindings& findings);

/// Whether a JSON object says that it is what `fit_json` writes.
[[nodiscard]] bool is_fit_json(std::string_view json);

/// @param name  of the text, for messages.
/// @throws world::ReplayError  where the text is not what `fit_json` writes, or its numbers do not
///                             fit together.
[[nodiscard]] FitFindings read_fit(std::string_view name, std::string_view json);

}  // namespace crowdout::studies
