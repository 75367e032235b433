// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "market/units.hpp"
#include "viz/flow_picture.hpp"

namespace crowdout::viz {

void FlowPicture::draw_headline(const Stage& stage, const sf::FloatRect& rect) const {
    struct Figure {
        std::string value;
        std::string caption;
        sf::Color color;
    };
    const Theme& theme = stage.look.colors;
    const auto from_crypto = funding_.markets[static_cast<std::size_t>(MarketClass::crypto)];
    const std::array figures{
        Figure{stage.dollars(levels_.capex), std::string{stage.words(Phrase::headline_capex)},
               theme.of(FlowGroup::capex)},
        Figure{stage.money(from_crypto),
               stage.words(Phrase::headline_crypto, stage.change(levels_.crypto.change())),
               from_crypto > 0 ? theme.ask : theme.muted},
        Figure{levels_.idle_opening > 0 ? stage.dollars(levels_.idle_now) : "–",
               stage.words(Phrase::headline_idle, stage.dollars(levels_.idle_opening)),
               levels_.idle_now < 0.25 * levels_.idle_opening ? theme.warning : theme.accent},
        Figure{stage.dollars(levels_.forced), std::string{stage.words(Phrase::headline_forced)},
               theme.warning}};
    // A narrow picture says less rather than half of everything.
    const auto fit = static_cast<std::size_t>(rect.width / stage.look.px(130));
    const std::size_t shown = std::clamp<std::size_t>(fit, 1, figures.size());
    const float width = rect.width / static_cast<float>(shown);
    float left = rect.left;
    for (const Figure& each : std::span{figures}.first(shown)) {
        const float room = width - 8 * stage.look.scale;
        stage.canvas.text_in(each.value, {left, rect.top, room, 24 * stage.look.scale},
                             {.size = stage.size(20), .color = each.color});
        stage.canvas.text_in(each.caption,
                             {left, rect.top + 23 * stage.look.scale, room, 15 * stage.look.scale},
                             {.size = stage.size(11), .color = theme.muted});
        left += width;
    }
}

void FlowPicture::draw_headings(const Stage& stage, float top) const {
    constexpr std::array headings{Phrase::column_holders, Phrase::column_markets,
                                  Phrase::column_payers, Phrase::column_sink};
    const std::size_t count = graph_.has_sink() ? headings.size() : 2;
    // Half of the room between two columns is a heading's, or it would run into the next.
    const auto room_before = [&](std::size_t i) {
        const sf::FloatRect& before = layout_.columns[i - 1];
        return (layout_.columns[i].left - before.left - before.width) / 2;
    };
    for (std::size_t i = 0; i < count; ++i) {
        const sf::FloatRect& column = layout_.columns[i];
        const bool is_between = i > 0 && i + 1 < headings.size();
        float reach = is_between ? std::min(20 * stage.look.scale, room_before(i)) : 0;
        if (is_between && i + 1 < count) reach = std::min(reach, room_before(i + 1));
        stage.canvas.text_in(
            stage.words(headings[i]),
            {column.left - reach, top, column.width + 2 * reach, 14 * stage.look.scale},
            {.size = stage.size(11),
             .color = stage.look.colors.muted,
             .align = i == 0       ? Align::left
                      : is_between ? Align::center
                                   : Align::right});
    }
}

/// The colours in the picture, those with most money first, and how thick a sum is.
void FlowPicture::draw_legend(const Stage& stage, const sf::FloatRect& rect) const {
    struct Entry {
        Ink ink;
        std::int64_t money;
    };
    std::vector<Entry> entries;
    for (const FlowEdge& edge : graph_.edges) {
        const Ink each = ink(stage, edge);
        const auto place = std::ranges::find(entries, each.phrase,
                                             [](const Entry& entry) { return entry.ink.phrase; });
        if (place == entries.end()) {
            entries.push_back({each, edge.money});
        } else {
            place->money += edge.money;
        }
    }
    std::ranges::stable_sort(entries, std::ranges::greater{}, &Entry::money);

    const unsigned size = stage.size(11);
    const float swatch = std::round(9 * stage.look.scale);
    float right = rect.left + rect.width;
    // The measure comes first, at the right: a thickness without it is no figure.
    if (layout_.pixels_per_money > 0) {
        const double per_pixel = 1 / (layout_.pixels_per_money * market::money_per_dollar);
        const double sum = round_above(per_pixel * 5 * stage.look.scale);
        const auto thickness = static_cast<float>(sum / per_pixel);
        const std::string words = stage.words(Phrase::flow_thickness, stage.dollars(sum));
        stage.canvas.text_in(
            words, rect, {.size = size, .color = stage.look.colors.muted, .align = Align::right});
        right -= stage.canvas.text_width(words, size) + 24 * stage.look.scale;
        stage.canvas.fill({right, std::round(rect.top + (rect.height - thickness) / 2),
                           18 * stage.look.scale, thickness},
                          stage.look.colors.muted);
        right -= 12 * stage.look.scale;
    }
    float left = rect.left;
    for (const Entry& each : entries) {
        const std::string_view words = stage.words(each.ink.phrase);
        const float width = stage.canvas.text_width(words, size) + swatch + 4 * stage.look.scale;
        if (left + width > right) break;
        stage.canvas.fill({left, std::round(rect.top + (rect.height - swatch) / 2), swatch, swatch},
                          each.ink.color);
        stage.canvas.text_in(words,
                             {left + swatch + 4 * stage.look.scale, rect.top, width, rect.height},
                             {.size = size, .color = stage.look.colors.muted});
        left += width + 12 * stage.look.scale;
    }
}

void FlowPicture::draw_hover(const Stage& stage, const sf::FloatRect& bounds) const {
    if (!stage.pointer.over(bounds) || stage.pointer.held) return;
    std::vector<TipLine> lines;
    if (hovered_band_) {
        const FlowEdge& edge = graph_.edges[layout_.bands[*hovered_band_].edge];
        lines.push_back({name(stage, edge.from) + " → " + name(stage, edge.to)});
        const bool traded = edge.group == FlowGroup::trades;
        lines.push_back(
            {std::string{stage.words(traded ? phrase_of(edge.cause) : phrase_of(edge.group))},
             stage.money(edge.money), ink(stage, edge).color});
    } else if (const auto node = layout_.node_at(stage.pointer.position)) {
        const FlowNode& each = graph_.nodes[*node];
        lines.push_back({name(stage, *node), std::string{stage.words(phrase_of(shown_span_))}});
        if (each.is_rest || each.is_between) {
            for (const std::uint16_t member : each.members) {
                lines.push_back({"  " + (each.side == FlowSide::market
                                             ? manifest_->books[member].name
                                             : std::string{name_of(manifest_->sectors[member],
                                                                   stage.look.language)})});
            }
        }
        if (const IdleCash& idle = levels_.idle[*node]; idle.peak_usd > 0) {
            lines.push_back({std::string{stage.words(Phrase::tip_idle)}, stage.dollars(idle.usd)});
            lines.push_back(
                {std::string{stage.words(Phrase::tip_idle_peak)}, stage.dollars(idle.peak_usd)});
        }
        if (const MarketValue& value = levels_.markets[*node]; value.usd > 0) {
            lines.push_back(
                {std::string{stage.words(Phrase::tip_value)}, stage.dollars(value.usd)});
            lines.push_back({std::string{stage.words(Phrase::tip_value_change)},
                             stage.dollars(value.usd - value.usd_before)});
        }
        lines.push_back({std::string{stage.words(Phrase::tip_in)}, stage.money(each.in)});
        lines.push_back({std::string{stage.words(Phrase::tip_out)}, stage.money(each.out)});
        std::vector<FlowEdge> touching;
        for (const FlowEdge& edge : graph_.edges) {
            if (edge.from == *node || edge.to == *node) touching.push_back(edge);
        }
        std::ranges::stable_sort(touching, std::ranges::greater{}, &FlowEdge::money);
        // More would not fit beside a card: the largest six (our choice).
        if (touching.size() > 6) touching.resize(6);
        for (const FlowEdge& edge : touching) {
            const bool leaves = edge.from == *node;
            lines.push_back({(leaves ? "→ " : "← ") + name(stage, leaves ? edge.to : edge.from),
                             stage.money(edge.money), ink(stage, edge).color});
        }
    }
    draw_tip(stage, bounds, lines);
}

}  // namespace crowdout::viz
