// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "world/mcap_format.hpp"
#include "world/mcap_source.hpp"

namespace crowdout::world {

/// What a file holds and where, without its messages.
struct McapIndex {
    std::vector<McapSchema> schemas{};
    std::vector<McapChannel> channels{};
    std::vector<McapAttachmentInfo> attachments{};
    std::vector<McapChunkInfo> chunks{};
    /// Of the record that ends the data, once it is there.
    std::optional<std::uint64_t> data_end{};

    [[nodiscard]] const McapSchema* schema(std::uint16_t id) const;
    [[nodiscard]] const McapChannel* channel(std::uint16_t id) const;
    /// Adds a definition, or finds it to be the same as one that is there.
    /// @param at  in the file: for error messages.
    /// @throws ReplayError  where the number already means something else, or a channel's schema is
    ///         not there.
    void learn(McapSchema schema, std::uint64_t at);
    void learn(McapChannel channel, std::uint64_t at);
};

/// Finds the parts of a file whose summary is missing or damaged by going from record to record,
/// reading their heads only.
///
/// Goes on where it stopped when the file has grown. Where a record's length cannot be true it
/// looks for the next chunk, which it knows by the name of its compression and the agreement of its
/// two lengths. Schemas and channels outside of chunks have no checksum and are passed over, as are
/// records that this version does not know.
class McapWalk {
public:
    /// @param start  offset of the first record.
    explicit McapWalk(std::uint64_t start = mcap_magic.size()) : at_{start} {}

    /// Adds what is there now to the index, and a sentence for what is not as it should be.
    void advance(const ByteSource& source, McapIndex& index, std::vector<std::string>& troubles);

    /// Where the first record begins that is not there yet, or not whole.
    [[nodiscard]] std::uint64_t position() const { return at_; }

private:
    struct Head {
        std::uint8_t op;
        std::uint64_t length;
    };

    void take(Head head, SourceWindow& window, McapIndex& index);
    [[nodiscard]] bool find_chunk(const ByteSource& source, std::uint64_t size);

    std::uint64_t at_;
    bool after_chunk_ = false;  // the last record was a chunk or one of its message indexes
};

/// The parts of a finished file, from its summary: a read at its end and one for each chunk.
/// @param troubles  receives a sentence for each chunk whose message indexes are damaged.
/// @return nothing where the file does not end as a finished one does.
/// @throws ReplayError  where the summary is damaged.
[[nodiscard]] std::optional<McapIndex> read_summary(const ByteSource& source,
                                                    std::vector<std::string>& troubles);

}  // namespace crowdout::world
