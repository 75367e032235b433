// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_writer.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <system_error>

namespace crowdout::world {

namespace {

const McapHeader header{.profile = "p", .library = "lib"};

/// Bytes as they are written down: text, and numbers up to 255.
struct Expected {
    Bytes bytes;

    Expected& raw(std::string_view text) {
        bytes.insert(bytes.end(), text.begin(), text.end());
        return *this;
    }
    Expected& u16(unsigned value) { return number(value, 2); }
    Expected& u32(std::uint64_t value) { return number(value, 4); }
    Expected& u64(std::uint64_t value) { return number(value, 8); }
    Expected& record(std::uint8_t op, std::uint64_t length) { return number(op, 1).u64(length); }
    /// zlib's checksum of everything from there on, but for the last `without` bytes.
    Expected& crc(std::size_t from, std::size_t without = 0) {
        const auto size = static_cast<unsigned>(bytes.size() - from - without);
        return u32(::crc32(0, bytes.data() + from, size));
    }
    Expected& number(std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i) {
            bytes.push_back(static_cast<std::uint8_t>(value & 255));
            value /= 256;
        }
        return *this;
    }
};

Expected expected_start() {
    return Expected{}.raw("\x89MCAP0\r\n").record(1, 12).u32(1).raw("p").u32(3).raw("lib");
}

/// A disk that takes so many writes.
class FullSink : public ByteSink {
public:
    explicit FullSink(int writes) : left_{writes} {}
    void write(ByteSpan) override {
        if (left_-- == 0) throw std::system_error{ENOSPC, std::generic_category(), "full"};
    }
    void sync() override {}

private:
    int left_;
};

}  // namespace

TEST_CASE("checksum: the check value of CRC-32, in one piece and in two") {
    CHECK(checksum(bytes_of("123456789")) == 0xcbf43926);
    CHECK(checksum(bytes_of("56789"), checksum(bytes_of("1234"))) == 0xcbf43926);
    CHECK(checksum({}) == 0);
}

TEST_CASE("mcap writer: an empty file, byte by byte") {
    MemorySink sink;
    McapWriter writer{sink, header};
    Expected expected = expected_start();  // 29 bytes
    CHECK(sink.bytes() == expected.bytes);

    writer.close();

    expected.record(0x0f, 4).crc(0, 9);  // data end: from 29 to 42
    expected.record(0x0b, 46).u64(0).u16(0).u32(0).u32(0).u32(0).u32(0).u64(0).u64(0).u32(0);
    expected.record(0x0e, 17).number(0x0b, 1).u64(42).u64(55);  // the statistics; starts at 97
    expected.record(0x02, 20).u64(42).u64(97).crc(42).raw("\x89MCAP0\r\n");
    CHECK(sink.bytes() == expected.bytes);
    CHECK(writer.size() == sink.bytes().size());
}

TEST_CASE("mcap writer: an attachment stands as it is, with its checksum") {
    MemorySink sink;
    McapWriter writer{sink, header};

    writer.attach({.name = "a", .media_type = "t/x", .time = 5, .data = bytes_of("hello")});

    Expected expected = expected_start();
    expected.record(0x09, 45).u64(5).u64(5).u32(1).raw("a").u32(3).raw("t/x").u64(5).raw("hello");
    expected.crc(38);
    CHECK(sink.bytes() == expected.bytes);
}

