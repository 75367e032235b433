// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_volume.hpp"

#include <algorithm>
#include <cmath>

#include "market/units.hpp"
#include "viz/flow_graph.hpp"

namespace crowdout::viz {
namespace {

using market::Cause;
using market::Time;

constexpr float axis_width = 54;         // pixels, for values
constexpr double air = 1.05;             // above the largest bar
constexpr std::size_t known_max = 4096;  // moments whose sums are kept (our choice)

/// Forced causes first: they stand on the axis, where heights can be compared.
std::vector<Cause> stacking_order() {
    std::vector<Cause> order;
    for (std::size_t i = 0; i < market::cause_count; ++i) order.push_back(static_cast<Cause>(i));
    std::ranges::stable_sort(order, std::ranges::greater{}, is_forced);
    return order;
}

double total(const CauseSums& sums) {
    double all = 0;
    for (const double each : sums) all += each;
    return all;
}

}  // namespace

CauseSums volume_by_cause(const std::vector<world::TradedRow>& trades) {
    CauseSums sums{};
    for (const world::TradedRow& row : trades) {
        if (row.cause >= sums.size()) continue;
        sums[row.cause] += static_cast<double>(row.money) / market::money_per_dollar / 2;
    }
    return sums;
}

std::vector<std::ptrdiff_t> bar_frames(std::size_t first, std::size_t last, std::size_t bars_max) {
    std::vector<std::ptrdiff_t> frames;
    if (last < first || bars_max == 0) return frames;
    std::size_t step = 1;
    while ((last - first) / step + 1 > bars_max) step *= 2;
    // Bars end at multiples of the step, counted from 1.
    const std::size_t begin = first / step * step;
    frames.push_back(static_cast<std::ptrdiff_t>(begin) - 1);
    for (std::size_t end = begin + step; end <= last + 1; end += step) {
        frames.push_back(static_cast<std::ptrdiff_t>(end) - 1);
    }
    return frames;
}

const CauseSums* VolumePanel::sums_at(std::ptrdiff_t frame) const {
    static constexpr CauseSums nothing{};
    if (frame < 0) return &nothing;
    const auto place = known_.find(static_cast<std::size_t>(frame));
    return place == known_.end() || !place->second ? nullptr : &*place->second;
}

void VolumePanel::ask(world::FrameSource& source, std::size_t index,
                      const std::vector<std::ptrdiff_t>& frames, std::size_t seeks) {
    // What is out of sight goes when it has become much: it can be asked for again.
    if (known_.size() > known_max) {
        std::erase_if(known_, [&](const auto& each) {
            return !std::ranges::binary_search(frames, static_cast<std::ptrdiff_t>(each.first));
        });
    }
    bool moved = false;
    for (const std::ptrdiff_t frame : frames) {
        if (seeks == 0) break;
        const auto at = static_cast<std::size_t>(frame);
        if (frame < 0 || known_.contains(at)) continue;
        const world::Scene* scene = past_.at(source, at);
        known_[at] =
            scene == nullptr ? std::nullopt : std::optional{volume_by_cause(scene->trades)};
        moved = true;
        --seeks;
    }
    // Seeks move the source away from the moment that others draw from.
    if (moved) (void)source.at(index);
}

VolumePanel::View VolumePanel::view(const Stage& stage, const sf::FloatRect& inner,
                                    world::FrameSource& source, std::size_t index,
                                    std::size_t seeks) {
    const Look& look = stage.look;
    const float line = look.px(16);
    View view{.area = {inner.left, inner.top + line + 2,
                       std::max(inner.width - look.px(axis_width), 1.0F),
                       std::max(inner.height - 2 * line - 2, 1.0F)},
              .frames = {}};
    const world::FrameTimes& time = source.history().time;
    const std::size_t first = time.before(stage.time.from().ns);
    const std::size_t after = time.until(stage.time.to().ns);
    if (after > first) {
        const float bars = std::max(view.area.width / look.px(7), 4.0F);
        view.frames = bar_frames(first, after - 1, static_cast<std::size_t>(bars));
    }
    ask(source, index, view.frames, seeks);
    for (std::size_t i = 1; i < view.frames.size(); ++i) {
        const auto sums = bar(view, i);
        if (!sums) continue;
        view.highest = std::max(view.highest, total(*sums));
        for (std::size_t c = 0; c < sums->size(); ++c) view.in_sight[c] += (*sums)[c];
    }
    return view;
}

std::optional<CauseSums> VolumePanel::bar(const View& view, std::size_t number) const {
    const CauseSums* before = sums_at(view.frames[number - 1]);
    const CauseSums* now = sums_at(view.frames[number]);
    if (before == nullptr || now == nullptr) return std::nullopt;
    CauseSums sums = *now;
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] -= (*before)[c];
    return sums;
}

void VolumePanel::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                       std::size_t index, std::size_t seeks) {
    const sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_volume);
    const bool nothing = index >= source.history().frames() || index >= source.frames();
    if (nothing || stage.time.empty()) {
        draw_nothing(stage, inner, Phrase::no_data);
        return;
    }
    const View all = view(stage, inner, source, index, seeks);
    draw_axes(stage, all);
    const std::vector<TipLine> tip = draw_bars(stage, all, source);
    const auto share = static_cast<float>(stage.time.share_of(Time{source.history().time[index]}));
    if (share >= 0 && share <= 1) {
        stage.canvas.fill(
            {all.area.left + all.area.width * share, all.area.top, 1, all.area.height},
            with_alpha(stage.look.colors.accent, 0.6F));
    }
    draw_legend(stage, {inner.left, inner.top, inner.width, stage.look.px(16)}, all);
    draw_tip(stage, rect, tip);
}

