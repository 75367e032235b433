// SPDX-License-Identifier: Apache-2.0
#include "viz/layout.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::viz {
namespace {

constexpr float gap = 6;  // pixels between panels and at the window's edge

/// A part of the window that is still to be given out. Cutting leaves a gap behind.
class Area {
public:
    explicit Area(sf::FloatRect rect) : rect_{rect} {}

    [[nodiscard]] sf::FloatRect rect() const { return rect_; }

    Area cut_top(float height) {
        const sf::FloatRect top{rect_.left, rect_.top, rect_.width, height};
        rect_.top += height + gap;
        rect_.height -= height + gap;
        return Area{top};
    }
    Area cut_bottom(float height) {
        rect_.height -= height + gap;
        return Area{{rect_.left, rect_.top + rect_.height + gap, rect_.width, height}};
    }
    Area cut_left(float width) {
        const sf::FloatRect left{rect_.left, rect_.top, width, rect_.height};
        rect_.left += width + gap;
        rect_.width -= width + gap;
        return Area{left};
    }
    Area cut_right(float width) {
        rect_.width -= width + gap;
        return Area{{rect_.left + rect_.width + gap, rect_.top, width, rect_.height}};
    }

    /// A share of the height or width in whole pixels that leaves `rest` to the other side. Where
    /// there is not enough for both, each gets its part of what there is.
    [[nodiscard]] float of_height(float share, float least, float rest) const {
        return part(rect_.height, share, least, rest);
    }
    [[nodiscard]] float of_width(float share, float least, float rest) const {
        return part(rect_.width, share, least, rest);
    }

private:
    static float part(float length, float share, float least, float rest) {
        const float usable = length - gap;
        const float low = std::min(least, std::floor(usable * least / (least + rest)));
        const float high = std::max(low, usable - rest);
        return std::clamp(std::round(usable * share), low, high);
    }

    sf::FloatRect rect_;
};

class Arranger {
public:
    explicit Arranger(const LayoutRequest& request)
        : request_{request},
          wide_{std::round(200 * request.scale)},
          high_{std::round(90 * request.scale)} {}

    Layout arrange() {
        const float width =
            std::max(std::floor(request_.size.x), static_cast<float>(window_size_min.x));
        const float height =
            std::max(std::floor(request_.size.y), static_cast<float>(window_size_min.y));
        Area rest{{gap, gap, width - 2 * gap, height - 2 * gap}};
        put(Panel::toolbar, rest.cut_top(std::round(34 * request_.scale)));
        put(Panel::status, rest.cut_bottom(std::round(20 * request_.scale)));
        put(Panel::timeline, rest.cut_bottom(std::round(54 * request_.scale)));
        side(rest);
        switch (request_.view) {
            case View::overview:
                overview(rest);
                break;
            case View::flow:
                put(Panel::flow, rest);
                break;
            case View::markets:
                markets(rest);
                break;
            case View::book:
                book(rest);
                break;
            case View::rates:
                rates(rest);
                break;
            case View::agents:
                agents(rest);
                break;
        }
        return layout_;
    }

private:
    void put(Panel panel, const Area& area) {
        layout_.rects[static_cast<std::size_t>(panel)] = area.rect();
    }

    /// @param cut       the length that is about to be cut off, at the end or at the start.
    /// @param from_end  whether the share is that of the end.
    void add_handle(float Splits::*share, const Area& area, float cut, bool upright, bool at_end,
                    bool from_end) {
        const sf::FloatRect whole = area.rect();
        const float start = upright ? whole.left : whole.top;
        const float length = (upright ? whole.width : whole.height) - gap;
        const float edge = at_end ? start + length - cut : start + cut;
        const sf::FloatRect rect = upright ? sf::FloatRect{edge, whole.top, gap, whole.height}
                                           : sf::FloatRect{whole.left, edge, whole.width, gap};
        layout_.handles[handle_count_++] = {rect, share, upright, from_end, start, length};
    }

    Area upper_chart(Area& rest, float rest_high) {
        const float height = rest.of_height(request_.splits.charts, high_, rest_high);
        add_handle(&Splits::charts, rest, height, false, false, false);
        return rest.cut_top(height);
    }

    Area bottom_strip(Area& rest) {
        const float height = rest.of_height(request_.splits.bottom, high_, high_);
        add_handle(&Splits::bottom, rest, height, false, true, true);
        return rest.cut_bottom(height);
    }

    /// Log and inspector share the right edge; the agents' view has its own place for the latter.
    void side(Area& rest) {
        const bool inspector = request_.inspector && request_.view != View::agents;
        if (!request_.log && !inspector) return;
        const float width = rest.of_width(request_.splits.side, wide_, 2 * wide_ + gap);
        add_handle(&Splits::side, rest, width, true, true, true);
        Area column = rest.cut_right(width);
        if (request_.log && inspector) {
            put(Panel::log, column.cut_bottom(column.of_height(0.4F, high_, high_)));
            put(Panel::inspector, column);
        } else {
            put(inspector ? Panel::inspector : Panel::log, column);
        }
    }

