// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace crowdout::viz {
namespace {

float middle_of(const sf::FloatRect& rect) {
    return rect.top + rect.height / 2;
}

/// Where bands touch cards. A card has two sides; on each, bands lie one under another.
class Arranger {
public:
    Arranger(const FlowGraph& graph, const FlowMetrics& metrics)
        : graph_{graph}, metrics_{metrics}, left_(graph.nodes.size()), right_(graph.nodes.size()) {}

    FlowLayout arrange() {
        sum_sides();
        layout_.columns = columns();
        layout_.pixels_per_money = common_scale();
        place_nodes();
        place_bands();
        return std::move(layout_);
    }

private:
    [[nodiscard]] const FlowNode& node(std::uint16_t index) const { return graph_.nodes[index]; }

    /// Money to and from a payer leaves its card at the right where it goes on to AI, or to
    /// another payer, and at the left where a market or a holder is on the other side.
    [[nodiscard]] bool at_right(std::uint16_t here, std::uint16_t there) const {
        return node(here).side < node(there).side || is_arc(here, there);
    }
    [[nodiscard]] bool is_arc(std::uint16_t here, std::uint16_t there) const {
        return node(here).side == node(there).side;
    }

    void sum_sides() {
        for (const FlowEdge& edge : graph_.edges) {
            (at_right(edge.from, edge.to) ? right_ : left_)[edge.from] += edge.money;
            (at_right(edge.to, edge.from) ? right_ : left_)[edge.to] += edge.money;
        }
    }

    [[nodiscard]] std::array<sf::FloatRect, flow_side_count> columns() const {
        const sf::FloatRect& area = metrics_.area;
        // A card much wider than its text would only take room from the bands.
        const auto width = [&](float share, float most) {
            return std::round(std::min(area.width * share, most * metrics_.scale));
        };
        const float wide = width(metrics_.column_share, 180);
        const float narrow =
            std::max(width(metrics_.market_share, 150), std::round(80 * metrics_.scale));
        const float sink = width(metrics_.sink_share, 230);
        // A world without AI has two columns, one at either end.
        const float gap = graph_.has_sink() ? (area.width - 2 * wide - narrow - sink) / 3
                                            : area.width - wide - narrow;
        const float market_left = std::round(area.left + wide + gap);
        const float payer_left = std::round(market_left + narrow + gap);
        const float sink_left = std::round(area.left + area.width - sink);
        return {sf::FloatRect{area.left, area.top, wide, area.height},
                sf::FloatRect{market_left, area.top, narrow, area.height},
                sf::FloatRect{payer_left, area.top, wide, area.height},
                sf::FloatRect{sink_left, area.top, sink, area.height}};
    }

    [[nodiscard]] float height_min(std::size_t index) const {
        switch (graph_.nodes[index].side) {
            case FlowSide::holder:
                return metrics_.holder_height_min * metrics_.scale;
            case FlowSide::market:
                return metrics_.market_height_min * metrics_.scale;
            case FlowSide::payer:
                return metrics_.payer_height_min * metrics_.scale;
            case FlowSide::sink:
                break;
        }
        return metrics_.area.height;
    }
    [[nodiscard]] float height(std::size_t index, double scale) const {
        const auto money = static_cast<double>(std::max(left_[index], right_[index]));
        const auto bands = static_cast<float>(money * scale) + 4 * metrics_.scale;
        return std::round(std::max(height_min(index), money > 0 ? bands : 0));
    }
    [[nodiscard]] bool fits(double scale) const {
        std::array<float, flow_side_count> used{};
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const auto side = static_cast<std::size_t>(graph_.nodes[i].side);
            used[side] += height(i, scale) + metrics_.node_gap * metrics_.scale;
        }
        return std::ranges::all_of(used, [this](float each) {
            return each <= metrics_.area.height + metrics_.node_gap * metrics_.scale;
        });
    }

