// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Clock.hpp>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "viz/agent_finder.hpp"
#include "viz/go_to_panel.hpp"
#include "viz/inject_panel.hpp"
#include "viz/layout.hpp"
#include "viz/panels.hpp"
#include "viz/platform.hpp"
#include "viz/playback.hpp"
#include "viz/screenshot.hpp"
#include "viz/settings.hpp"
#include "viz/status_line.hpp"
#include "viz/time_window.hpp"
#include "viz/timeline.hpp"
#include "viz/toasts.hpp"
#include "viz/toolbar.hpp"
#include "world/live_run.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// What a window shows, and how it begins.
struct ViewerOptions {
    std::string title = "Crowdout";
    std::string subject{};  ///< the world's name or the file's, for people
    Speed speed = Speed::one();
    std::optional<market::Time> at{};      ///< begins there, paused
    bool follow = false;                   ///< keeps up with a file that is being written
    std::filesystem::path pictures = ".";  ///< where pictures of the window go

    /// What runs on from a moment under other terms, but for the moment; empty where nothing can.
    std::string fork_command{};

    /// A run that is being made, and its world: it can be held back, stepped and shocked.
    world::LiveRun* run = nullptr;
    const world::WorldConfig* config = nullptr;

    /// Asked once a frame; the window closes when it says so.
    std::function<bool()> should_close{};
    /// Told what the window does, a line each; for tests.
    std::function<void(const std::string&)> tell{};
};

/// The window: every picture of one moment of a run, and the means to move in it.
///
/// All pictures share the moment, the span of time that charts show, and what is selected. The
/// source may grow meanwhile. Main thread only.
class Viewer {
public:
    /// @param source  outlives the viewer. @throws NoDisplay
    Viewer(world::FrameSource& source, ViewerOptions options);

    /// Shows the window until it is closed, and remembers its settings.
    void run();

private:
    void show_frame();
    void obey(Command command);
    void step(std::int64_t frames);
    void go_to_event(bool next);
    void select(const std::optional<Picked>& picked);
    void look_closer();
    void drive_run();
    void take_moment();
    void take_events();
    [[nodiscard]] Film film() const;
    [[nodiscard]] market::Time moment() const;
    [[nodiscard]] bool is_active() const;

    void draw_scene(const Layout& layout, const Pointer& pointer);
    void draw_pictures(const Stage& stage, const Layout& layout);
    void mark_loop();
    void tell_fork();
    void draw_timeline(const Look& look, const Layout& layout, const Pointer& pointer);
    void draw_panels(const Look& look, const Layout& layout);
    void draw_over_panels(const Look& look, const Layout& layout, const Pointer& pointer);
    void inject(const std::string& yaml);
    void save_picture();
    void say(std::string words, bool is_warning = false);
    void tell_layout(const Layout& layout);
    void tell_frames();
    void tell(const std::string& line) const;
    [[nodiscard]] LayoutRequest layout_request() const;
    [[nodiscard]] ToolbarState toolbar_state() const;
    [[nodiscard]] StatusState status_state();

    world::FrameSource& source_;
    ViewerOptions options_;
    Settings settings_;
    Fonts fonts_;
    Platform platform_;
    Canvas canvas_;
    PictureWriter pictures_;

    Playback playback_;
    TimeWindow time_;
    std::size_t shown_ = 0;          ///< the frame that all pictures show
    bool has_shown_ = false;         ///< there is one
    std::size_t broken_ = no_frame;  ///< the frame where the playhead is, if it cannot be shown
    bool has_ended_ = false;         ///< the run's end has been told
    bool has_failed_ = false;        ///< an error was its end
    std::optional<Picked> picked_;
    std::uint16_t book_ = 0;               ///< whose depth is shown: the one last selected
    std::vector<EventMark> events_;        ///< for the timeline
    std::deque<std::string> event_words_;  ///< their labels
    std::vector<std::optional<Picked>> event_subjects_;
    std::size_t events_taken_ = 0;
    ThemeName events_theme_ = ThemeName::dark;
    Language events_language_ = Language::english;

    Panels panels_;
    Timeline timeline_;
    AgentFinder finder_;
    GoToPanel go_to_;
    InjectPanel inject_;
    Toasts toasts_;
    SplitDrag drag_;
    std::vector<ToolbarButton> buttons_;
    bool help_ = false;
    bool picture_wanted_ = false;
    bool quit_ = false;

    sf::Clock clock_;  ///< since the window opened
    sf::Clock since_frame_;
    double animation_ = 0;  ///< seconds that stand still while paused
    double last_activity_ = 0;
    double frame_seconds_ = 1.0 / 24;  ///< smoothed
    std::uint64_t frames_drawn_ = 0;
    std::size_t vertices_max_ = 0;
    std::string told_layout_;
    std::size_t told_frame_ = no_frame;
    std::uint64_t told_thousands_ = 0;
};

}  // namespace crowdout::viz
