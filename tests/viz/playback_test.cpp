// SPDX-License-Identifier: Apache-2.0
#include "viz/playback.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout;
using namespace crowdout::viz;

namespace {

constexpr std::int64_t day = market::day.ns;

/// Frames that end after 1, 2, 3 ... days.
world::FrameTimes days(int count) {
    world::FrameTimes times;
    for (int i = 1; i <= count; ++i) times.append(i * day);
    return times;
}

}  // namespace

TEST_CASE("speed: it goes by powers of two from 1/16 to 64, and then as fast as it can") {
    Speed speed = Speed::one();
    CHECK(speed.text() == "1x");
    CHECK(speed.in(0.5).ns == day / 2);
    for (int i = 0; i < 9; ++i) speed.slower();
    CHECK(speed.text() == "1/16x");
    CHECK(speed.in(1).ns == day / 16);
    for (int i = 0; i < 10; ++i) speed.faster();
    CHECK(speed.text() == "64x");
    CHECK_FALSE(speed.is_max());
    for (int i = 0; i < 3; ++i) speed.faster();
    CHECK(speed == Speed::max());
    CHECK(speed.text() == "max");
    speed.slower();
    CHECK(speed.text() == "64x");
}

TEST_CASE("speed: people may type it as they read it") {
    Speed speed = Speed::one();
    CHECK(Speed::parse("1/4", speed));
    CHECK(speed.text() == "1/4x");
    CHECK(Speed::parse("32x", speed));
    CHECK(speed.text() == "32x");
    CHECK(Speed::parse("max", speed));
    CHECK(speed.is_max());
    CHECK_FALSE(Speed::parse("3", speed));
    CHECK_FALSE(Speed::parse("128", speed));
    CHECK_FALSE(Speed::parse("", speed));
    CHECK(speed.is_max());
}

TEST_CASE("playback: normal speed shows a day a second") {
    const auto times = days(10);
    const Film film{times};
    Playback playback;
    CHECK(playback.empty());

    playback.advance(0.0, film);
    CHECK_FALSE(playback.empty());
    CHECK(playback.frame() == 0);
    playback.advance(2.5, film);
    CHECK(playback.now().ns == day * 7 / 2);
    CHECK(playback.frame() == 2);  // the third day has ended, the fourth has not
    playback.advance(100, film);
    CHECK(playback.now().ns == 10 * day);
    CHECK(playback.frame() == 9);
    CHECK(playback.playing());  // more frames may come
}

TEST_CASE("playback: it stops at the end of a finished film, and begins anew when asked") {
    const auto times = days(3);
    const Film film{.times = times, .finished = true};
    Playback playback{Speed::max()};
    playback.advance(1, film);
    CHECK(playback.frame() == 2);
    CHECK_FALSE(playback.playing());

    playback.toggle(film);
    CHECK(playback.playing());
    CHECK(playback.frame() == 0);
}

TEST_CASE("playback: a live run may go a quarter of a second ahead") {
    const auto times = days(4);
    const Film film{times};
    Playback playback{Speed::one(), market::Time{day / 2}};
    CHECK(playback.limit().ns == day * 3 / 4);  // a run has to begin before there is a frame
    playback.advance(0, film);
    CHECK(playback.limit().ns == day + day / 4);
    playback.faster();
    CHECK(playback.limit().ns == day + day / 2);
    playback.set_speed(Speed::max());
    CHECK(playback.limit() == market::never);
    playback.pause();
    CHECK(playback.limit().ns == day);
}

TEST_CASE("playback: a step pauses and moves by frames, to the ends at most") {
    const auto times = days(5);
    const Film film{.times = times, .finished = true};
    Playback playback;
    playback.advance(1.5, film);
    CHECK(playback.step(1, film) == 0);
    CHECK_FALSE(playback.playing());
    CHECK(playback.frame() == 2);
    CHECK(playback.now().ns == 3 * day);
    CHECK(playback.step(-10, film) == 0);
    CHECK(playback.frame() == 0);
    CHECK(playback.step(10, film) == 0);
    CHECK(playback.frame() == 4);
}

