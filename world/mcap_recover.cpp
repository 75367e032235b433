// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_recover.hpp"

namespace crowdout::world {

namespace {

/// Reading a chunk can bring channels to light; the writer must know them before their messages.
class Definitions {
public:
    void copy(const McapReader& from, McapWriter& to) {
        for (; schemas_ < from.schemas().size(); ++schemas_) to.add(from.schemas()[schemas_]);
        for (; channels_ < from.channels().size(); ++channels_) to.add(from.channels()[channels_]);
    }

private:
    std::size_t schemas_ = 0;
    std::size_t channels_ = 0;
};

void copy_attachments(const McapReader& from, McapWriter& to, McapRecovery& recovery) {
    for (std::size_t i = 0; i < from.attachments().size(); ++i) {
        const McapAttachmentInfo& info = from.attachments()[i];
        try {
            const Bytes data = from.read_attachment(i);
            to.attach({.name = info.name,
                       .media_type = info.media_type,
                       .time = info.time,
                       .data = data});
            ++recovery.attachments;
        } catch (const ReplayError&) {
            ++recovery.attachments_lost;
        }
    }
}

}  // namespace

McapRecovery recover(McapReader& from, const McapHeader& header, ByteSink& to,
                     const std::function<bool(std::size_t, const McapMessage&)>& is_wanted) {
    McapRecovery recovery;
    McapWriter writer{to, header};
    copy_attachments(from, writer, recovery);
    Definitions definitions;
    definitions.copy(from, writer);
    McapChunkData data;
    McapChunk chunk;
    for (std::size_t i = 0; i < from.chunks().size(); ++i) {
        if (!from.read_chunk(i, data)) {
            ++recovery.chunks_lost;
            continue;
        }
        definitions.copy(from, writer);
        chunk.clear();
        for (const McapMessage& message : data.messages) {
            if (is_wanted && !is_wanted(i, message)) continue;
            chunk.add(message);
            ++recovery.messages;
        }
        if (chunk.empty()) continue;
        writer.write(chunk);
        ++recovery.chunks;
    }
    writer.close();
    return recovery;
}

}  // namespace crowdout::world
