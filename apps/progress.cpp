// SPDX-License-Identifier: Apache-2.0
#include "apps/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "apps/figures.hpp"

namespace crowdout::apps {

namespace {

constexpr double line_period_s = 5;
constexpr double bar_period_s = 0.1;
constexpr double rate_window_s = 5;

std::string per_second(double count, double seconds) {
    if (!(seconds > 0)) return "-";
    return thousands(static_cast<std::int64_t>(count / seconds));
}

std::string bar(double share, int width) {
    const int full = static_cast<int>(share * width);
    std::string text(static_cast<std::size_t>(full), '=');
    if (full < width) text += '>';
    text.resize(static_cast<std::size_t>(width), ' ');
    return "[" + text + "]";
}

}  // namespace

Progress::Progress(std::ostream& out, ProgressStyle style, int columns)
    : out_{out},
      style_{style},
      columns_{columns},
      next_s_{style == ProgressStyle::line ? line_period_s : bar_period_s} {}

bool Progress::due(double now_s) const {
    return style_ != ProgressStyle::none && now_s >= next_s_;
}

void Progress::show(const ProgressState& state, double now_s) {
    show(state.share, text(state, now_s), now_s);
    if (now_s - newer_.s >= rate_window_s) {
        older_ = newer_;
        newer_ = {.s = now_s, .steps = state.steps, .trades = state.trades};
    }
}

void Progress::show(double share, const std::string& figures, double now_s) {
    if (style_ == ProgressStyle::bar) {
        // What is left of the line after the figures; too narrow a bar says nothing.
        const int room = columns_ - static_cast<int>(display_width(figures)) - 4;
        std::string line = room >= 10 ? bar(share, std::min(room, 40)) + ' ' : std::string{};
        line += figures.substr(0, static_cast<std::size_t>(std::max(columns_ - 1, 0)));
        out_ << '\r' << line << "\x1b[K" << std::flush;
        drawn_ = true;
        next_s_ = now_s + bar_period_s;
    } else if (style_ == ProgressStyle::line) {
        out_ << "crowdout: " << figures << '\n' << std::flush;
        next_s_ = now_s + line_period_s;
    }
}

void Progress::finish() {
    if (drawn_) out_ << "\r\x1b[K" << std::flush;
    drawn_ = false;
}

std::string Progress::text(const ProgressState& state, double now_s) const {
    const double seconds = now_s - older_.s;
    const std::string left =
        state.share > 0 ? clock_time(now_s * (1 - state.share) / state.share) : "-";
    return fmt::format("{:3.0f} %  {}  {} steps  {} steps/s  {} trades/s  ETA {}",
                       state.share * 100, state.date, thousands(state.steps),
                       per_second(static_cast<double>(state.steps - older_.steps), seconds),
                       per_second(static_cast<double>(state.trades - older_.trades), seconds),
                       left);
}

}  // namespace crowdout::apps
