// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "market/time.hpp"
#include "world/frame_times.hpp"

namespace crowdout::viz {

/// How fast simulated time goes by: a power of two of days in a second of wall time, or as fast as
/// it can.
class Speed {
public:
    static constexpr int slowest = -4;  ///< 1/16
    static constexpr int fastest = 6;   ///< 64, short of the maximum

    [[nodiscard]] static constexpr Speed one() { return Speed{0}; }
    [[nodiscard]] static constexpr Speed max() { return Speed{fastest + 1}; }
    /// `max`, `4`, `1/4`. @return whether it is one.
    [[nodiscard]] static bool parse(std::string_view text, Speed& speed);

    [[nodiscard]] constexpr bool is_max() const { return exponent_ > fastest; }
    void faster() { exponent_ += is_max() ? 0 : 1; }
    void slower() { exponent_ -= exponent_ == slowest ? 0 : 1; }
    /// Simulated time in so much wall time; for the maximum, 256 days in a second, which is faster
    /// than runs are made (our choice).
    [[nodiscard]] market::Duration in(double wall_seconds) const;
    /// `4x`, `1/4x`, `max`
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Speed&, const Speed&) = default;

private:
    explicit constexpr Speed(int exponent) : exponent_{exponent} {}
    int exponent_;
};

/// The frames there are. Their times are somebody else's.
struct Film {
    const world::FrameTimes& times;
    std::size_t first = 0;  ///< the first that can still be shown
    bool finished = false;  ///< no more will come
};

/// The moment that all pictures show, and how it moves on: play, pause, step, seek, follow.
///
/// It knows nothing of where frames come from. A run that is being made is told by `limit` how far
/// it may go; the playhead is never beyond the newest frame.
class Playback {
public:
    /// @param begin  where it stands before there is a frame.
    explicit Playback(Speed speed = Speed::one(), market::Time begin = {})
        : speed_{speed}, position_{begin.ns} {}

    /// Lets wall time pass, and takes notice of new frames.
    void advance(double wall_seconds, const Film& film);

    [[nodiscard]] bool empty() const { return empty_; }
    /// The frame shown; 0 while there is none.
    [[nodiscard]] std::size_t frame() const { return frame_; }
    [[nodiscard]] market::Time now() const { return market::Time{position_}; }
    [[nodiscard]] bool playing() const { return playing_; }
    [[nodiscard]] bool following() const { return following_; }
    [[nodiscard]] Speed speed() const { return speed_; }
    /// How far a run may go that is being made for this playhead: a quarter of a second of playing
    /// ahead, which hides that frames come unevenly (our choice). `market::never` is no limit.
    [[nodiscard]] market::Time limit() const;

    /// At the end of a finished film, playing begins anew.
    void toggle(const Film& film);
    void pause() { playing_ = following_ = false; }
    void play() { playing_ = true; }
    void set_speed(Speed speed) { speed_ = speed; }
    void faster() { speed_.faster(); }
    void slower() { speed_.slower(); }

    /// Plays, and never falls behind the newest frame by more than that quarter of a second.
    void follow() { playing_ = following_ = true; }
    /// Pauses, and moves by frames, back or forth, to the ends at most.
    /// @return frames that there are not yet and that no step before waits for: the playhead goes
    ///         to them when they come.
    std::size_t step(std::int64_t frames, const Film& film);
    /// The first call marks the moment as a part's begin, the second its end, in either order: from
    /// then on playing goes round in it. The third gives it up, as does a part without length.
    void mark_loop();
    [[nodiscard]] std::optional<market::Time> loop_begin() const { return loop_begin_; }
    [[nodiscard]] std::optional<market::Time> loop_end() const { return loop_end_; }

    /// To the last frame that had ended by then. Neither plays nor pauses.
    void seek(market::Time time, const Film& film);
    void seek_frame(std::size_t frame, const Film& film);

private:
    void place(std::int64_t position, const Film& film);

    Speed speed_;
    bool playing_ = true;
    bool following_ = false;
    bool empty_ = true;
    std::size_t frame_ = 0;
    std::size_t awaited_ = 0;    ///< frames to step to as soon as they are there
    std::int64_t position_ = 0;  ///< ns since 1970
    std::optional<market::Time> loop_begin_;
    std::optional<market::Time> loop_end_;
};

}  // namespace crowdout::viz
