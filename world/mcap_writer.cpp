// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_writer.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

namespace crowdout::world {

void McapChunk::add(const McapMessage& message) {
    entries_.push_back({message.channel, message.time, raw_.size()});
    ByteWriter to{raw_};
    write_record(to, message);
}

void McapChunk::clear() {
    raw_.clear();
    entries_.clear();
}

McapWriter::McapWriter(ByteSink& sink, const McapHeader& header) : sink_{sink} {
    ByteWriter to{out_};
    to.raw(mcap_magic);
    write_record(to, header);
    flush();
}

void McapWriter::add(const McapSchema& added) {
    check_open();
    if (added.id == 0 || schema(added.id) != nullptr) {
        throw std::invalid_argument{"schema '" + added.name + "' needs a number of its own"};
    }
    schemas_.push_back(added);
}

void McapWriter::add(const McapChannel& channel) {
    check_open();
    if (stream(channel.id) != nullptr) {
        throw std::invalid_argument{"channel '" + channel.topic + "' needs a number of its own"};
    }
    if (channel.schema != 0 && schema(channel.schema) == nullptr) {
        throw std::invalid_argument{"channel '" + channel.topic + "' has a schema that is unknown"};
    }
    const auto place = std::find_if(streams_.begin(), streams_.end(), [&](const Stream& each) {
        return each.channel.id > channel.id;
    });
    streams_.insert(place, Stream{.channel = channel});
}

void McapWriter::attach(const McapAttachment& attachment) {
    check_open();
    out_.clear();
    ByteWriter to{out_};
    write_record(to, attachment);
    McapAttachmentInfo info{.name = attachment.name,
                            .media_type = attachment.media_type,
                            .time = attachment.time,
                            .offset = size_,
                            .length = out_.size(),
                            .data_size = attachment.data.size()};
    flush();
    attachments_.push_back(std::move(info));
}

void McapWriter::write(const McapChunk& chunk) {
    check_open();
    if (chunk.empty()) return;
    out_.clear();
    count(chunk);
    write_definitions();
    if (chunk.size() + definitions_.size() > chunk_bytes_max) {
        throw std::invalid_argument{"a chunk holds more than 64 MiB"};
    }
    write_chunk(chunk);
}

void McapWriter::sync() {
    check_open();
    sink_.sync();
}

void McapWriter::close() {
    if (!open_) return;
    out_.clear();
    write_summary();
    open_ = false;
    sink_.sync();
}

void McapWriter::count(const McapChunk& chunk) {
    for (Stream& each : streams_) each.messages_chunk = 0;
    for (const McapChunk::Entry& entry : chunk.entries_) {
        Stream* const found = stream(entry.channel);
        if (found == nullptr) {
            throw std::invalid_argument{"there is no channel " + std::to_string(entry.channel)};
        }
        ++found->messages_chunk;
    }
}

void McapWriter::write_definitions() {
    definitions_.clear();
    ByteWriter to{definitions_};
    for (const McapSchema& each : schemas_) {
        const bool used =
            std::any_of(streams_.begin(), streams_.end(), [&](const Stream& candidate) {
                return candidate.messages_chunk > 0 && candidate.channel.schema == each.id;
            });
        if (used) write_record(to, each);
    }
    for (const Stream& each : streams_) {
        if (each.messages_chunk > 0) write_record(to, each.channel);
    }
}

void McapWriter::write_chunk(const McapChunk& chunk) {
    const auto [first, last] = std::minmax_element(
        chunk.entries_.begin(), chunk.entries_.end(),
        [](const McapChunk::Entry& a, const McapChunk::Entry& b) { return a.time < b.time; });
    McapChunkInfo info{.start_time = first->time,
                       .end_time = last->time,
                       .offset = size_,
                       .raw_size = definitions_.size() + chunk.size()};
    ByteWriter to{out_};
    {
        const RecordScope record{to, McapOp::chunk};
        to.integer(info.start_time);
        to.integer(info.end_time);
        to.integer(info.raw_size);
        to.integer(checksum(chunk.raw_, checksum(definitions_)));
        to.text(chunk_compression);
        const std::size_t length_at = to.size();
        to.integer(std::uint64_t{0});
        compressor_.compress(definitions_, chunk.raw_, to);
        info.compressed_size = to.size() - length_at - 8;
        to.patch(length_at, info.compressed_size);
    }
    info.length = out_.size();
    for (const Stream& each : streams_) {
        if (each.messages_chunk == 0) continue;
        info.counts.push_back({each.channel.id, each.messages_chunk});
        const RecordScope record{to, McapOp::message_index};
        to.integer(each.channel.id);
        to.integer(static_cast<std::uint32_t>(16 * each.messages_chunk));
        for (const McapChunk::Entry& entry : chunk.entries_) {
            if (entry.channel != each.channel.id) continue;
            to.integer(entry.time);
            to.integer(entry.offset + definitions_.size());
        }
    }
    info.index_length = out_.size() - info.length;
    flush();
    for (Stream& each : streams_) each.messages += each.messages_chunk;
    remember(std::move(info));
}

void McapWriter::remember(McapChunkInfo chunk) {
    const auto place = std::find(shapes_.begin(), shapes_.end(), chunk.counts);
    const auto shape = static_cast<std::uint32_t>(place - shapes_.begin());
    if (place == shapes_.end()) shapes_.push_back(std::move(chunk.counts));
    const auto brief = [](std::uint64_t bytes) { return static_cast<std::uint32_t>(bytes); };
    chunks_.push_back({chunk.start_time, chunk.end_time, chunk.offset, brief(chunk.length),
                       brief(chunk.index_length), brief(chunk.raw_size),
                       brief(chunk.compressed_size), shape});
}

McapChunkInfo McapWriter::info_of(const ChunkEntry& chunk) const {
    return {.start_time = chunk.start_time,
            .end_time = chunk.end_time,
            .offset = chunk.offset,
            .length = chunk.length,
            .index_length = chunk.index_length,
            .raw_size = chunk.raw_size,
            .compressed_size = chunk.compressed_size,
            .counts = shapes_[chunk.shape]};
}

void McapWriter::write_summary() {
    ByteWriter to{out_};
    {
        const RecordScope record{to, McapOp::data_end};
        to.integer(data_crc_);
    }
    const std::size_t summary_at = out_.size();
    struct Group {
        McapOp op;
        std::uint64_t start;
        std::uint64_t length;
    };
    std::vector<Group> groups;
    const auto group = [&](McapOp op, const auto& items, auto record_of) {
        const std::size_t start = out_.size();
        for (const auto& item : items) write_record(to, record_of(item));
        if (out_.size() > start) groups.push_back({op, size_ + start, out_.size() - start});
    };
    McapStatistics statistics{.schema_count = static_cast<std::uint16_t>(schemas_.size()),
                              .channel_count = static_cast<std::uint32_t>(streams_.size()),
                              .attachment_count = static_cast<std::uint32_t>(attachments_.size()),
                              .chunk_count = static_cast<std::uint32_t>(chunks_.size())};
    std::vector<McapChannel> channels;
    for (const Stream& each : streams_) {
        channels.push_back(each.channel);
        statistics.message_count += each.messages;
        if (each.messages > 0) statistics.counts.push_back({each.channel.id, each.messages});
    }
    for (const ChunkEntry& chunk : chunks_) {
        const bool first = &chunk == &chunks_.front();
        statistics.start_time =
            first ? chunk.start_time : std::min(statistics.start_time, chunk.start_time);
        statistics.end_time = std::max(statistics.end_time, chunk.end_time);
    }
    const std::identity as_it_is;
    group(McapOp::schema, schemas_, as_it_is);
    group(McapOp::channel, channels, as_it_is);
    group(McapOp::statistics, std::span{&statistics, 1}, as_it_is);
    group(McapOp::chunk_index, chunks_, [this](const ChunkEntry& each) { return info_of(each); });
    group(McapOp::attachment_index, attachments_, as_it_is);
    const std::size_t offsets_at = out_.size();
    for (const Group& each : groups) {
        const RecordScope record{to, McapOp::summary_offset};
        to.integer(static_cast<std::uint8_t>(each.op));
        to.integer(each.start);
        to.integer(each.length);
    }
    {
        const RecordScope record{to, McapOp::footer};
        to.integer(size_ + summary_at);
        to.integer(size_ + offsets_at);
        // The checksum covers the footer up to itself, its length with it: so that is set by hand.
        to.patch(to.size() - 24, std::uint64_t{20});
        to.integer(checksum(to.written(summary_at)));
    }
    to.raw(mcap_magic);
    flush();
}

void McapWriter::flush() {
    // Should the sink throw, this writer must not write behind a gap.
    open_ = false;
    sink_.write(out_);
    open_ = true;
    size_ += out_.size();
    data_crc_ = checksum(out_, data_crc_);
    out_.clear();
}

void McapWriter::check_open() const {
    if (!open_) throw std::logic_error{"a replay is written to after its end"};
}

McapWriter::Stream* McapWriter::stream(std::uint16_t channel) {
    const auto found =
        std::lower_bound(streams_.begin(), streams_.end(), channel,
                         [](const Stream& each, std::uint16_t id) { return each.channel.id < id; });
    return found != streams_.end() && found->channel.id == channel ? &*found : nullptr;
}

const McapSchema* McapWriter::schema(std::uint16_t id) const {
    const auto found = std::find_if(schemas_.begin(), schemas_.end(),
                                    [&](const McapSchema& each) { return each.id == id; });
    return found != schemas_.end() ? &*found : nullptr;
}

}  // namespace crowdout::world
