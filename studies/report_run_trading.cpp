// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "market/order.hpp"
#include "studies/report_overlay.hpp"
#include "studies/report_run.hpp"
#include "studies/terms.hpp"

namespace crowdout::studies {
namespace {

constexpr std::size_t series_colors = 16;
constexpr std::size_t spans_max = 180;    ///< of a chart of volume
constexpr std::size_t assets_shown = 6;   ///< whose sellers are drawn
constexpr std::size_t sellers_shown = 6;  ///< of each

std::string cause_color(std::size_t cause) {
    return fmt::format("k{}", cause);
}
std::string book_color(std::size_t book) {
    return fmt::format("c{}", book % series_colors);
}

std::string dollars(double usd, Language language) {
    return value_text(usd, Unit::dollars, language);
}

double total(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
}

Line indexed(const RunSketch& run, std::size_t book) {
    Line line{.name = run.manifest().books[book].name,
              .color = book_color(book),
              .points = run.books()[book].mid.points()};
    const double first = line.points.front().value;
    for (Point& point : line.points) point.value *= 100 / first;
    return line;
}

/// What the price of a book was outside of the run, in the unit of its line.
std::vector<PastLine> past_prices(const RunSketch& run, std::size_t book, const Line& line,
                                  Language language) {
    std::vector<PastLine> past;
    for (const world::Overlay& overlay : run.manifest().overlays) {
        if (overlay.book != book) continue;
        const double scale = 100 / run.books()[book].mid.first().value;
        PastLine each = past_line(overlay, line.name, scale, run.from(), line, language);
        if (!each.line.points.empty()) past.push_back(std::move(each));
    }
    return past;
}

/// What a sector sold of an asset net of what it bought, by cause; Money.
using Sellers = std::map<std::uint16_t, std::map<std::uint8_t, std::int64_t>>;

std::vector<Sellers> net_sales(const RunSketch& run) {
    std::vector<Sellers> books(run.books().size());
    for (const world::TradedRow& row : run.trades()) {
        const bool sold = row.side == static_cast<std::uint8_t>(market::Side::sell);
        books[row.book][row.sector][row.cause] += sold ? row.money : -row.money;
    }
    return books;
}

Row seller_row(const RunSketch& run, std::uint16_t sector,
               const std::map<std::uint8_t, std::int64_t>& causes, Language language) {
    Row row{.label = sector_name(run, sector, language)};
    double sold = 0;
    for (const auto& [cause, money] : causes) {
        if (money <= 0) continue;
        const double usd = static_cast<double>(money) / market::money_per_dollar;
        row.pieces.push_back(
            {.from = sold,
             .to = sold + usd,
             .color = cause_color(cause),
             .title = fmt::format("{}: {}", word(static_cast<market::Cause>(cause), language),
                                  dollars(usd, language))});
        sold += usd;
    }
    row.value = dollars(sold, language);
    return row;
}

/// The largest net sellers of an asset.
RowChart sellers_of(const RunSketch& run, const Sellers& sellers, std::set<std::uint8_t>& causes,
                    Language language) {
    std::vector<std::pair<std::int64_t, std::uint16_t>> order;
    for (const auto& [sector, by_cause] : sellers) {
        std::int64_t sold = 0;
        for (const auto& each : by_cause) sold += std::max<std::int64_t>(each.second, 0);
        if (sold > 0) order.emplace_back(sold, sector);
    }
    std::ranges::stable_sort(order, std::ranges::greater{},
                             &std::pair<std::int64_t, std::uint16_t>::first);
    order.resize(std::min(order.size(), sellers_shown));
    RowChart chart{.unit = Unit::dollars};
    for (const auto& each : order) {
        chart.rows.push_back(seller_row(run, each.second, sellers.at(each.second), language));
        for (const auto& [cause, money] : sellers.at(each.second)) {
            if (money > 0) causes.insert(cause);
        }
    }
    return chart;
}

/// The assets that fell most, worst first.
std::vector<std::size_t> worst_assets(const RunSketch& run) {
    std::vector<std::size_t> books;
    for (std::size_t i = 0; i < run.books().size(); ++i) {
        if (!run.books()[i].mid.empty() && run.books()[i].volume > 0) books.push_back(i);
    }
    std::ranges::stable_sort(books, {}, [&](std::size_t i) {
        return run.books()[i].mid.last().value / run.books()[i].mid.first().value;
    });
    books.resize(std::min(books.size(), assets_shown));
    return books;
}

}  // namespace

void run_section::prices(Page& page, const RunSketch& run) {
    const Language language = page.language();
    LineChart all{.moments = shocks_of(run, language), .baseline = 100, .height = 360};
    LineChart falls{
        .moments = shocks_of(run, language), .unit = Unit::percent, .baseline = 0, .height = 360};
    std::array<LineChart, market_class_count> kinds;
    kinds.fill(all);
    std::vector<Page::Color> legend;
    std::vector<PastLine> past;
    for (std::size_t i = 0; i < run.books().size(); ++i) {
        const world::Manifest::Book& book = run.manifest().books[i];
        if (run.books()[i].mid.empty()) continue;
        LineChart& kind = kinds[static_cast<std::size_t>(class_of(book.kind))];
        const Line line = indexed(run, i);
        for (PastLine& each : past_prices(run, i, line, language)) {
            all.lines.push_back(each.line);
            kind.lines.push_back(each.line);
            past.push_back(std::move(each));
        }
        all.lines.push_back(line);
        kind.lines.push_back(line);
        falls.lines.push_back({.name = book.name,
                               .color = book_color(i),
                               .points = run.books()[i].drawdown.points()});
        legend.push_back({book.name, book_color(i)});
    }
    if (all.lines.empty()) return;
    LineChart logarithmic = all;
    logarithmic.log = true;
    page.section(page.say({{"Prices", "价格"}}));
    page.paragraph(page.say({{"100 at the start. The highest and lowest of each stretch are kept.",
                              "期初为 100。每段的最高与最低值均予保留。"}}));
    page.legend(legend, true);
    const auto show = [&page](const LineChart& chart) {
        return [&page, &chart] {
            page.chart(chart, page.say({{"Prices over time, 100 at the start; the table of markets "
                                         "has their figures.",
                                         "各市场价格随时间的变化，期初为 100；数值见市场表。"}}));
        };
    };
    std::vector<Page::Choice> choices{{std::string{page.say({{"all", "全部"}})}, show(all)}};
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        if (kinds[kind].lines.empty() || kinds[kind].lines.size() == all.lines.size()) continue;
        choices.push_back(
            {std::string{word(static_cast<MarketClass>(kind), language)}, show(kinds[kind])});
    }
    choices.push_back(
        {std::string{page.say({{"all, logarithmic", "全部，对数"}})}, show(logarithmic)});
    choices.push_back({std::string{page.say({{"below the peak", "距最高点跌幅"}})}, [&] {
                           page.chart(falls,
                                      page.say({{"How far each price is below its highest so "
                                                 "far.",
                                                 "各价格距此前最高点的跌幅。"}}));
                       }});
    page.choices("prices", choices);
    say_past(page, past);
}

