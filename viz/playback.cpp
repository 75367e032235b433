// SPDX-License-Identifier: Apache-2.0
#include "viz/playback.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::viz {
namespace {

constexpr double ahead_seconds = 0.25;

}  // namespace

bool Speed::parse(std::string_view text, Speed& speed) {
    for (Speed each{slowest};; each.faster()) {
        const std::string name = each.text();
        // With or without the sign: people type `4`, and read `4x`.
        if (text == name || (!each.is_max() && text == name.substr(0, name.size() - 1))) {
            speed = each;
            return true;
        }
        if (each.is_max()) return false;
    }
}

market::Duration Speed::in(double wall_seconds) const {
    const double days = std::ldexp(wall_seconds, is_max() ? 8 : exponent_);
    return {std::llround(days * static_cast<double>(market::day.ns))};
}

std::string Speed::text() const {
    if (is_max()) return "max";
    return exponent_ < 0 ? fmt::format("1/{}x", 1 << -exponent_)
                         : fmt::format("{}x", 1 << exponent_);
}

void Playback::advance(double wall_seconds, const Film& film) {
    if (film.times.empty()) return;
    if (empty_) place(film.times[film.first], film);
    empty_ = false;
    const std::size_t newest = film.times.size() - 1;
    if (awaited_ > 0 && frame_ < newest) {
        const std::size_t frames = std::min(awaited_, newest - frame_);
        awaited_ -= frames;
        place(film.times[frame_ + frames], film);
    }
    if (!playing_) {
        place(position_, film);  // older frames may have been given up
        return;
    }
    std::int64_t position = position_ + speed_.in(wall_seconds).ns;
    if (loop_end_ && position > loop_end_->ns && position_ <= loop_end_->ns) {
        position = loop_begin_->ns + (position - loop_begin_->ns) % (*loop_end_ - *loop_begin_).ns;
    } else if (following_) {
        const std::int64_t lag = speed_.is_max() ? 0 : speed_.in(ahead_seconds).ns;
        position = std::max(position, film.times.back() - lag);
    }
    place(position, film);
    if (film.finished && frame_ == newest) pause();
}

market::Time Playback::limit() const {
    if (!playing_) return now();
    return speed_.is_max() ? market::never : now() + speed_.in(ahead_seconds);
}

void Playback::toggle(const Film& film) {
    if (playing_) {
        pause();
        return;
    }
    if (film.finished && !film.times.empty() && frame_ + 1 == film.times.size()) {
        place(film.times[film.first], film);
    }
    awaited_ = 0;
    play();
}

std::size_t Playback::step(std::int64_t frames, const Film& film) {
    pause();
    if (film.times.empty()) return 0;
    const std::size_t before = awaited_;
    const auto target = static_cast<std::int64_t>(frame_ + before) + frames;
    const auto newest = static_cast<std::int64_t>(film.times.size()) - 1;
    awaited_ = target > newest && !film.finished ? static_cast<std::size_t>(target - newest) : 0;
    const auto within = std::clamp(target, static_cast<std::int64_t>(film.first), newest);
    place(film.times[static_cast<std::size_t>(within)], film);
    return awaited_ - std::min(before, awaited_);
}

void Playback::mark_loop() {
    if (!loop_begin_) {
        loop_begin_ = now();
    } else if (!loop_end_ && *loop_begin_ != now()) {
        loop_end_ = std::max(*loop_begin_, now());
        loop_begin_ = std::min(*loop_begin_, now());
        following_ = false;
    } else {
        loop_begin_.reset();
        loop_end_.reset();
    }
}

void Playback::seek(market::Time time, const Film& film) {
    following_ = false;
    awaited_ = 0;
    if (!film.times.empty()) place(time.ns, film);
}

void Playback::seek_frame(std::size_t frame, const Film& film) {
    if (film.times.empty()) return;
    seek(market::Time{film.times[std::min(frame, film.times.size() - 1)]}, film);
}

void Playback::place(std::int64_t position, const Film& film) {
    assert(film.first < film.times.size());
    position_ = std::clamp(position, film.times[film.first], film.times.back());
    frame_ = film.times.until(position_) - 1;
}

}  // namespace crowdout::viz
