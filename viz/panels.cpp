// SPDX-License-Identifier: Apache-2.0
#include "viz/panels.hpp"

namespace crowdout::viz {

Panels::Asked Panels::draw(const Stage& stage, const Layout& layout, world::FrameSource& source,
                           std::size_t index, const std::optional<Picked>& picked,
                           std::size_t seeks) {
    Asked asked{.frame = std::nullopt, .picked = picked};
    const auto show = [&](Panel panel, auto&& draw) {
        if (layout[panel]) draw(*layout[panel]);
    };
    show(Panel::flow, [&](const auto& rect) {
        flow_.draw(stage, rect, source, index);
        asked.picked = flow_.picked();
    });
    show(Panel::prices, [&](const auto& rect) { prices_.draw(stage, rect, source, index); });
    show(Panel::drawdowns, [&](const auto& rect) { drawdowns_.draw(stage, rect, source, index); });
    show(Panel::volume, [&](const auto& rect) { volume_.draw(stage, rect, source, index, seeks); });
    show(Panel::depth, [&](const auto& rect) {
        depth_.draw(stage, rect, source, index);
        set_book(depth_.book());
    });
    show(Panel::ladder, [&](const auto& rect) {
        ladder_.draw(stage, rect, source, index);
        set_book(ladder_.book());
    });
    show(Panel::rates, [&](const auto& rect) { rates_.draw(stage, rect, source, index); });
    show(Panel::inspector, [&](const auto& rect) {
        const auto clicked = inspector_.draw(stage, rect, source, index, picked);
        if (clicked) asked.picked = clicked;
    });
    show(Panel::log, [&](const auto& rect) {
        const auto line = log_.draw(stage, rect, source, index);
        if (!line) return;
        asked.frame = line->last;
        if (const auto subject = subject_of(line->row, source.manifest())) asked.picked = subject;
    });
    return asked;
}

void Panels::set_book(std::uint16_t book) {
    book_ = book;
    depth_.set_book(book);
    ladder_.set_book(book);
}

}  // namespace crowdout::viz
