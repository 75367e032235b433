// SPDX-License-Identifier: Apache-2.0
#include "studies/report_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "market/time.hpp"
#include "studies/shell_word.hpp"

namespace crowdout::studies {

namespace {

constexpr double near_end = 0.001;  ///< share of a range; as `crowdout fit` marks it

Unit unit_of(const FoundGoal& goal) {
    if (goal.unit == "USD") return Unit::dollars;
    return goal.unit == "share" || goal.unit == "per year" ? Unit::percent : Unit::plain;
}

/// By SearchEnd.
constexpr std::array<Words, search_end_names.size()> end_words{{
    {{"every target lies within its range", "所有目标均落入区间"}},
    {{"nearby points are no better", "附近的点不再更优"}},
    {{"all evaluations are spent", "评估次数用尽"}},
    {{"it was stopped", "被中止"}},
}};

template <class... Values>
std::string said(const Page& page, const Words& words, const Values&... values) {
    return fmt::format(fmt::runtime(page.say(words)), values...);
}

void warnings(Page& page, const FitFindings& fit) {
    if (!fit.whole) {
        page.note(page.say({{"The fit was stopped: parts of what follows are missing.",
                             "拟合被中止：以下内容不完整。"}}));
    }
    for (const FoundParameter& each : fit.parameters) {
        const double share = share_of(each.best, each);
        if (share > near_end && share < 1 - near_end) continue;
        page.note(said(page,
                       {{"{} stands at an end of its range: the range has chosen it, not the "
                         "world.",
                         "{} 位于取值范围的端点：由范围而非世界决定。"}},
                       each.name));
    }
    const FoundOutcome& after = *fit.training.after;
    if (after.undefined > 0) {
        page.note(said(page,
                       {{"Targets without an estimate at the best point: {}.",
                         "在最优点无法估计的目标：{} 个。"}},
                       after.undefined));
    }
    const std::uint64_t lost =
        after.members_lost + (fit.held_out.after ? fit.held_out.after->members_lost : 0);
    if (lost > 0) {
        page.note(said(page, {{"Runs lost at the best point: {}.", "在最优点失败的运行：{} 次。"}},
                       lost));
    }
}

void headline(Page& page, const FitFindings& fit) {
    page.heading(fit.name);
    const bool chinese = page.language() == Language::chinese && !fit.description_zh.empty();
    const std::string& says = chinese ? fit.description_zh : fit.description;
    if (!says.empty()) page.lead(says);
    page.paragraph(said(page,
                        {{"Loss on {} seeds of training: {} at the start, {} at the best.",
                          "{} 个训练种子上的损失：起点 {}，最优 {}。"}},
                        fit.training.seeds, loss_text(fit.training.before->loss),
                        loss_text(fit.training.after->loss)));
    if (fit.held_out.before && fit.held_out.after) {
        page.paragraph(said(page,
                            {{"On {} seeds that the search never saw: {} and {}.",
                              "在搜索从未使用的 {} 个种子上：{} 与 {}。"}},
                            fit.held_out.seeds, loss_text(fit.held_out.before->loss),
                            loss_text(fit.held_out.after->loss)));
    }
    page.paragraph(said(page, {{"The search looked at {} points: {}.", "搜索共评估 {} 个点：{}。"}},
                        fit.path.size(), page.say(end_words[static_cast<std::size_t>(fit.end)])));
    warnings(page, fit);
}

void parameters(Page& page, const FitFindings& fit) {
    page.section(page.say({{"What moved", "移动的参数"}}));
    RowChart chart{.own_scales = true};
    Page::Table table{.heads = {}, .text_columns = 2};
    for (const Words& head :
         {Words{{"parameter", "参数"}}, Words{{"field", "字段"}}, Words{{"least", "最小"}},
          Words{{"greatest", "最大"}}, Words{{"start", "起点"}}, Words{{"best", "最优"}}}) {
        table.heads.emplace_back(page.say(head));
    }
    std::string alternative;
    for (const FoundParameter& each : fit.parameters) {
        const auto text = [&](double value) {
            return parameter_text(value, each, page.language());
        };
        const std::string change = text(each.start) + " → " + text(each.best);
        chart.rows.push_back({.label = each.name,
                              .value = change,
                              .band = {{0, 1}},
                              .dot = share_of(each.best, each),
                              .ring = share_of(each.start, each)});
        table.rows.push_back({each.name, each.field, text(each.least), text(each.greatest),
                              text(each.start), text(each.best)});
        alternative += fmt::format("{}: {}; ", each.name, change);
    }
    page.chart(chart, alternative);
    page.note(page.say({{"Shaded is a parameter's range, the ring its start, the dot the best.",
                         "阴影为参数的取值范围，圆环为起点，圆点为最优。"}}));
    page.table(table);
    std::string command = "crowdout run " + shell_word(fit.world);
    command += shell_sets(fit.set);
    for (const FoundParameter& each : fit.parameters) {
        command += shell_option("--set", each.field + "=" + each.best_text);
    }
    page.folded(page.say({{"The best as a command", "以命令表示最优"}}),
                [&] { page.preformatted(command); });
}

std::string range_text(const FoundGoal& goal, Language language) {
    const auto text = [&](double value) { return value_text(value, unit_of(goal), language); };
    if (std::isfinite(goal.low) && std::isfinite(goal.high)) {
        return text(goal.low) + " … " + text(goal.high);
    }
    return std::isfinite(goal.low) ? "> " + text(goal.low) : "< " + text(goal.high);
}

std::string interval_text(const FoundEstimate& each, Unit unit, Language language) {
    if (!std::isfinite(each.low_95) || !std::isfinite(each.high_95)) return "–";
    return fmt::format("{} … {}", value_text(each.low_95, unit, language),
                       value_text(each.high_95, unit, language));
}

std::string distance_text(const FoundEstimate& each) {
    return std::isfinite(each.distance) ? fmt::format("{:.2f}", each.distance) : "–";
}

/// How a set of seeds judges the goals: a row each, in a chart and in a table.
class Goals {
public:
    explicit Goals(Page& page) : page_{page} {
        for (const Words& head :
             {Words{{"target", "目标"}}, Words{{"wanted", "区间"}}, Words{{"before", "之前"}},
              Words{{"after", "之后"}}, Words{{"95% interval", "95% 区间"}},
              Words{{"distance", "距离"}}}) {
            table_.heads.emplace_back(page.say(head));
        }
    }

