// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "studies/luck.hpp"
#include "studies/report_study.hpp"

namespace crowdout::studies {
namespace {

constexpr std::size_t levels_shown_max = 24;  ///< of a factor, in rows or cells
constexpr std::size_t bins = 6;               ///< of a sampled factor's range (our choice)

using Choose = std::function<bool(const StudyFindings::Member&)>;

std::vector<Draw> values_where(const StudyFindings& study, std::size_t measure, std::size_t branch,
                               const Choose& choose) {
    std::vector<Draw> values;
    for (std::size_t i = 0; i < study.members.size(); ++i) {
        const StudyFindings::Member& member = study.members[i];
        const double value = study.values[measure][branch][i];
        if (std::isfinite(value) && choose(member)) {
            values.push_back({member.point, member.seed, value});
        }
    }
    return values;
}

/// Mean with its 95 % interval over seeds as a row; the middle nine tenths of the members as a bar
/// behind it.
Row summary_row(std::string label, const std::vector<Draw>& runs, Unit unit, Language language) {
    Row row{.label = std::move(label)};
    if (runs.empty()) {
        row.value = "–";
        return row;
    }
    const world::Interval mean = mean_over_seeds(runs);
    row.dot = mean.estimate;
    row.value = value_text(mean.estimate, unit, language);
    if (std::isfinite(mean.low)) row.whisker = {mean.low, mean.high};
    if (runs.size() >= 5) {
        std::vector<double> values;
        for (const Draw& run : runs) values.push_back(run.value);
        row.band = {world::quantile(values, 0.05), world::quantile(values, 0.95)};
    }
    return row;
}

/// A chart of means, and a table of them folded away below it.
void show(Page& page, const auto& chart, const std::vector<Row>& rows, Unit unit,
          const std::string& title) {
    std::string said = title + ":";
    Page::Table table{.heads = {title, std::string{page.say({{"mean", "均值"}})}, "95%"}};
    for (const Row& row : rows) {
        said += fmt::format(" {} {};", row.label, row.value);
        table.rows.push_back(
            {row.label, row.value,
             row.whisker
                 ? fmt::format("{} … {}", value_text(row.whisker->first, unit, page.language()),
                               value_text(row.whisker->second, unit, page.language()))
                 : "–"});
    }
    page.chart(chart, said);
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

void show(Page& page, const RowChart& chart, const std::string& title) {
    show(page, chart, chart.rows, chart.unit, title);
}

void by_heading(Page& page, const std::string& name) {
    page.out().leaf("h3", {}, fmt::format(fmt::runtime(page.say({{"By {}", "按 {}"}})), name));
}

Choose at_level(const StudyFindings& study, std::size_t factor, std::size_t level) {
    return [&study, factor, level](const StudyFindings::Member& member) {
        return study.points[member.point].levels[factor] == level;
    };
}

/// Whether a factor's levels are numbers, no two alike: then they stand on an axis.
bool is_axis(const StudyFindings::Factor& factor) {
    std::vector<double> numbers = factor.numbers;
    std::ranges::sort(numbers);
    return numbers.size() > 1 && numbers.size() == factor.levels.size() &&
           numbers.size() <= levels_shown_max &&
           std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); }) &&
           std::ranges::adjacent_find(numbers) == numbers.end();
}

/// A measure over the one factor that a study has.
void over_factor(Page& page, const StudyFindings& study, std::size_t measure) {
    const StudyFindings::Factor& about = study.factors.front();
    const Unit unit = unit_of(study.measures[measure]);
    const std::string& name = about.label.in(page.language());
    std::vector<std::size_t> order(about.levels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t level) { return about.numbers[level]; });
    Curve curve{.across = name, .unit = unit, .log_across = about.is_log};
    std::vector<Row> rows;
    for (const std::size_t level : order) {
        const auto values = values_where(study, measure, 0, at_level(study, 0, level));
        const Row& row =
            rows.emplace_back(summary_row(about.levels[level], values, unit, page.language()));
        if (!row.dot) continue;
        curve.points.push_back({.x = about.numbers[level],
                                .value = *row.dot,
                                .title = row.label + ": " + row.value,
                                .interval = row.whisker,
                                .outer = row.band});
        curve.ticks.push_back({about.numbers[level], row.label});
    }
    by_heading(page, name);
    page.note(
        page.say({{"Here the dark band is the 95% intervals of the means, the light one the "
                   "middle 90% of the runs.",
                   "此处深色带为均值的 95% 区间，浅色带为中间 90% 的运行。"}}));
    show(page, curve, rows, unit, name);
}