void run_section::volume(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const Periods::Table table = run.volume().table(run.from(), run.to(), spans_max);
    Stack stack{.edges = table.edges, .moments = shocks_of(run, language)};
    std::vector<Page::Color> legend;
    Page::Table sums{.heads = {std::string{page.say({{"cause", "原因"}})},
                               std::string{page.say({{"traded", "成交额"}})},
                               std::string{page.say({{"share", "占比"}})}}};
    double all = 0;
    for (const auto& values : table.values) all += total(values);
    if (all <= 0) return;
    for (std::size_t cause = 0; cause < table.values.size(); ++cause) {
        const double sum = total(table.values[cause]);
        if (sum <= 0) continue;
        const std::string name{word(static_cast<market::Cause>(cause), language)};
        stack.names.push_back(name);
        stack.colors.push_back(cause_color(cause));
        stack.values.push_back(table.values[cause]);
        legend.push_back({name, cause_color(cause)});
        sums.rows.push_back(
            {name, dollars(sum, language), value_text(sum / all, Unit::percent, language)});
    }
    page.section(page.say({{"Volume by cause", "按原因划分的成交额"}}));
    page.paragraph(fmt::format(
        fmt::runtime(
            page.say({{"Dollars traded on all markets, in spans of {}. A trade counts half for "
                       "why its buyer bought, half for why its seller sold.",
                       "所有市场的成交额，每段 {}。每笔成交一半计入买方的原因，"
                       "一半计入卖方的原因。"}})),
        span_text(table.span, language)));
    page.legend(legend);
    page.chart(stack, page.say({{"Dollars traded over time by cause; the table below has the sums.",
                                 "按原因划分的成交额随时间的变化；合计见下表。"}}));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(sums); });
}

void run_section::sellers(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const std::vector<Sellers> books = net_sales(run);
    std::set<std::uint8_t> causes;
    std::vector<std::pair<std::string, RowChart>> charts;
    for (const std::size_t book : worst_assets(run)) {
        RowChart chart = sellers_of(run, books[book], causes, language);
        if (chart.rows.empty()) continue;
        const double change =
            run.books()[book].mid.last().value / run.books()[book].mid.first().value - 1;
        charts.emplace_back(
            fmt::format("{} ({})", run.manifest().books[book].name, change_text(change)),
            std::move(chart));
    }
    if (charts.empty()) return;
    page.section(page.say({{"Who sold, and why", "谁在卖出，为何卖出"}}));
    page.paragraph(
        page.say({{"Net sellers of the assets that did worst: what each sold more than it "
                   "bought for the same cause.",
                   "表现最差资产的净卖方：同一原因下卖出多于买入的部分。"}}));
    std::vector<Page::Color> legend;
    for (const std::uint8_t cause : causes) {
        legend.push_back(
            {std::string{word(static_cast<market::Cause>(cause), language)}, cause_color(cause)});
    }
    page.legend(legend);
    for (const auto& [name, chart] : charts) {
        page.out().leaf("h3", {}, name);
        std::string said = name + ":";
        for (const Row& row : chart.rows) said += fmt::format(" {} {};", row.label, row.value);
        page.chart(chart, said);
    }
}

}  // namespace crowdout::studies
