// SPDX-License-Identifier: Apache-2.0
#include "apps/claims_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/figures.hpp"
#include "apps/table.hpp"

namespace crowdout::apps {

namespace {

using studies::Judgement;
using studies::Language;
using studies::PlannedClaim;
using studies::Verdict;
using studies::Words;
using world::ClaimConfig;
using world::MeasureUnit;
using world::Tier;

constexpr Words estimate_word{{"estimate", "估计值"}};
constexpr Words interval_word{{"95 % interval", "95 % 区间"}};
constexpr Words bound_word{{"claimed", "论断范围"}};
constexpr Words verdict_word{{"verdict", "判定"}};
constexpr Words data_word{{"data", "历史数据"}};
constexpr Words members_word{{"members", "成员数"}};
constexpr Words holds_word{{"holds", "成立"}};
constexpr Words fails_word{{"fails", "不成立"}};
constexpr Words undecided_word{{"undecided", "未定"}};
constexpr Words known_word{{" (known)", "（已知）"}};
constexpr Words surprise_word{{" (known to fail)", "（原已知不成立）"}};

std::string shown(double value, MeasureUnit unit) {
    return std::isnan(value) ? "-" : world::value_text(value, unit);
}

std::string range_text(const world::Bounds& bounds, MeasureUnit unit) {
    if (std::isinf(bounds.high)) return ">= " + world::value_text(bounds.low, unit);
    if (std::isinf(bounds.low)) return "<= " + world::value_text(bounds.high, unit);
    return world::value_text(bounds.low, unit) + " .. " + world::value_text(bounds.high, unit);
}

std::string bound_text(const ClaimConfig& claim) {
    const std::string range = range_text(world::bounds_of(claim), world::unit_of(claim));
    if (claim.judge != world::Judge::share) return range;
    return fmt::format("{:.3g} %: {}", claim.share * 100, range);
}

std::string verdict_text(const ClaimConfig& claim, Verdict verdict, Language language) {
    const Words& word = verdict == Verdict::holds   ? holds_word
                        : verdict == Verdict::fails ? fails_word
                                                    : undecided_word;
    std::string text{word[language]};
    if (claim.known_failure.empty()) return text;
    return text.append(verdict == Verdict::holds ? surprise_word[language] : known_word[language]);
}

std::string sentence(const ClaimConfig& claim, Language language) {
    const bool chinese = language == Language::chinese && !claim.says_zh.empty();
    std::string text;
    if (!claim.row.empty()) text += claim.row + " ";
    if (claim.tier != Tier::none) {
        text +=
            fmt::format("{} ", enum_names(claim.tier).data[static_cast<std::size_t>(claim.tier)]);
    }
    return text + (chinese ? claim.says_zh : claim.says);
}

/// How many hold, fail and are undecided.
struct Count {
    std::size_t all = 0;
    std::size_t holding = 0;
    std::size_t failing = 0;
    std::size_t known = 0;  ///< of those that fail

