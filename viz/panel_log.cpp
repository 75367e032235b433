// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_log.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "market/ids.hpp"

namespace crowdout::viz {
namespace {

constexpr market::Duration together = market::day * 7;  // of one line (our choice)

using world::EventKind;
using world::EventRow;
using world::Manifest;

std::uint32_t block_of(const EventRow& row) {
    return market::AccountId::from_packed(row.account).block();
}

/// How finely time is cut is the machine's affair, and changes several times a day.
bool is_of_the_clock(const EventRow& row) {
    return row.kind == static_cast<std::uint8_t>(EventKind::finer_steps) ||
           row.kind == static_cast<std::uint8_t>(EventKind::coarser_steps);
}

bool belongs(const LogLine& line, const EventRow& row) {
    return line.row.kind == row.kind && line.row.book == row.book &&
           line.row.reference == row.reference && block_of(line.row) == block_of(row);
}

/// Whom or what an event is about.
std::string subject(const EventRow& row, const Manifest& manifest, Language language) {
    const auto sector = [&](std::size_t number) {
        return number < manifest.sectors.size()
                   ? std::string{name_of(manifest.sectors[number], language)}
                   : std::to_string(number);
    };
    switch (static_cast<EventKind>(row.kind)) {
        case EventKind::shock:
            if (row.reference < manifest.shocks.size()) return manifest.shocks[row.reference];
            break;
        case EventKind::halt:
        case EventKind::outage:
        case EventKind::resume:
            if (row.book < manifest.books.size()) return manifest.books[row.book].name;
            break;
        case EventKind::forced_sale:
            if (block_of(row) < manifest.blocks.size()) return manifest.blocks[block_of(row)].name;
            break;
        case EventKind::write_off:
        case EventKind::capital_call:
        case EventKind::redemption:
            return sector(row.reference);
        case EventKind::input:
        case EventKind::finer_steps:
        case EventKind::coarser_steps:
            break;
    }
    return std::to_string(row.reference);
}

sf::Color color_of(const EventRow& row, const Theme& theme) {
    switch (static_cast<EventKind>(row.kind)) {
        case EventKind::halt:
        case EventKind::outage:
        case EventKind::forced_sale:
        case EventKind::write_off:
            return theme.warning;
        case EventKind::capital_call:
            return theme.of(market::Cause::capital_call);
        case EventKind::redemption:
            return theme.of(market::Cause::redemption);
        case EventKind::shock:
        case EventKind::input:
            return theme.accent;
        case EventKind::resume:
        case EventKind::finer_steps:
        case EventKind::coarser_steps:
            break;
    }
    return theme.muted;
}

}  // namespace

Phrase phrase_of(EventKind kind) {
    return static_cast<Phrase>(static_cast<std::size_t>(Phrase::event_shock) +
                               static_cast<std::size_t>(kind));
}

std::size_t extend_lines(std::vector<LogLine>& lines, const world::History& history,
                         std::size_t first, std::size_t index, market::Duration within) {
    std::size_t at = first;
    for (; at < history.events.size() && history.events[at].frame <= index; ++at) {
        const world::History::Event& event = history.events[at];
        if (is_of_the_clock(event.row)) continue;
        const std::int64_t now = history.time[event.frame];
        bool taken = false;
        for (std::size_t i = lines.size(); i-- > 0 && !taken;) {
            LogLine& line = lines[i];
            if (now - history.time[line.last] > within.ns) break;  // and so are all before it
            if (now - history.time[line.first] > within.ns || !belongs(line, event.row)) continue;
            const std::int64_t sum = line.row.amount + event.row.amount;
            line.row = event.row;
            line.row.amount = sum;
            line.last = event.frame;
            ++line.count;
            taken = true;
            // The newest is last, so that whatever is recent is found at the end.
            std::rotate(lines.begin() + static_cast<std::ptrdiff_t>(i),
                        lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end());
        }
        if (!taken) lines.push_back({event.frame, event.frame, event.row, 1});
    }
    return at;
}

std::string sentence(const EventRow& row, const Manifest& manifest, Language language) {
    if (row.kind >= world::event_names.size()) return std::to_string(row.kind);
    return text(phrase_of(static_cast<EventKind>(row.kind)), language,
                subject(row, manifest, language));
}

std::optional<Picked> subject_of(const EventRow& row, const Manifest& manifest) {
    switch (static_cast<EventKind>(row.kind)) {
        case EventKind::halt:
        case EventKind::outage:
        case EventKind::resume:
            if (row.book < manifest.books.size()) return Picked{Picked::Kind::book, row.book};
            break;
        case EventKind::forced_sale:
            if (block_of(row) < manifest.blocks.size()) {
                return Picked{Picked::Kind::account, row.account};
            }
            break;
        case EventKind::write_off:
        case EventKind::capital_call:
        case EventKind::redemption:
            if (row.reference < manifest.sectors.size()) {
                return Picked{Picked::Kind::sector, row.reference};
            }
            break;
        case EventKind::shock:  // what it did to whom, other lines tell
        case EventKind::input:
        case EventKind::finer_steps:
        case EventKind::coarser_steps:
            break;
    }
    return std::nullopt;
}

/// A film that runs forward costs what is new; one that goes back begins again.
void LogPanel::follow(const world::History& history, std::size_t index) {
    if (index < index_ || events_taken_ > history.events.size()) {
        lines_.clear();
        events_taken_ = 0;
    }
    events_taken_ = extend_lines(lines_, history, events_taken_, index, together);
    index_ = index;
}

std::optional<LogLine> LogPanel::draw(const Stage& stage, const sf::FloatRect& rect,
                                      world::FrameSource& source, std::size_t index) {
    const sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_log);
    const world::History& history = source.history();
    if (index >= history.frames()) {
        draw_nothing(stage, inner, Phrase::no_data);
        return std::nullopt;
    }
    follow(history, index);
    if (lines_.empty()) {
        draw_nothing(stage, inner, Phrase::log_empty);
        return std::nullopt;
    }
    const float height = std::round(stage.look.px(32));  // two rows of text
    // Counted from the newest: what comes pushes the rest up, as in a terminal.
    const auto fit = static_cast<std::size_t>(std::max(inner.height / height, 1.0F));
    const std::size_t hidden = lines_.size() > fit ? lines_.size() - fit : 0;
    if (stage.pointer.over(rect)) scrolled_ += 3 * stage.pointer.wheel;
    scrolled_ = std::clamp(scrolled_, 0.0F, static_cast<float>(hidden));
    const std::size_t first = hidden - static_cast<std::size_t>(scrolled_);
    std::optional<LogLine> asked;
    sf::FloatRect place{inner.left, inner.top, inner.width, height};
    for (std::size_t i = first; i < std::min(first + fit, lines_.size()); ++i) {
        draw_line(stage, place, lines_[i], source);
        if (clicked(stage.pointer, place)) asked = lines_[i];
        place.top += height;
    }
    return asked;
}

