// SPDX-License-Identifier: Apache-2.0
#include "world/replay_segment.hpp"

#include <algorithm>
#include <string>

#include "world/frame_check.hpp"
#include "world/frame_columns.hpp"
#include "world/replay_error.hpp"
#include "world/replay_writer.hpp"

namespace crowdout::world {

namespace {

/// A segment of ours has 64 frames; whoever writes longer ones must leave seeking cheap (our
/// choice), and a damaged number must not make a reader ask for memory without bound.
constexpr std::uint32_t segment_frames_max = 4096;

[[nodiscard]] bool is_known(std::string_view topic) {
    bool known = topic == head_topic || topic == capex_topic || topic == flows_total_topic ||
                 topic == trades_total_topic;
    Frame::tables([&](std::string_view name, TableKind, auto) {
        known = known || (topic.starts_with('/') && topic.substr(1) == name);
    });
    return known;
}

/// Nothing where the message is somebody else's: of another encoding, or of a later version.
[[nodiscard]] std::string_view topic_of(const McapReader& reader, const McapMessage& message) {
    const McapChannel* const channel = reader.channel(message.channel);
    if (channel == nullptr || channel->encoding != "crowdout-columns") return {};
    return is_known(channel->topic) ? std::string_view{channel->topic} : std::string_view{};
}

void need(bool is_so, const std::string& what) {
    if (!is_so) throw ReplayError{what, 0};
}

/// Rows that stand beside the frames: those of the segment's first.
template <class Row>
void take_beside(const ColumnBlock& block, std::uint64_t first, std::vector<Row>& rows) {
    const RowPlaces places{block, first, 1};
    take_rows<Row>(block, places, [&](std::size_t) -> std::vector<Row>& { return rows; });
}

/// A frame's only head, as if it were a row among others.
struct HeadRow {
    FrameHead& head;

    void resize(std::size_t) const {}
    FrameHead& operator[](std::size_t) const { return head; }
};

void check(const Manifest& manifest, const ReplaySegment& segment) {
    for (const Frame& frame : segment.frames) {
        const std::string_view wrong = wrong_table(frame, manifest);
        need(wrong.empty(), "a row of '" + std::string{wrong} + "' that does not fit the manifest");
    }
}

}  // namespace

void SegmentReader::take_series(const McapReader& reader, const McapChunkData& chunk,
                                const Manifest& manifest, ReplaySegment& segment) {
    bool has_heads = false;
    for (const McapMessage& message : chunk.messages) {
        const std::string_view topic = topic_of(reader, message);
        if (topic.empty()) continue;
        decode(message.data, block_);
        if (!has_heads) {
            need(topic == head_topic, "a segment that does not begin with heads");
            take_heads(segment);
            has_heads = true;
        } else if (topic == capex_topic) {
            take_rows<MoneyRow>(
                block_, places_in(segment), [&](std::size_t frame) -> auto& {
                    return segment.frames[frame].flows;
                });
        } else if (is_series(topic.substr(1))) {
            take_table(topic.substr(1), segment);
        }
    }
    need(has_heads, "a segment without heads");
    check(manifest, segment);
}

void SegmentReader::take_detail(const McapReader& reader, const McapChunkData& chunk,
                                const Manifest& manifest, ReplaySegment& segment) {
    for (Frame& frame : segment.frames) frame.flows.clear();
    segment.flows_total.clear();
    segment.trades_total.clear();
    for (const McapMessage& message : chunk.messages) {
        const std::string_view topic = topic_of(reader, message);
        if (topic.empty()) continue;
        decode(message.data, block_);
        need_same_frames(segment);
        if (topic == flows_total_topic) {
            take_beside(block_, segment.first, segment.flows_total);
        } else if (topic == trades_total_topic) {
            take_beside(block_, segment.first, segment.trades_total);
        } else if (!is_series(topic.substr(1))) {
            take_table(topic.substr(1), segment);
        }
    }
    check(manifest, segment);
    need(all_known(segment.flows_total, manifest) && all_known(segment.trades_total, manifest),
         "a sum that does not fit the manifest");
}

void SegmentReader::take_heads(ReplaySegment& segment) {
    need(block_.steps > 0 && block_.steps <= segment_frames_max,
         "a segment of " + std::to_string(block_.steps) + " frames");
    segment.first = block_.first_step;
    segment.frames.resize(block_.steps);
    for (Frame& frame : segment.frames) frame.clear();
    const RowPlaces places = places_in(segment);
    need(std::ranges::all_of(places.rows_of_frame, [](std::uint32_t rows) { return rows == 1; }),
         "a frame without a head, or with two");
    take_rows<FrameHead>(block_, places,
                         [&](std::size_t frame) { return HeadRow{segment.frames[frame].head}; });
}

void SegmentReader::take_table(std::string_view table, ReplaySegment& segment) {
    Frame::tables(
        [&]<class Row>(std::string_view name, TableKind, std::vector<Row> Frame::*member) {
            if (name != table) return;
            take_rows<Row>(
                block_, places_in(segment), [&](std::size_t frame) -> auto& {
                    return segment.frames[frame].*member;
                });
        });
}

RowPlaces SegmentReader::places_in(const ReplaySegment& segment) const {
    need_same_frames(segment);
    return RowPlaces{block_, segment.first, segment.frames.size()};
}

void SegmentReader::need_same_frames(const ReplaySegment& segment) const {
    need(block_.first_step == segment.first && block_.steps == segment.frames.size(),
         "two parts of a segment tell of different frames");
}

}  // namespace crowdout::world
