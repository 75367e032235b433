// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "world/mcap_bytes.hpp"

namespace crowdout::world {

/// The records of an MCAP file, and their bytes: an operation code, 64 bits of length, the content.
/// Times are nanoseconds since 1970. Source: MCAP format specification, version 0.

inline constexpr std::array<std::uint8_t, 8> mcap_magic{0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
/// Operation code and length.
inline constexpr std::uint64_t record_head_size = 9;
/// The footer record and the magic behind it, which end every finished file.
inline constexpr std::uint64_t footer_size = record_head_size + 20 + mcap_magic.size();

enum class McapOp : std::uint8_t {
    header = 0x01,
    footer = 0x02,
    schema = 0x03,
    channel = 0x04,
    message = 0x05,
    chunk = 0x06,
    message_index = 0x07,
    chunk_index = 0x08,
    attachment = 0x09,
    attachment_index = 0x0a,
    statistics = 0x0b,
    summary_offset = 0x0e,
    data_end = 0x0f
};

struct McapHeader {
    std::string profile{};
    std::string library{};
};

/// What messages look like; `id` is not zero.
struct McapSchema {
    std::uint16_t id = 0;
    std::string name{};
    std::string encoding{};
    std::string data{};

    friend bool operator==(const McapSchema&, const McapSchema&) = default;
};

/// A named stream of messages; schema 0 is none.
struct McapChannel {
    std::uint16_t id = 0;
    std::uint16_t schema = 0;
    std::string topic{};
    std::string encoding{};
    std::vector<std::pair<std::string, std::string>> metadata{};

    friend bool operator==(const McapChannel&, const McapChannel&) = default;
};

/// The data belong to somebody else: the chunk that the message was read from.
struct McapMessage {
    std::uint16_t channel = 0;
    std::uint32_t sequence = 0;
    std::uint64_t time = 0;
    ByteSpan data{};
};

/// A file kept whole inside the file.
struct McapAttachment {
    std::string name{};
    std::string media_type{};
    std::uint64_t time = 0;
    ByteSpan data{};
};

/// Where an attachment's record is, and what it says of itself before its data are read.
struct McapAttachmentInfo {
    std::string name{};
    std::string media_type{};
    std::uint64_t time = 0;
    std::uint64_t offset = 0;  ///< of the record
    std::uint64_t length = 0;  ///< of the record, its head included
    std::uint64_t data_size = 0;
};

struct McapCount {
    std::uint16_t channel = 0;
    std::uint64_t messages = 0;

    friend bool operator==(const McapCount&, const McapCount&) = default;
};

/// Where a chunk is and what it holds, without reading it.
struct McapChunkInfo {
    std::uint64_t start_time = 0;
    std::uint64_t end_time = 0;
    std::uint64_t offset = 0;        ///< of the chunk's record
    std::uint64_t length = 0;        ///< of the chunk's record, its head included
    std::uint64_t index_length = 0;  ///< of the message indexes right behind it
    std::uint64_t raw_size = 0;
    std::uint64_t compressed_size = 0;
    std::vector<McapCount> counts{};  ///< by channel, ascending
    bool broken = false;              ///< it was read, and is not what it should be
};

/// A chunk's content as it lies in the file: everything but the compressed bytes' meaning.
struct McapChunkHead {
    std::uint64_t start_time = 0;
    std::uint64_t end_time = 0;
    std::uint64_t raw_size = 0;
    std::uint32_t raw_crc = 0;
    std::string_view compression{};
    std::uint64_t compressed_size = 0;
};

struct McapStatistics {
    std::uint64_t message_count = 0;
    std::uint16_t schema_count = 0;
    std::uint32_t channel_count = 0;
    std::uint32_t attachment_count = 0;
    std::uint32_t chunk_count = 0;
    std::uint64_t start_time = 0;
    std::uint64_t end_time = 0;
    std::vector<McapCount> counts{};  ///< by channel, ascending
};

/// The bytes of a message index with so many entries, its record's head included.
[[nodiscard]] constexpr std::uint64_t message_index_size(std::uint64_t entries) {
    return record_head_size + 2 + 4 + 16 * entries;
}

/// Writes a record's head now and its length when the scope ends.
class RecordScope {
public:
    RecordScope(ByteWriter& to, McapOp op) : to_{to} {
        to.integer(static_cast<std::uint8_t>(op));
        length_at_ = to.size();
        to.integer(std::uint64_t{0});
    }
    ~RecordScope() { to_.patch(length_at_, std::uint64_t{to_.size() - length_at_ - 8}); }
    RecordScope(const RecordScope&) = delete;
    RecordScope& operator=(const RecordScope&) = delete;

private:
    ByteWriter& to_;
    std::size_t length_at_ = 0;
};

void write_record(ByteWriter& to, const McapHeader& header);
void write_record(ByteWriter& to, const McapSchema& schema);
void write_record(ByteWriter& to, const McapChannel& channel);
void write_record(ByteWriter& to, const McapMessage& message);
void write_record(ByteWriter& to, const McapAttachmentInfo& attachment);
void write_record(ByteWriter& to, const McapChunkInfo& chunk);
void write_record(ByteWriter& to, const McapStatistics& statistics);
/// The attachment itself, with its checksum.
void write_record(ByteWriter& to, const McapAttachment& attachment);

/// Each takes the content of a record, without its head. @throws ReplayError
[[nodiscard]] McapHeader read_header(ByteReader from);
[[nodiscard]] McapSchema read_schema(ByteReader from);
[[nodiscard]] McapChannel read_channel(ByteReader from);
[[nodiscard]] McapMessage read_message(ByteReader from);
[[nodiscard]] McapStatistics read_statistics(ByteReader from);
/// The counts are not in this record: they come from the message indexes.
[[nodiscard]] McapChunkInfo read_chunk_index(ByteReader from);
[[nodiscard]] McapAttachmentInfo read_attachment_index(ByteReader from);
/// Reads up to the first compressed byte, so that a few bytes of a chunk are enough.
[[nodiscard]] McapChunkHead read_chunk_head(ByteReader& from);
/// Reads up to the first byte of the data; offset and length are the caller's.
[[nodiscard]] McapAttachmentInfo read_attachment_head(ByteReader& from);

}  // namespace crowdout::world
