// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_format.hpp"

#include "world/mcap_codec.hpp"

namespace crowdout::world {

namespace {

/// A part with 32 bits of length that is known only when the part has been written.
class PartScope {
public:
    explicit PartScope(ByteWriter& to) : to_{to}, length_at_{to.size()} {
        to.integer(std::uint32_t{0});
    }
    ~PartScope() { to_.patch(length_at_, static_cast<std::uint32_t>(to_.size() - length_at_ - 4)); }
    PartScope(const PartScope&) = delete;
    PartScope& operator=(const PartScope&) = delete;

private:
    ByteWriter& to_;
    std::size_t length_at_;
};

}  // namespace

void write_record(ByteWriter& to, const McapHeader& header) {
    const RecordScope record{to, McapOp::header};
    to.text(header.profile);
    to.text(header.library);
}

void write_record(ByteWriter& to, const McapSchema& schema) {
    const RecordScope record{to, McapOp::schema};
    to.integer(schema.id);
    to.text(schema.name);
    to.text(schema.encoding);
    to.text(schema.data);
}

void write_record(ByteWriter& to, const McapChannel& channel) {
    const RecordScope record{to, McapOp::channel};
    to.integer(channel.id);
    to.integer(channel.schema);
    to.text(channel.topic);
    to.text(channel.encoding);
    const PartScope metadata{to};
    for (const auto& [key, value] : channel.metadata) {
        to.text(key);
        to.text(value);
    }
}

void write_record(ByteWriter& to, const McapMessage& message) {
    const RecordScope record{to, McapOp::message};
    to.integer(message.channel);
    to.integer(message.sequence);
    to.integer(message.time);
    to.integer(message.time);  // published when logged: simulated time has no transport
    to.raw(message.data);
}

void write_record(ByteWriter& to, const McapAttachment& attachment) {
    const RecordScope record{to, McapOp::attachment};
    const std::size_t start = to.size();
    to.integer(attachment.time);
    to.integer(attachment.time);
    to.text(attachment.name);
    to.text(attachment.media_type);
    to.integer(std::uint64_t{attachment.data.size()});
    to.raw(attachment.data);
    to.integer(checksum(to.written(start)));
}

void write_record(ByteWriter& to, const McapAttachmentInfo& attachment) {
    const RecordScope record{to, McapOp::attachment_index};
    to.integer(attachment.offset);
    to.integer(attachment.length);
    to.integer(attachment.time);
    to.integer(attachment.time);
    to.integer(attachment.data_size);
    to.text(attachment.name);
    to.text(attachment.media_type);
}

void write_record(ByteWriter& to, const McapChunkInfo& chunk) {
    const RecordScope record{to, McapOp::chunk_index};
    to.integer(chunk.start_time);
    to.integer(chunk.end_time);
    to.integer(chunk.offset);
    to.integer(chunk.length);
    {
        // The message indexes stand behind the chunk in the order of the counts.
        const PartScope offsets{to};
        std::uint64_t at = chunk.offset + chunk.length;
        for (const McapCount& count : chunk.counts) {
            to.integer(count.channel);
            to.integer(at);
            at += message_index_size(count.messages);
        }
    }
    to.integer(chunk.index_length);
    to.text(chunk_compression);
    to.integer(chunk.compressed_size);
    to.integer(chunk.raw_size);
}

void write_record(ByteWriter& to, const McapStatistics& statistics) {
    const RecordScope record{to, McapOp::statistics};
    to.integer(statistics.message_count);
    to.integer(statistics.schema_count);
    to.integer(statistics.channel_count);
    to.integer(statistics.attachment_count);
    to.integer(std::uint32_t{0});  // metadata records: we write none
    to.integer(statistics.chunk_count);
    to.integer(statistics.start_time);
    to.integer(statistics.end_time);
    const PartScope counts{to};
    for (const McapCount& count : statistics.counts) {
        to.integer(count.channel);
        to.integer(count.messages);
    }
}

McapHeader read_header(ByteReader from) {
    McapHeader header;
    header.profile = from.text();
    header.library = from.text();
    return header;
}

McapSchema read_schema(ByteReader from) {
    McapSchema schema;
    schema.id = from.integer<std::uint16_t>();
    if (schema.id == 0) throw ReplayError{"a schema without a number", from.position()};
    schema.name = from.text();
    schema.encoding = from.text();
    schema.data = from.text();
    return schema;
}

McapChannel read_channel(ByteReader from) {
    McapChannel channel;
    channel.id = from.integer<std::uint16_t>();
    channel.schema = from.integer<std::uint16_t>();
    channel.topic = from.text();
    channel.encoding = from.text();
    ByteReader metadata = from.part();
    while (metadata.left() > 0) {
        const std::string_view key = metadata.text();
        channel.metadata.emplace_back(key, metadata.text());
    }
    return channel;
}

McapMessage read_message(ByteReader from) {
    McapMessage message;
    message.channel = from.integer<std::uint16_t>();
    message.sequence = from.integer<std::uint32_t>();
    message.time = from.integer<std::uint64_t>();
    (void)from.integer<std::uint64_t>();
    message.data = from.take(from.left());
    return message;
}

McapStatistics read_statistics(ByteReader from) {
    McapStatistics statistics;
    statistics.message_count = from.integer<std::uint64_t>();
    statistics.schema_count = from.integer<std::uint16_t>();
    statistics.channel_count = from.integer<std::uint32_t>();
    statistics.attachment_count = from.integer<std::uint32_t>();
    (void)from.integer<std::uint32_t>();
    statistics.chunk_count = from.integer<std::uint32_t>();
    statistics.start_time = from.integer<std::uint64_t>();
    statistics.end_time = from.integer<std::uint64_t>();
    ByteReader counts = from.part();
    while (counts.left() > 0) {
        const auto channel = counts.integer<std::uint16_t>();
        statistics.counts.push_back({channel, counts.integer<std::uint64_t>()});
    }
    return statistics;
}

McapChunkInfo read_chunk_index(ByteReader from) {
    McapChunkInfo chunk;
    chunk.start_time = from.integer<std::uint64_t>();
    chunk.end_time = from.integer<std::uint64_t>();
    chunk.offset = from.integer<std::uint64_t>();
    chunk.length = from.integer<std::uint64_t>();
    (void)from.part();
    chunk.index_length = from.integer<std::uint64_t>();
    (void)from.text();
    chunk.compressed_size = from.integer<std::uint64_t>();
    chunk.raw_size = from.integer<std::uint64_t>();
    return chunk;
}

McapAttachmentInfo read_attachment_index(ByteReader from) {
    McapAttachmentInfo attachment;
    attachment.offset = from.integer<std::uint64_t>();
    attachment.length = from.integer<std::uint64_t>();
    attachment.time = from.integer<std::uint64_t>();
    (void)from.integer<std::uint64_t>();
    attachment.data_size = from.integer<std::uint64_t>();
    attachment.name = from.text();
    attachment.media_type = from.text();
    return attachment;
}

McapChunkHead read_chunk_head(ByteReader& from) {
    McapChunkHead chunk;
    chunk.start_time = from.integer<std::uint64_t>();
    chunk.end_time = from.integer<std::uint64_t>();
    chunk.raw_size = from.integer<std::uint64_t>();
    chunk.raw_crc = from.integer<std::uint32_t>();
    chunk.compression = from.text();
    chunk.compressed_size = from.integer<std::uint64_t>();
    return chunk;
}

McapAttachmentInfo read_attachment_head(ByteReader& from) {
    McapAttachmentInfo attachment;
    attachment.time = from.integer<std::uint64_t>();
    (void)from.integer<std::uint64_t>();
    attachment.name = from.text();
    attachment.media_type = from.text();
    attachment.data_size = from.integer<std::uint64_t>();
    return attachment;
}

}  // namespace crowdout::world
