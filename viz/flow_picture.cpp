// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace crowdout::viz {
namespace {

using Point = sf::Vector2f;

constexpr float particle_speed = 46;     // pixels a second at scale 1 (our choice)
constexpr float particle_share = 0.01F;  // particles for each pixel of length and of thickness
constexpr float particles_max = 1600;    // for machines without a graphics card
constexpr float hairline = 0.9F;         // pixels: the thinnest band that is drawn
constexpr float thread = 2.0F;           // and the thinnest that has its sum beside it
constexpr std::size_t curve_points = 18;

/// The two edges of a band between its ends.
struct Outline {
    std::vector<Point> upper;
    std::vector<Point> lower;
};

Outline outline(const FlowBand& band, float thickness) {
    Outline edges{flow_curve(band.left, band.right, curve_points), {}};
    edges.lower = edges.upper;
    for (std::size_t i = 0; i < curve_points; ++i) {
        edges.upper[i].y -= thickness / 2;
        edges.lower[i].y += thickness / 2;
    }
    return edges;
}

/// Half of an arc, from a card's edge to where it turns round.
Outline half_arc(const FlowBand& band, float thickness, bool upper_half) {
    Outline edges;
    const float half = (band.right.y - band.left.y) / 2;
    constexpr std::size_t last = curve_points / 2;
    for (std::size_t i = 0; i <= last; ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(last);
        const float angle = (1 - share) * std::numbers::pi_v<float> / 2;
        const auto at = [&](float beyond) {
            const float down = (half + beyond) * std::sin(angle);
            return Point{band.left.x + (band.bulge + beyond) * std::cos(angle),
                         band.left.y + half + (upper_half ? -down : down)};
        };
        // Either half leads from left to right, as bands do; inner and outer edge change places.
        edges.upper.push_back(at(upper_half ? thickness / 2 : -thickness / 2));
        edges.lower.push_back(at(upper_half ? -thickness / 2 : thickness / 2));
    }
    return edges;
}

/// Part of a sequence that fills the unit square evenly and without lines to be seen in it: along
/// the band and across it. Source: Roberts (2018), "The unreasonable effectiveness of quasirandom
/// sequences", R2.
double along(std::size_t number) {
    return static_cast<double>(number) * 0.7548776662466927;
}
double across(std::size_t number) {
    return static_cast<double>(number) * 0.5698402909980532;
}

float fraction(double value) {
    return static_cast<float>(value - std::floor(value));
}

}  // namespace

void FlowPicture::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                       std::size_t index) {
    sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_flow);
    if (index >= source.frames() || index >= source.history().frames()) {
        draw_nothing(stage, inner, Phrase::no_data);
        return;
    }
    const float line = std::round(16 * stage.look.scale);
    const float headline = std::round(42 * stage.look.scale);
    std::vector<std::string_view> spans;
    for (std::size_t i = 0; i < flow_span_count; ++i) {
        spans.push_back(stage.words(phrase_of(static_cast<FlowSpan>(i))));
    }
    span_ = static_cast<FlowSpan>(draw_choice(stage, rect, static_cast<std::size_t>(span_), spans,
                                              title_width(stage, Phrase::panel_flow)));

    FlowMetrics metrics{.area = {inner.left, inner.top + headline + line, inner.width,
                                 std::max(inner.height - headline - 2 * line - 4, 1.0F)},
                        .scale = stage.look.scale};
    manifest_ = &source.manifest();
    if (!prepare(metrics, source, index)) {
        manifest_ = nullptr;
        draw_nothing(stage, inner, Phrase::no_data);
        return;
    }
    take_click(stage, rect);

    draw_headline(stage, {inner.left, inner.top, inner.width, headline});
    draw_headings(stage, inner.top + headline);
    draw_bands(stage);
    stage.canvas.layer();
    draw_particles(stage);
    stage.canvas.layer();
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
        switch (graph_.nodes[i].side) {
            case FlowSide::holder:
                draw_holder(stage, i);
                break;
            case FlowSide::market:
                draw_market(stage, i);
                break;
            case FlowSide::payer:
                draw_payer(stage, i);
                break;
            case FlowSide::sink:
                draw_sink(stage, i);
                break;
        }
    }
    stage.canvas.layer();
    draw_sums_for_payers(stage);
    draw_legend(stage, {inner.left, inner.top + inner.height - line, inner.width, line});
    draw_hover(stage, rect);
    manifest_ = nullptr;
}

