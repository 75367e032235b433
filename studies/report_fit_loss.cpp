// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "studies/report_fit.hpp"

namespace crowdout::studies {

namespace {

constexpr std::size_t slices_shown = choices_max;

std::string words(const Page& page, const Words& said, const auto&... values) {
    return fmt::format(fmt::runtime(page.say(said)), values...);
}

/// The start and the best, where a parameter has them, in their order.
std::vector<Curve::Mark> marks_of(const Page& page, const FoundParameter& parameter) {
    std::vector<Curve::Mark> marks{{parameter.start, std::string{page.say({{"start", "起点"}})}},
                                   {parameter.best, std::string{page.say({{"best", "最优"}})}}};
    if (parameter.start == parameter.best) marks.erase(marks.begin());
    std::ranges::sort(marks, {}, &Curve::Mark::x);
    return marks;
}

void slice(Page& page, const FoundParameter& parameter, std::size_t at, const FoundSlice& slice) {
    Curve curve{.across = parameter.name,
                .marks = marks_of(page, parameter),
                .log_across = parameter.scale == Scale::log};
    Page::Table table{.heads = {parameter.name, std::string{page.say({{"loss", "损失"}})}}};
    for (const FoundPoint& point : slice.points) {
        const std::string text = parameter_text(point.at[at], parameter, page.language());
        curve.points.push_back(
            {.x = point.at[at], .value = point.loss, .title = text + ": " + loss_text(point.loss)});
        curve.ticks.push_back({point.at[at], text});
        table.rows.push_back({text, loss_text(point.loss)});
    }
    // Where the start lies beyond what was looked at, the curve need not reach for it.
    std::erase_if(curve.marks, [&](const Curve::Mark& mark) {
        return mark.x < curve.points.front().x || mark.x > curve.points.back().x;
    });
    page.chart(curve, words(page, {{"Loss along {}.", "沿 {} 的损失。"}}, parameter.name));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

void slices(Page& page, const FitFindings& fit) {
    std::vector<Page::Choice> choices;
    for (const FoundSlice& each : fit.slices) {
        const auto found = std::ranges::find(fit.parameters, each.parameter, &FoundParameter::name);
        if (each.points.size() < 2 || choices.size() == slices_shown) continue;
        const auto at = static_cast<std::size_t>(found - fit.parameters.begin());
        choices.push_back(
            {each.parameter, [&page, &each, at, found] { slice(page, *found, at, each); }});
    }
    if (choices.empty()) return;
    page.out().leaf("h3", {}, page.say({{"Along each parameter", "沿各参数"}}));
    page.choices("slices", choices);
}

/// What a parameter of the grid takes, rising.
std::vector<double> values_of(const FitFindings& fit, std::size_t parameter) {
    std::vector<double> values;
    for (const FoundPoint& point : fit.grid) values.push_back(point.at[parameter]);
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

void grid(Page& page, const FitFindings& fit) {
    if (fit.grid.empty() || fit.parameters.size() < 2) return;
    const FoundParameter& down = fit.parameters[0];
    const FoundParameter& across = fit.parameters[1];
    const std::vector<double> rows = values_of(fit, 0);
    const std::vector<double> columns = values_of(fit, 1);
    HeatMap map{.across = across.name, .down = down.name};
    for (const double value : rows) {
        map.rows.push_back(parameter_text(value, down, page.language()));
    }
    for (const double value : columns) {
        map.columns.push_back(parameter_text(value, across, page.language()));
    }
    map.values.assign(rows.size(), std::vector<double>(columns.size(), FoundGoal::none));
    for (const FoundPoint& point : fit.grid) {
        const auto row = std::ranges::lower_bound(rows, point.at[0]) - rows.begin();
        const auto column = std::ranges::lower_bound(columns, point.at[1]) - columns.begin();
        map.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = point.loss;
    }
    page.out().leaf("h3", {},
                    words(page, {{"Over {} and {}", "{} 与 {} 联合"}}, down.name, across.name));
    page.chart(map, page.say({{"Loss for each combination; the table below has the figures.",
                               "各组合的损失；数值见下表。"}}));
    Page::Table table{.heads = {map.down + " / " + map.across}};
    table.heads.insert(table.heads.end(), map.columns.begin(), map.columns.end());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto& cells = table.rows.emplace_back();
        cells.push_back(map.rows[row]);
        for (const double loss : map.values[row]) cells.push_back(loss_text(loss));
    }
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

}  // namespace

void fit_section::search(Page& page, const FitFindings& fit) {
    if (fit.path.empty()) return;
    page.section(page.say({{"The search", "搜索过程"}}));
    page.paragraph(
        page.say({{"Loss of the points in the order in which they were looked at; the "
                   "line is the best so far.",
                   "各点按评估顺序的损失；折线为当时的最优。"}}));
    Curve curve{.across = std::string{page.say({{"point", "点"}})}, .log = true};
    Page::Table table{.heads = {std::string{page.say({{"point", "点"}})}}};
    for (const FoundParameter& each : fit.parameters) table.heads.push_back(each.name);
    table.heads.emplace_back(page.say({{"loss", "损失"}}));
    double best = fit.path.front().loss;
    for (std::size_t i = 0; i < fit.path.size(); ++i) {
        const FoundPoint& point = fit.path[i];
        const auto number = static_cast<double>(i + 1);
        auto& cells = table.rows.emplace_back();
        cells.push_back(std::to_string(i + 1));
        for (std::size_t k = 0; k < fit.parameters.size(); ++k) {
            cells.push_back(parameter_text(point.at[k], fit.parameters[k], page.language()));
        }
        cells.push_back(loss_text(point.loss));
        curve.points.push_back({.x = number,
                                .value = point.loss,
                                .title = fmt::format("{}: {}", i + 1, loss_text(point.loss))});
        curve.line.emplace_back(number, best);
        best = std::min(best, point.loss);
        curve.line.emplace_back(number, best);
    }
    for (const ValueTick& tick :
         value_ticks(1, std::max(2.0, curve.points.back().x), 10, Unit::plain, page.language())) {
        if (tick.value == std::floor(tick.value)) curve.ticks.push_back(tick);
    }
    page.chart(curve,
               words(page, {{"Loss of {} points, best so far: {}.", "{} 个点的损失，最优 {}。"}},
                     fit.path.size(), loss_text(best)));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

void fit_section::surface(Page& page, const FitFindings& fit) {
    if (fit.slices.empty() && fit.grid.empty()) return;
    page.section(page.say({{"The loss around the best", "最优点附近的损失"}}));
    page.note(
        page.say({{"On the seeds of training, all other parameters as in the best. A flat line "
                   "says that the "
                   "targets do not know this parameter; a valley across the map, that they know a "
                   "combination of two only.",
                   "基于训练种子，其余参数取最优值。平坦的曲线表示目标不依赖该参数；"
                   "图中斜向的谷表示目标只依赖两者的某种组合。"}}));
    slices(page, fit);
    grid(page, fit);
}

}  // namespace crowdout::studies
