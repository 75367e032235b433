// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_window.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <tuple>

#include "market/time.hpp"

namespace crowdout::viz {
namespace {

constexpr std::size_t kept_max = 96;  // moments of the past: three windows of 32 steps

constexpr std::array<market::Duration, flow_span_count> lengths{
    market::day, market::day * 7, market::day * 30, {}};

auto key(const world::TradedRow& row) {
    return std::tuple{row.book, row.sector, row.cause, row.side};
}

}  // namespace

Phrase phrase_of(FlowSpan span) {
    switch (span) {
        case FlowSpan::day:
            return Phrase::span_day;
        case FlowSpan::week:
            return Phrase::span_week;
        case FlowSpan::month:
            return Phrase::span_month;
        case FlowSpan::all:
            break;
    }
    return Phrase::span_all;
}

std::vector<world::TradedRow> trades_between(const std::vector<world::TradedRow>& now,
                                             const std::vector<world::TradedRow>& then) {
    std::vector<world::TradedRow> rows;
    auto old = then.begin();
    for (world::TradedRow row : now) {
        while (old != then.end() && key(*old) < key(row)) ++old;
        if (old != then.end() && key(*old) == key(row)) {
            row.money -= old->money;
            row.lots -= old->lots;
        }
        if (row.money != 0 || row.lots != 0) rows.push_back(row);
    }
    return rows;
}

std::size_t frame_before(const world::History& history, std::size_t index, FlowSpan span) {
    assert(index < history.frames());
    if (span == FlowSpan::all) return no_frame;
    const std::int64_t start = history.time[index] - lengths[static_cast<std::size_t>(span)].ns;
    const std::size_t frames = history.time.until(start);
    if (frames == 0) return no_frame;
    const std::size_t step = std::max<std::size_t>(1, (index + 1 - frames) / 32);
    // Rounded down: a window is rather a little longer than shorter, and stays inside the run.
    const std::size_t rounded = frames / step * step;
    return rounded == 0 ? no_frame : rounded - 1;
}

const FlowMoment* FlowWindows::moment(world::FrameSource& source, std::size_t index) {
    ++calls_;
    for (Kept& each : kept_) {
        if (each.frame != index) continue;
        each.used = calls_;
        return &each.moment;
    }
    const world::Scene* scene = past_.at(source, index);
    if (scene == nullptr) return nullptr;
    // What was not asked for longest goes: a film that runs forward asks for the next ones.
    if (kept_.size() == kept_max) {
        kept_.erase(std::ranges::min_element(kept_, {}, &Kept::used));
    }
    const market::Time time{scene->frame.head.to};
    return &kept_
                .emplace_back(
                    Kept{index, calls_, {time, {scene->flows, scene->trades}, scene->frame.books}})
                .moment;
}

const FlowSums* FlowWindows::sums(world::FrameSource& source, std::size_t index, FlowSpan span) {
    if (index == window_end_ && span == window_span_) return &window_;
    const std::size_t before = frame_before(source.history(), index, span);
    if (before == no_frame) {
        const world::Scene& now = source.at(index);
        window_ = {now.flows, now.trades};
    } else {
        const FlowMoment* then = moment(source, before);
        const world::Scene& now = source.at(index);
        if (then == nullptr) return nullptr;
        window_ = {world::flows_between(now.flows, then->totals.flows),
                   trades_between(now.trades, then->totals.trades)};
    }
    window_end_ = index;
    window_span_ = span;
    return &window_;
}

}  // namespace crowdout::viz
