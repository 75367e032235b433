// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "viz/help.hpp"
#include "viz/viewer.hpp"

// How the window is drawn: the pictures' places, and what lies over them.
namespace crowdout::viz {
namespace {

constexpr std::array<const char*, panel_count> panel_names{
    "toolbar", "flow",  "prices", "drawdowns", "volume",   "depth",
    "ladder",  "rates", "log",    "inspector", "timeline", "status"};

}  // namespace

void Viewer::draw_scene(const Layout& layout, const Pointer& pointer) {
    const Look look{theme(settings_.theme), settings_.language, layout_request().scale};
    canvas_.begin(platform_.window());
    time_.point_at(std::nullopt);
    const ToolbarState state = toolbar_state();
    const sf::FloatRect toolbar = *layout[Panel::toolbar];
    buttons_ = toolbar_buttons(toolbar, look, state, canvas_);
    if (const auto command = draw_toolbar(canvas_, look, pointer, toolbar, buttons_, state)) {
        obey(*command);
    }
    draw_pictures({canvas_, look, pointer, time_, animation_}, layout);
    draw_timeline(look, layout, pointer);
    draw_status(canvas_, look, pointer, *layout[Panel::status], status_state());
    if (const SplitHandle* handle = handle_at(layout, platform_.pointer().position);
        handle != nullptr && !help_ && platform_.pointer().inside) {
        canvas_.fill(handle->gap, with_alpha(look.colors.accent, 0.5F));
    }
    canvas_.end();
    vertices_max_ = std::max(vertices_max_, canvas_.vertex_count());
}

void Viewer::draw_pictures(const Stage& stage, const Layout& layout) {
    Layout places = layout;
    // Among agents the finder lies over the inspector's head.
    if (auto& rect = places.rects[static_cast<std::size_t>(Panel::inspector)];
        rect && settings_.view == View::agents) {
        rect->top += AgentFinder::height(stage.look);
        rect->height -= AgentFinder::height(stage.look);
    }
    const std::size_t shown = has_shown_ ? shown_ : no_frame;
    const Panels::Asked asked = panels_.draw(stage, places, source_, shown, picked_, 1);
    select(asked.picked);
    if (asked.frame) {
        playback_.pause();
        playback_.seek_frame(*asked.frame, film());
    }
    if (std::exchange(book_, panels_.book()) != panels_.book()) look_closer();
}

void Viewer::draw_timeline(const Look& look, const Layout& layout, const Pointer& pointer) {
    const sf::FloatRect rect = *layout[Panel::timeline];
    canvas_.ground(rect, look.colors.panel);
    canvas_.frame(rect, look.colors.border);
    if (playback_.empty()) return;
    const TimelineState state{
        .first = market::Time{source_.history().begin},
        .last = market::Time{source_.history().time.back()},
        .current = moment(),
        .sparkline = gauge_named(source_.manifest(), source_.history(), "idle_capital"),
        .events = events_,
        .loop_begin = playback_.loop_begin(),
        .loop_end = playback_.loop_end()};
    if (const auto time = timeline_.interact(rect, look, pointer, state)) {
        playback_.seek(*time, film());
    }
    timeline_.draw(canvas_, rect, look, state);
}

StatusState Viewer::status_state() {
    StatusState state;
    state.playing = playback_.playing();
    state.now = moment();
    state.frames_per_second = 1 / frame_seconds_;
    state.subject = options_.subject;
    if (has_shown_) state.step = source_.at(shown_).frame.head.step;
    if (!playback_.empty()) {
        state.behind = market::Time{source_.history().time.back()} - moment();
    }
    if (options_.run == nullptr) {
        const bool growing = options_.follow && !source_.finished();
        if (growing) state.what = Phrase::status_recording;
        // Of a whole recording the timeline says where we are.
        if (!growing) state.behind = {};
        return state;
    }
    const world::LiveStatus status = options_.run->status();
    state.what = has_failed_       ? Phrase::status_failed
                 : status.finished ? Phrase::status_finished
                                   : Phrase::status_live;
    if (!status.finished && !status.waiting) state.steps_per_second = status.steps_per_second;
    state.phase_seconds = status.phase_seconds;
    return state;
}

/// Dear ImGui's share: forms to fill in.
void Viewer::draw_panels(const Look& look, const Layout& layout) {
    platform_.begin_panels();
    if (const auto& rect = layout[Panel::inspector]; rect && settings_.view == View::agents) {
        if (const auto found = finder_.draw(look, *rect)) select(found);
    }
    if (const auto yaml = inject_.draw(look, platform_.size())) inject(*yaml);
    const world::Manifest& manifest = source_.manifest();
    if (const auto time = go_to_.draw(look, platform_.size(), market::Time{manifest.start})) {
        playback_.pause();
        playback_.seek(*time, film());
    }
    platform_.end_panels();
}

void Viewer::draw_over_panels(const Look& look, const Layout& layout, const Pointer& pointer) {
    while (const auto result = pictures_.take_result()) {
        say(sentence(*result, settings_.language), !result->error.empty());
    }
    canvas_.begin(platform_.window());
    draw_toolbar_hint(canvas_, look, pointer, buttons_);
    if (help_) draw_help(canvas_, look);
    toasts_.draw(canvas_, look, layout[Panel::timeline]->top,
                 static_cast<double>(clock_.getElapsedTime().asSeconds()));
    canvas_.end();
}

/// Where everything is, whenever that has changed.
void Viewer::tell_layout(const Layout& layout) {
    if (!options_.tell) return;
    const auto place = [](const sf::FloatRect& rect) {
        return fmt::format("{} {} {} {}\n", rect.left, rect.top, rect.width, rect.height);
    };
    std::string lines;
    for (std::size_t i = 0; i < panel_count; ++i) {
        if (!layout.rects[i]) continue;
        lines += fmt::format("panel {} {}", panel_names[i], place(*layout.rects[i]));
    }
    for (const ToolbarButton& button : buttons_) {
        lines += fmt::format("button {} {}", static_cast<int>(button.command), place(button.rect));
    }
    if (lines == told_layout_) return;
    told_layout_ = lines;
    tell(lines + "laid out");
}

/// How far the run has come, each thousand frames: what grows is measured by that, not by the
/// clock.
void Viewer::tell_frames() {
    const std::uint64_t thousands = source_.frames() / 1000;
    if (std::exchange(told_thousands_, thousands) == thousands) return;
    tell(fmt::format("has {} frames", source_.frames()));
}

}  // namespace crowdout::viz
