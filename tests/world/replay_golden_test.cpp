// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <sstream>

#include "tests/support/files.hpp"
#include "tests/support/replay_film.hpp"

// Recordings of older formats stay readable: a file of each is kept, with the digest of every scene
// as the program showed it that wrote it. Later programs may not change what an old file shows.

namespace crowdout::world {

namespace {

const std::string golden = std::string{CROWDOUT_SOURCE_DIR} + "/tests/golden/replay_frames_1";

}  // namespace

TEST_CASE("replay golden: a file of format 1 shows what it always showed") {
    ReplayFile replay{golden + ".mcap"};
    std::ifstream digests{golden + ".txt"};
    std::uint64_t frames = 0;
    for (std::string line; std::getline(digests, line); ++frames) {
        REQUIRE(frames < replay.frames());
        std::ostringstream shown;
        shown << std::hex << std::setw(16) << std::setfill('0') << replay.at(frames).digest();
        CHECK(shown.str() == line);
    }
    CHECK(frames == 40);
    CHECK(replay.frames() == 40);
    CHECK(replay.meta().format == 1);
    CHECK(replay.meta().version == "test");
    CHECK(replay.manifest().books.size() == 6);
    CHECK(replay.manifest().books[2].name == "CHIP");
    REQUIRE(replay.inputs().size() == 1);
    CHECK(replay.inputs()[0].yaml == "{kind: policy_rate, rate: 6%/yr}");
    CHECK(replay.finished());
    CHECK(replay.troubles().empty());
}

TEST_CASE("replay golden: channels and columns of a later version are passed over") {
    const test::ReplayFilm& film = test::busy_film();
    MemorySink sink;
    McapWriter writer{sink, {.profile = std::string{replay_profile}, .library = "later"}};
    const Bytes bytes = film.bytes(10);
    McapReader reader{std::make_unique<MemorySource>(bytes)};
    for (std::size_t i = 0; i < reader.attachments().size(); ++i) {
        const Bytes data = reader.read_attachment(i);
        writer.attach({.name = reader.attachments()[i].name, .media_type = "", .data = data});
    }
    for (const McapSchema& schema : reader.schemas()) writer.add(schema);
    for (const McapChannel& channel : reader.channels()) writer.add(channel);
    writer.add(McapChannel{.id = 200, .topic = "/weather", .encoding = "crowdout-columns"});
    writer.add(McapChannel{.id = 201, .topic = "/music", .encoding = "midi"});
    McapChunkData data;
    McapChunk chunk;
    std::size_t widened = 0;
    for (std::size_t i = 0; i < reader.chunks().size(); ++i) {
        REQUIRE(reader.read_chunk(i, data));
        chunk.clear();
        for (const McapMessage& message : data.messages) {
            McapMessage copy = message;
            Bytes block_bytes;
            if (reader.channel(message.channel)->encoding == "crowdout-columns") {
                ColumnBlock block;
                decode(message.data, block);
                Column later{.name = "mood", .type = ColumnType::i8};
                later.values.resize(block.rows(), -1);
                block.columns.push_back(later);
                encode(block, block_bytes);
                copy.data = block_bytes;
                ++widened;
            }
            chunk.add(copy);
        }
        ColumnBlock weather{.first_step = 0, .steps = 1, .columns = {{.name = "frame"}}};
        weather.push_row({0});
        Bytes weather_bytes;
        encode(weather, weather_bytes);
        if (!chunk.empty()) {
            chunk.add({.channel = 200, .data = weather_bytes});
            chunk.add({.channel = 201, .data = bytes_of("la")});
        }
        writer.write(chunk);
    }
    writer.close();

    ReplayFile replay = test::replay_of(sink.bytes());
    const std::vector<std::uint64_t> expected = film.digests();
    CHECK(widened > 100);
    REQUIRE(replay.frames() == expected.size());
    for (std::uint64_t i = 0; i < expected.size(); i += 7) {
        CHECK(replay.at(i).digest() == expected[i]);
    }
}

/// How the file was made; only a new format gets a new one.
TEST_CASE("replay golden: writes the file" * doctest::skip()) {
    const char* const path = std::getenv("CROWDOUT_TEST_GOLDEN");
    if (path == nullptr) return;
    test::ReplayFilm film = test::busy_film();
    film.frames.resize(40);
    FileSink sink{std::string{path} + ".mcap"};
    ReplayWriter writer{sink, film.head};
    for (const Frame& frame : film.frames) {
        if (writer.frames() == 7) {
            writer.add(
                LiveInput{.step = 7, .order = 0, .yaml = "{kind: policy_rate, rate: 6%/yr}"});
        }
        writer.add(frame);
        if (writer.frames() % 15 == 0) writer.flush();
    }
    writer.close();
    std::ofstream digests{std::string{path} + ".txt"};
    for (const std::uint64_t digest : film.digests()) {
        digests << std::hex << std::setw(16) << std::setfill('0') << digest << '\n';
    }
}

}  // namespace crowdout::world
