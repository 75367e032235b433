// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/apps/recording.hpp"
#include "tests/support/replay_film.hpp"
#include "world/replay_file.hpp"
#include "world/replay_writer.hpp"

using namespace crowdout;
using namespace crowdout::apps;

namespace {

/// The numbers of the chunks that hold details.
std::vector<std::size_t> detail_chunks(const world::McapReader& reader) {
    std::vector<std::size_t> chunks;
    const std::uint16_t details = reader.channel(world::flows_total_topic)->id;
    for (std::size_t i = 0; i < reader.chunks().size(); ++i) {
        const auto& counts = reader.chunks()[i].counts;
        if (std::ranges::find(counts, details, &world::McapCount::channel) != counts.end()) {
            chunks.push_back(i);
        }
    }
    return chunks;
}

}  // namespace

TEST_CASE("recover: a cut file becomes a finished one with the frames it had") {
    const TestFolder folder;
    const std::string file = folder.file("whole.mcap");
    REQUIRE(record(file, {"--until", "6h"}).code == 0);
    const std::string bytes = folder.read("whole.mcap");
    const std::string cut = folder.write("cut.mcap", bytes.substr(0, bytes.size() * 3 / 4));
    const std::uint64_t frames = world::ReplayFile{cut}.frames();
    REQUIRE(frames > 64);
    CHECK(contains(run_crowdout({"info", cut}).out, "unfinished"));

    const std::string mended = folder.file("mended.mcap");
    const Outcome outcome = run_crowdout({"recover", cut, mended});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, std::to_string(frames) + " frames"));
    CHECK(world::ReplayFile{mended}.finished());
    CHECK(world::ReplayFile{mended}.frames() == frames);
    CHECK(run_crowdout({"recover", cut, cut}).code == 2);
    CHECK(run_crowdout({"verify", mended}).code == 0);
}

// Goal: what was recovered is whole. Method: the details of each segment in turn are damaged.
TEST_CASE("recover: frames whose details are lost are left out, and the rest can be exported") {
    const TestFolder folder;
    const std::string file = folder.file("good.mcap");
    REQUIRE(record(file, {"--until", "6h"}).code == 0);
    const world::McapReader reader{file};
    const auto chunks = reader.chunks();
    for (const std::size_t chunk : detail_chunks(reader)) {
        std::string bytes = folder.read("good.mcap");
        bytes[chunks[chunk].offset + chunks[chunk].length / 2] ^= 4;
        const std::string bad = folder.write("bad.mcap", bytes);
        const Outcome refused = run_crowdout({"export", bad, "--csv", folder.file("bad")});
        CHECK(refused.code == 6);
        CHECK(contains(refused.err, "`recover` saves what can be read"));

        const std::string mended = folder.file("mended.mcap");
        const Outcome outcome = run_crowdout({"recover", bad, mended});
        CHECK(outcome.code == 0);
        CHECK(contains(outcome.err, " of the run cannot be shown: "));
        const Outcome verified = run_crowdout({"verify", mended, "--resim"});
        CHECK(verified.code == 0);
        CHECK(contains(verified.out, "every checksum is right"));
        CHECK(run_crowdout({"export", mended, "--csv", folder.file("csv")}).code == 0);
        CHECK(run_crowdout({"info", mended}).code == 0);
        const std::uint64_t frames = world::ReplayFile{mended}.frames();
        CHECK(frames < 360);
        CHECK(frames >= 360 - 64);
    }
}

TEST_CASE("recover: what came from outside stays, and where frames are missing is said") {
    const TestFolder folder;
    test::ReplayFilm film = test::film_of(test::crowd_world, {}, 30);
    film.frames[12].fills = {{.maker = 0, .taker = 0xffff'fff0}};
    world::MemorySink sink;
    world::ReplayWriter writer{sink, film.head};
    for (const world::Frame& frame : film.frames) {
        if (frame.head.step == 15) {
            writer.add({.step = 14, .order = 0, .yaml = "{kind: policy_rate, rate: 6%/yr}"});
        }
        writer.add(frame);
        if (writer.frames() % 10 == 0) writer.flush();
    }
    writer.close();
    const std::string bad = folder.write("bad.mcap", {sink.bytes().begin(), sink.bytes().end()});

    const std::string mended = folder.file("mended.mcap");
    REQUIRE(run_crowdout({"recover", bad, mended}).code == 0);

    CHECK(world::ReplayFile{mended}.frames() == 20);
    CHECK(world::ReplayFile{mended}.inputs().size() == 1);
    const Outcome verified = run_crowdout({"verify", mended});
    CHECK(verified.code == 0);
    CHECK(verified.err == "  frames 11 to 20 of the run are lost\n");
}

TEST_CASE("recover: a damaged header costs nothing") {
    const TestFolder folder;
    REQUIRE(record(folder.file("good.mcap"), {"--steps", "5"}).code == 0);
    std::string bytes = folder.read("good.mcap");
    bytes[9] = static_cast<char>(0xff);  // of the header's length
    const std::string bad = folder.write("bad.mcap", bytes);

    const std::string mended = folder.file("mended.mcap");
    REQUIRE(run_crowdout({"recover", bad, mended}).code == 0);
    CHECK(run_crowdout({"verify", mended}).code == 0);
    CHECK(world::ReplayFile{mended}.frames() == 5);
}