TEST_CASE("playback: a step beyond the newest frame waits for it") {
    auto times = days(2);
    Playback playback;
    playback.advance(5, Film{times});
    CHECK(playback.step(1, Film{times}) == 1);
    CHECK(playback.step(1, Film{times}) == 1);  // one more is missing
    CHECK(playback.step(-1, Film{times}) == 0);
    CHECK(playback.step(1, Film{times}) == 1);
    CHECK(playback.frame() == 1);

    times = days(3);
    playback.advance(0.1, Film{times});
    CHECK(playback.frame() == 2);
    times = days(9);
    playback.advance(0.1, Film{times});
    CHECK(playback.frame() == 3);  // one was still awaited, not more
    playback.advance(0.1, Film{times});
    CHECK(playback.frame() == 3);
}

TEST_CASE("playback: seeking shows the last frame that had ended") {
    const auto times = days(5);
    const Film film{times};
    Playback playback;
    playback.advance(0, film);
    playback.follow();
    playback.seek(market::Time{day * 7 / 2}, film);
    CHECK(playback.frame() == 2);
    CHECK(playback.playing());
    CHECK_FALSE(playback.following());
    playback.seek(market::Time{0}, film);
    CHECK(playback.frame() == 0);
    playback.seek_frame(3, film);
    CHECK(playback.frame() == 3);
    playback.seek_frame(30, film);
    CHECK(playback.frame() == 4);
}

TEST_CASE("playback: who follows is never further behind than a quarter of a second") {
    auto times = days(2);
    Playback playback;
    playback.advance(0, Film{times});
    times = days(50);
    playback.follow();
    playback.advance(0.01, Film{times});
    CHECK(playback.now().ns == 50 * day - day / 4);
    playback.set_speed(Speed::max());
    playback.advance(0.01, Film{times});
    CHECK(playback.now().ns == 50 * day);
}

TEST_CASE("playback: frames that were given up are left behind") {
    const auto times = days(10);
    Playback playback;
    playback.advance(0, Film{times});
    playback.pause();
    playback.advance(0.1, Film{.times = times, .first = 4});
    CHECK(playback.frame() == 4);
    CHECK(playback.step(-1, Film{.times = times, .first = 4}) == 0);
    CHECK(playback.frame() == 4);
}

TEST_CASE("playback: a marked part plays again and again, until it is given up") {
    const auto times = days(10);
    const Film film{.times = times, .finished = true};
    Playback playback;
    playback.advance(0, film);
    playback.seek(market::Time{6 * day}, film);
    playback.mark_loop();
    CHECK(playback.loop_begin() == market::Time{6 * day});
    CHECK_FALSE(playback.loop_end());
    playback.seek(market::Time{4 * day}, film);
    playback.mark_loop();  // the end may be marked first
    CHECK(playback.loop_begin() == market::Time{4 * day});
    CHECK(playback.loop_end() == market::Time{6 * day});

    playback.play();
    playback.advance(1.5, film);
    CHECK(playback.now() == market::Time{11 * day / 2});
    playback.advance(1, film);  // half a day to the end, and half a day from the begin
    CHECK(playback.now() == market::Time{9 * day / 2});
    CHECK(playback.playing());
    playback.seek(market::Time{8 * day}, film);  // behind it a film plays on
    playback.advance(1, film);
    CHECK(playback.now() == market::Time{9 * day});

    playback.mark_loop();
    CHECK_FALSE(playback.loop_begin());
    CHECK_FALSE(playback.loop_end());
}

TEST_CASE("playback: a part without length is none") {
    const auto times = days(3);
    Playback playback;
    playback.advance(0, Film{times});
    playback.mark_loop();
    playback.mark_loop();
    CHECK_FALSE(playback.loop_begin());
}