void LogPanel::draw_line(const Stage& stage, const sf::FloatRect& place, const LogLine& line,
                         const world::FrameSource& source) const {
    const Look& look = stage.look;
    if (stage.pointer.over(place)) {
        stage.canvas.fill(place, with_alpha(look.colors.text, 0.07F));
    }
    const float top = place.top;
    const float left = place.left + look.px(12);
    const float width = place.width - look.px(12);
    const float row = place.height / 2;
    stage.canvas.disc({place.left + look.px(4), top + row / 2}, look.px(3),
                      color_of(line.row, look.colors));
    stage.canvas.text_in(sentence(line.row, source.manifest(), look.language),
                         {left, top, width, row},
                         {.size = look.small_text(), .color = look.colors.text});
    std::string when = time_text(market::Time{source.history().time[line.last]}, look.language);
    if (line.count > 1) when += "  ×" + std::to_string(line.count);
    const std::string amount = line.row.amount != 0 ? stage.money(line.row.amount) : "";
    const float figure = stage.canvas.text_width(amount, look.small_text());
    stage.canvas.text_in(when, {left, top + row - 2, width - figure - 4, row},
                         {.size = look.small_text(), .color = look.colors.muted});
    stage.canvas.text_in(
        amount, {left, top + row - 2, width, row},
        {.size = look.small_text(), .color = look.colors.text, .align = Align::right});
}

}  // namespace crowdout::viz
