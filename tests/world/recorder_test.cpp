// SPDX-License-Identifier: Apache-2.0
#include "world/recorder.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <system_error>

#include "tests/support/allocations.hpp"
#include "tests/support/files.hpp"
#include "tests/support/replay_film.hpp"

namespace crowdout::world {

namespace {

using namespace std::chrono_literals;

/// Refuses everything behind a number of bytes, as a full disk does.
class SmallSink : public MemorySink {
public:
    explicit SmallSink(std::size_t room) : room_{room} {}
    void write(ByteSpan written) override {
        if (bytes().size() + written.size() > room_) {
            throw std::system_error{ENOSPC, std::generic_category(), "cannot write"};
        }
        MemorySink::write(written);
    }

private:
    std::size_t room_;
};

/// Holds its writer up until it is told not to.
class SlowSink : public MemorySink {
public:
    void write(ByteSpan written) override {
        while (held) std::this_thread::sleep_for(1ms);
        MemorySink::write(written);
    }
    std::atomic<bool> held = false;
};

}  // namespace

TEST_CASE("recorder: what it writes shows what a film of the run shows") {
    const test::ReplayFilm& film = test::busy_film();
    const std::vector<std::uint64_t> expected = film.digests();
    MemorySink sink;
    Recorder recorder{sink, film.head};
    for (Frame frame : film.frames) recorder.take(frame);
    recorder.finish();

    ReplayFile replay = test::replay_of(sink.bytes());
    CHECK(replay.finished());
    REQUIRE(replay.frames() == film.frames.size());
    for (std::uint64_t i = 0; i < expected.size(); ++i) CHECK(replay.at(i).digest() == expected[i]);
    CHECK(recorder.acknowledged() == film.frames.size());
}

TEST_CASE("recorder: a short queue makes the run wait and drops nothing") {
    const test::ReplayFilm& film = test::busy_film();
    SlowSink sink;
    Recorder recorder{sink, film.head, {.queue_frames = 4, .segment_frames = 2}};
    sink.held = true;
    std::thread later{[&] {
        std::this_thread::sleep_for(50ms);
        sink.held = false;
    }};
    for (std::size_t i = 0; i < 100; ++i) {
        Frame frame = film.frames[i];
        recorder.take(frame);
    }
    recorder.finish();
    later.join();

    CHECK(recorder.waits() > 0);
    CHECK(test::replay_of(sink.bytes()).frames() == 100);
}

TEST_CASE("recorder: what waits is written after 250 ms, whether more comes or not") {
    const test::ReplayFilm& film = test::busy_film();
    MemorySink sink;
    Recorder recorder{sink, film.head};
    Frame frame = film.frames[0];
    recorder.take(frame);
    const auto began = std::chrono::steady_clock::now();
    while (recorder.acknowledged() == 0 && std::chrono::steady_clock::now() < began + 10s) {
        std::this_thread::sleep_for(5ms);
    }
    CHECK(recorder.acknowledged() == 1);
}

TEST_CASE("recorder: acknowledged frames are in the file at that moment") {
    const test::ReplayFilm& film = test::busy_film();
    test::TemporaryFile file;
    FileSink sink{file.path()};
    Recorder recorder{sink, film.head, {.segment_frames = 8}};
    for (std::size_t i = 0; i < 60; ++i) {
        Frame frame = film.frames[i];
        recorder.take(frame);
        const std::uint64_t acknowledged = recorder.acknowledged();
        CHECK(ReplayFile{file.path()}.frames() >= acknowledged);
    }
}

TEST_CASE("recorder: a full disk is said once, and the file is whole up to there") {
    const test::ReplayFilm& film = test::busy_film();
    const std::vector<std::uint64_t> expected = film.digests();
    const std::size_t whole = film.bytes().size();
    const std::size_t head = test::ReplayFilm{film.head, {}}.bytes().size();
    CHECK_THROWS_AS((SmallSink{100}, Recorder{*std::make_unique<SmallSink>(100), film.head}),
                    std::system_error);
    for (const std::size_t room : {head, (head + whole) / 2, whole - 1}) {
        CAPTURE(room);
        SmallSink sink{room};
        Recorder recorder{sink, film.head, {.queue_frames = 8}};
        int errors = 0;
        try {
            for (Frame frame : film.frames) recorder.take(frame);
        } catch (const std::system_error& error) {
            ++errors;
            CHECK(error.code().value() == ENOSPC);
        }
        try {
            recorder.finish();
        } catch (const std::system_error&) {
            ++errors;
        }
        CHECK(errors == 1);

        ReplayFile replay = test::replay_of(sink.bytes());
        CHECK_FALSE(replay.finished());
        CHECK(replay.troubles().empty());
        CHECK(replay.frames() == recorder.acknowledged());
        for (std::uint64_t i = 0; i < replay.frames(); ++i) {
            CHECK(replay.at(i).digest() == expected[i]);
        }
    }
}

TEST_CASE("recorder: a warm one asks for memory by the segment, not by the frame") {
    const test::ReplayFilm film = test::film_of(test::crowd_world, {}, 64);
    MemorySink sink;
    Recorder recorder{sink, film.head, {.queue_frames = 64, .segment_time = 60s}};
    std::vector<Frame> frames(64);
    std::uint64_t before = 0;
    for (int round = 0; round < 40; ++round) {
        if (round == 20) before = test::allocations();
        for (std::size_t i = 0; i < 64; ++i) {
            frames[i] = film.frames[i];  // into memory that came back
            recorder.take(frames[i]);
        }
    }
    const std::uint64_t asked = test::allocations() - before;
    recorder.finish();
    CHECK(asked < 20 * 64);
}

}  // namespace crowdout::world
