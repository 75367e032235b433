// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_reader.hpp"

#include <algorithm>
#include <utility>

namespace crowdout::world {

namespace {

/// A header of more bytes than this, 64 KiB, is none (our choice).
constexpr std::uint64_t header_bytes_max = 65'536;

}  // namespace

McapReader::McapReader(std::unique_ptr<const ByteSource> source) : source_{std::move(source)} {
    read_start();
    size_ = source_->size();
    try {
        if (auto summary = read_summary(*source_, troubles_)) {
            index_ = std::move(*summary);
            summary_read_ = true;
            return;
        }
    } catch (const ReplayError& error) {
        troubles_.emplace_back(error.what());
    }
    size_ = 0;
    refresh();
}

McapReader::McapReader(const std::string& path) : McapReader{std::make_unique<FileSource>(path)} {}

void McapReader::read_start() {
    Bytes start(mcap_magic.size() + record_head_size);
    const std::size_t size = source_->read(0, start);
    if (size < mcap_magic.size() ||
        !std::equal(mcap_magic.begin(), mcap_magic.end(), start.begin())) {
        throw ReplayError{"this is no MCAP file", 0};
    }
    try {
        ByteReader from{ByteSpan{start}.first(size).subspan(mcap_magic.size()), mcap_magic.size()};
        const auto op = from.integer<std::uint8_t>();
        const auto length = from.integer<std::uint64_t>();
        if (op != static_cast<std::uint8_t>(McapOp::header) || length > header_bytes_max) {
            throw ReplayError{"the header is damaged", mcap_magic.size()};
        }
        Bytes content(static_cast<std::size_t>(length));
        read_exactly(*source_, start.size(), content);
        header_ = read_header(ByteReader{content, start.size()});
        walk_ = McapWalk{start.size() + length};
    } catch (const ReplayError& error) {
        // The rest may well be whole.
        troubles_.emplace_back(error.what());
    }
}

bool McapReader::refresh() {
    const std::uint64_t size = source_->size();
    if (size < size_) {
        troubles_.emplace_back(ReplayError{"the file has been cut here", size}.what());
    }
    if (std::exchange(size_, size) == size || finished()) return false;
    const std::size_t chunks = index_.chunks.size();
    const std::uint64_t position = walk_.position();
    try {
        walk_.advance(*source_, index_, troubles_);
    } catch (const ReplayError& error) {
        troubles_.emplace_back(error.what());
    }
    // The last chunk's message indexes may have come only now.
    find_channels(chunks == 0 ? 0 : chunks - 1);
    return walk_.position() != position;
}

std::uint64_t McapReader::unfinished_bytes() const {
    return finished() ? 0 : size_ - std::min(size_, walk_.position());
}

const McapChannel* McapReader::channel(std::string_view topic) const {
    const auto found = std::find_if(index_.channels.begin(), index_.channels.end(),
                                    [&](const McapChannel& each) { return each.topic == topic; });
    return found != index_.channels.end() ? &*found : nullptr;
}

std::size_t McapReader::broken_chunks() const {
    return static_cast<std::size_t>(
        std::count_if(index_.chunks.begin(), index_.chunks.end(),
                      [](const McapChunkInfo& chunk) { return chunk.broken; }));
}

void McapReader::find_channels(std::size_t first_chunk) {
    McapChunkData data;
    for (std::size_t i = first_chunk; i < index_.chunks.size(); ++i) {
        const auto& counts = index_.chunks[i].counts;
        const bool any_unknown =
            std::any_of(counts.begin(), counts.end(),
                        [&](const McapCount& count) { return channel(count.channel) == nullptr; });
        // An index that was cut off, or is still to come, must not hide what the chunk has.
        if (counts.empty() || any_unknown) (void)read_chunk(i, data);
    }
}

bool McapReader::read_chunk(std::size_t index, McapChunkData& out) {
    McapChunkInfo& chunk = index_.chunks.at(index);
    out.messages.clear();
    if (chunk.broken) return false;
    try {
        read_chunk(chunk, out);
        return true;
    } catch (const ReplayError& error) {
        out.messages.clear();
        chunk.broken = true;
        troubles_.push_back("chunk " + std::to_string(index) + " is left out: " + error.what());
        return false;
    }
}

void McapReader::read_chunk(McapChunkInfo& chunk, McapChunkData& out) {
    const std::uint64_t size = source_->size();
    if (chunk.offset > size || chunk.length > size - chunk.offset) {
        throw ReplayError{"the file has been cut before the end of the chunk", chunk.offset};
    }
    packed_.resize(static_cast<std::size_t>(chunk.length));
    read_exactly(*source_, chunk.offset, packed_);
    ByteReader from{packed_, chunk.offset};
    const auto op = from.integer<std::uint8_t>();
    const auto length = from.integer<std::uint64_t>();
    if (op != static_cast<std::uint8_t>(McapOp::chunk) || length != from.left()) {
        throw ReplayError{"there is no chunk here", chunk.offset};
    }
    const McapChunkHead head = read_chunk_head(from);
    if (head.compressed_size != from.left() || head.compressed_size != chunk.compressed_size ||
        head.raw_size != chunk.raw_size || head.start_time != chunk.start_time ||
        head.end_time != chunk.end_time) {
        throw ReplayError{"the chunk is not the one that was listed", chunk.offset};
    }
    decompressor_.decompress(head.compression, from.take(from.left()), head.raw_size, chunk.offset,
                             out.raw);
    if (checksum(out.raw) != head.raw_crc) {
        throw ReplayError{"the chunk does not have its checksum", chunk.offset};
    }
    take_messages(chunk, out);
    check_counts(chunk, out);
}

void McapReader::take_messages(const McapChunkInfo& chunk, McapChunkData& out) {
    ByteReader from{out.raw};
    while (from.left() > 0) {
        const auto op = static_cast<McapOp>(from.integer<std::uint8_t>());
        const ByteReader content{from.take(from.integer<std::uint64_t>()), chunk.offset};
        if (op == McapOp::schema) index_.learn(read_schema(content), chunk.offset);
        if (op == McapOp::channel) index_.learn(read_channel(content), chunk.offset);
        if (op == McapOp::message) out.messages.push_back(read_message(content));
    }
    if (out.messages.empty()) return;
    std::uint64_t start_time = out.messages.front().time;
    std::uint64_t end_time = start_time;
    for (const McapMessage& message : out.messages) {
        start_time = std::min(start_time, message.time);
        end_time = std::max(end_time, message.time);
        if (channel(message.channel) == nullptr) {
            throw ReplayError{"a message of channel " + std::to_string(message.channel) +
                                  ", which is not defined",
                              chunk.offset};
        }
    }
    if (start_time != chunk.start_time || end_time != chunk.end_time) {
        throw ReplayError{"the chunk's times are not those of its messages", chunk.offset};
    }
}

void McapReader::check_counts(McapChunkInfo& chunk, const McapChunkData& data) {
    std::vector<McapCount> counts;
    for (const McapMessage& message : data.messages) {
        const auto place = std::lower_bound(
            counts.begin(), counts.end(), message.channel,
            [](const McapCount& each, std::uint16_t id) { return each.channel < id; });
        if (place != counts.end() && place->channel == message.channel) {
            ++place->messages;
        } else {
            counts.insert(place, {message.channel, 1});
        }
    }
    const bool contradicted =
        std::any_of(chunk.counts.begin(), chunk.counts.end(), [&](const McapCount& listed) {
            return std::find(counts.begin(), counts.end(), listed) == counts.end();
        });
    // The messages have a checksum, their index has none: it is the index that is wrong.
    if (contradicted) {
        troubles_.emplace_back(
            ReplayError{"a chunk's message index was wrong and has been corrected", chunk.offset}
                .what());
    }
    chunk.counts = std::move(counts);
}

Bytes McapReader::read_attachment(std::size_t index) const {
    const McapAttachmentInfo& info = index_.attachments.at(index);
    const std::uint64_t size = source_->size();
    if (info.offset > size || info.length > size - info.offset || info.length < record_head_size) {
        throw ReplayError{"the file ends before attachment '" + info.name + "'", info.offset};
    }
    Bytes record(static_cast<std::size_t>(info.length));
    read_exactly(*source_, info.offset, record);
    ByteReader from{record, info.offset};
    const auto op = from.integer<std::uint8_t>();
    const auto length = from.integer<std::uint64_t>();
    const ByteSpan content = ByteSpan{record}.subspan(record_head_size);
    const McapAttachmentInfo head = read_attachment_head(from);
    const ByteSpan data = from.take(head.data_size);
    const ByteSpan checked = content.first(content.size() - from.left());
    if (op != static_cast<std::uint8_t>(McapOp::attachment) || length != content.size() ||
        from.left() != 4 || from.integer<std::uint32_t>() != checksum(checked) ||
        head.name != info.name || head.media_type != info.media_type || head.time != info.time ||
        head.data_size != info.data_size) {
        throw ReplayError{"attachment '" + info.name + "' is damaged", info.offset};
    }
    return {data.begin(), data.end()};
}

bool McapReader::verify() {
    McapChunkData data;
    for (std::size_t i = 0; i < index_.chunks.size(); ++i) (void)read_chunk(i, data);
    for (std::size_t i = 0; i < index_.attachments.size(); ++i) {
        try {
            (void)read_attachment(i);
        } catch (const ReplayError& error) {
            troubles_.emplace_back(error.what());
        }
    }
    try {
        verify_data();
    } catch (const ReplayError& error) {
        troubles_.emplace_back(error.what());
    }
    return troubles_.empty();
}

void McapReader::verify_data() {
    if (!index_.data_end) {
        if (unfinished_bytes() == 0) return;
        throw ReplayError{"the last " + std::to_string(unfinished_bytes()) +
                              " bytes are of a record that was not finished",
                          walk_.position()};
    }
    Bytes piece(std::size_t{1} << 20);
    std::uint32_t sum = 0;
    for (std::uint64_t at = 0; at < *index_.data_end;) {
        const std::uint64_t left = *index_.data_end - at;
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), left)));
        read_exactly(*source_, at, piece);
        sum = checksum(piece, sum);
        at += piece.size();
    }
    piece.resize(record_head_size + 4);
    read_exactly(*source_, *index_.data_end, piece);
    ByteReader from{piece, *index_.data_end};
    const auto op = from.integer<std::uint8_t>();
    const auto length = from.integer<std::uint64_t>();
    if (op != static_cast<std::uint8_t>(McapOp::data_end) || length != 4 ||
        from.integer<std::uint32_t>() != sum) {
        throw ReplayError{"the data do not have their checksum", *index_.data_end};
    }
    if (summary_read_ || read_summary(*source_, troubles_)) return;
    throw ReplayError{"the data are complete, the summary is missing", *index_.data_end};
}

}  // namespace crowdout::world
