// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "studies/capex_funding.hpp"
#include "studies/report_overlay.hpp"
#include "studies/report_run.hpp"

namespace crowdout::studies {
namespace {

using market::Reason;

/// Nodes of a column of the picture; the small ones share the last.
constexpr std::size_t nodes_max = 9;
constexpr std::size_t stack_points = 240;
constexpr std::size_t series_colors = 16;

std::string color_of(std::size_t index) {
    return fmt::format("c{}", index % series_colors);
}

std::string source_name(const RunSketch& run, const CapexStream& stream, Language language) {
    const std::string name = sector_name(run, stream.source, language);
    if (!stream.is_opening) return name;
    // What an issuer of dollars pays had no owner before.
    if (run.opening_cash()[stream.source] < 0) {
        return fmt::format(fmt::runtime(Words{{"{}: new money", "{}：新增货币"}}[language]), name);
    }
    return fmt::format(fmt::runtime(Words{{"{}: cash at first", "{}：期初现金"}}[language]), name);
}

std::string channel_name(const CapexChannel& channel, Language language) {
    if (!channel.reason) return std::string{Words{{"own cash", "自有现金"}}[language]};
    if (!channel.market) return std::string{word(*channel.reason, language)};
    return fmt::format(fmt::runtime(Words{{"sold {}", "出售{}"}}[language]),
                       word(*channel.market, language));
}

/// Amounts by name; the largest keep theirs, the others become one.
class Column {
public:
    explicit Column(std::string others) : others_{std::move(others)} {}

    void add(const std::string& name, double amount) { sums_[name] += amount; }
    void settle() {
        std::vector<std::pair<double, std::string>> order;
        for (const auto& [name, sum] : sums_) order.emplace_back(sum, name);
        std::ranges::stable_sort(order, std::ranges::greater{},
                                 &std::pair<double, std::string>::first);
        const bool fits = order.size() <= nodes_max;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const bool own = fits || i + 1 < nodes_max;
            if (own) names_.push_back(order[i].second);
            place_[order[i].second] = own ? i : nodes_max - 1;
        }
        if (!fits) names_.push_back(others_);
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] std::size_t place(const std::string& name) const { return place_.at(name); }

private:
    std::string others_;
    std::map<std::string, double> sums_;
    std::map<std::string, std::size_t> place_;
    std::vector<std::string> names_;
};

struct Funding {
    Sankey sankey{};
    std::vector<std::pair<double, std::string>> sources{};
    double total = 0;
};

Funding funding_of(const RunSketch& run, Language language) {
    const auto streams =
        capex_streams(run.manifest(), run.flows(), run.trades(), run.opening_cash());
    const std::string others{Words{{"others", "其他"}}[language]};
    std::array<Column, 3> columns{Column{others}, Column{others}, Column{others}};
    const auto names = [&](const CapexStream& stream) {
        return std::array{source_name(run, stream, language),
                          channel_name(stream.channel, language),
                          sector_name(run, stream.spender, language)};
    };
    Funding funding;
    std::map<std::string, double> sources;
    for (const CapexStream& stream : streams) {
        funding.total += stream.usd;
        const auto each = names(stream);
        sources[each[0]] += stream.usd;
        for (std::size_t i = 0; i < 3; ++i) columns[i].add(each[i], stream.usd);
    }
    for (const auto& [name, usd] : sources) funding.sources.emplace_back(usd, name);
    std::ranges::stable_sort(funding.sources, std::ranges::greater{},
                             &std::pair<double, std::string>::first);

    std::array<std::size_t, 3> first{};
    for (std::size_t i = 0; i < 3; ++i) {
        columns[i].settle();
        first[i] = funding.sankey.nodes.size();
        for (const std::string& name : columns[i].names()) {
            const std::size_t number = funding.sankey.nodes.size() - first[i];
            funding.sankey.nodes.push_back(
                {.label = name, .column = i, .color = i == 0 ? color_of(number) : "mute"});
        }
    }
    std::map<std::pair<std::size_t, std::size_t>, double> links;
    for (const CapexStream& stream : streams) {
        const auto each = names(stream);
        for (std::size_t i = 0; i < 2; ++i) {
            links[{first[i] + columns[i].place(each[i]),
                   first[i + 1] + columns[i + 1].place(each[i + 1])}] += stream.usd;
        }
    }
    for (const auto& [ends, usd] : links) {
        funding.sankey.links.push_back({ends.first, ends.second, usd});
    }
    return funding;
}

/// The value that holds at each of some times: the last one not after it.
std::vector<Point> held_at(const Thinned& series, const std::vector<std::int64_t>& times) {
    const std::vector<Point> points = series.points();
    std::vector<Point> held;
    std::size_t next = 0;
    for (const std::int64_t time : times) {
        while (next + 1 < points.size() && points[next + 1].time <= time) ++next;
        held.push_back({time, points[next].value});
    }
    return held;
}

Line line_of(const RunSketch& run, std::string_view series, std::string name, std::string color) {
    for (std::size_t i = 0; i < run.series().size(); ++i) {
        if (run.manifest().series[i].name != series) continue;
        return {
            .name = std::move(name), .color = std::move(color), .points = run.series()[i].points()};
    }
    return {};
}

/// What a figure of the world was outside of the run.
std::vector<PastLine> past_figures(const RunSketch& run, std::string_view series, const Line& line,
                                   Language language) {
    std::vector<PastLine> past;
    const auto& manifest = run.manifest();
    for (const world::Overlay& overlay : manifest.overlays) {
        if (overlay.series >= manifest.series.size()) continue;
        if (manifest.series[overlay.series].name != series) continue;
        PastLine each = past_line(overlay, line.name, 1, run.from(), line, language);
        if (!each.line.points.empty()) past.push_back(std::move(each));
    }
    return past;
}

}  // namespace