    /// The capital flow, first and largest; prices beside it, the money market under it.
    void overview(Area rest) {
        const float width = rest.of_width(1 - request_.splits.main, wide_, wide_);
        add_handle(&Splits::main, rest, width, true, true, false);
        Area charts = rest.cut_right(width);
        put(Panel::prices, upper_chart(charts, 2 * high_ + gap));
        put(Panel::drawdowns, charts.cut_top(charts.of_height(0.5F, high_, high_)));
        put(Panel::volume, charts);
        put(Panel::rates, bottom_strip(rest));
        put(Panel::flow, rest);
    }

    void markets(Area rest) {
        put(Panel::prices, upper_chart(rest, high_));
        put(Panel::drawdowns, rest.cut_left(rest.of_width(0.5F, wide_, wide_)));
        put(Panel::volume, rest);
    }

    void book(Area rest) {
        Area charts = bottom_strip(rest);
        put(Panel::prices, charts.cut_left(charts.of_width(0.5F, wide_, wide_)));
        put(Panel::volume, charts);
        put(Panel::ladder, rest.cut_right(rest.of_width(0.2F, wide_, wide_)));
        put(Panel::depth, rest);
    }

    void rates(Area rest) {
        put(Panel::rates, upper_chart(rest, high_));
        put(Panel::volume, rest);
    }

    void agents(Area rest) {
        const float width = rest.of_width(request_.splits.main, wide_, wide_);
        add_handle(&Splits::main, rest, width, true, true, true);
        put(Panel::inspector, rest.cut_right(width));
        put(Panel::flow, rest);
    }

    const LayoutRequest& request_;
    float wide_;  // the least pixels with which a panel shows anything
    float high_;
    Layout layout_;
    std::size_t handle_count_ = 0;
};

}  // namespace

Layout lay_out(const LayoutRequest& request) {
    return Arranger{request}.arrange();
}

const SplitHandle* handle_at(const Layout& layout, sf::Vector2f position) {
    constexpr float reach = 2;  // pixels: a gap of six alone is hard to hit
    for (const auto& handle : layout.handles) {
        if (!handle) continue;
        const sf::FloatRect& gap_rect = handle->gap;
        const sf::FloatRect wide{gap_rect.left - reach, gap_rect.top - reach,
                                 gap_rect.width + 2 * reach, gap_rect.height + 2 * reach};
        if (wide.contains(position)) return &*handle;
    }
    return nullptr;
}

bool SplitDrag::update(const Layout& layout, const Pointer& pointer, Splits& splits) {
    if (pointer.pressed) {
        const SplitHandle* handle = handle_at(layout, pointer.pressed_at);
        if (handle != nullptr) held_ = *handle;
    }
    if (!held_) return false;
    const float at = held_->upright ? pointer.position.x : pointer.position.y;
    const float share = (at - gap / 2 - held_->start) / held_->length;
    const float wanted = std::clamp(held_->from_end ? 1 - share : share, 0.1F, 0.9F);
    const bool moved = pointer.moved != sf::Vector2f{} && splits.*held_->share != wanted;
    if (moved) splits.*held_->share = wanted;
    if (!pointer.held) held_.reset();
    return moved;
}

float text_scale(sf::Vector2f window_size) {
    const float growth = std::min(window_size.x / 1280, window_size.y / 720);
    return std::max(1.0F, std::floor(std::sqrt(std::max(growth, 1.0F)) * 4) / 4);
}

Phrase title_of(Panel panel) {
    switch (panel) {
        case Panel::flow:
            return Phrase::panel_flow;
        case Panel::prices:
            return Phrase::panel_prices;
        case Panel::drawdowns:
            return Phrase::panel_drawdowns;
        case Panel::volume:
            return Phrase::panel_volume;
        case Panel::depth:
            return Phrase::panel_depth;
        case Panel::ladder:
            return Phrase::panel_ladder;
        case Panel::rates:
            return Phrase::panel_rates;
        case Panel::log:
            return Phrase::panel_log;
        case Panel::inspector:
            return Phrase::panel_inspector;
        case Panel::toolbar:
        case Panel::timeline:
        case Panel::status:
            break;
    }
    assert(false);
    return Phrase::no_data;
}

Phrase title_of(View view) {
    return static_cast<Phrase>(static_cast<std::size_t>(Phrase::view_overview) +
                               static_cast<std::size_t>(view));
}

}  // namespace crowdout::viz