    void add(const FoundGoal& goal, const FoundEstimate& before, const FoundEstimate& after,
             bool is_target) {
        const Unit unit = unit_of(goal);
        const Language language = page_.language();
        const double infinity = std::numeric_limits<double>::infinity();
        Row row{.label = goal.name,
                .value = value_text(before.estimate, unit, language) + " → " +
                         value_text(after.estimate, unit, language),
                .band = {{std::isfinite(goal.low) ? goal.low : -infinity,
                          std::isfinite(goal.high) ? goal.high : infinity}}};
        if (std::isfinite(after.estimate)) row.dot = after.estimate;
        if (std::isfinite(before.estimate)) row.ring = before.estimate;
        if (std::isfinite(after.low_95) && std::isfinite(after.high_95)) {
            row.whisker = {after.low_95, after.high_95};
        }
        alternative_ += fmt::format("{}: {}; ", row.label, row.value);
        chart_.rows.push_back(std::move(row));
        table_.rows.push_back(
            {goal.name + (is_target ? "" : said(page_, {{" (only looked at)", "（仅检验）"}})),
             range_text(goal, language), value_text(before.estimate, unit, language),
             value_text(after.estimate, unit, language), interval_text(after, unit, language),
             is_target ? distance_text(before) + " → " + distance_text(after) : "–"});
        if (!std::isfinite(after.estimate)) reasons_.push_back(goal.name + ": " + after.why);
    }

    void show() {
        page_.chart(chart_, alternative_);
        page_.table(table_);
        for (const std::string& reason : reasons_) page_.note(reason);
    }

private:
    Page& page_;
    RowChart chart_{.own_scales = true};
    Page::Table table_{.text_columns = 1};
    std::string alternative_;
    std::vector<std::string> reasons_;
};

void goals(Page& page, const FitFindings& fit, const FoundSeeds& seeds, const Words& title) {
    if (!seeds.before || !seeds.after) return;
    page.section(page.say(title));
    Goals goals{page};
    for (std::size_t i = 0; i < fit.targets.size(); ++i) {
        goals.add(fit.targets[i], seeds.before->targets[i], seeds.after->targets[i], true);
    }
    const std::size_t others = std::min(seeds.before->claims.size(), seeds.after->claims.size());
    for (std::size_t i = 0; i < others; ++i) {
        goals.add(fit.claims[i], seeds.before->claims[i], seeds.after->claims[i], false);
    }
    goals.show();
}

}  // namespace

double share_of(double value, const FoundParameter& parameter) {
    return NumberRange{.from = parameter.least, .to = parameter.greatest, .scale = parameter.scale}
        .share_of(value);
}

std::string loss_text(double loss) {
    return std::isfinite(loss) ? fmt::format("{:.3g}", loss) : "–";
}

std::string parameter_text(double value, const FoundParameter& parameter, Language language) {
    const std::string& unit = parameter.unit;
    const auto as = [&](Unit kind) { return value_text(value, kind, language); };
    if (unit == "USD" || unit == "USD per whole") return as(Unit::dollars);
    if (unit == "USD per year") return as(Unit::dollars) + "/yr";
    if (unit == "1") return as(Unit::percent);
    // Rates are of interest or of events; nobody lends at more than 1,000 % a year.
    if (unit == "per year") return as(std::abs(value) < 10 ? Unit::percent : Unit::plain) + "/yr";
    if (unit != "s") return as(Unit::plain);
    struct Span {
        market::Duration duration;
        std::string_view name;
    };
    for (const Span& span :
         {Span{market::day, "d"}, Span{market::hour, "h"}, Span{market::minute, "min"}}) {
        const double count = value * 1e9 / static_cast<double>(span.duration.ns);
        if (std::abs(count) >= 1) return fmt::format("{:.3g} {}", count, span.name);
    }
    return fmt::format("{:.3g} s", value);
}

std::string fit_report(const FitFindings& fit, Language language) {
    Page page{language, fit.name};
    headline(page, fit);
    parameters(page, fit);
    goals(page, fit, fit.training, {{"On the seeds of training", "在训练种子上"}});
    goals(page, fit, fit.held_out, {{"On held-out seeds", "在留出种子上"}});
    fit_section::search(page, fit);
    fit_section::surface(page, fit);
    return page.finish();
}

}  // namespace crowdout::studies