bool FlowPicture::prepare(const FlowMetrics& metrics, world::FrameSource& source,
                          std::size_t index) {
    const bool same = index == index_ && span_ == shown_span_ && metrics.area == metrics_.area &&
                      metrics.scale == metrics_.scale;
    if (same) return true;
    // The past first, the moment last: the source then holds the scene that others draw from.
    const std::size_t ranked = ranking_frame(index);
    if (ranked != ranking_frame_) {
        // Where that frame is lost, the next one that is not: the moment shown is there.
        const FlowMoment* moment = nullptr;
        for (std::size_t at = ranked; moment == nullptr && at <= index; ++at) {
            moment = windows_.moment(source, at);
        }
        ranking_ = moment == nullptr ? FlowSums{} : moment->totals;
        ranking_frame_ = ranked;
    }
    const std::size_t before = frame_before(source.history(), index, span_);
    const FlowMoment* then = before == no_frame ? nullptr : windows_.moment(source, before);
    const FlowSums* window = windows_.sums(source, index, span_);
    const world::Scene& scene = source.at(index);
    if (window == nullptr) return false;
    const FlowSums totals{scene.flows, scene.trades};
    graph_ = flow_graph(*manifest_, ranking_, totals, *window, flow_limits(metrics));
    layout_ = flow_layout(graph_, metrics);
    levels_ = flow_levels(*manifest_, scene, source.history(), then, graph_);
    funding_ = capex_funding(*manifest_, *window, payers_of(*manifest_, scene.flows));
    metrics_ = metrics;
    index_ = index;
    shown_span_ = span_;
    return true;
}

void FlowPicture::take_click(const Stage& stage, const sf::FloatRect& rect) {
    hovered_band_.reset();
    if (!stage.pointer.over(rect)) return;
    const auto node = layout_.node_at(stage.pointer.position);
    if (!node) hovered_band_ = layout_.band_at(stage.pointer.position, 2 * stage.look.scale);
    // A click beside the cards shows everything again.
    if (!clicked(stage.pointer, metrics_.area)) return;
    picked_.reset();
    if (!node || graph_.nodes[*node].members.empty()) return;
    const FlowNode& each = graph_.nodes[*node];
    picked_ = Picked{each.side == FlowSide::market ? Picked::Kind::book : Picked::Kind::sector,
                     each.members.front()};
}

std::optional<std::size_t> FlowPicture::picked_node() const {
    if (!picked_ || picked_->kind == Picked::Kind::account) return std::nullopt;
    const auto& nodes =
        picked_->kind == Picked::Kind::book ? graph_.node_of_book : graph_.node_of_sector;
    if (picked_->number >= nodes.size() || nodes[picked_->number] == FlowGraph::none) {
        return std::nullopt;
    }
    return nodes[picked_->number];
}

bool FlowPicture::is_lit(std::size_t node) const {
    const auto picked = picked_node();
    return !picked || *picked == node ||
           std::ranges::any_of(graph_.edges, [&](const FlowEdge& edge) {
               return (edge.from == *picked && edge.to == node) ||
                      (edge.to == *picked && edge.from == node);
           });
}

/// Trades have the colour of their cause, and what falls due between funds and owners that of the
/// sales it causes. Other payments are grey: their row says what they are.
FlowPicture::Ink FlowPicture::ink(const Stage& stage, const FlowEdge& edge) const {
    market::Cause cause = edge.cause;
    if (edge.group == FlowGroup::capex) {
        return {phrase_of(edge.group), stage.look.colors.of(edge.group)};
    }
    if (edge.group == FlowGroup::funds) {
        const bool among_payers = graph_.nodes[edge.from].side == graph_.nodes[edge.to].side;
        cause = among_payers ? market::Cause::capital_call : market::Cause::redemption;
    } else if (edge.group != FlowGroup::trades) {
        return {Phrase::flow_other_payments,
                mixed(stage.look.colors.muted, stage.look.colors.panel, 0.25F)};
    }
    return {phrase_of(cause), stage.look.colors.of(cause)};
}

