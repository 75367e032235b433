// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <SFML/System/Vector2.hpp>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "viz/flow_graph.hpp"

namespace crowdout::viz {

/// Pixels that the picture is laid out with, at text scale 1.
struct FlowMetrics {
    sf::FloatRect area;            ///< columns only: without headline and legend
    float scale = 1;               ///< of text and of what must hold text
    float holder_height_min = 33;  ///< two lines of text
    float market_height_min = 16;  ///< one line
    float payer_height_min = 52;   ///< three lines
    float node_gap = 4;
    float bands_share = 0.4F;    ///< of the height: left to the bands when cards are counted out
    float column_share = 0.18F;  ///< of the area's width: cards of holders and payers
    float market_share = 0.15F;
    float sink_share = 0.22F;
};

/// Money on its way between two nodes: a strip as thick as the sum is large.
struct FlowBand {
    std::size_t edge = 0;  ///< of the graph
    sf::Vector2f left;     ///< middle of the strip's left end; of an arc, its upper end
    sf::Vector2f right;    ///< and of the right end; of an arc, its lower end
    float thickness = 0;   ///< true to scale; what draws it sees to it that it can be seen
    bool is_arc = false;   ///< between two payers: it bulges to the right by `bulge`
    float bulge = 0;
    bool is_reversed = false;  ///< money runs from the right (lower) end to the left (upper) one

    /// A point of its middle line; 0 where the money leaves, 1 where it arrives.
    [[nodiscard]] sf::Vector2f point(float share) const;
    /// Whether a point is on the strip, or within `slack` pixels of it.
    [[nodiscard]] bool contains(sf::Vector2f at, float slack) const;
};

struct FlowLayout {
    std::vector<sf::FloatRect> places;  ///< by node: cards, whole pixels
    std::vector<FlowBand> bands;        ///< by thickness, the thickest first
    std::array<sf::FloatRect, flow_side_count> columns;
    double pixels_per_money = 0;

    [[nodiscard]] std::optional<std::size_t> node_at(sf::Vector2f at) const;
    /// The thinnest that is there: a thick one is easily hit elsewhere.
    [[nodiscard]] std::optional<std::size_t> band_at(sf::Vector2f at, float slack) const;
};

/// How many cards fit into the columns of an area.
[[nodiscard]] FlowLimits flow_limits(const FlowMetrics& metrics);

/// All bands have one scale: the largest with which every column fits into the area. A card is as
/// high as the bands on its fuller side, or as its text needs. Bands leave a card in the order in
/// which they arrive elsewhere, so that few cross.
[[nodiscard]] FlowLayout flow_layout(const FlowGraph& graph, const FlowMetrics& metrics);

}  // namespace crowdout::viz
