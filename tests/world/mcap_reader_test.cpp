// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_reader.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <system_error>

#include "tests/support/files.hpp"
#include "tests/support/sample_replay.hpp"

namespace crowdout::world {

namespace {

using test::SampleReplay;

/// One chunk record around the given bytes, with lengths and checksum of the caller's choice.
Bytes file_with_chunk(std::string_view compression, ByteSpan packed, std::uint64_t raw_size,
                      std::uint32_t crc) {
    MemorySink sink;
    const McapWriter writer{sink, SampleReplay::header};
    Bytes file = sink.bytes();
    ByteWriter to{file};
    const RecordScope record{to, McapOp::chunk};
    to.integer(std::uint64_t{0});
    to.integer(std::uint64_t{0});
    to.integer(raw_size);
    to.integer(crc);
    to.text(compression);
    to.integer(std::uint64_t{packed.size()});
    to.raw(packed);
    return file;
}

std::string trouble_of(Bytes file) {
    McapReader reader = test::reader_of(std::move(file));
    McapChunkData data;
    REQUIRE(reader.chunks().size() == 1);
    CHECK_FALSE(reader.read_chunk(0, data));
    CHECK_FALSE(reader.read_chunk(0, data));  // a second look says nothing new
    REQUIRE(reader.troubles().size() == 1);
    CHECK(reader.broken_chunks() == 1);
    return reader.troubles()[0];
}

void check_sample(McapReader& reader) {
    CHECK(reader.header().profile == "crowdout-1");
    CHECK(reader.header().library == "test");
    REQUIRE(reader.attachments().size() == 2);
    CHECK(reader.attachments()[0].name == "world.resolved.yaml");
    CHECK(reader.attachments()[0].media_type == "application/yaml");
    CHECK(text_of(reader.read_attachment(0)) == SampleReplay::world_text);
    CHECK(text_of(reader.read_attachment(1)) == SampleReplay::counts_text);

    REQUIRE(reader.chunks().size() == 4);
    CHECK(reader.chunks()[0].counts == std::vector<McapCount>{{1, 2}, {2, 1}});
    CHECK(reader.chunks()[1].counts == std::vector<McapCount>{{3, 3}});
    CHECK(reader.chunks()[2].counts == std::vector<McapCount>{{1, 1}});
    CHECK(reader.chunks()[3].counts == std::vector<McapCount>{{3, 1}});
    CHECK(reader.chunks()[1].start_time == 10);
    CHECK(reader.chunks()[1].end_time == 20);
    CHECK(reader.chunks()[2].start_time == 30);
    REQUIRE(reader.channel("/metrics") != nullptr);
    CHECK(reader.channel("/metrics")->id == 2);
    CHECK(reader.channel("/events")->metadata[0].second == "banks");
    CHECK(reader.channel("/nothing") == nullptr);
    REQUIRE(reader.schemas().size() == 1);
    CHECK(reader.schemas()[0].encoding == "jsonschema");

    const auto messages = test::all_messages(reader);
    REQUIRE(messages[0].size() == 3);
    CHECK(messages[0][0].topic == "/prices");
    CHECK(text_of(messages[0][1].data) == R"({"x":1.5})");
    CHECK(messages[0][2].time == 20);
    CHECK(messages[0][2].sequence == 1);
    ColumnBlock block;
    CHECK(decode(messages[0][2].data, block) == 0);
    CHECK(block.first_step == 2);
    CHECK(block.values("price")[1] == 202);
    CHECK(text_of(messages[3][0].data) == R"({"a":4})");
    CHECK(reader.troubles().empty());
}

}  // namespace

TEST_CASE("mcap reader: a finished file gives back what was written") {
    McapReader reader = test::reader_of(SampleReplay::finished());
    check_sample(reader);
    CHECK(reader.finished());
    CHECK(reader.channels().size() == 4);
    CHECK(reader.channel("/unused") != nullptr);
    CHECK(reader.verify());
}

TEST_CASE("mcap reader: an unfinished file gives back the same") {
    McapReader reader = test::reader_of(SampleReplay::unfinished());
    CHECK_FALSE(reader.finished());
    CHECK(reader.unfinished_bytes() == 0);
    check_sample(reader);
    CHECK(reader.verify());
}

// Goal: files of every version that was ever written stay readable.
TEST_CASE("mcap reader: reads the first version's file") {
    McapReader reader{CROWDOUT_SOURCE_DIR "/tests/golden/replay_1.mcap"};
    check_sample(reader);
    CHECK(reader.verify());
}

// Goal: somebody who looks at any moment sees whole chunks only, and in the end all of them.
// Method: the file grows byte by byte; what can be read is read after each.
TEST_CASE("mcap reader: follows a file that is being written") {
    const Bytes file = SampleReplay::finished();
    constexpr std::size_t start = 64;  // the header is there
    auto growing = std::make_unique<MemorySource>(Bytes(file.begin(), file.begin() + start));
    MemorySource& source = *growing;
    McapReader reader{std::move(growing)};
    McapChunkData data;
    std::size_t read = 0;
    std::size_t messages = 0;

    for (std::size_t i = start; i < file.size(); ++i) {
        source.append({&file[i], 1});
        (void)reader.refresh();
        for (; read < reader.chunks().size(); ++read) {
            REQUIRE(reader.read_chunk(read, data));
            messages += data.messages.size();
        }
    }

    CHECK(reader.finished());
    CHECK(messages == 8);
    check_sample(reader);
    CHECK_FALSE(reader.refresh());
    CHECK(reader.verify());
}

TEST_CASE("mcap reader: bytes of a record that is still being written are counted") {
    Bytes file = SampleReplay::unfinished();
    file.pop_back();
    McapReader reader = test::reader_of(file);
    // The last message index: 9 bytes of head, 6 of lengths, 16 for one message.
    CHECK(reader.unfinished_bytes() == 30);
    check_sample(reader);
}

TEST_CASE("mcap reader: records of unknown kinds are passed over") {
    const Bytes sample = SampleReplay::unfinished();
    // Behind the magic and the header, 8 + 9 + 22 bytes.
    Bytes file{sample.begin(), sample.begin() + 39};
    ByteWriter to{file};
    to.integer(std::uint8_t{0x7f});
    to.integer(std::uint64_t{3});
    to.raw(bytes_of("new"));
    to.raw(ByteSpan{sample}.subspan(39));
    McapReader reader = test::reader_of(file);
    check_sample(reader);
}

TEST_CASE("mcap reader: past a record of an impossible length it finds the next chunk") {
    Bytes file = SampleReplay::unfinished();
    const std::uint64_t second = test::reader_of(file).chunks()[1].offset;
    file[second + 8] = 0x40;  // the highest byte of its length

    McapReader reader = test::reader_of(file);

    CHECK(reader.chunks().size() == 3);
    const auto messages = test::all_messages(reader);
    CHECK(messages[0].size() == 3);
    CHECK(messages[1].size() == 1);
    CHECK(messages[2].size() == 1);
    REQUIRE(reader.troubles().size() == 1);
    CHECK(reader.troubles()[0].find(std::to_string(second) + ": ") != std::string::npos);
    CHECK(reader.troubles()[0].find("that are no record were passed over") != std::string::npos);
}

TEST_CASE("mcap reader: what is no MCAP file is refused with a sentence") {
    for (const std::string_view text : {"", "name: a world", "\x89MCAP1\r\n and more"}) {
        const ByteSpan bytes = bytes_of(text);
        try {
            (void)test::reader_of({bytes.begin(), bytes.end()});
            FAIL("no error");
        } catch (const ReplayError& error) {
            CHECK(std::string{error.what()} == "byte 0: this is no MCAP file");
        }
    }
}

TEST_CASE("mcap reader: a chunk that promises too much is refused before it is unpacked") {
    const auto packed = bytes_of("xxxx");
    CHECK(trouble_of(file_with_chunk("zstd", packed, std::uint64_t{1} << 40, 0)) ==
          "chunk 0 is left out: byte 39: a chunk that holds more than 64 MiB");
    CHECK(trouble_of(file_with_chunk("lz4", packed, 4, 0)) ==
          "chunk 0 is left out: byte 39: a chunk packed with something other than zstd");
    CHECK(trouble_of(file_with_chunk("", packed, 5, 0)) ==
          "chunk 0 is left out: byte 39: a chunk of two sizes");
    CHECK(trouble_of(file_with_chunk("", packed, 4, 1)) ==
          "chunk 0 is left out: byte 39: the chunk does not have its checksum");
    CHECK(trouble_of(file_with_chunk("zstd", packed, 4, 0)) ==
          "chunk 0 is left out: byte 39: a chunk that is no zstd");
}

TEST_CASE("mcap reader: a frame of zstd that holds more than its chunk says is refused") {
    Bytes packed;
    ByteWriter to{packed};
    ChunkCompressor{}.compress({}, Bytes(1000, 7), to);
    CHECK(trouble_of(file_with_chunk("zstd", packed, 10, 0)) ==
          "chunk 0 is left out: byte 39: a chunk that does not unpack to its size");
}

TEST_CASE("mcap reader: a message of a channel that nobody defined is not given out") {
    Bytes raw;
    ByteWriter to{raw};
    write_record(to, McapMessage{.channel = 7});
    CHECK(trouble_of(file_with_chunk("", raw, raw.size(), checksum(raw))) ==
          "chunk 0 is left out: byte 39: a message of channel 7, which is not defined");
}

// Checksums keep out accidents, not malice: these chunks have theirs.
TEST_CASE("mcap reader: definitions that contradict each other are not given out") {
    const auto trouble = [](const auto& write) {
        Bytes raw;
        ByteWriter to{raw};
        write(to);
        return trouble_of(file_with_chunk("", raw, raw.size(), checksum(raw)));
    };
    CHECK(trouble([](ByteWriter& to) {
              write_record(to, McapChannel{.id = 1, .schema = 3, .topic = "/a"});
          }) == "chunk 0 is left out: byte 39: channel 1 is of an unknown schema");
    CHECK(trouble([](ByteWriter& to) {
              write_record(to, McapChannel{.id = 1, .topic = "/a"});
              write_record(to, McapChannel{.id = 1, .topic = "/b"});
          }) == "chunk 0 is left out: byte 39: channel 1 has two meanings");
    CHECK(trouble([](ByteWriter& to) {
              write_record(to, McapSchema{.id = 1, .name = "a"});
              write_record(to, McapSchema{.id = 1, .name = "b"});
          }) == "chunk 0 is left out: byte 39: schema 1 has two meanings");
    CHECK(trouble([](ByteWriter& to) { write_record(to, McapSchema{.id = 0, .name = "a"}); }) ==
          "chunk 0 is left out: byte 41: a schema without a number");
}

TEST_CASE("mcap reader: a file that is cut while it is read is said to be so") {
    const test::TemporaryFile file;
    file.append(SampleReplay::finished());
    McapReader reader{file.path()};
    const std::uint64_t third = reader.chunks()[2].offset;
    std::filesystem::resize_file(file.path(), third + 20);

    const auto messages = test::all_messages(reader);

    CHECK(messages[1].size() == 3);
    CHECK(messages[2].empty());
    CHECK(messages[3].empty());
    CHECK(reader.broken_chunks() == 2);
    (void)reader.refresh();
    CHECK(reader.troubles().back() ==
          "byte " + std::to_string(third + 20) + ": the file has been cut here");
}

TEST_CASE("mcap reader: folders, pipes and missing files are refused by the system's reason") {
    const auto reason = [](const std::string& path) -> std::string {
        try {
            (void)McapReader{path};
        } catch (const std::system_error& error) {
            return error.what();
        }
        return "none";
    };
    CHECK(reason("/nowhere.mcap") == "cannot read /nowhere.mcap: No such file or directory");
    CHECK(reason("/tmp") == "cannot read /tmp: Is a directory");
    CHECK(reason("/dev/null") == "cannot read /dev/null: Illegal seek");
}

}  // namespace crowdout::world