void one_factor(Page& page, const StudyFindings& study, std::size_t measure, std::size_t factor) {
    const StudyFindings::Factor& about = study.factors[factor];
    const Unit unit = unit_of(study.measures[measure]);
    RowChart chart{.unit = unit};
    const bool in_bins = about.levels.size() > levels_shown_max;
    for (std::size_t i = 0; i < (in_bins ? bins : about.levels.size()); ++i) {
        std::string label;
        Choose choose;
        if (in_bins) {
            const double low = static_cast<double>(i) / bins;
            const double high = static_cast<double>(i + 1) / bins;
            label = fmt::format(fmt::runtime(page.say({{"{:.0f}–{:.0f}% of its range",
                                                        "取值范围的 {:.0f}–{:.0f}%"}})),
                                low * 100, high * 100);
            choose = [&study, factor, low, high, i](const StudyFindings::Member& member) {
                const double share = study.points[member.point].shares[factor];
                return share >= low && (share < high || i + 1 == bins);
            };
        } else {
            label = about.levels[i];
            choose = at_level(study, factor, i);
        }
        chart.rows.push_back(summary_row(std::move(label), values_where(study, measure, 0, choose),
                                         unit, page.language()));
    }
    const std::string& name = about.label.in(page.language());
    by_heading(page, name);
    show(page, chart, name);
}

void two_factors(Page& page, const StudyFindings& study, std::size_t measure) {
    const StudyFindings::Factor& down = study.factors[0];
    const StudyFindings::Factor& across = study.factors[1];
    HeatMap map{.across = across.label.in(page.language()),
                .down = down.label.in(page.language()),
                .columns = across.levels,
                .rows = down.levels,
                .values = {},
                .unit = unit_of(study.measures[measure])};
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        auto& cells = map.values.emplace_back();
        for (std::size_t column = 0; column < map.columns.size(); ++column) {
            const auto values =
                values_where(study, measure, 0, [&](const StudyFindings::Member& member) {
                    const auto& levels = study.points[member.point].levels;
                    return levels[0] == row && levels[1] == column;
                });
            cells.push_back(mean_over_seeds(values).estimate);
        }
    }
    page.out().leaf("h3", {},
                    fmt::format(fmt::runtime(page.say({{"By {} and {}", "按 {} 与 {}"}})), map.down,
                                map.across));
    page.chart(map, page.say({{"Means over seeds for each combination; the table below has them.",
                               "各组合对种子的均值；见下表。"}}));
    Page::Table table{.heads = {map.down + " / " + map.across}, .rows = {}};
    table.heads.insert(table.heads.end(), map.columns.begin(), map.columns.end());
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        auto& cells = table.rows.emplace_back();
        cells.push_back(map.rows[row]);
        for (const double value : map.values[row]) {
            cells.push_back(value_text(value, map.unit, page.language()));
        }
    }
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

}  // namespace

std::string branch_name(const Page& page, const StudyFindings& study, std::size_t branch) {
    if (branch == 0) return std::string{page.say({{"the run itself", "基准运行"}})};
    const Label& label = study.branches[branch];
    const bool is_channel = std::ranges::any_of(study.attribution, [&](const auto& line) {
        return line.kind == "channel" && line.name == label.name;
    });
    const Words said = is_channel ? Words{{"without: {}", "关闭：{}"}} : Words{{"{}", "{}"}};
    return fmt::format(fmt::runtime(page.say(said)), label.in(page.language()));
}

Unit unit_of(const StudyFindings::Measure& measure) {
    if (measure.unit == "USD") return Unit::dollars;
    if (measure.unit == "share" || measure.unit == "per year") return Unit::percent;
    return Unit::plain;
}

void study_section::by_branch(Page& page, const StudyFindings& study, std::size_t measure) {
    const Unit unit = unit_of(study.measures[measure]);
    const auto everyone = [](const StudyFindings::Member&) { return true; };
    RowChart levels{.unit = unit};
    RowChart changes{.unit = unit, .with_zero = true};
    for (std::size_t branch = 0; branch < study.branches.size(); ++branch) {
        levels.rows.push_back(summary_row(branch_name(page, study, branch),
                                          values_where(study, measure, branch, everyone), unit,
                                          page.language()));
        if (branch == 0) continue;
        std::vector<Draw> differences;
        for (std::size_t i = 0; i < study.members.size(); ++i) {
            const StudyFindings::Member& member = study.members[i];
            const double change = study.values[measure][branch][i] - study.values[measure][0][i];
            if (std::isfinite(change)) differences.push_back({member.point, member.seed, change});
        }
        changes.rows.push_back(
            summary_row(branch_name(page, study, branch), differences, unit, page.language()));
    }
    page.out().leaf("h3", {}, page.say({{"All runs", "全部运行"}}));
    show(page, levels, std::string{page.say({{"all runs", "全部运行"}})});
    if (changes.rows.empty()) return;
    page.out().leaf("h3", {},
                    page.say({{"What each fork changes, with the same luck",
                               "各分叉带来的变化（随机数相同）"}}));
    show(page, changes, std::string{page.say({{"fork less run", "分叉减基准"}})});
}

