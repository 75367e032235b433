// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "world/bound.hpp"
#include "world/measure.hpp"

namespace crowdout::world {

/// Another run that claims compare with or look at: same seeds, same luck, something else.
struct CounterfactualConfig {
    std::string name;
    std::string world;             ///< file, relative to the one that says so; "": this world
    std::vector<std::string> set;  ///< `a.b=c` on top of it, in order

    template <class Visitor>
    void visit(Visitor& field);
};

/// How much it matters: A must hold, B should (calibration, scorecard).
enum class Tier : std::uint8_t { none, A, B };
inline constexpr std::array<std::string_view, 3> tier_names{"none", "A", "B"};
constexpr agents::EnumNames enum_names(Tier) {
    return {tier_names.data(), tier_names.size()};
}

/// What of the members' values must lie within the bounds.
enum class Judge : std::uint8_t {
    mean,
    median,
    share,  ///< of the members, at least `share` each by itself
    band,   ///< the middle 95 % of the members need only overlap the range
};
inline constexpr std::array<std::string_view, 4> judge_names{"mean", "median", "share", "band"};
constexpr agents::EnumNames enum_names(Judge) {
    return {judge_names.data(), judge_names.size()};
}

/// Which values make a statement about a measure true.
struct BoundsConfig {
    std::optional<Bound> above;
    std::optional<Bound> below;
    std::optional<std::vector<Bound>> between;  ///< two
    Judge judge = Judge::mean;
    double share = 0.8;  ///< of the members, where `judge` is share

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// What a world says it will show: a question, and which answers make the statement true.
///
///     claims:
///       - {name: btc_falls, row: H16, tier: A, says: "Bitcoin falls.", measure: total_return,
///          of: BTC, between: [-35%, -10%]}
///       - {name: software_pays, says: "Capex costs software.", measure: total_return, of: SAAS,
///          minus: no_capex, below: 0}
struct ClaimConfig : MeasureConfig, BoundsConfig {
    std::string says;
    std::string says_zh;
    std::string row;  ///< of the scorecard: H16; "" for none
    Tier tier = Tier::none;
    std::string in;     ///< a counterfactual: measured there instead of here
    std::string minus;  ///< a counterfactual whose value is taken off, seed by seed
    std::string over;   ///< a counterfactual whose value it is divided by, seed by seed
    /// Why it does not hold, where that is known and told: it does not spoil the exit code then.
    std::string known_failure;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// A closed range in the unit of the claimed value; a side that is not bounded is infinite.
struct Bounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    [[nodiscard]] bool contains(double value) const { return value >= low && value <= high; }
};
[[nodiscard]] Bounds bounds_of(const ClaimConfig& claim);

/// The measure's unit, or a share where the claim divides by another run.
[[nodiscard]] MeasureUnit unit_of(const ClaimConfig& claim);

/// The value that the bounds are about, for one seed.
/// @param here   the measure in the run that the claim is about (`in`, or the world itself).
/// @param there  in the counterfactual of `minus` or `over`; not looked at where there is neither.
[[nodiscard]] Measured claimed(const ClaimConfig& claim, const Measured& here,
                               const Measured& there);

struct WorldConfig;
/// What only shows between a world's claims and the world: windows longer than the run, units that
/// do not fit, series that it does not have. Part of the check of a whole world.
void check_claims(const WorldConfig& config, agents::Complaints& complaints);

template <class Visitor>
void CounterfactualConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What claims call it.",
           .help_zh = "名称。",
           .required = true,
           .declares = agents::Reference::counterfactual});
    field("world", world,
          {.help = "Its world file, relative to this one; without it, this world.",
           .help_zh = "世界文件（相对本文件）；不写则为本世界。"});
    field("set", set,
          {.help = "What is different: assignments such as populations[funds].capex=0.",
           .help_zh = "不同之处：形如 populations[funds].capex=0 的赋值。"});
}

template <class Visitor>
void BoundsConfig::visit(Visitor& field) {
    field("above", above, {.help = "Least value.", .help_zh = "下限。"});
    field("below", below, {.help = "Greatest value.", .help_zh = "上限。"});
    field("between", between,
          {.help = "Least and greatest value.", .help_zh = "下限与上限。", .items_min = 2});
    field("judge", judge,
          {.help = "What of the seeds' values must lie within the bounds.",
           .help_zh = "各种子数值的哪种汇总须落在界内。"});
    field("share", share,
          {.help = "Least share of seeds that lie within, where judge is share.",
           .help_zh = "judge 为 share 时，落在界内的种子的最小比例。",
           .unit = agents::Dimension::ratio,
           .min = 0,
           .max = 1});
}

template <class Visitor>
void ClaimConfig::visit(Visitor& field) {
    using agents::Reference;
    MeasureConfig::visit(field);
    field("says", says,
          {.help = "The claim as a sentence.", .help_zh = "论断（英文）。", .required = true});
    field("says_zh", says_zh, {.help = "The same in Chinese.", .help_zh = "论断（中文）。"});
    field("row", row, {.help = "Its row of the scorecard.", .help_zh = "记分卡条目。"});
    field("tier", tier,
          {.help = "A must hold, B should.", .help_zh = "A 级必须成立，B 级应当成立。"});
    field("in", in,
          {.help = "The counterfactual in which it is measured.",
           .help_zh = "在哪个反事实情形中度量。",
           .refers_to = Reference::counterfactual});
    field("minus", minus,
          {.help = "The counterfactual whose value is taken off, seed by seed.",
           .help_zh = "逐种子减去该反事实情形的数值。",
           .refers_to = Reference::counterfactual});
    field("over", over,
          {.help = "The counterfactual whose value it is divided by, seed by seed.",
           .help_zh = "逐种子除以该反事实情形的数值。",
           .refers_to = Reference::counterfactual});
    BoundsConfig::visit(field);
    field("known_failure", known_failure,
          {.help = "Why it is known not to hold.", .help_zh = "已知不成立的原因。"});
}

}  // namespace crowdout::world
