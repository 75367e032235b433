// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_index.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "world/mcap_codec.hpp"

namespace crowdout::world {

namespace {

/// What of a chunk's or an attachment's record is read to know it.
constexpr std::uint64_t head_bytes_max = 1024;
/// A chunk's content up to its compression, and from there to its compressed bytes.
constexpr std::uint64_t before_compression = 8 + 8 + 8 + 4;
constexpr std::uint64_t chunk_content_overhead = before_compression + 4 + 4 + 8;
/// The record that ends the data: its head and a checksum.
constexpr std::uint64_t data_end_size = record_head_size + 4;
/// What of the footer the summary's checksum covers: its head and two offsets.
constexpr std::uint64_t footer_checked_size = record_head_size + 16;
constexpr std::string_view compression_mark{"\x04\0\0\0zstd", 8};

/// A message index tells a chunk how many messages of a channel it has. @param at  of the record.
void take_message_index(SourceWindow& window, std::uint64_t at, std::uint64_t length,
                        McapChunkInfo& chunk) {
    ByteReader from{window.look(at + record_head_size, 6), at + record_head_size};
    const auto channel = from.integer<std::uint16_t>();
    const auto entries = from.integer<std::uint32_t>();
    if (length != std::uint64_t{6} + entries || entries % 16 != 0) {
        throw ReplayError{"a message index of two lengths", at};
    }
    chunk.index_length += record_head_size + length;
    // Somebody may have read the chunk before its index was there, and counted its messages.
    const bool counted =
        std::any_of(chunk.counts.begin(), chunk.counts.end(),
                    [&](const McapCount& count) { return count.channel == channel; });
    if (!counted) chunk.counts.push_back({channel, entries / 16});
}

McapChunkInfo chunk_info(SourceWindow& window, std::uint64_t at, std::uint64_t length) {
    const std::uint64_t content = at + record_head_size;
    const std::uint64_t looked = std::min(length, head_bytes_max);
    ByteReader from{window.look(content, static_cast<std::size_t>(looked)), content};
    const McapChunkHead head = read_chunk_head(from);
    if (head.compressed_size != length - (from.position() - content)) {
        throw ReplayError{"a chunk of two lengths", at};
    }
    return {.start_time = head.start_time,
            .end_time = head.end_time,
            .offset = at,
            .length = record_head_size + length,
            .raw_size = head.raw_size,
            .compressed_size = head.compressed_size};
}

McapAttachmentInfo attachment_info(SourceWindow& window, std::uint64_t at, std::uint64_t length) {
    const std::uint64_t content = at + record_head_size;
    const std::uint64_t looked = std::min(length, head_bytes_max);
    ByteReader from{window.look(content, static_cast<std::size_t>(looked)), content};
    McapAttachmentInfo info = read_attachment_head(from);
    const std::uint64_t left = length - (from.position() - content);
    if (left < 4 || info.data_size != left - 4) {
        throw ReplayError{"an attachment of two lengths", at};
    }
    info.offset = at;
    info.length = record_head_size + length;
    return info;
}

McapIndex parse_summary(ByteReader from) {
    McapIndex index;
    McapStatistics statistics;
    const std::uint64_t start = from.position();
    while (from.left() > 0) {
        const auto op = static_cast<McapOp>(from.integer<std::uint8_t>());
        const auto length = from.integer<std::uint64_t>();
        const std::uint64_t at = from.position();
        const ByteReader content{from.take(length), at};
        switch (op) {
            case McapOp::schema:
                index.learn(read_schema(content), at);
                break;
            case McapOp::channel:
                index.learn(read_channel(content), at);
                break;
            case McapOp::chunk_index:
                index.chunks.push_back(read_chunk_index(content));
                break;
            case McapOp::attachment_index:
                index.attachments.push_back(read_attachment_index(content));
                break;
            case McapOp::statistics:
                statistics = read_statistics(content);
                break;
            default:
                break;
        }
    }
    if (statistics.chunk_count != index.chunks.size() ||
        statistics.attachment_count != index.attachments.size()) {
        throw ReplayError{"the summary does not list what it counts", start};
    }
    return index;
}

/// The summary has no counts by chunk; the message indexes behind each chunk do.
void count_messages(SourceWindow& window, McapChunkInfo& chunk) {
    std::uint64_t at = chunk.offset + chunk.length;
    const std::uint64_t end = at + chunk.index_length;
    chunk.index_length = 0;
    while (at < end) {
        ByteReader head{window.look(at, record_head_size), at};
        const auto op = static_cast<McapOp>(head.integer<std::uint8_t>());
        const auto length = head.integer<std::uint64_t>();
        if (op != McapOp::message_index) throw ReplayError{"a message index is missing", at};
        take_message_index(window, at, length, chunk);
        at += record_head_size + length;
    }
}

/// In their order and apart, so that no file can name one place a million times.
void check_places(const McapIndex& index) {
    std::uint64_t at = 0;
    const auto take = [&](std::uint64_t offset, std::uint64_t length) {
        if (offset < at || offset > *index.data_end || length > *index.data_end - offset) {
            throw ReplayError{"the summary names a record where none can be", offset};
        }
        at = offset + length;
    };
    for (const McapChunkInfo& chunk : index.chunks) {
        take(chunk.offset, chunk.length);
        take(at, chunk.index_length);
    }
    at = 0;
    for (const McapAttachmentInfo& each : index.attachments) take(each.offset, each.length);
}

}  // namespace

const McapSchema* McapIndex::schema(std::uint16_t id) const {
    const auto found = std::find_if(schemas.begin(), schemas.end(),
                                    [&](const McapSchema& each) { return each.id == id; });
    return found != schemas.end() ? &*found : nullptr;
}

const McapChannel* McapIndex::channel(std::uint16_t id) const {
    const auto found = std::find_if(channels.begin(), channels.end(),
                                    [&](const McapChannel& each) { return each.id == id; });
    return found != channels.end() ? &*found : nullptr;
}

void McapIndex::learn(McapSchema added, std::uint64_t at) {
    const McapSchema* const known = schema(added.id);
    if (known != nullptr && *known != added) {
        throw ReplayError{"schema " + std::to_string(added.id) + " has two meanings", at};
    }
    if (known == nullptr) schemas.push_back(std::move(added));
}

void McapIndex::learn(McapChannel added, std::uint64_t at) {
    const McapChannel* const known = channel(added.id);
    if (known != nullptr && *known != added) {
        throw ReplayError{"channel " + std::to_string(added.id) + " has two meanings", at};
    }
    if (added.schema != 0 && schema(added.schema) == nullptr) {
        throw ReplayError{"channel " + std::to_string(added.id) + " is of an unknown schema", at};
    }
    if (known == nullptr) channels.push_back(std::move(added));
}

void McapWalk::advance(const ByteSource& source, McapIndex& index,
                       std::vector<std::string>& troubles) {
    const std::uint64_t size = source.size();
    SourceWindow window{source};
    while (!index.data_end && at_ <= size && size - at_ >= record_head_size) {
        ByteReader from{window.look(at_, record_head_size), at_};
        const auto op = from.integer<std::uint8_t>();
        const Head head{op, from.integer<std::uint64_t>()};
        if (head.op == 0 || head.length > size - at_ - record_head_size) {
            const std::uint64_t lost_at = at_;
            if (!find_chunk(source, size)) return;
            troubles.push_back(ReplayError{
                std::to_string(at_ - lost_at) + " bytes that are no record were passed over",
                lost_at}
                                   .what());
            after_chunk_ = false;
            continue;
        }
        try {
            take(head, window, index);
        } catch (const ReplayError& error) {
            troubles.emplace_back(error.what());
            after_chunk_ = false;
        }
        at_ += record_head_size + head.length;
    }
}

void McapWalk::take(Head head, SourceWindow& window, McapIndex& index) {
    const bool after_chunk = after_chunk_;
    after_chunk_ = false;
    switch (static_cast<McapOp>(head.op)) {
        case McapOp::chunk:
            index.chunks.push_back(chunk_info(window, at_, head.length));
            after_chunk_ = true;
            return;
        case McapOp::message_index:
            // Its chunk must have been there, under another operation code.
            if (!after_chunk) throw ReplayError{"a message index without its chunk", at_};
            take_message_index(window, at_, head.length, index.chunks.back());
            after_chunk_ = true;
            return;
        case McapOp::attachment:
            index.attachments.push_back(attachment_info(window, at_, head.length));
            return;
        case McapOp::data_end:
            if (head.length != 4) throw ReplayError{"an end of data of a wrong length", at_};
            index.data_end = at_;
            return;
        default:
            return;
    }
}

bool McapWalk::find_chunk(const ByteSource& source, std::uint64_t size) {
    constexpr std::size_t piece = 65'536;
    constexpr std::uint64_t mark_offset = record_head_size + before_compression;
    Bytes bytes;
    for (std::uint64_t start = at_ + 1; start < size; start += piece) {
        // Pieces overlap by all that is needed to know a chunk.
        bytes.resize(piece + mark_offset + compression_mark.size() + 8);
        bytes.resize(source.read(start, bytes));
        const std::string_view text = text_of(bytes);
        for (std::size_t mark = text.find(compression_mark, mark_offset);
             mark != std::string_view::npos; mark = text.find(compression_mark, mark + 1)) {
            const std::size_t record = mark - mark_offset;
            ByteReader from{ByteSpan{bytes}.subspan(record)};
            if (from.integer<std::uint8_t>() != static_cast<std::uint8_t>(McapOp::chunk)) continue;
            const auto length = from.integer<std::uint64_t>();
            const std::uint64_t room = size - start - record - record_head_size;
            if (length > room || length < chunk_content_overhead) continue;
            (void)from.take(before_compression + compression_mark.size());
            if (from.left() < 8) continue;
            if (from.integer<std::uint64_t>() != length - chunk_content_overhead) continue;
            at_ = start + record;
            return true;
        }
    }
    return false;
}

std::optional<McapIndex> read_summary(const ByteSource& source,
                                      std::vector<std::string>& troubles) {
    const std::uint64_t size = source.size();
    if (size < mcap_magic.size() + footer_size) return std::nullopt;
    const std::uint64_t footer_at = size - footer_size;
    Bytes tail(footer_size);
    read_exactly(source, footer_at, tail);
    if (!std::equal(mcap_magic.begin(), mcap_magic.end(), tail.end() - mcap_magic.size())) {
        return std::nullopt;
    }
    ByteReader footer{tail, footer_at};
    const auto op = footer.integer<std::uint8_t>();
    const auto length = footer.integer<std::uint64_t>();
    const auto summary_at = footer.integer<std::uint64_t>();
    const auto offsets_at = footer.integer<std::uint64_t>();
    if (op != static_cast<std::uint8_t>(McapOp::footer) || length != 20 ||
        summary_at < mcap_magic.size() + data_end_size || summary_at > offsets_at ||
        offsets_at > footer_at) {
        throw ReplayError{"the footer is damaged", footer_at};
    }
    // The checksum goes on into the footer, up to itself.
    Bytes summary(static_cast<std::size_t>(footer_at - summary_at + footer_checked_size));
    read_exactly(source, summary_at, summary);
    if (checksum(summary) != footer.integer<std::uint32_t>()) {
        throw ReplayError{"the summary does not have its checksum", summary_at};
    }
    summary.resize(summary.size() - footer_checked_size);
    McapIndex index = parse_summary(ByteReader{summary, summary_at});
    index.data_end = summary_at - data_end_size;
    check_places(index);
    SourceWindow window{source};
    for (McapChunkInfo& chunk : index.chunks) {
        try {
            count_messages(window, chunk);
        } catch (const ReplayError& error) {
            troubles.emplace_back(error.what());
            chunk.counts.clear();
        }
    }
    return index;
}

}  // namespace crowdout::world