TEST_CASE("mcap writer: a chunk holds its channels, its messages, and is followed by its index") {
    MemorySink sink;
    McapWriter writer{sink, header};
    writer.add(McapSchema{.id = 4, .name = "s", .encoding = "e", .data = "d"});
    writer.add(McapSchema{.id = 5, .name = "unused", .encoding = "e", .data = "d"});
    writer.add(McapChannel{
        .id = 2, .schema = 4, .topic = "/b", .encoding = "json", .metadata = {{"k", "v"}}});
    writer.add(McapChannel{.id = 1, .topic = "/a", .encoding = "json"});
    McapChunk chunk;
    chunk.add({.channel = 2, .sequence = 9, .time = 30, .data = bytes_of("{}")});
    chunk.add({.channel = 1, .sequence = 0, .time = 20, .data = bytes_of("x")});
    chunk.add({.channel = 2, .sequence = 10, .time = 40, .data = {}});
    writer.write(chunk);

    Expected raw;  // definitions: 9+17, 9+22 and 9+32 bytes
    raw.record(3, 17).u16(4).u32(1).raw("s").u32(1).raw("e").u32(1).raw("d");
    raw.record(4, 22).u16(1).u16(0).u32(2).raw("/a").u32(4).raw("json").u32(0);
    raw.record(4, 32).u16(2).u16(4).u32(2).raw("/b").u32(4).raw("json");
    raw.u32(10).u32(1).raw("k").u32(1).raw("v");
    const std::size_t messages_at = raw.bytes.size();
    raw.record(5, 24).u16(2).u32(9).u64(30).u64(30).raw("{}");
    raw.record(5, 23).u16(1).u32(0).u64(20).u64(20).raw("x");
    raw.record(5, 22).u16(2).u32(10).u64(40).u64(40);
    const ByteSpan file = sink.bytes();
    ByteReader from{file.subspan(29)};
    CHECK(from.integer<std::uint8_t>() == 6);
    ByteReader content{from.take(from.integer<std::uint64_t>())};
    const McapChunkHead head = read_chunk_head(content);
    CHECK(head.start_time == 20);
    CHECK(head.end_time == 40);
    CHECK(head.raw_size == raw.bytes.size());
    CHECK(head.raw_crc == checksum(raw.bytes));
    CHECK(head.compression == "zstd");
    CHECK(head.compressed_size == content.left());
    Bytes unpacked;
    ChunkDecompressor{}.decompress("zstd", content.take(content.left()), head.raw_size, 0,
                                   unpacked);
    CHECK(unpacked == raw.bytes);

    Expected index;
    index.record(7, 22).u16(1).u32(16).u64(20).u64(messages_at + 33);
    index.record(7, 38).u16(2).u32(32).u64(30).u64(messages_at).u64(40).u64(messages_at + 65);
    const ByteSpan rest = from.take(from.left());
    CHECK(Bytes(rest.begin(), rest.end()) == index.bytes);
}

TEST_CASE("mcap writer: an empty chunk leaves no trace") {
    MemorySink sink;
    McapWriter writer{sink, header};
    writer.write(McapChunk{});
    CHECK(writer.size() == 29);
}

TEST_CASE("mcap writer: numbers that are taken or unknown are refused") {
    MemorySink sink;
    McapWriter writer{sink, header};
    CHECK_THROWS_AS(writer.add(McapSchema{.id = 0, .name = "s"}), std::invalid_argument);
    writer.add(McapSchema{.id = 1, .name = "s"});
    CHECK_THROWS_AS(writer.add(McapSchema{.id = 1, .name = "t"}), std::invalid_argument);
    writer.add(McapChannel{.id = 1, .schema = 1, .topic = "/a"});
    CHECK_THROWS_AS(writer.add(McapChannel{.id = 1, .topic = "/b"}), std::invalid_argument);
    CHECK_THROWS_AS(writer.add(McapChannel{.id = 2, .schema = 2, .topic = "/b"}),
                    std::invalid_argument);
    McapChunk chunk;
    chunk.add({.channel = 3, .data = bytes_of("x")});
    CHECK_THROWS_AS(writer.write(chunk), std::invalid_argument);
    CHECK(writer.size() == 29);
}

TEST_CASE("mcap writer: after a refused write it writes nothing more, and can be closed") {
    FullSink sink{1};
    McapWriter writer{sink, header};
    writer.add(McapChannel{.id = 1, .topic = "/a"});
    McapChunk chunk;
    chunk.add({.channel = 1, .data = bytes_of("x")});
    CHECK_THROWS_AS(writer.write(chunk), std::system_error);
    CHECK_THROWS_AS(writer.write(chunk), std::logic_error);
    CHECK_NOTHROW(writer.close());
    CHECK(writer.size() == 29);
}

}  // namespace crowdout::world
