// SPDX-License-Identifier: Apache-2.0
#include "viz/past_lines.hpp"

#include <algorithm>
#include <limits>

#include "world/text.hpp"

namespace crowdout::viz {

using world::Overlay;

namespace {

constexpr std::size_t source_length = 48;  // bytes in a legend; our choice

std::string legend_of(const Overlay& overlay, bool rebased, Language language) {
    const Phrase what = rebased ? Phrase::past_rebased : Phrase::past_plain;
    std::string text = overlay.name + " (" + std::string{viz::text(what, language)};
    if (!overlay.source.empty()) text += "; " + world::shortened(overlay.source, source_length);
    return text + ")";
}

}  // namespace

void PastLines::follow(const world::Manifest& manifest, const world::History& history,
                       Language language) {
    lines_.resize(manifest.overlays.size());
    if (history.frames() == 0) return;
    const std::int64_t last = history.time[history.frames() - 1];
    // A frame tells of its end: what the first one has stands for where it begins.
    const std::int64_t first = history.time[0];
    const std::int64_t begin = history.frames() == 1 ? first : first - (history.time[1] - first);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const Overlay& overlay = manifest.overlays[i];
        Past& past = lines_[i];
        const bool is_price = overlay.book != Overlay::none;
        const world::Trace& run =
            is_price ? history.books[overlay.book].rebased : history.gauges[overlay.series].values;
        const double scale = is_price ? 100 / history.books[overlay.book].first : 1;
        const auto fitted = world::fit_overlay(overlay, scale, last, [&](std::int64_t time) {
            const bool has_begun = !run.empty() && begin <= time;
            if (!has_begun || time > last) return std::numeric_limits<double>::quiet_NaN();
            return run.value_at(std::max(run.time(0), market::Time{time}));
        });
        past.legend = legend_of(overlay, fitted.rebased, language);
        if (fitted.points == past.points) continue;
        past.points = fitted.points;
        past.line.clear();
        for (const auto& point : past.points) {
            past.line.append(market::Time{point.time}, point.value);
        }
    }
}

}  // namespace crowdout::viz