void run_section::funding(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const Funding funding = funding_of(run, language);
    if (funding.total <= 0) return;
    page.section(page.say({{"Who paid for AI capex", "谁为 AI 资本开支买单"}}));
    const std::string total = value_text(funding.total, Unit::dollars, language);
    page.paragraph(fmt::format(
        fmt::runtime(
            page.say({{"From the left: where the {} came from, the last payment by which it "
                       "reached those who spent it, and who they were.",
                       "从左到右：这 {} 的来源、到达支出者前的最后一笔款项，以及支出者。"}})),
        total));
    page.chart(
        funding.sankey,
        fmt::format(fmt::runtime(page.say({{"Flows of {} into AI capex, by source, channel and "
                                            "spender; the table below has the sources.",
                                            "流入 AI 资本开支的 {}，按来源、渠道与支出者；"
                                            "来源见下表。"}})),
                    total));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] {
        Page::Table table{.heads = {std::string{page.say({{"source", "来源"}})},
                                    std::string{page.say({{"dollars", "金额"}})},
                                    std::string{page.say({{"share", "占比"}})}}};
        for (const auto& [usd, name] : funding.sources) {
            table.rows.push_back({name, value_text(usd, Unit::dollars, language),
                                  value_text(usd / funding.total, Unit::percent, language)});
        }
        page.table(table);
    });
    page.note(page.say(
        {{"Money is not marked, so this is a convention: proportional tracing. Each holder is a "
          "pot "
          "in which what was there and what came in is mixed, and every payment carries the mix.",
          "货币没有记号，因此这是一种约定：按比例追踪。每个持有者是一个混合池，"
          "原有的与流入的资金在其中混合，每笔付款都带着同样的比例。"}}));
}

