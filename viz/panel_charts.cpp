// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

namespace crowdout::viz {
namespace {

using market::Time;
using world::EventKind;
using world::History;
using world::Manifest;
using world::Overlay;

struct Line {
    std::string_view series;  ///< of the manifest
    Phrase name;
    std::size_t color;  ///< of the instruments' colours
};

// Colours are those of instruments: eight that are told apart by every kind of eye.
constexpr std::array rate_lines{Line{"policy_rate", Phrase::rate_policy, 1},
                                Line{"government_yield", Phrase::rate_government, 7},
                                Line{"credit_yield", Phrase::rate_credit, 0}};
constexpr std::array idle_lines{Line{"idle_capital", Phrase::liquidity_idle, 1}};
constexpr std::array gap_lines{Line{"funding_demand", Phrase::liquidity_demand, 5},
                               Line{"funding_saving", Phrase::liquidity_saving, 7},
                               Line{"funding_credit", Phrase::liquidity_credit, 3}};
constexpr std::array premium_lines{Line{"equity_premium", Phrase::rate_premium, 4}};

struct Chart {
    Phrase title;
    Unit unit;
    std::span<const Line> lines;
};

const std::array charts{Chart{Phrase::panel_rates, Unit::percent, rate_lines},
                        Chart{Phrase::liquidity_idle, Unit::dollars, idle_lines},
                        Chart{Phrase::liquidity_gap, Unit::dollars, gap_lines},
                        Chart{Phrase::rate_risk, Unit::percent, premium_lines}};

/// Dashed, and before the run's own line, so that the legend has room for it.
void add_past(const PastLines& past, const Manifest& manifest, sf::Color color,
              std::vector<PlotLine>& lines, const auto& is_of) {
    for (std::size_t i = 0; i < manifest.overlays.size(); ++i) {
        const PastLines::Past& each = past.lines()[i];
        if (each.line.empty() || !is_of(manifest.overlays[i])) continue;
        lines.push_back({&each.line, each.legend, color, true});
    }
}

/// A plot draws no ground of its own.
void draw_ground(const Stage& stage, const sf::FloatRect& rect) {
    stage.canvas.ground(rect, stage.look.colors.panel);
    stage.canvas.frame(rect, stage.look.colors.border);
}

}  // namespace

const Series* gauge_named(const Manifest& manifest, const History& history, std::string_view name) {
    const auto place = std::ranges::find(manifest.series, name, &Manifest::Series::name);
    if (place == manifest.series.end()) return nullptr;
    return &history.gauges[static_cast<std::size_t>(place - manifest.series.begin())].values;
}

std::vector<EventMark> chart_events(const Manifest& manifest, const History& history,
                                    std::size_t index, const Theme& theme) {
    std::vector<EventMark> marks;
    for (const History::Event& event : history.events) {
        const auto kind = static_cast<EventKind>(event.row.kind);
        const bool halted = kind == EventKind::halt || kind == EventKind::outage;
        if (kind != EventKind::shock && kind != EventKind::input && !halted) continue;
        std::string_view label;
        if (kind == EventKind::shock && event.row.reference < manifest.shocks.size()) {
            label = manifest.shocks[event.row.reference];
        } else if (halted && event.row.book < manifest.books.size()) {
            label = manifest.books[event.row.book].name;
        }
        marks.push_back(
            {Time{history.time[event.frame]}, halted ? theme.warning : theme.muted, label});
    }
    marks.push_back({Time{history.time[index]}, theme.accent, {}});
    return marks;
}

void PricesPanel::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                       std::size_t index) {
    const bool rebased = what_ == What::rebased;
    draw_ground(stage, rect);
    const Manifest& manifest = source.manifest();
    if (index >= source.history().frames()) {
        draw_nothing(stage, rect, Phrase::no_data);
        return;
    }
    if (rebased) past_.follow(manifest, source.history(), stage.look.language);
    std::vector<PlotLine> lines;
    for (std::size_t book = 0; book < manifest.books.size(); ++book) {
        const auto kind = static_cast<std::size_t>(class_of(manifest.books[book].kind));
        if (shown_ != 0 && shown_ != kind + 1) continue;
        const sf::Color color = stage.look.colors.instrument(book);
        const History::Book& known = source.history().books[book];
        if (rebased) {
            add_past(past_, manifest, color, lines,
                     [&](const Overlay& overlay) { return overlay.book == book; });
        }
        lines.push_back(
            {rebased ? &known.rebased : &known.drawdown, manifest.books[book].name, color});
    }
    plot_.interact(rect, stage.look, stage.pointer, stage.time);
    plot_.draw(stage.canvas, rect, stage.look,
               {.title = stage.words(rebased ? Phrase::panel_prices : Phrase::panel_drawdowns),
                .unit = rebased ? Unit::plain : Unit::percent,
                .logarithmic = logarithmic_},
               stage.time, lines,
               chart_events(manifest, source.history(), index, stage.look.colors));
    draw_choices(stage, rect);
}

