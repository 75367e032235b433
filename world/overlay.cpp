// SPDX-License-Identifier: Apache-2.0
#include "world/overlay.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "world/config.hpp"
#include "world/manifest.hpp"
#include "world/trace.hpp"

namespace crowdout::world {

namespace {

using Points = std::span<const agents::HistoricalSeries::Point>;

std::uint16_t number_of(const std::string& name, const auto& items, auto which) {
    if (name.empty()) return Overlay::none;
    const auto found = std::ranges::find_if(items, which);
    return found == items.end() ? Overlay::none : static_cast<std::uint16_t>(found - items.begin());
}

/// Adds a point to the line of an overlay.
class Pen {
public:
    explicit Pen(Overlay& overlay) : overlay_{overlay} {}
    void to(market::Time time, double value) {
        overlay_.times.push_back(time.ns);
        overlay_.values.push_back(value);
    }

private:
    Overlay& overlay_;
};

/// A price is known at its moments; what lies outside the run is left out.
void draw_prices(Points points, market::Time from, market::Time to, Pen pen) {
    for (const auto& point : points) {
        if (point.at >= from && point.at <= to) pen.to(point.at, point.value);
    }
}

/// A figure holds until it changes: the run begins with the last value before it.
void draw_figure(Points points, market::Time from, market::Time to, Pen pen) {
    const auto later =
        std::ranges::upper_bound(points, from, {}, &agents::HistoricalSeries::Point::at);
    bool is_known = later != points.begin();
    double value = is_known ? (later - 1)->value : 0;
    if (is_known) pen.to(from, value);
    for (auto point = later; point != points.end() && point->at <= to; ++point) {
        if (is_known) pen.to(point->at, value);
        value = point->value;
        is_known = true;
        pen.to(point->at, value);
    }
    if (is_known) pen.to(to, value);
}

/// Of more points than `most`, the lowest and highest of each stretch.
void thin(Overlay& overlay, std::size_t most) {
    if (overlay.times.size() <= most) return;
    Trace line{most};
    for (std::size_t i = 0; i < overlay.times.size(); ++i) {
        line.append(market::Time{overlay.times[i]}, overlay.values[i]);
    }
    overlay.times.clear();
    overlay.values.clear();
    for (std::size_t i = 0; i < line.size(); ++i) {
        Pen{overlay}.to(line.time(i), line.value(i));
    }
}

}  // namespace

std::vector<Overlay> overlays_of(const WorldConfig& config, const Manifest& manifest) {
    std::vector<Overlay> overlays;
    const market::Time end = config.start + config.duration;
    constexpr std::size_t least = 4;  // what a Trace asks for, and a multiple of it
    const std::size_t share =
        Overlay::points_max_all / std::max<std::size_t>(1, config.data.size());
    const std::size_t most = std::clamp(share / least * least, least, Overlay::points_max);
    for (const DataSeriesConfig& data : config.data) {
        Overlay overlay{.name = data.name, .source = data.source, .rebase = data.rebase};
        overlay.book = number_of(data.of, manifest.books,
                                 [&](const Manifest::Book& each) { return each.name == data.of; });
        overlay.series = number_of(data.series, manifest.series, [&](const Manifest::Series& each) {
            return each.name == data.series && each.book == Manifest::Series::no_book;
        });
        if (overlay.book == Overlay::none && overlay.series == Overlay::none) continue;
        const auto draw = overlay.book != Overlay::none ? draw_prices : draw_figure;
        draw(data.history.points(), config.start, end, Pen{overlay});
        thin(overlay, most);
        if (!overlay.times.empty()) overlays.push_back(std::move(overlay));
    }
    return overlays;
}

OverlayLine fit_overlay(const Overlay& overlay, double scale, std::int64_t end,
                        const std::function<double(std::int64_t)>& run_at) {
    OverlayLine line;
    line.rebased = overlay.rebase && overlay.book != Overlay::none;
    std::size_t first = 0;
    if (line.rebased) {
        const auto meets = [&](std::size_t i) {
            const double run = run_at(overlay.times[i]);
            return std::isfinite(run) && run > 0 && overlay.values[i] > 0;
        };
        while (first < overlay.times.size() && !meets(first)) ++first;
        if (first == overlay.times.size()) return line;
        line.meets_at = overlay.times[first];
        scale = run_at(line.meets_at) / overlay.values[first];
    }
    std::size_t i = first;
    for (; i < overlay.times.size() && overlay.times[i] <= end; ++i) {
        line.points.push_back({overlay.times[i], overlay.values[i] * scale});
    }
    const bool holds = overlay.book == Overlay::none && i < overlay.times.size();
    if (holds && !line.points.empty()) line.points.push_back({end, line.points.back().value});
    return line;
}

}  // namespace crowdout::world
