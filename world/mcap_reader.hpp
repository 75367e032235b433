// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/mcap_codec.hpp"
#include "world/mcap_index.hpp"

namespace crowdout::world {

/// A chunk that was read: its messages point into its bytes. Used again for the next chunk, it
/// keeps its memory.
struct McapChunkData {
    Bytes raw{};
    std::vector<McapMessage> messages{};

    McapChunkData() = default;
    McapChunkData(McapChunkData&&) = default;
    McapChunkData& operator=(McapChunkData&&) = default;
};

/// Reads an MCAP file, finished or not, whole or damaged, while it is being written or after.
///
/// A finished file is opened by its summary, any other by going from record to record. What a
/// checksum does not confirm is never given out; what cannot be read is passed over, and a sentence
/// for it is kept in `troubles`. Not for several threads at once.
class McapReader {
public:
    /// @throws ReplayError  where this is no MCAP file at all.
    /// @throws std::system_error  where it cannot be read.
    explicit McapReader(std::unique_ptr<const ByteSource> source);
    explicit McapReader(const std::string& path);

    /// Takes in what was appended since. Cheap when nothing was.
    /// @return whether there is more than before.
    bool refresh();
    /// The end of the data has been seen: nothing more will be appended.
    [[nodiscard]] bool finished() const { return index_.data_end.has_value(); }
    /// Bytes at the end of an unfinished file that are no whole record: of one being written, or
    /// one whose writer died.
    [[nodiscard]] std::uint64_t unfinished_bytes() const;

    [[nodiscard]] const McapHeader& header() const { return header_; }
    [[nodiscard]] std::span<const McapAttachmentInfo> attachments() const {
        return index_.attachments;
    }
    /// Channels and schemas are known once a chunk that uses them is there, or the summary is. Like
    /// every list here, they may move when more is read.
    [[nodiscard]] std::span<const McapSchema> schemas() const { return index_.schemas; }
    [[nodiscard]] std::span<const McapChannel> channels() const { return index_.channels; }
    [[nodiscard]] const McapChannel* channel(std::uint16_t id) const { return index_.channel(id); }
    [[nodiscard]] const McapChannel* channel(std::string_view topic) const;
    /// In the order of the file, which need not be that of time. More are added at the end only.
    [[nodiscard]] std::span<const McapChunkInfo> chunks() const { return index_.chunks; }

    /// @return false where the chunk is broken: it has no messages then, and the first time a
    ///         sentence joins `troubles`.
    /// @throws std::system_error  where the disk fails.
    bool read_chunk(std::size_t index, McapChunkData& out);
    /// The whole of an attachment. @throws ReplayError  where it is damaged.
    [[nodiscard]] Bytes read_attachment(std::size_t index) const;

    /// Reads every byte and compares every checksum.
    /// @return whether all is right; if not, `troubles` says what is not.
    bool verify();
    /// Sentences about what could not be read, and where.
    [[nodiscard]] std::span<const std::string> troubles() const { return troubles_; }
    [[nodiscard]] std::size_t broken_chunks() const;

private:
    void read_start();
    void read_chunk(McapChunkInfo& chunk, McapChunkData& out);
    void take_messages(const McapChunkInfo& chunk, McapChunkData& out);
    void check_counts(McapChunkInfo& chunk, const McapChunkData& data);
    /// Finds the channels that the chunks from there on mention.
    void find_channels(std::size_t first_chunk);
    void verify_data();

    std::unique_ptr<const ByteSource> source_;
    ChunkDecompressor decompressor_;
    McapHeader header_;
    McapIndex index_;
    McapWalk walk_;
    std::uint64_t size_ = 0;  // of the file when it was last looked at
    bool summary_read_ = false;
    std::vector<std::string> troubles_;
    Bytes packed_;
};

}  // namespace crowdout::world
