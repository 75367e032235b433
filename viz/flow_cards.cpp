// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "market/units.hpp"
#include "viz/flow_picture.hpp"

namespace crowdout::viz {
namespace {

double usd_of(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

/// Of the liquid in a card: brightest at the walls, because between them it would strike words
/// through.
void draw_surface(const Stage& stage, const sf::FloatRect& card, float top, float thickness,
                  sf::Color color) {
    const float wall = 5 * stage.look.scale;
    const sf::Color between = with_alpha(color, 0.4F * static_cast<float>(color.a) / 255);
    stage.canvas.fill({card.left + 1 + wall, top, card.width - 2 - 2 * wall, thickness}, between);
    stage.canvas.fill({card.left + 1, top, wall, thickness}, color);
    stage.canvas.fill({card.left + card.width - 1 - wall, top, wall, thickness}, color);
}

/// A line of a card.
sf::FloatRect line_of(const sf::FloatRect& card, float top, float height, float margin) {
    return {card.left + margin, card.top + top, card.width - 2 * margin, height};
}

}  // namespace

std::string FlowPicture::name(const Stage& stage, std::size_t index) const {
    const FlowNode& node = graph_.nodes[index];
    if (node.side == FlowSide::sink) return std::string{stage.words(Phrase::flow_capex)};
    if (node.is_between) return std::string{stage.words(Phrase::flow_between)};
    if (node.direct) return std::string{stage.words(phrase_of(*node.direct))};
    if (node.is_direct) return std::string{stage.words(Phrase::flow_other_payments)};
    if (node.is_rest) {
        return stage.words(Phrase::flow_others, std::to_string(node.members.size()));
    }
    if (node.side == FlowSide::market) return manifest_->books[node.members.front()].name;
    return std::string{name_of(manifest_->sectors[node.members.front()], stage.look.language)};
}

std::string FlowPicture::idle_words(const Stage& stage, std::size_t index) const {
    const IdleCash& idle = levels_.idle[index];
    if (!(idle.peak_usd > 0)) return std::string{stage.words(Phrase::idle_never)};
    if (idle.is_dry()) return std::string{stage.words(Phrase::idle_dry)};
    return stage.words(Phrase::idle_cash, stage.dollars(idle.usd));
}

void FlowPicture::draw_card(const Stage& stage, std::size_t index, sf::Color border) const {
    const sf::FloatRect& card = layout_.places[index];
    const bool is_picked = picked_node() == index;
    stage.canvas.ground(card, mixed(stage.look.colors.panel, stage.look.colors.grid, 0.75F));
    const sf::Color edge = is_picked ? stage.look.colors.accent : border;
    stage.canvas.frame(card, with_alpha(edge, is_lit(index) ? 1.0F : 0.3F),
                       is_picked ? 2.0F : 1.0F);
}

/// The liquid in a vessel, from the bottom up to its level.
void FlowPicture::draw_idle(const Stage& stage, std::size_t index) const {
    const sf::FloatRect& card = layout_.places[index];
    const IdleCash& idle = levels_.idle[index];
    const auto level = static_cast<float>(std::clamp(idle.level(), 0.0, 1.0));
    const bool dry = idle.is_dry();
    draw_card(stage, index, dry ? stage.look.colors.warning : stage.look.colors.border);
    // A film of liquid at the bottom would look like a mistake: dry is dry.
    if (level <= 0 || dry) return;
    const float shade = is_lit(index) ? 1.0F : 0.3F;
    const float height = std::max((card.height - 2) * level, 1.5F);
    const float top = card.top + card.height - 1 - height;
    stage.canvas.fill_down({card.left + 1, top, card.width - 2, height},
                           with_alpha(stage.look.colors.accent, 0.42F * shade),
                           with_alpha(stage.look.colors.accent, 0.2F * shade));
    draw_surface(stage, card, top, 1, with_alpha(stage.look.colors.accent, 0.8F * shade));
}

void FlowPicture::draw_name_and_idle(const Stage& stage, std::size_t index,
                                     const sf::FloatRect& first,
                                     const sf::FloatRect& second) const {
    const float shade = is_lit(index) ? 1.0F : 0.45F;
    const Theme& colors = stage.look.colors;
    stage.canvas.text_in(name(stage, index), first,
                         {.size = stage.size(12), .color = with_alpha(colors.text, shade)});
    const sf::Color color = levels_.idle[index].is_dry() ? colors.warning : colors.muted;
    stage.canvas.text_in(idle_words(stage, index), second,
                         {.size = stage.size(11), .color = with_alpha(color, shade)});
}

void FlowPicture::draw_holder(const Stage& stage, std::size_t index) const {
    draw_idle(stage, index);
    const sf::FloatRect& card = layout_.places[index];
    const float margin = 6 * stage.look.scale;
    const float line = 14 * stage.look.scale;
    const float top = std::max((card.height - 2 * line) / 2, 1.0F);
    draw_name_and_idle(stage, index, line_of(card, top, line, margin),
                       line_of(card, top + line, line, margin));
}

void FlowPicture::draw_market(const Stage& stage, std::size_t index) const {
    const FlowNode& node = graph_.nodes[index];
    const sf::FloatRect& card = layout_.places[index];
    const Theme& theme = stage.look.colors;
    const float margin = 5 * stage.look.scale;
    const float shade = is_lit(index) ? 1.0F : 0.45F;
    if (node.is_direct) {
        stage.canvas.fill(card, with_alpha(theme.muted, 0.16F * shade));
        stage.canvas.text_in(name(stage, index), line_of(card, 0, card.height, margin),
                             {.size = stage.size(11),
                              .color = with_alpha(theme.text, shade),
                              .align = Align::center});
        return;
    }
    draw_card(stage, index, theme.border);
    // The vessel of a market lies on its side: it fills from the middle, to the right where its
    // value rose, to the left where it fell; a half is a fifth of the value.
    const auto change = static_cast<float>(levels_.markets[index].change());
    const sf::Color ink = std::abs(change) < 0.0005F ? theme.muted
                          : change < 0               ? theme.ask
                                                     : theme.bid;
    const float half = card.width / 2 - 1;
    const float reach = std::min(std::abs(change) / 0.2F, 1.0F) * half;
    stage.canvas.fill({card.left + card.width / 2 - (change < 0 ? reach : 0), card.top + 1, reach,
                       card.height - 2},
                      with_alpha(ink, 0.38F * shade));
    const std::string figure = stage.change(change);
    const unsigned size = stage.size(11);
    const float figure_width = stage.canvas.text_width(figure, size);
    const sf::FloatRect line = line_of(card, 0, card.height, margin);
    const std::string title = name(stage, index);
    const sf::FloatRect room{line.left, line.top, line.width - figure_width - 3, line.height};
    stage.canvas.text_in(title, room, {.size = size, .color = with_alpha(theme.text, shade)});
    if (!node.is_rest && card.width >= stage.look.px(130)) {
        // What kind of thing it is, for those to whom a ticker says nothing.
        const auto kind = class_of(manifest_->books[node.members.front()].kind);
        const std::string_view words = stage.words(phrase_of(kind));
        const float left = stage.canvas.text_width(title, size) + stage.look.px(6);
        if (left + stage.canvas.text_width(words, size) <= room.width) {
            stage.canvas.text_in(words,
                                 {room.left + left, room.top, room.width - left, room.height},
                                 {.size = size, .color = with_alpha(theme.muted, shade)});
        }
    }
    stage.canvas.text_in(figure, line,
                         {.size = size, .color = with_alpha(ink, shade), .align = Align::right});
}

void FlowPicture::draw_payer(const Stage& stage, std::size_t index) const {
    draw_idle(stage, index);
    const sf::FloatRect& card = layout_.places[index];
    const float margin = 6 * stage.look.scale;
    const float line = 15 * stage.look.scale;
    const float top = std::max((card.height - 3 * line) / 2, 1.0F);
    const float shade = is_lit(index) ? 1.0F : 0.45F;
    std::int64_t to_ai = 0;
    for (const FlowEdge& edge : graph_.edges) {
        const FlowSide to = graph_.nodes[edge.to].side;
        if (edge.from == index && (to == FlowSide::sink || to == FlowSide::payer)) {
            to_ai += edge.money;
        }
    }
    draw_name_and_idle(stage, index, line_of(card, top, line, margin),
                       line_of(card, top + line, line, margin));
    stage.canvas.text_in(
        stage.words(Phrase::flow_to_ai, to_ai > 0 ? stage.money(to_ai) : "–"),
        line_of(card, top + 2 * line, line, margin),
        {.size = stage.size(11), .color = with_alpha(stage.look.colors.text, shade)});
}

/// What each market and each row of payments gives those who pay for AI, beside its card: a small
/// sum among large ones is a thread, and only the figure says that it is a billion.
void FlowPicture::draw_sums_for_payers(const Stage& stage) const {
    std::vector<std::int64_t> sums(graph_.nodes.size());
    for (const FlowEdge& edge : graph_.edges) {
        if (is_for_payers(edge)) sums[edge.from] += edge.money;
    }
    const Theme& theme = stage.look.colors;
    const unsigned size = stage.size(11);
    const float gap = layout_.columns[2].left - layout_.columns[1].left - layout_.columns[1].width;
    const float margin = stage.look.px(3);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i] == 0 || !is_lit(i)) continue;
        const sf::FloatRect& card = layout_.places[i];
        const std::string figure = stage.money(sums[i]);
        const float width = stage.canvas.text_width(figure, size) + 2 * margin;
        if (width + 2 * margin > gap) return;  // a narrow picture has no room for any
        const float height = std::round(std::min(14 * stage.look.scale, card.height));
        const sf::FloatRect plate{card.left + card.width + margin,
                                  std::round(card.top + (card.height - height) / 2), width, height};
        stage.canvas.fill(plate, with_alpha(theme.panel, 0.78F));
        stage.canvas.text_in(figure, plate,
                             {.size = size, .color = theme.text, .align = Align::center});
    }
}