void study_section::by_factor(Page& page, const StudyFindings& study, std::size_t measure) {
    const auto few = [](const StudyFindings::Factor& factor) {
        return factor.levels.size() <= levels_shown_max;
    };
    if (study.factors.size() == 2 && few(study.factors[0]) && few(study.factors[1])) {
        two_factors(page, study, measure);
        return;
    }
    if (study.factors.size() == 1 && is_axis(study.factors.front())) {
        over_factor(page, study, measure);
        return;
    }
    for (std::size_t factor = 0; factor < study.factors.size(); ++factor) {
        one_factor(page, study, measure, factor);
    }
}

void study_section::sensitivity(Page& page, const StudyFindings& study, std::size_t measure) {
    struct Statistic {
        std::string_view name;
        Words title;
        bool is_share;
    };
    static constexpr Statistic statistics[]{
        {"total", {{"Share of the variance, interactions included", "方差占比（含交互）"}}, true},
        {"first", {{"Share of the variance, each factor alone", "方差占比（单因子）"}}, true},
        {"mu_star",
         {{"How much a factor matters (Morris’ mu*)", "因子重要性（Morris mu*）"}},
         false},
        {"sigma",
         {{"How much that depends on the others (sigma)", "对其他因子的依赖（sigma）"}},
         false},
    };
    for (const Statistic& statistic : statistics) {
        const Unit unit = statistic.is_share ? Unit::percent : unit_of(study.measures[measure]);
        std::vector<const StudyFindings::Sensitivity*> found;
        for (const auto& each : study.sensitivity) {
            if (each.measure != measure || each.branch != 0) continue;
            if (each.statistic == statistic.name && std::isfinite(each.value.estimate)) {
                found.push_back(&each);
            }
        }
        if (found.empty()) continue;
        std::ranges::stable_sort(found, [](const auto* a, const auto* b) {
            return std::abs(a->value.estimate) > std::abs(b->value.estimate);
        });
        RowChart chart{.unit = unit};
        for (const auto* each : found) {
            Row row{.label = study.factors[each->factor].label.in(page.language()),
                    .value = value_text(each->value.estimate, unit, page.language()),
                    .pieces = {{.from = 0, .to = each->value.estimate, .color = "accent"}}};
            if (std::isfinite(each->value.low)) row.whisker = {each->value.low, each->value.high};
            chart.rows.push_back(std::move(row));
        }
        page.out().leaf("h3", {}, page.say(statistic.title));
        show(page, chart, std::string{page.say(statistic.title)});
    }
}

void study_section::attribution(Page& page, const StudyFindings& study, std::size_t measure) {
    const Unit unit = unit_of(study.measures[measure]);
    RowChart chart{.unit = unit};
    double so_far = 0;
    for (const StudyFindings::Attribution& line : study.attribution) {
        if (line.measure != measure || !std::isfinite(line.value.estimate)) continue;
        const bool is_whole = line.kind == "whole";
        Row row{.value = value_text(line.value.estimate, unit, page.language())};
        if (is_whole)
            row.label = page.say({{"the whole", "整体"}});
        else if (line.kind == "interaction")
            row.label = page.say({{"interaction", "交互项"}});
        else if (line.kind == "rest")
            row.label = page.say({{"all channels off", "关闭所有渠道"}});
        else
            row.label = line.name;
        for (const Label& branch : study.branches) {
            if (line.kind == "channel" && branch.name == line.name)
                row.label = branch.in(page.language());
        }
        const double from = is_whole ? 0 : so_far;
        if (!is_whole) so_far += line.value.estimate;
        row.pieces.push_back({.from = from,
                              .to = from + line.value.estimate,
                              .color = is_whole                  ? "mute"
                                       : line.value.estimate < 0 ? "down"
                                                                 : "up",
                              .title = row.label});
        if (std::isfinite(line.value.low)) {
            row.whisker = {from + line.value.low, from + line.value.high};
            row.value +=
                fmt::format(" ({} … {})", value_text(line.value.low, unit, page.language()),
                            value_text(line.value.high, unit, page.language()));
        }
        chart.rows.push_back(std::move(row));
    }
    if (chart.rows.empty()) return;
    page.out().leaf("h3", {}, page.say({{"What it is made of", "成因分解"}}));
    std::string said;
    for (const Row& row : chart.rows) said += fmt::format("{}: {}; ", row.label, row.value);
    page.chart(chart, said);
    page.note(page.say(
        {{"Each channel is the run less the fork that switches it off, with the same luck; the "
          "lines "
          "below the whole add up to it. Lines across bars are 95% intervals over seeds.",
          "每个渠道为基准运行减去关闭该渠道的分叉（随机数相同）；整体以下各行之和等于整体。"
          "横线为对种子的 95% 区间。"}}));
}

}  // namespace crowdout::studies