/// Which prices, and on which scale, as far as there is room beside the title.
void PricesPanel::draw_choices(const Stage& stage, const sf::FloatRect& rect) {
    const bool rebased = what_ == What::rebased;
    const float title =
        title_width(stage, rebased ? Phrase::panel_prices : Phrase::panel_drawdowns);
    std::vector<std::string_view> kinds{stage.words(Phrase::choice_all)};
    for (std::size_t kind = 0; kind < market_class_count; ++kind) {
        kinds.push_back(stage.words(phrase_of(static_cast<MarketClass>(kind))));
    }
    shown_ = draw_choice(stage, rect, shown_, kinds, title);
    if (!rebased) return;
    const std::vector<std::string_view> scales{stage.words(Phrase::choice_linear),
                                               stage.words(Phrase::choice_log)};
    const float taken = choice_width(stage, kinds) + stage.look.px(10);
    const sf::FloatRect rest{rect.left, rect.top, rect.width - taken, rect.height};
    logarithmic_ = draw_choice(stage, rest, logarithmic_ ? 1 : 0, scales, title) == 1;
}

void RatesPanel::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                      std::size_t index) {
    draw_ground(stage, rect);
    const Manifest& manifest = source.manifest();
    if (index >= source.history().frames()) {
        draw_nothing(stage, rect, Phrase::no_data);
        return;
    }
    follow_spread(manifest, source.history());
    past_.follow(manifest, source.history(), stage.look.language);
    const std::vector<EventMark> events =
        chart_events(manifest, source.history(), index, stage.look.colors);
    // A strip has room for two charts side by side, a full view for two rows of two.
    const bool tall = rect.height > stage.look.px(260);
    const float width = std::floor(rect.width / 2);
    const std::size_t rows = tall ? 2 : 1;
    for (std::size_t i = 0; i < 2 * rows; ++i) {
        const std::size_t row = i / 2;
        const float from = static_cast<float>(row) / static_cast<float>(rows);
        sf::FloatRect part = slice(rect, from, from + 1 / static_cast<float>(rows));
        part.left += i % 2 == 1 ? width : 0;
        part.width = width;
        draw_plot(stage, part, source, i, events);
    }
}

/// One yield over the other, wherever the first has gained a point since the last look.
void RatesPanel::follow_spread(const Manifest& manifest, const History& history) {
    const Series* over = gauge_named(manifest, history, "credit_yield");
    const Series* under = gauge_named(manifest, history, "government_yield");
    if (over == nullptr || under == nullptr) return;
    std::size_t at = spread_.empty()
                         ? 0
                         : over->first_at(spread_.time(spread_.size() - 1) + market::Duration{1});
    for (; at < over->size(); ++at) {
        spread_.append(over->time(at), over->value(at) - under->value_at(over->time(at)));
    }
}

void RatesPanel::draw_plot(const Stage& stage, const sf::FloatRect& rect,
                           const world::FrameSource& source, std::size_t which,
                           std::span<const EventMark> events) {
    const Chart& chart = charts[which];
    std::vector<PlotLine> lines;
    for (const Line& line : chart.lines) {
        const Series* series = gauge_named(source.manifest(), source.history(), line.series);
        if (series == nullptr) continue;
        const sf::Color color = stage.look.colors.instrument(line.color);
        const std::vector<Manifest::Series>& all = source.manifest().series;
        add_past(past_, source.manifest(), color, lines, [&](const Overlay& overlay) {
            return overlay.series < all.size() && all[overlay.series].name == line.series;
        });
        lines.push_back({series, stage.words(line.name), color});
    }
    if (chart.title == Phrase::rate_risk && !spread_.empty()) {
        lines.push_back(
            {&spread_, stage.words(Phrase::rate_spread), stage.look.colors.instrument(0)});
    }
    plots_[which].interact(rect, stage.look, stage.pointer, stage.time);
    plots_[which].draw(stage.canvas, rect, stage.look,
                       {.title = stage.words(chart.title), .unit = chart.unit}, stage.time, lines,
                       events);
}

}  // namespace crowdout::viz