/// Whether it leads from the markets' column to those who pay for AI: what they live on.
bool FlowPicture::is_for_payers(const FlowEdge& edge) const {
    return graph_.nodes[edge.from].side == FlowSide::market &&
           graph_.nodes[edge.to].side == FlowSide::payer;
}

/// How solid a band is: what leads to AI stands out from what goes round between the others.
float FlowPicture::strength(const FlowBand& band) const {
    const FlowEdge& edge = graph_.edges[band.edge];
    if (const auto picked = picked_node()) {
        return edge.from == *picked || edge.to == *picked ? 0.8F : 0.05F;
    }
    if (hovered_band_ && &layout_.bands[*hovered_band_] == &band) return 0.95F;
    const FlowSide to = graph_.nodes[edge.to].side;
    if (band.is_reversed) return 0.25F;
    return to == FlowSide::market ? 0.4F : 0.7F;
}

void FlowPicture::draw_bands(const Stage& stage) const {
    for (const FlowBand& band : layout_.bands) {
        // What is too thin to be seen in proportion is a hairline, the fainter the less it is.
        const float seen = is_for_payers(graph_.edges[band.edge])
                               ? 1.0F
                               : std::clamp(band.thickness / hairline, 0.35F, 1.0F);
        const sf::Color shade =
            with_alpha(ink(stage, graph_.edges[band.edge]).color, strength(band) * seen);
        const float thickness =
            std::max(band.thickness,
                     is_for_payers(graph_.edges[band.edge]) ? thread * stage.look.scale : hairline);
        if (band.is_arc) {
            for (const bool upper : {true, false}) {
                const Outline edges = half_arc(band, thickness, upper);
                stage.canvas.band(edges.upper, edges.lower, shade, shade);
            }
        } else if (thickness < 3) {
            stage.canvas.polyline(flow_curve(band.left, band.right, curve_points), shade,
                                  thickness);
        } else {
            const Outline edges = outline(band, thickness);
            stage.canvas.band(edges.upper, edges.lower, shade, shade);
        }
    }
}

/// Particles move at one speed, so what passes in a second is in proportion to how many there are,
/// and that is in proportion to the band's thickness. Each keeps its place in line however the
/// thickness changes: more money adds particles and moves none.
void FlowPicture::draw_particles(const Stage& stage) const {
    const auto wanted = [&](const FlowBand& band) {
        const float length =
            band.is_arc ? 2 * band.bulge + band.right.y - band.left.y : band.right.x - band.left.x;
        return length * band.thickness * particle_share / (stage.look.scale * stage.look.scale);
    };
    // Thinned out all alike where there would be too many, so that proportions stay true.
    float all = 0;
    for (const FlowBand& band : layout_.bands) all += wanted(band);
    const float thinned = all > particles_max ? particles_max / all : 1;
    for (const FlowBand& band : layout_.bands) {
        const float count = wanted(band) * thinned;
        const float shown = strength(band);
        if (shown < 0.1F || count < 0.02F) continue;
        const sf::Color grain =
            mixed(ink(stage, graph_.edges[band.edge]).color, stage.look.colors.text, 0.45F);
        const float length = std::max(band.right.x - band.left.x, 40.0F);
        const double travelled = stage.seconds * particle_speed * stage.look.scale / length;
        const float radius = std::min(1.7F * stage.look.scale, std::max(band.thickness / 2, 1.1F));
        for (std::size_t i = 0; static_cast<float>(i) < count; ++i) {
            Point at = band.point(fraction(along(i + 31 * band.edge) + travelled));
            const float room = std::max(band.thickness / 2 - radius - 0.5F, 0.0F);
            (band.is_arc ? at.x : at.y) += (2 * fraction(across(i)) - 1) * room;
            const float rest = std::min(count - static_cast<float>(i), 1.0F);
            stage.canvas.disc(at, radius, with_alpha(grain, (0.35F + 0.6F * shown) * rest));
        }
    }
}

}  // namespace crowdout::viz
