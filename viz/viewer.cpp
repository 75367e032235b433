// SPDX-License-Identifier: Apache-2.0
#include "viz/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "viz/display.hpp"
#include "viz/help.hpp"
#include "world/diagnostic.hpp"
#include "world/live_input.hpp"

namespace crowdout::viz {
namespace {

using market::Time;

// As films: enough for smooth motion, and where a processor draws it takes little more than half a
// core, which leaves a machine of two cores to the run (our choice).
constexpr unsigned frames_active = 24;
constexpr unsigned frames_idle = 12;
constexpr double seconds_until_idle = 1;

/// Settings as of last time; the folder of a new user has none.
Settings remembered() {
    std::string warning;
    return load_settings(settings_path(), warning);
}

std::string stem_of(const std::string& world, Time now) {
    const std::string time = time_text(now, Language::english);
    std::string stem = "crowdout-" + world + "-" + time;
    std::ranges::replace_if(
        stem, [](char c) { return c == ' ' || c == ':' || c == '/'; }, '-');
    return stem;
}

}  // namespace

Viewer::Viewer(world::FrameSource& source, ViewerOptions options)
    : source_{source},
      options_{std::move(options)},
      settings_{(require_display(), remembered())},
      platform_{settings_.size, options_.title, fonts_},
      canvas_{fonts_},
      playback_{options_.speed, Time{source.manifest().start}},
      finder_{source.manifest()},
      inject_{options_.config == nullptr ? std::vector<ShockForm>{}
                                         : shock_forms(*options_.config)} {
    if (!fonts_.has_chinese()) settings_.language = Language::english;
    if (!fonts_.warning().empty()) say(fonts_.warning(), true);
    platform_.announce(inject_.all_words());
    if (options_.follow) playback_.follow();
}

void Viewer::run() {
    tell("ready");
    while (!quit_) show_frame();
    tell(fmt::format("closed after {} frames in {:.2f} s, at most {} vertices", frames_drawn_,
                     static_cast<double>(clock_.getElapsedTime().asSeconds()), vertices_max_));
    settings_.size = platform_.window().getSize();
    // The next window then opens as a new one would: no reason to end with an error.
    if (const std::string error = save_settings(settings_, settings_path()); !error.empty()) {
        tell("settings not saved: " + error);
    }
}

void Viewer::show_frame() {
    for (const Command command : platform_.poll()) obey(command);
    if (options_.should_close && options_.should_close()) quit_ = true;
    const double seconds = static_cast<double>(since_frame_.restart().asSeconds());
    frame_seconds_ += 0.1 * (seconds - frame_seconds_);
    // A window that was moved or hidden has not been watched: the playhead does not jump after it.
    const double played = std::min(seconds, 0.5);
    source_.refresh();
    tell_frames();
    take_events();
    playback_.advance(played, film());
    if (options_.at && !playback_.empty()) {
        playback_.pause();
        playback_.seek(*std::exchange(options_.at, std::nullopt), film());
    }
    drive_run();
    take_moment();
    if (playback_.playing()) animation_ += played;

    Layout layout = lay_out(layout_request());
    const Pointer none;
    const Pointer& mouse = platform_.pointer();
    if (!help_ && drag_.update(layout, mouse, settings_.splits)) layout = lay_out(layout_request());
    const Pointer& pointer = help_ || drag_.holds() ? none : mouse;
    const Look look{theme(settings_.theme), settings_.language,
                    text_scale(platform_.size()) * settings_.text_size};
    platform_.style(look.colors, look.scale);
    platform_.window().clear(look.colors.background);
    draw_scene(layout, pointer);
    draw_panels(look, layout);
    draw_over_panels(look, layout, pointer);
    if (std::exchange(picture_wanted_, false)) save_picture();
    platform_.show();
    ++frames_drawn_;
    tell_layout(layout);

    const double now = static_cast<double>(clock_.getElapsedTime().asSeconds());
    if (is_active()) last_activity_ = now;
    platform_.limit_frame_rate(now - last_activity_ < seconds_until_idle ? frames_active
                                                                         : frames_idle);
}

/// Whether somebody does something, or something moves.
bool Viewer::is_active() const {
    const Pointer& mouse = platform_.pointer();
    return playback_.playing() || mouse.held || mouse.released || mouse.wheel != 0 ||
           mouse.moved != sf::Vector2f{} || inject_.is_open() || go_to_.is_open() ||
           frames_drawn_ < frames_active;
}

// NOLINTNEXTLINE(readability-function-size): a table
void Viewer::obey(Command command) {
    tell(fmt::format("command {}", static_cast<int>(command)));
    last_activity_ = static_cast<double>(clock_.getElapsedTime().asSeconds());
    switch (command) {
        case Command::pause:
            playback_.toggle(film());
            break;
        case Command::step_forward:
        case Command::frame_right:
            step(1);
            break;
        case Command::step_back:
        case Command::frame_left:
            step(-1);
            break;
        case Command::ten_right:
            step(10);
            break;
        case Command::ten_left:
            step(-10);
            break;
        case Command::slower:
            playback_.slower();
            break;
        case Command::faster:
            playback_.faster();
            break;
        case Command::speed_one:
            playback_.set_speed(Speed::one());
            break;
        case Command::first:
            playback_.seek_frame(0, film());
            break;
        case Command::last:
            playback_.seek_frame(no_frame, film());
            break;
        case Command::previous_event:
            go_to_event(false);
            break;
        case Command::next_event:
            go_to_event(true);
            break;
        case Command::go_to:
            go_to_.open(!go_to_.is_open());
            break;
        case Command::loop:
            mark_loop();
            break;
        case Command::fork:
            tell_fork();
            break;
        case Command::follow:
            playback_.follow();
            time_.show_all();
            break;
        case Command::help:
            help_ = !help_;
            break;
        case Command::screenshot:
            picture_wanted_ = true;
            break;
        case Command::log:
            settings_.log = !settings_.log;
            break;
        case Command::theme:
            settings_.theme = other(settings_.theme);
            break;
        case Command::language:
            if (fonts_.has_chinese()) settings_.language = other(settings_.language);
            break;
        case Command::inject:
            if (options_.config != nullptr) inject_.open(!inject_.is_open());
            break;
        case Command::clear:
            if (help_) {
                help_ = false;
            } else if (go_to_.is_open()) {
                go_to_.open(false);
            } else if (inject_.is_open()) {
                inject_.open(false);
            } else {
                select(std::nullopt);
            }
            break;
        case Command::view_overview:
        case Command::view_flow:
        case Command::view_markets:
        case Command::view_book:
        case Command::view_rates:
        case Command::view_agents:
            settings_.view = static_cast<View>(static_cast<int>(command) -
                                               static_cast<int>(Command::view_overview));
            look_closer();
            break;
        case Command::quit:
            quit_ = true;
            break;
    }
}

void Viewer::select(const std::optional<Picked>& picked) {
    if (picked == picked_) return;
    picked_ = picked;
    panels_.pick(picked);
    tell(picked ? fmt::format("selected {} {}", static_cast<int>(picked->kind), picked->number)
                : std::string{"selected nothing"});
    if (picked && picked->kind == Picked::Kind::book) {
        panels_.set_book(static_cast<std::uint16_t>(picked->number));
    }
    look_closer();
}

/// Asks for all there is to know of what is looked at. A recording shows what it has.
void Viewer::look_closer() {
    std::vector<std::uint32_t> accounts;
    if (picked_ && picked_->kind == Picked::Kind::account) accounts.push_back(picked_->number);
    std::vector<std::uint16_t> books;
    if (settings_.view == View::book) books.push_back(panels_.book());
    (void)source_.look_closer(books, accounts);
}

/// Lets a live run go as far as the playhead wants, and notices its end.
void Viewer::drive_run() {
    if (options_.run == nullptr) return;
    options_.run->run_until(playback_.limit());
    if (has_ended_ || !options_.run->status().finished) return;
    has_ended_ = true;
    try {
        options_.run->rethrow();
        tell("the run has ended");
    } catch (const std::exception& error) {
        has_failed_ = true;
        say(error.what(), true);
    }
}

LayoutRequest Viewer::layout_request() const {
    return {.size = platform_.size(),
            .view = settings_.view,
            .log = settings_.log,
            .inspector = picked_.has_value(),
            .splits = settings_.splits,
            .scale = text_scale(platform_.size()) * settings_.text_size};
}

ToolbarState Viewer::toolbar_state() const {
    return {.playing = playback_.playing(),
            .following = playback_.following(),
            .live = options_.config != nullptr,
            .log = settings_.log,
            .inject = inject_.is_open(),
            .speed = playback_.speed(),
            .view = settings_.view};
}

void Viewer::inject(const std::string& yaml) {
    try {
        const Time now = options_.run->status().now;
        if (!options_.run->inject(world::read_live_shock(yaml, *options_.config, now), yaml)) {
            inject_.answer(std::string{text(Phrase::inject_over, settings_.language)});
            tell("refused");
            return;
        }
        inject_.answer({});
        std::string line = yaml;
        std::ranges::replace(line, '\n', ' ');
        say(text(Phrase::inject_given, settings_.language, line));
    } catch (const world::InvalidWorld& refused) {
        inject_.answer(refused.what());
        tell("refused");
    }
}

void Viewer::save_picture() {
    const std::string name = source_.manifest().world_name;
    pictures_.save(picture_of(platform_.window()),
                   free_path(options_.pictures, stem_of(name, moment())));
}

void Viewer::say(std::string words, bool is_warning) {
    tell("says " + words);
    toasts_.say(std::move(words), static_cast<double>(clock_.getElapsedTime().asSeconds()),
                is_warning);
}

void Viewer::tell(const std::string& line) const {
    if (options_.tell) options_.tell(line);
}

}  // namespace crowdout::viz
