// SPDX-License-Identifier: Apache-2.0
#include "studies/report_overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "market/time.hpp"
#include "studies/report_page.hpp"

namespace crowdout::studies {

namespace {

/// The last value at or before a time; the first one from `begin` on. There is one at least.
double value_at(const std::vector<Point>& points, std::int64_t begin, std::int64_t time) {
    if (time < begin) return std::numeric_limits<double>::quiet_NaN();
    const auto later = std::ranges::upper_bound(points, time, {}, &Point::time);
    return later == points.begin() ? later->value : (later - 1)->value;
}

std::string note_on(const world::Overlay& overlay, const world::OverlayLine& line,
                    const std::string& of, Language language, bool since_start) {
    const std::string source = overlay.source.empty()
                                   ? std::string{Words{{"no source given", "未注明来源"}}[language]}
                                   : overlay.source;
    std::string note = fmt::format(fmt::runtime(Words{{"Dashed: {}, what {} was ({})",
                                                       "虚线：{}，{} 的历史数据（{}）"}}[language]),
                                   overlay.name, of, source);
    if (line.rebased) {
        const market::Duration since{line.meets_at};
        const std::string when =
            since_start ? fmt::format(fmt::runtime(Words{{"day {:.1f}", "第 {:.1f} 天"}}[language]),
                                      since.days())
                        : time_text(market::Time{line.meets_at}, language);
        note +=
            fmt::format(fmt::runtime(Words{{"; in proportion, from the run’s own price at {} on",
                                            "；按比例换算，自 {} 的运行价格起"}}[language]),
                        when);
    }
    return note + std::string{Words{{".", "。"}}[language]};
}

}  // namespace

PastLine past_line(const world::Overlay& overlay, const std::string& of, double scale,
                   std::int64_t begin, const Line& run, Language language, bool since_start) {
    if (run.points.empty()) return {};
    const world::OverlayLine fitted =
        world::fit_overlay(overlay, scale, run.points.back().time,
                           [&](std::int64_t time) { return value_at(run.points, begin, time); });
    PastLine past{.line = {.name = overlay.name, .color = run.color, .points = {}, .dashed = true},
                  .note = note_on(overlay, fitted, of, language, since_start)};
    for (const auto& point : fitted.points) past.line.points.push_back({point.time, point.value});
    return past;
}

void say_past(Page& page, const std::vector<PastLine>& past) {
    for (const PastLine& each : past) page.note(each.note);
}

}  // namespace crowdout::studies
