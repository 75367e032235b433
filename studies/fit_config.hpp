// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/field.hpp"
#include "studies/fit_search.hpp"
#include "studies/number_range.hpp"
#include "world/bound.hpp"
#include "world/claim.hpp"
#include "world/field_type.hpp"

namespace crowdout::studies {

/// A number of the world that a fit moves.
struct FitParameterConfig {
    std::string name;
    std::string field;                  ///< path in the world
    std::vector<world::Literal> range;  ///< two, as the field takes them
    Scale scale = Scale::linear;
    std::optional<world::Literal> start;  ///< nothing: what the world has

    template <class Visitor>
    void visit(Visitor& visitor);
    void check(agents::Complaints& complaints) const;
};

/// How much it counts that a target is missed.
struct FitWeightConfig {
    std::optional<world::Bound> tolerance;  ///< nothing: half the width of its range
    double weight = 1;

    template <class Visitor>
    void visit(Visitor& field);
};

/// A claim of the world that is to be met.
struct FitClaimConfig : FitWeightConfig {
    std::string name;  ///< of the claim

    template <class Visitor>
    void visit(Visitor& field);
};

/// A measure with a range that its estimate is to lie in.
struct FitTargetConfig : world::MeasureConfig, world::BoundsConfig, FitWeightConfig {
    /// The same as a claim: what members are measured and judged by.
    [[nodiscard]] world::ClaimConfig as_claim() const;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// Members by their seeds, which stand in a row.
struct FitSeedsConfig {
    std::int64_t seeds = 8;
    std::int64_t first_seed = 1;

    [[nodiscard]] std::int64_t last_seed() const { return first_seed + seeds - 1; }

    template <class Visitor>
    void visit(Visitor& field);
};

/// Members that the search never sees, and what else is looked at in them.
struct FitHeldOutConfig : FitSeedsConfig {
    std::vector<std::string> claims;  ///< of the world, that are no targets

    FitHeldOutConfig() : FitSeedsConfig{.first_seed = 1001} {}

    template <class Visitor>
    void visit(Visitor& field);
};

/// How much of the loss around the optimum is looked at; 0 for none.
struct FitSurfaceConfig {
    std::int64_t slice = 9;  ///< points of each parameter alone
    std::int64_t grid = 5;   ///< points a side of the first two parameters together
    double reach = 0.25;     ///< on either side, as a share of the range (our choice)

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// A fit as a person writes it: what may move, what is to be met, and on which luck.
struct FitConfig {
    std::string name;
    std::string description;
    std::string description_zh;
    std::string world;             ///< file, relative to the fit's
    std::vector<std::string> set;  ///< `a.b=c`, on top of it
    agents::NamedList<FitParameterConfig> parameters;
    agents::NamedList<FitClaimConfig> claims;
    agents::NamedList<FitTargetConfig> targets;
    FitSeedsConfig training;  ///< those that parameters are found with
    FitHeldOutConfig held_out;
    Search search = Search::local;
    std::int64_t evaluations = 60;
    /// Loss of a target without an estimate: as if it lay ten tolerances away (our choice).
    double penalty = 100;
    FitSurfaceConfig surface;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// The description of a fit file: what readers, printers and schemas walk along.
[[nodiscard]] const world::Type& fit_type();

}  // namespace crowdout::studies