    void add(const ClaimConfig& claim, Verdict verdict) {
        ++all;
        holding += verdict == Verdict::holds;
        failing += verdict == Verdict::fails;
        known += verdict == Verdict::fails && !claim.known_failure.empty();
    }
    [[nodiscard]] std::string text() const {
        std::string said = fmt::format("{} of {} hold", holding, all);
        if (failing > 0) said += fmt::format(", {} fail", failing);
        if (known > 0) said += fmt::format(" ({} known)", known);
        if (all > holding + failing) {
            said += fmt::format(", {} undecided", all - holding - failing);
        }
        return said;
    }
};

/// The measure on the world's data; "" where that has no answer.
std::string data_text(const PlannedClaim& planned) {
    if (!planned.past || !planned.past->value) return {};
    return shown(*planned.past->value, world::unit_of(planned.claim));
}

/// Whether the past has a word on any claim of a world.
bool has_data(const ClaimsOutcome& outcome, const std::string& world) {
    return std::ranges::any_of(outcome.plan.claims, [&](const PlannedClaim& planned) {
        return planned.world == world && planned.past && planned.past->value;
    });
}

void print_table(const ClaimsOutcome& outcome, const std::string& world, Console& console,
                 Language language) {
    const bool with_data = has_data(outcome, world);
    std::vector<std::string> heads{world, std::string{estimate_word[language]},
                                   std::string{interval_word[language]},
                                   std::string{bound_word[language]}};
    if (with_data) heads.emplace_back(data_word[language]);
    heads.emplace_back(verdict_word[language]);
    heads.emplace_back(members_word[language]);
    Table table{heads};
    std::string notes;
    for (std::size_t at = 0; at < outcome.plan.claims.size(); ++at) {
        const PlannedClaim& planned = outcome.plan.claims[at];
        if (planned.world != world) continue;
        const ClaimConfig& claim = planned.claim;
        const Judgement& judgement = outcome.run.judgements()[at];
        const MeasureUnit unit = studies::judged_unit(claim);
        const world::Interval& interval = judgement.interval;
        std::vector<std::string> cells{
            sentence(claim, language), shown(interval.estimate, unit),
            shown(interval.low, unit) + " .. " + shown(interval.high, unit), bound_text(claim)};
        if (with_data) cells.push_back(data_text(planned));
        cells.push_back(verdict_text(claim, judgement.verdict, language));
        cells.push_back(std::to_string(judgement.members - judgement.missing));
        table.row(cells);
        if (!judgement.why.empty()) notes += fmt::format("  {}: {}\n", claim.name, judgement.why);
        if (!claim.known_failure.empty()) {
            notes += fmt::format("  {}: known: {}\n", claim.name, claim.known_failure);
        }
    }
    table.print(console.out, console.out_colors());
    console.out << notes << '\n';
}

void print_summary(const ClaimsOutcome& outcome, Console& console) {
    std::map<Tier, Count> tiers;
    std::map<std::string, Count> rows;
    for (std::size_t at = 0; at < outcome.plan.claims.size(); ++at) {
        const ClaimConfig& claim = outcome.plan.claims[at].claim;
        const Verdict verdict = outcome.run.judgements()[at].verdict;
        tiers[claim.tier].add(claim, verdict);
        if (!claim.row.empty()) rows[claim.row].add(claim, verdict);
    }
    for (const Tier tier : {Tier::A, Tier::B, Tier::none}) {
        const auto count = tiers.find(tier);
        if (count == tiers.end()) continue;
        const auto name = enum_names(tier).data[static_cast<std::size_t>(tier)];
        console.out << (tier == Tier::none ? "other claims" : fmt::format("tier {}", name)) << ": "
                    << count->second.text() << '\n';
    }
    std::string scorecard;
    for (const auto& [row, count] : rows) {
        scorecard += fmt::format("  {} {}/{}", row, count.holding, count.all);
    }
    if (!scorecard.empty()) console.out << "scorecard, claims that hold:" << scorecard << '\n';
    const studies::ClaimsRun& run = outcome.run;
    console.out << fmt::format(
        "{} of {}, {} of them made before\n",
        counted(static_cast<std::int64_t>(run.made() + run.cached()), "member"),
        counted(static_cast<std::int64_t>(outcome.plan.scenes.size()), "world"), run.cached());
}

std::string_view state_name(studies::MemberState state) {
    return enum_names(state).data[static_cast<std::size_t>(state)];
}

}  // namespace

void print_claims(const ClaimsOutcome& outcome, Console& console, Language language) {
    std::vector<std::string> worlds;
    for (const PlannedClaim& planned : outcome.plan.claims) {
        if (std::ranges::find(worlds, planned.world) == worlds.end()) {
            worlds.push_back(planned.world);
        }
    }
    for (const std::string& world : worlds) print_table(outcome, world, console, language);
    for (const studies::LostMember& member : outcome.run.lost()) {
        console.out << fmt::format("lost: {}, seed {} ({}): {}\n", member.scene, member.seed,
                                   state_name(member.state), member.what);
    }
    print_summary(outcome, console);
}

ExitCode claims_exit(const ClaimsOutcome& outcome) {
    bool fails = false;
    bool undecided = false;
    for (std::size_t at = 0; at < outcome.plan.claims.size(); ++at) {
        const bool known = !outcome.plan.claims[at].claim.known_failure.empty();
        const Verdict verdict = outcome.run.judgements()[at].verdict;
        const bool surprising = outcome.strict && known && verdict == Verdict::holds;
        if (known && !outcome.strict) continue;
        fails |= verdict == Verdict::fails || surprising;
        undecided |= verdict == Verdict::undecided;
    }
    return fails ? ExitCode::claim_fails : undecided ? ExitCode::claim_undecided : ExitCode::ok;
}

}  // namespace crowdout::apps
