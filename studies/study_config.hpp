// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/field.hpp"
#include "market/time.hpp"
#include "studies/number_range.hpp"
#include "world/field_type.hpp"
#include "world/measure.hpp"
#include "world/variant.hpp"

namespace crowdout::studies {

/// The ways to choose points, one line each in `study_config.cpp`.
world::Catalogue designs();

/// Every combination of the factors' levels.
struct GridDesign {
    template <class Visitor>
    void visit(Visitor&) {}
};

/// The factors' levels side by side, as columns of a table.
struct ListDesign {
    template <class Visitor>
    void visit(Visitor&) {}
};

struct LatinHypercubeDesign {
    std::int64_t samples = 100;
    std::int64_t design_seed = 1;

    template <class Visitor>
    void visit(Visitor& field);
};

struct SobolDesign {
    std::int64_t samples = 64;

    template <class Visitor>
    void visit(Visitor& field);
};

struct MorrisDesign {
    std::int64_t trajectories = 10;
    std::int64_t levels = 4;
    std::int64_t design_seed = 1;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// A named choice of a factor that changes several things at once: `surplus`, `drain`.
struct FactorGroupConfig {
    std::string name;
    std::vector<std::string> set;  ///< `a.b=c`

    template <class Visitor>
    void visit(Visitor& field);
};

/// One thing that a study varies.
struct FactorConfig {
    std::string name;
    std::string label;  ///< as people read it; the name where empty
    std::string label_zh;
    std::string field;                   ///< path in the world
    std::vector<std::string> fields;     ///< or several, which get the same value
    std::vector<world::Literal> values;  ///< as the field takes them
    std::vector<world::Literal> range;   ///< or from the first to the second
    Scale scale = Scale::linear;
    std::int64_t levels = 5;  ///< of a range, in a grid or a list
    bool relative = false;    ///< values and range are multiples of what the base world has
    agents::NamedList<FactorGroupConfig> groups;

    /// `field` and `fields` together.
    [[nodiscard]] std::vector<std::string> paths() const;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// Another future of every member, with the same luck: a shock, a policy, a channel switched off.
struct ForkConfig {
    std::string name;
    std::string label;
    std::string label_zh;
    market::Duration at{};               ///< since the start
    std::vector<std::string> set;        ///< `a.b=c`
    std::vector<world::Literal> shocks;  ///< as in a world's `shocks`, without `at`

    template <class Visitor>
    void visit(Visitor& field);
};

/// Which forks split a result: see `Attribution`.
struct AttributionConfig {
    std::vector<std::string> channels;  ///< forks that switch one channel off each
    std::string all;                    ///< the fork that switches all of them off

    template <class Visitor>
    void visit(Visitor& field);
};

/// What one member may take; 0 for no limit.
struct LimitsConfig {
    market::Duration time{};
    double memory_gb = 0;  ///< address space, in 1e9 bytes

    template <class Visitor>
    void visit(Visitor& field);
};

/// A study as a person writes it: which members of a base world to run, and what to measure.
struct StudyConfig {
    std::string name;
    std::string description;
    std::string description_zh;
    std::string world;             ///< file, relative to the study's
    std::vector<std::string> set;  ///< `a.b=c`, on top of it for all members
    world::Variant<designs> design;
    agents::NamedList<FactorConfig> factors;
    std::int64_t seeds = 1;
    std::int64_t first_seed = 1;
    std::vector<std::int64_t> seed_list;  ///< instead of `seeds` in a row
    agents::NamedList<ForkConfig> forks;
    std::optional<AttributionConfig> attribution;
    agents::NamedList<world::MeasureConfig> measures;
    market::Duration series_every{};
    LimitsConfig limits;
    std::int64_t members_max = 100'000;

    /// Whether the design draws points from ranges, rather than taking levels.
    [[nodiscard]] bool is_sampled() const;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// The description of a study file: what readers, printers and schemas walk along.
[[nodiscard]] const world::Type& study_type();

}  // namespace crowdout::studies