/// A tank that fills with every dollar spent, and how those who spent it came by the dollars.
void FlowPicture::draw_sink(const Stage& stage, std::size_t index) const {
    draw_card(stage, index, stage.look.colors.border);
    const sf::FloatRect& card = layout_.places[index];
    const sf::Color ink = stage.look.colors.of(FlowGroup::capex);
    const float margin = 7 * stage.look.scale;
    // The tank is replaced by a larger one before it is full: 1, 2 or 5 times a power of ten.
    const double full = round_above(levels_.capex * 1.15);
    const auto level = static_cast<float>(levels_.capex / full);
    const float top = card.top + 1 + (card.height - 2) * (1 - level);
    const float bottom = card.top + card.height - 1;
    stage.canvas.fill_down({card.left + 1, top, card.width - 2, bottom - top},
                           with_alpha(ink, 0.4F), with_alpha(ink, 0.16F));
    draw_surface(stage, card, top, 2, ink);

    struct Line {
        std::string words;
        std::int64_t money;
    };
    std::vector<Line> lines;
    for (std::size_t i = 0; i < funding_.direct.size(); ++i) {
        lines.push_back(
            {std::string{stage.words(phrase_of(static_cast<FlowGroup>(i)))}, funding_.direct[i]});
    }
    for (std::size_t i = 0; i < funding_.markets.size(); ++i) {
        lines.push_back({std::string{stage.words(phrase_of(static_cast<MarketClass>(i)))},
                         funding_.markets[i]});
    }
    lines.push_back({std::string{stage.words(Phrase::funding_own_cash)}, funding_.own_cash});
    std::erase_if(lines, [](const Line& line) { return line.money == 0; });
    std::ranges::stable_sort(lines, std::ranges::greater{}, &Line::money);

    const float line_height = 15 * stage.look.scale;
    const float head = 77 * stage.look.scale;
    const auto fit = static_cast<std::size_t>(
        std::max((card.height - head - 2 * line_height) / line_height, 0.0F));
    // Figures without words would say nothing.
    if (card.width < stage.look.px(100)) lines.clear();
    if (lines.size() > fit) lines.resize(fit);
    stage.canvas.text_in(stage.money(funding_.capex),
                         line_of(card, 6 * stage.look.scale, 22 * stage.look.scale, margin),
                         {.size = stage.size(18), .color = stage.look.colors.text});
    stage.canvas.text_in(stage.words(phrase_of(shown_span_)),
                         line_of(card, 28 * stage.look.scale, line_height, margin),
                         {.size = stage.size(11), .color = stage.look.colors.muted});
    stage.canvas.text_in(stage.words(Phrase::capex_per_day, stage.dollars(levels_.capex_per_day)),
                         line_of(card, 43 * stage.look.scale, line_height, margin),
                         {.size = stage.size(11), .color = stage.look.colors.muted});
    stage.canvas.text_in(stage.words(Phrase::sink_full, stage.dollars(full)),
                         line_of(card, 58 * stage.look.scale, line_height, margin),
                         {.size = stage.size(11), .color = stage.look.colors.muted});
    if (lines.empty()) return;
    float y =
        card.height - line_height * static_cast<float>(lines.size() + 1) - 5 * stage.look.scale;
    stage.canvas.text_in(stage.words(Phrase::funding_title), line_of(card, y, line_height, margin),
                         {.size = stage.size(11), .color = stage.look.colors.muted});
    for (const Line& line : lines) {
        y += line_height;
        const std::string figure = stage.dollars(usd_of(line.money));
        const sf::FloatRect room = line_of(card, y, line_height, margin);
        const unsigned size = stage.size(11);
        const float figure_width = stage.canvas.text_width(figure, size) + 3;
        stage.canvas.text_in(line.words,
                             {room.left, room.top, room.width - figure_width, room.height},
                             {.size = size, .color = stage.look.colors.text});
        stage.canvas.text_in(
            figure, room,
            {.size = size,
             .color = line.money < 0 ? stage.look.colors.muted : stage.look.colors.text,
             .align = Align::right});
    }
}

}  // namespace crowdout::viz
