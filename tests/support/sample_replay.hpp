// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "world/column_block.hpp"
#include "world/mcap_reader.hpp"
#include "world/mcap_writer.hpp"

namespace crowdout::test {

/// A small recording of everything that a replay has: two attachments, three channels, four chunks
/// from two streams. Series (`/prices` as columns, `/metrics` as JSON) lie apart from `/events`.
///
/// | chunk | channel, messages    | times  |
/// |-------|----------------------|--------|
/// | 0     | 1 x 2, 2 x 1         | 10, 20 |
/// | 1     | 3 x 3                | 10-20  |
/// | 2     | 1 x 1                | 30     |
/// | 3     | 3 x 1                | 30     |
struct SampleReplay {
    static inline const world::McapHeader header{.profile = "crowdout-1", .library = "test"};
    static inline const std::string world_text = "name: sample\nseed: 1\n";
    static inline const std::string counts_text =
        R"({"/prices": 3, "/metrics": 1, "/events": 4, "/unused": 0})";
    static constexpr std::size_t chunk_count = 4;

    /// A block of one step with two books: prices 100 and 200, each plus the step.
    static world::Bytes prices(std::int64_t step) {
        using namespace world;
        ColumnBlock block{.first_step = static_cast<std::uint64_t>(step), .steps = 1};
        block.columns = {
            {.name = "step", .type = ColumnType::u32},
            {.name = "book", .type = ColumnType::u16},
            {.name = "price", .type = ColumnType::i64, .transform = ColumnTransform::delta}};
        block.push_row({0, 0, 100 + step});
        block.push_row({0, 1, 200 + step});
        Bytes bytes;
        encode(block, bytes);
        return bytes;
    }

    /// Writes attachments, then the chunks, each in one write of the sink.
    static void write(world::McapWriter& writer) {
        using world::bytes_of;
        writer.attach({.name = "world.resolved.yaml",
                       .media_type = "application/yaml",
                       .time = 10,
                       .data = bytes_of(world_text)});
        writer.attach({.name = "counts.json",
                       .media_type = "application/json",
                       .time = 10,
                       .data = bytes_of(counts_text)});
        writer.add(world::McapSchema{
            .id = 1, .name = "metrics", .encoding = "jsonschema", .data = R"({"type":"object"})"});
        writer.add(world::McapChannel{.id = 1, .topic = "/prices", .encoding = "crowdout-columns"});
        writer.add(
            world::McapChannel{.id = 2, .schema = 1, .topic = "/metrics", .encoding = "json"});
        writer.add(world::McapChannel{
            .id = 3, .topic = "/events", .encoding = "json", .metadata = {{"sector", "banks"}}});
        writer.add(world::McapChannel{.id = 4, .topic = "/unused", .encoding = "json"});

        world::McapChunk series;
        world::McapChunk detail;
        const auto block = prices(1);
        series.add({.channel = 1, .sequence = 0, .time = 10, .data = block});
        series.add({.channel = 2, .sequence = 0, .time = 10, .data = bytes_of(R"({"x":1.5})")});
        series.add({.channel = 1, .sequence = 1, .time = 20, .data = prices(2)});
        detail.add({.channel = 3, .sequence = 0, .time = 10, .data = bytes_of(R"({"a":1})")});
        detail.add({.channel = 3, .sequence = 1, .time = 15, .data = bytes_of(R"({"a":2})")});
        detail.add({.channel = 3, .sequence = 2, .time = 20, .data = bytes_of(R"({"a":3})")});
        writer.write(series);
        writer.write(detail);
        series.clear();
        detail.clear();
        series.add({.channel = 1, .sequence = 2, .time = 30, .data = prices(3)});
        detail.add({.channel = 3, .sequence = 3, .time = 30, .data = bytes_of(R"({"a":4})")});
        writer.write(series);
        writer.write(detail);
    }

    [[nodiscard]] static world::Bytes finished() {
        world::MemorySink sink;
        world::McapWriter writer{sink, header};
        write(writer);
        writer.close();
        return sink.bytes();
    }
    [[nodiscard]] static world::Bytes unfinished() {
        world::MemorySink sink;
        world::McapWriter writer{sink, header};
        write(writer);
        return sink.bytes();
    }
};

/// A message that owns its data, with its channel's name: for comparisons.
struct KeptMessage {
    std::string topic;
    std::uint32_t sequence = 0;
    std::uint64_t time = 0;
    world::Bytes data{};

    friend bool operator==(const KeptMessage&, const KeptMessage&) = default;
};

/// The messages of each chunk; none for a chunk that is broken.
[[nodiscard]] inline std::vector<std::vector<KeptMessage>> all_messages(world::McapReader& reader) {
    std::vector<std::vector<KeptMessage>> all;
    world::McapChunkData data;
    for (std::size_t i = 0; i < reader.chunks().size(); ++i) {
        auto& kept = all.emplace_back();
        if (!reader.read_chunk(i, data)) continue;
        for (const world::McapMessage& message : data.messages) {
            kept.push_back({.topic = reader.channel(message.channel)->topic,
                            .sequence = message.sequence,
                            .time = message.time,
                            .data = {message.data.begin(), message.data.end()}});
        }
    }
    return all;
}

[[nodiscard]] inline world::McapReader reader_of(world::Bytes bytes) {
    return world::McapReader{std::make_unique<world::MemorySource>(std::move(bytes))};
}

}  // namespace crowdout::test