void run_section::idle_cash(Page& page, const RunSketch& run) {
    const Language language = page.language();
    std::vector<std::pair<double, std::size_t>> holders;
    for (std::size_t i = 0; i < run.idle().size(); ++i) {
        double most = 0;
        for (const Point& point : run.idle()[i].points()) most = std::max(most, point.value);
        if (most > 0) holders.emplace_back(most, i);
    }
    if (holders.empty()) return;
    std::ranges::stable_sort(holders, std::ranges::greater{},
                             &std::pair<double, std::size_t>::first);

    std::vector<std::int64_t> times;
    const std::int64_t from = run.idle()[holders.front().second].first().time;
    for (std::size_t i = 0; i < stack_points; ++i) {
        times.push_back(from + (run.to() - from) / static_cast<std::int64_t>(stack_points - 1) *
                                   static_cast<std::int64_t>(i));
    }
    LineChart chart{.moments = shocks_of(run, language), .unit = Unit::dollars, .is_stacked = true};
    std::vector<Page::Color> legend;
    Page::Table table{.heads = {"", std::string{page.say({{"at first", "期初"}})},
                                std::string{page.say({{"at last", "期末"}})},
                                std::string{page.say({{"at most", "最高"}})}}};
    for (std::size_t i = 0; i < holders.size(); ++i) {
        const Thinned& series = run.idle()[holders[i].second];
        const std::string name = sector_name(run, holders[i].second, language);
        chart.lines.push_back(
            {.name = name, .color = color_of(i), .points = held_at(series, times)});
        legend.push_back({name, color_of(i)});
        table.rows.push_back({name, value_text(series.first().value, Unit::dollars, language),
                              value_text(series.last().value, Unit::dollars, language),
                              value_text(holders[i].first, Unit::dollars, language)});
    }
    page.section(page.say({{"Idle cash", "闲置现金"}}));
    page.paragraph(page.say({{"Dollars beyond what their holders need, one holder upon another.",
                              "持有者所需之外的美元，逐层叠加。"}}));
    page.legend(legend, true);
    page.chart(chart, page.say({{"Idle cash over time by holder; the table below has its ends.",
                                 "各持有者闲置现金随时间的变化；首末数值见下表。"}}));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

void run_section::rates(Page& page, const RunSketch& run) {
    struct Rate {
        std::string_view series;
        Words name;
    };
    static constexpr std::array<Rate, 4> rates{{
        {"policy_rate", {{"policy rate", "政策利率"}}},
        {"government_yield", {{"government yield", "国债收益率"}}},
        {"credit_yield", {{"credit yield", "信用债收益率"}}},
        {"equity_premium", {{"equity premium", "股权风险溢价"}}},
    }};
    const Language language = page.language();
    LineChart chart{.moments = shocks_of(run, language), .unit = Unit::percent, .height = 260};
    std::vector<Page::Color> legend;
    std::vector<PastLine> past;
    Page::Table table{.heads = {"", std::string{page.say({{"at first", "期初"}})},
                                std::string{page.say({{"at last", "期末"}})}}};
    for (std::size_t i = 0; i < rates.size(); ++i) {
        Line line =
            line_of(run, rates[i].series, std::string{page.say(rates[i].name)}, color_of(i));
        const bool moves =
            std::ranges::any_of(line.points, [](const Point& p) { return p.value != 0; });
        if (!moves) continue;
        legend.push_back({line.name, line.color});
        table.rows.push_back({line.name,
                              value_text(line.points.front().value, Unit::percent, language),
                              value_text(line.points.back().value, Unit::percent, language)});
        for (PastLine& each : past_figures(run, rates[i].series, line, language)) {
            chart.lines.push_back(each.line);
            past.push_back(std::move(each));
        }
        chart.lines.push_back(std::move(line));
    }
    if (chart.lines.empty()) return;
    page.section(page.say({{"Rates", "利率"}}));
    page.legend(legend, true);
    page.chart(chart, page.say({{"Interest rates a year over time; the table below has their ends.",
                                 "各年利率随时间的变化；首末数值见下表。"}}));
    say_past(page, past);
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(table); });
}

}  // namespace crowdout::studies
