// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "world/mcap_codec.hpp"
#include "world/mcap_format.hpp"
#include "world/mcap_sink.hpp"

namespace crowdout::world {

/// Messages on their way into one chunk. A writer may be fed from several: series that are read
/// whole apart from detail that is read rarely.
class McapChunk {
public:
    /// Copies the message.
    void add(const McapMessage& message);
    /// Forgets the messages; keeps their memory.
    void clear();

    [[nodiscard]] bool empty() const { return entries_.empty(); }
    /// Bytes, not packed: a chunk is worth closing at 1 MiB or so.
    [[nodiscard]] std::size_t size() const { return raw_.size(); }

private:
    friend class McapWriter;
    struct Entry {
        std::uint16_t channel = 0;
        std::uint64_t time = 0;
        std::uint64_t offset = 0;
    };
    Bytes raw_;
    std::vector<Entry> entries_;
};

/// Writes an MCAP file, record by record, each call one write of the sink.
///
///     magic | header | attachments | (chunk, its message indexes)... | data end | summary | magic
///
/// Each chunk also holds the schemas and channels of its messages: they share its checksum, and a
/// chunk can be understood when others are lost. A file that is not closed is whole up to its last
/// chunk. Not for several threads at once.
///
/// When the sink throws, the writer is done: `close` then does nothing, everything else is a
/// mistake of the caller (std::logic_error).
class McapWriter {
public:
    /// @param sink  outlives the writer.
    McapWriter(ByteSink& sink, const McapHeader& header);

    /// Schemas and channels are known by the numbers that the caller gives them.
    /// @throws std::invalid_argument  where the number is taken, a schema's is 0, or a channel's
    ///         schema is not there.
    void add(const McapSchema& schema);
    void add(const McapChannel& channel);
    void attach(const McapAttachment& attachment);
    /// Writes the messages, if there are any. The chunk is not changed.
    /// @throws std::invalid_argument  where a message's channel was not added, or the chunk holds
    ///         more than readers accept (64 MiB).
    void write(const McapChunk& chunk);
    void sync();
    /// Writes the end of the data and the summary.
    void close();

    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    struct Stream {
        McapChannel channel;
        std::uint64_t messages = 0;
        std::uint64_t messages_chunk = 0;
    };

    /// What the summary will say of a chunk, in 48 bytes: a run that is watched slowly for hours
    /// writes ten a second. No chunk is longer than readers accept, so lengths are short.
    struct ChunkEntry {
        std::uint64_t start_time;
        std::uint64_t end_time;
        std::uint64_t offset;
        std::uint32_t length;
        std::uint32_t index_length;
        std::uint32_t raw_size;
        std::uint32_t compressed_size;
        std::uint32_t shape;  ///< number in `shapes_`
    };

    [[nodiscard]] Stream* stream(std::uint16_t channel);
    void remember(McapChunkInfo chunk);
    [[nodiscard]] McapChunkInfo info_of(const ChunkEntry& chunk) const;
    [[nodiscard]] const McapSchema* schema(std::uint16_t id) const;
    void check_open() const;
    void count(const McapChunk& chunk);
    void write_definitions();
    void write_chunk(const McapChunk& chunk);
    void write_summary();
    void flush();

    ByteSink& sink_;
    ChunkCompressor compressor_;
    std::vector<McapSchema> schemas_;
    std::vector<Stream> streams_;  // by channel number, ascending
    std::vector<McapAttachmentInfo> attachments_;
    std::deque<ChunkEntry> chunks_;               // it grows without being copied
    std::vector<std::vector<McapCount>> shapes_;  // which channels a chunk has: they are few
    Bytes definitions_;                           // schemas and channels of the chunk being written
    Bytes out_;                                   // the records of the call being made
    std::uint64_t size_ = 0;
    std::uint32_t data_crc_ = 0;
    bool open_ = true;
};

}  // namespace crowdout::world
