// SPDX-License-Identifier: Apache-2.0
#include "studies/report_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "market/time.hpp"
#include "studies/report_overlay.hpp"

namespace crowdout::studies {
namespace {

constexpr std::size_t fans_shown = 20;
constexpr std::size_t failures_shown = 100;
constexpr std::size_t points_shown = 100;

std::string meta_of(const StudyFindings& study, const char* key) {
    const auto found = study.meta.find(key);
    return found == study.meta.end() ? std::string{} : found->second;
}

std::size_t done(const StudyFindings& study) {
    return static_cast<std::size_t>(
        std::ranges::count(study.members, "done", &StudyFindings::Member::state));
}

void headline(Page& page, const StudyFindings& study) {
    std::set<std::uint64_t> seeds;
    for (const StudyFindings::Member& member : study.members) seeds.insert(member.seed);
    page.heading(meta_of(study, "name"));
    const std::string chinese = meta_of(study, "description_zh");
    const bool in_chinese = page.language() == Language::chinese && !chinese.empty();
    const std::string says = in_chinese ? chinese : meta_of(study, "description");
    if (!says.empty()) page.lead(says);
    if (!study.factors.empty()) {
        page.paragraph(fmt::format(
            fmt::runtime(page.say({{"Settings: {}, of {} factors.", "设置：{} 组，{} 个因子。"}})),
            study.points.size(), study.factors.size()));
    }
    page.paragraph(fmt::format(
        fmt::runtime(
            page.say({{"Runs: {}, with {} seeds and {} forks of each; {} done, {} failed.",
                       "运行：{} 次，{} 个种子，每次 {} 个分叉；完成 {} 次，失败 {} 次。"}})),
        study.members.size(), seeds.size(), study.branches.empty() ? 0 : study.branches.size() - 1,
        done(study), study.failures.size()));
    Markup& out = page.out();
    const Element list{out, "dl", {{"class", "facts"}}};
    for (const auto& [key, value] : study.meta) {
        if (key == "name" || key.starts_with("description") || value.empty()) continue;
        out.leaf("dt", {}, key);
        out.leaf("dd", {}, value);
    }
}

void design(Page& page, const StudyFindings& study) {
    if (study.factors.empty()) return;
    page.section(page.say({{"Design", "设计"}}));
    Page::Table factors{.heads = {std::string{page.say({{"factor", "因子"}})},
                                  std::string{page.say({{"levels", "水平"}})}},
                        .text_columns = 2};
    for (const StudyFindings::Factor& factor : study.factors) {
        std::string levels;
        const bool many = factor.levels.size() > 12;
        for (std::size_t i = 0; i < factor.levels.size() && !many; ++i) {
            levels += (i == 0 ? "" : ", ") + factor.levels[i];
        }
        if (many) {
            levels = fmt::format("{} … {} ({})", factor.levels.front(), factor.levels.back(),
                                 factor.levels.size());
        }
        factors.rows.push_back({factor.label.in(page.language()), levels});
    }
    page.table(factors);
    Page::Table points{.heads = {""}, .text_columns = study.factors.size() + 1};
    for (const StudyFindings::Factor& factor : study.factors) {
        points.heads.push_back(factor.label.in(page.language()));
    }
    for (std::size_t i = 0; i < std::min(study.points.size(), points_shown); ++i) {
        auto& cells = points.rows.emplace_back();
        cells.push_back(std::to_string(i));
        for (std::size_t factor = 0; factor < study.factors.size(); ++factor) {
            const auto& levels = study.factors[factor].levels;
            const std::size_t level = study.points[i].levels[factor];
            cells.push_back(level < levels.size() ? levels[level] : "–");
        }
    }
    page.folded(page.say({{"The settings", "各组设置"}}), [&] {
        page.table(points);
        if (study.points.size() > points_shown) {
            page.note(fmt::format(
                fmt::runtime(page.say({{"The first {} of {}.", "共 {1} 组，列出前 {0} 组。"}})),
                points_shown, study.points.size()));
        }
    });
}

void measures(Page& page, const StudyFindings& study) {
    for (std::size_t measure = 0; measure < study.measures.size(); ++measure) {
        page.section(study.measures[measure].name);
        page.note(fmt::format(
            fmt::runtime(
                page.say({{"Measure: {}, unit: {}. Dots are means, lines across them their 95% "
                           "intervals over seeds, whose luck all settings share, bars behind them "
                           "the middle 90% of the runs.",
                           "度量：{}，单位：{}。圆点为均值，横线为其对种子（各组设置共用）的 95% "
                           "区间，"
                           "背景条为中间 90% 的运行。"}})),
            study.measures[measure].kind, study.measures[measure].unit));
        study_section::attribution(page, study, measure);
        study_section::sensitivity(page, study, measure);
        study_section::by_branch(page, study, measure);
        study_section::by_factor(page, study, measure);
    }
}

std::vector<Point> line_of(const StudyFindings::Fan& fan, std::size_t quantile) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < fan.times.size(); ++i) {
        points.push_back({fan.times[i] * market::second.ns, fan.quantiles[quantile][i]});
    }
    return points;
}

