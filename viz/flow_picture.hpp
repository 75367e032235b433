// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "viz/flow_graph.hpp"
#include "viz/flow_layout.hpp"
#include "viz/flow_levels.hpp"
#include "viz/panel_picked.hpp"
#include "viz/panel_stage.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// The capital-flow picture: vessels, bands between them, and particles on the bands.
///
/// Cost: at most 40,000 vertices; sums and geometry are kept until the moment, the window, the
/// place or the selection changes.
class FlowPicture {
public:
    /// Draws the panel and takes its clicks.
    /// @param index  the frame shown; the source's scene is that of it afterwards.
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

    [[nodiscard]] FlowSpan span() const { return span_; }
    void set_span(FlowSpan span) { span_ = span; }

    /// The sector or book whose flows alone are shown.
    [[nodiscard]] const std::optional<Picked>& picked() const { return picked_; }
    void pick(const std::optional<Picked>& picked) { picked_ = picked; }

private:
    /// @return whether all that the picture tells of is there.
    bool prepare(const FlowMetrics& metrics, world::FrameSource& source, std::size_t index);
    void draw_headline(const Stage& stage, const sf::FloatRect& rect) const;
    void draw_headings(const Stage& stage, float top) const;
    void draw_bands(const Stage& stage) const;
    void draw_particles(const Stage& stage) const;
    void draw_name_and_idle(const Stage& stage, std::size_t index, const sf::FloatRect& first,
                            const sf::FloatRect& second) const;
    void draw_holder(const Stage& stage, std::size_t index) const;
    void draw_market(const Stage& stage, std::size_t index) const;
    void draw_payer(const Stage& stage, std::size_t index) const;
    void draw_sums_for_payers(const Stage& stage) const;
    void draw_sink(const Stage& stage, std::size_t index) const;
    void draw_legend(const Stage& stage, const sf::FloatRect& rect) const;
    void draw_hover(const Stage& stage, const sf::FloatRect& bounds) const;
    void take_click(const Stage& stage, const sf::FloatRect& rect);

    void draw_card(const Stage& stage, std::size_t index, sf::Color border) const;
    void draw_idle(const Stage& stage, std::size_t index) const;
    [[nodiscard]] std::string name(const Stage& stage, std::size_t index) const;
    [[nodiscard]] std::string idle_words(const Stage& stage, std::size_t index) const;
    /// What a band is drawn as, and what the legend calls it.
    struct Ink {
        Phrase phrase;
        sf::Color color;
    };
    [[nodiscard]] Ink ink(const Stage& stage, const FlowEdge& edge) const;
    [[nodiscard]] bool is_for_payers(const FlowEdge& edge) const;
    [[nodiscard]] float strength(const FlowBand& band) const;
    [[nodiscard]] std::optional<std::size_t> picked_node() const;
    [[nodiscard]] bool is_lit(std::size_t node) const;

    FlowSpan span_ = FlowSpan::all;
    std::optional<Picked> picked_;

    FlowWindows windows_;
    FlowSums ranking_;
    std::size_t ranking_frame_ = no_frame;

    // Made for one moment and place.
    const world::Manifest* manifest_ = nullptr;  // of the source, while drawing
    FlowMetrics metrics_;
    std::size_t index_ = no_frame;
    FlowSpan shown_span_ = FlowSpan::all;
    FlowGraph graph_;
    FlowLayout layout_;
    FlowLevels levels_;
    CapexFunding funding_;
    std::optional<std::size_t> hovered_band_;
};

}  // namespace crowdout::viz