    /// Found by halving: heights have a least, so the used height is not linear in the scale.
    [[nodiscard]] double common_scale() const {
        std::int64_t most = 0;
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            most = std::max({most, left_[i], right_[i]});
        }
        if (most == 0) return 0;
        // The upper end fits the largest sum alone; forty halvings are finer than any pixel.
        double low = 0;
        double high = metrics_.area.height / static_cast<double>(most);
        for (int i = 0; i < 40; ++i) {
            const double half = (low + high) / 2;
            (fits(half) ? low : high) = half;
        }
        return low;
    }

    void place_nodes() {
        layout_.places.resize(graph_.nodes.size());
        for (std::size_t side = 0; side < flow_side_count; ++side) {
            std::vector<std::size_t> column;
            float used = 0;
            for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
                if (static_cast<std::size_t>(graph_.nodes[i].side) != side) continue;
                column.push_back(i);
                used += height(i, layout_.pixels_per_money);
            }
            if (column.empty()) continue;
            const sf::FloatRect& rect = layout_.columns[side];
            // What is left over goes between the cards: columns begin and end at the same heights.
            const float rest = std::max(rect.height - used, 0.0F);
            const float gap = column.size() > 1 ? rest / static_cast<float>(column.size() - 1) : 0;
            float top = rect.top;
            for (const std::size_t i : column) {
                const float h = height(i, layout_.pixels_per_money);
                layout_.places[i] = {rect.left, std::round(top), rect.width, h};
                top += h + gap;
            }
        }
    }

    struct Port {
        std::size_t band;
        bool is_left_end;  // of the band
        float order;       // where its other end is
        float thickness;
    };

    void place_bands() {
        std::vector<std::vector<Port>> left_ports(graph_.nodes.size());
        std::vector<std::vector<Port>> right_ports(graph_.nodes.size());
        for (std::size_t i = 0; i < graph_.edges.size(); ++i) {
            const FlowEdge& edge = graph_.edges[i];
            FlowBand band{.edge = i, .left = {}, .right = {}};
            band.thickness =
                static_cast<float>(static_cast<double>(edge.money) * layout_.pixels_per_money);
            band.is_arc = is_arc(edge.from, edge.to);
            band.is_reversed =
                band.is_arc ? edge.to < edge.from : node(edge.to).side < node(edge.from).side;
            const std::uint16_t first = band.is_reversed ? edge.to : edge.from;
            const std::uint16_t second = band.is_reversed ? edge.from : edge.to;
            const std::size_t number = layout_.bands.size();
            const float to_first = middle_of(layout_.places[first]);
            const float to_second = middle_of(layout_.places[second]);
            right_ports[first].push_back({number, true, to_second, band.thickness});
            auto& ports = band.is_arc ? right_ports[second] : left_ports[second];
            ports.push_back({number, false, to_first, band.thickness});
            layout_.bands.push_back(band);
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const sf::FloatRect& place = layout_.places[i];
            stack(left_ports[i], place.left, place);
            stack(right_ports[i], place.left + place.width, place);
        }
        for (FlowBand& band : layout_.bands) {
            if (!band.is_arc) continue;
            const float room = layout_.columns[3].left - band.left.x;
            const float reach = 10 * metrics_.scale + 0.12F * std::abs(band.right.y - band.left.y);
            band.bulge = std::min(reach + band.thickness / 2, 0.55F * room);
        }
        std::ranges::stable_sort(layout_.bands, std::ranges::greater{}, &FlowBand::thickness);
    }

    void stack(std::vector<Port>& ports, float x, const sf::FloatRect& place) {
        std::ranges::stable_sort(ports, {}, &Port::order);
        float sum = 0;
        for (const Port& port : ports) sum += port.thickness;
        // A card may be higher than its bands: text needs room. They meet it in the middle.
        float y = middle_of(place) - sum / 2;
        for (const Port& port : ports) {
            FlowBand& band = layout_.bands[port.band];
            (port.is_left_end ? band.left : band.right) = {x, y + port.thickness / 2};
            y += port.thickness;
        }
    }

    const FlowGraph& graph_;
    const FlowMetrics& metrics_;
    std::vector<std::int64_t> left_;  // Money, by node and side
    std::vector<std::int64_t> right_;
    FlowLayout layout_;
};

}  // namespace

sf::Vector2f FlowBand::point(float share) const {
    const float t = is_reversed ? 1 - share : share;
    if (is_arc) {
        const float angle = (t - 0.5F) * std::numbers::pi_v<float>;
        return {left.x + bulge * std::cos(angle),
                (left.y + right.y) / 2 + (right.y - left.y) / 2 * std::sin(angle)};
    }
    const float rise = t * t * (3 - 2 * t);
    return {left.x + (right.x - left.x) * t, left.y + (right.y - left.y) * rise};
}

bool FlowBand::contains(sf::Vector2f at, float slack) const {
    const float reach = thickness / 2 + slack;
    if (is_arc) {
        const float half = (right.y - left.y) / 2;
        if (half <= 0 || bulge <= 0 || at.x < left.x) return false;
        const float down = std::clamp((at.y - left.y - half) / half, -1.0F, 1.0F);
        const float x = left.x + bulge * std::sqrt(1 - down * down);
        const float beyond = std::max({left.y - at.y, at.y - right.y, 0.0F});
        return std::abs(at.x - x) <= reach && beyond <= reach;
    }
    if (at.x < left.x || at.x > right.x || right.x <= left.x) return false;
    const float t = (at.x - left.x) / (right.x - left.x);
    const float y = left.y + (right.y - left.y) * t * t * (3 - 2 * t);
    return std::abs(at.y - y) <= reach;
}

std::optional<std::size_t> FlowLayout::node_at(sf::Vector2f at) const {
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].contains(at)) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> FlowLayout::band_at(sf::Vector2f at, float slack) const {
    for (std::size_t i = bands.size(); i-- > 0;) {
        if (bands[i].contains(at, slack)) return i;
    }
    return std::nullopt;
}

FlowLimits flow_limits(const FlowMetrics& metrics) {
    const float height = metrics.area.height * (1 - metrics.bands_share);
    const auto cards = [&](float least) {
        const float each = (least + metrics.node_gap) * metrics.scale;
        return static_cast<std::size_t>(std::max(std::floor(height / each), 3.0F));
    };
    // The markets' column also has rows for payments past them.
    const std::size_t rows = cards(metrics.market_height_min);
    return {.holders = std::min<std::size_t>(cards(metrics.holder_height_min), 12),
            .markets = std::max<std::size_t>(rows, direct_rows_max + 3) - direct_rows_max};
}

FlowLayout flow_layout(const FlowGraph& graph, const FlowMetrics& metrics) {
    return Arranger{graph, metrics}.arrange();
}

}  // namespace crowdout::viz
