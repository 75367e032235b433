// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <SFML/Window/Clipboard.hpp>

#include <algorithm>

#include "viz/viewer.hpp"
#include "world/quantity_text.hpp"
#include "world/replay_error.hpp"

// How the window moves in time: the moment shown, events, loops, and what runs on from there.
namespace crowdout::viz {

using market::Time;

Film Viewer::film() const {
    return {
        .times = source_.history().time, .first = source_.first(), .finished = source_.finished()};
}

void Viewer::step(std::int64_t frames) {
    const std::size_t missing = playback_.step(frames, film());
    if (options_.run != nullptr) options_.run->go_on(missing);
}

/// As a click on a line of the log does: goes there, and selects what it speaks of.
void Viewer::go_to_event(bool next) {
    const auto time =
        next ? next_event(events_, playback_.now()) : previous_event(events_, playback_.now());
    if (!time) return;
    playback_.seek(*time, film());
    const auto mark = std::ranges::find(events_, *time, &EventMark::time);
    for (auto i = static_cast<std::size_t>(mark - events_.begin());
         i < events_.size() && events_[i].time == *time; ++i) {
        if (!event_subjects_[i]) continue;
        select(event_subjects_[i]);
        return;
    }
}

/// Makes sure that the moment can be shown; where a recording is broken, the last one stays, and
/// that is said once.
void Viewer::take_moment() {
    if (playback_.empty()) return;
    const std::size_t frame = playback_.frame();
    if (frame != broken_) {
        broken_ = no_frame;
        try {
            (void)source_.at(frame);
            shown_ = frame;
            has_shown_ = true;
        } catch (const world::ReplayError& broken) {
            broken_ = frame;
            say(broken.what(), true);
            playback_.pause();
        }
    }
    time_.set_extent(Time{source_.history().begin}, Time{source_.history().time.back()});
    if (!playback_.playing() && has_shown_ && shown_ != told_frame_) {
        told_frame_ = shown_;
        tell(fmt::format("shows {}", shown_));
    }
}

/// Marks of what the history has gained since the last time.
void Viewer::take_events() {
    const world::History& history = source_.history();
    const world::Manifest& manifest = source_.manifest();
    const Theme& colors = theme(settings_.theme);
    if (events_theme_ != settings_.theme || events_language_ != settings_.language) {
        events_theme_ = settings_.theme;
        events_language_ = settings_.language;
        events_.clear();
        event_words_.clear();
        event_subjects_.clear();
        events_taken_ = 0;
    }
    // Of one kind one mark is enough within a few pixels of the timeline.
    const std::int64_t apart = manifest.duration / 400;
    for (; events_taken_ < history.events.size(); ++events_taken_) {
        const world::History::Event& event = history.events[events_taken_];
        sf::Color color;
        switch (static_cast<world::EventKind>(event.row.kind)) {
            case world::EventKind::shock:
            case world::EventKind::input:
                color = colors.text;
                break;
            case world::EventKind::halt:
            case world::EventKind::outage:
                color = colors.ask;
                break;
            case world::EventKind::forced_sale:
            case world::EventKind::write_off:
                color = colors.warning;
                break;
            default:
                continue;
        }
        const Time time{history.time[event.frame]};
        const auto last =
            std::ranges::find(events_.rbegin(), events_.rend(), color, &EventMark::color);
        if (last != events_.rend() && time.ns - last->time.ns < apart) continue;
        event_words_.push_back(sentence(event.row, manifest, settings_.language));
        event_subjects_.push_back(subject_of(event.row, manifest));
        events_.push_back({time, color, event_words_.back()});
    }
}

/// The end of the frame shown.
Time Viewer::moment() const {
    return has_shown_ ? Time{source_.history().time[shown_]} : playback_.now();
}

void Viewer::mark_loop() {
    playback_.mark_loop();
    const Phrase said = playback_.loop_end()     ? Phrase::loop_ends
                        : playback_.loop_begin() ? Phrase::loop_begins
                                                 : Phrase::loop_off;
    say(std::string{text(said, settings_.language)});
}

/// A fork is a run of its own with a file of its own, so it is not made in here: what it changes is
/// a line of the world, or an option. The command is what a person completes.
void Viewer::tell_fork() {
    if (options_.fork_command.empty()) {
        say(std::string{text(Phrase::fork_none, settings_.language)}, true);
        return;
    }
    const std::string command =
        fmt::format("{} --at {}", options_.fork_command, world::format_time(moment()));
    sf::Clipboard::setString(sf::String::fromUtf8(command.begin(), command.end()));
    say(text(Phrase::fork_command, settings_.language, command));
}

}  // namespace crowdout::viz