void VolumePanel::draw_axes(const Stage& stage, const View& view) const {
    const Look& look = stage.look;
    const sf::FloatRect& area = view.area;
    const TextStyle style{.size = look.small_text(), .color = look.colors.muted};
    const auto rows = static_cast<std::size_t>(std::max(area.height / look.px(24), 1.0F));
    const double top = view.highest * air;
    for (const ValueTick& tick : value_ticks(0, top, rows, Unit::dollars, look.language)) {
        const float y =
            std::round(area.top + area.height * static_cast<float>(1 - tick.value / top));
        stage.canvas.fill({area.left, y, area.width, 1}, look.colors.grid);
        if (tick.value <= 0) continue;  // the dates are there
        stage.canvas.text_in(
            tick.label,
            {area.left + area.width + look.px(5), y - look.px(8), look.px(axis_width), look.px(16)},
            style);
    }
    const auto columns = static_cast<std::size_t>(std::max(area.width / look.px(60), 1.0F));
    const float right = area.left + area.width + look.px(axis_width);
    float free_from = area.left;  // labels that would overlap are left out
    for (const TimeTick& tick :
         time_ticks(stage.time.from(), stage.time.to(), columns, look.language)) {
        const float x = area.left + area.width * static_cast<float>(stage.time.share_of(tick.time));
        const float half = stage.canvas.text_width(tick.label, style.size) / 2;
        const float middle =
            std::clamp(x, area.left + half, std::max(right - half, area.left + half));
        if (middle - half < free_from) continue;
        free_from = middle + half + look.px(4);
        stage.canvas.text(tick.label, {middle, area.top + area.height + look.px(1)},
                          {.size = style.size, .color = style.color, .align = Align::center});
    }
}

/// @return what the bar under the mouse stands for.
std::vector<TipLine> VolumePanel::draw_bars(const Stage& stage, const View& view,
                                            const world::FrameSource& source) const {
    const sf::FloatRect& area = view.area;
    const Theme& colors = stage.look.colors;
    const std::vector<Cause> order = stacking_order();
    const world::FrameTimes& time = source.history().time;
    const auto x_of = [&](std::ptrdiff_t frame) {
        const std::int64_t at =
            frame < 0 ? source.history().begin : time[static_cast<std::size_t>(frame)];
        const auto share = static_cast<float>(stage.time.share_of(Time{at}));
        return area.left + area.width * std::clamp(share, 0.0F, 1.0F);
    };
    std::vector<TipLine> tip;
    for (std::size_t i = 1; i < view.frames.size(); ++i) {
        const auto sums = bar(view, i);
        if (!sums) continue;
        const float left = x_of(view.frames[i - 1]);
        const float right = x_of(view.frames[i]);
        const float width = std::max(right - left - 1, 1.0F);
        const bool hovered = stage.pointer.over({left, area.top, right - left, area.height});
        if (hovered) {
            stage.canvas.fill({left, area.top, width, area.height}, with_alpha(colors.text, 0.08F));
            const Time end{time[static_cast<std::size_t>(view.frames[i])]};
            tip.push_back({time_text(end, stage.look.language), stage.dollars(total(*sums))});
        }
        float bottom = area.top + area.height;
        for (const Cause cause : order) {
            const double usd = (*sums)[static_cast<std::size_t>(cause)];
            if (usd <= 0) continue;  // of causes that the world does not have
            const auto height = area.height * static_cast<float>(usd / (view.highest * air));
            bottom -= height;
            stage.canvas.fill({left, bottom, width, height}, colors.of(cause));
            if (!hovered) continue;
            tip.push_back(
                {std::string{stage.words(phrase_of(cause))}, stage.dollars(usd), colors.of(cause)});
        }
    }
    return tip;
}

void VolumePanel::draw_legend(const Stage& stage, const sf::FloatRect& line,
                              const View& view) const {
    const Look& look = stage.look;
    // The largest first: where not all fit, those that can hardly be seen are left out.
    std::vector<Cause> order = stacking_order();
    const auto usd = [&](Cause cause) { return view.in_sight[static_cast<std::size_t>(cause)]; };
    std::ranges::stable_sort(order, std::ranges::greater{}, usd);
    float left = line.left;
    for (const Cause cause : order) {
        if (usd(cause) <= 0) continue;
        const std::string_view words = stage.words(phrase_of(cause));
        const float width = stage.canvas.text_width(words, look.small_text()) + look.px(13);
        if (left + width > line.left + line.width) break;
        stage.canvas.fill({left, line.top + look.px(3), look.px(9), look.px(9)},
                          look.colors.of(cause));
        stage.canvas.text_in(words, {left + look.px(13), line.top, width, line.height},
                             {.size = look.small_text(), .color = look.colors.muted});
        left += width + look.px(10);
    }
}

}  // namespace crowdout::viz