/// A rate that nobody sets, a multiplier that nobody measures: nothing to draw.
bool is_constant(const StudyFindings::Fan& fan) {
    const double first = fan.quantiles.front().front();
    return std::ranges::all_of(fan.quantiles, [first](const std::vector<double>& band) {
        return std::ranges::all_of(band, [first](double value) { return value == first; });
    });
}

void fans(Page& page, const StudyFindings& study) {
    std::vector<const StudyFindings::Fan*> shown;
    for (const StudyFindings::Fan& fan : study.fans) {
        if (fan.branch == 0 && fan.times.size() > 1 && shown.size() < fans_shown &&
            !is_constant(fan)) {
            shown.push_back(&fan);
        }
    }
    if (shown.empty()) return;
    page.section(page.say({{"Over time", "随时间的变化"}}));
    page.paragraph(fmt::format(
        fmt::runtime(
            page.say({{"{} runs of the first setting with different luck: the middle one, and "
                       "between which values half and nine tenths of them are. Dashed: the "
                       "middle one of each fork. Days since the start.",
                       "第一组设置的 {} 次不同随机数运行：中位数，以及一半和九成运行所在的区间。"
                       "虚线为各分叉的中位数。时间自开始起。"}})),
        shown.front()->runs));
    std::vector<Page::Choice> choices;
    for (const StudyFindings::Fan* fan : shown) {
        choices.push_back(
            {fan->track, [&page, &study, fan] {
                 LineChart chart;
                 chart.since_start = true;
                 chart.bands.push_back({"c1", line_of(*fan, 0), line_of(*fan, 4), true});
                 chart.bands.push_back({"c1", line_of(*fan, 1), line_of(*fan, 3), false});
                 for (const StudyFindings::Fan& other : study.fans) {
                     if (other.track != fan->track || other.branch == 0) continue;
                     chart.lines.push_back({.name = branch_name(page, study, other.branch),
                                            .color = fmt::format("c{}", 1 + other.branch % 15),
                                            .points = line_of(other, 2),
                                            .dashed = true});
                 }
                 const Line median{.name = std::string{page.say({{"median", "中位数"}})},
                                   .color = "c1",
                                   .points = line_of(*fan, 2)};
                 std::vector<PastLine> past;
                 for (const auto& [track, overlay] : study.past) {
                     if (track != fan->track) continue;
                     PastLine line = past_line(overlay, track, 1, 0, median, page.language(), true);
                     if (line.line.points.empty()) continue;
                     line.line.color = "warn";  // forks are dashed too, in other colours
                     chart.lines.push_back(line.line);
                     past.push_back(std::move(line));
                 }
                 chart.lines.push_back(median);
                 page.chart(
                     chart,
                     fmt::format(
                         fmt::runtime(page.say({{"{} over time: median and bands of all runs.",
                                                 "{} 随时间的变化：全部运行的中位数与区间。"}})),
                         fan->track));
                 say_past(page, past);
             }});
    }
    page.choices("fans", choices);
}

void failures(Page& page, const StudyFindings& study) {
    if (study.failures.empty()) return;
    page.section(page.say({{"Runs that failed", "失败的运行"}}));
    Page::Table table{.heads = {std::string{page.say({{"run", "运行"}})},
                                std::string{page.say({{"seed", "种子"}})},
                                std::string{page.say({{"what happened", "情况"}})}},
                      .text_columns = 3};
    for (const StudyFindings::Failure& failure : study.failures) {
        if (table.rows.size() == failures_shown) break;
        table.rows.push_back({std::to_string(failure.member),
                              std::to_string(study.members[failure.member].seed),
                              failure.state + ": " + failure.what});
    }
    page.table(table);
    if (study.failures.size() > failures_shown) {
        page.note(fmt::format(
            fmt::runtime(page.say({{"The first {} of {}.", "共 {1} 次，列出前 {0} 次。"}})),
            failures_shown, study.failures.size()));
    }
}

}  // namespace

std::string study_report(const StudyFindings& study, Language language) {
    Page page{language, meta_of(study, "name")};
    headline(page, study);
    design(page, study);
    measures(page, study);
    fans(page, study);
    failures(page, study);
    page.section(page.say({{"Files", "文件"}}));
    for (const auto& part : study.texts) {
        page.folded(part.first, [&] { page.preformatted(part.second); });
    }
    return page.finish();
}

}  // namespace crowdout::studies
