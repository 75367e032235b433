// SPDX-License-Identifier: Apache-2.0
#include "world/replay_file.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "world/manifest_json.hpp"
#include "world/replay_error.hpp"
#include "world/replay_writer.hpp"

namespace crowdout::world {

namespace {

/// Differences of times must not overflow: the years 1824 to 2116 (our choice).
constexpr std::int64_t time_max = std::int64_t{1} << 62;

[[nodiscard]] bool has_messages(const McapReader& reader, const McapChunkInfo& chunk,
                                std::string_view topic) {
    return std::ranges::any_of(chunk.counts, [&](const McapCount& count) {
        const McapChannel* const channel = reader.channel(count.channel);
        return channel != nullptr && channel->topic == topic && count.messages > 0;
    });
}

}  // namespace

ReplayFile::ReplayFile(std::unique_ptr<const ByteSource> source, bool with_history)
    : reader_{std::move(source)},
      with_history_{with_history},
      history_{manifest_},
      last_time_{-time_max} {
    read_attachments();
    history_ = History{manifest_};
    refresh();
}

ReplayFile::ReplayFile(const std::string& path, bool with_history)
    : ReplayFile{std::make_unique<FileSource>(path), with_history} {}

void ReplayFile::read_attachments() {
    // A damaged header has none; the attachments tell then.
    const std::string& profile = reader_.header().profile;
    if (!profile.empty() && profile != replay_profile) {
        throw ReplayError{"a recording of another program: its profile is '" + profile + "'",
                          mcap_magic.size()};
    }
    const Bytes meta = attachment(meta_attachment);
    meta_ = read_meta_json(text_of(meta));
    const Bytes manifest = attachment(manifest_attachment);
    manifest_ = read_manifest_json(text_of(manifest));
}

Bytes ReplayFile::attachment(std::string_view name) const {
    const auto all = reader_.attachments();
    const auto found = std::ranges::find(all, name, &McapAttachmentInfo::name);
    if (found == all.end()) {
        throw ReplayError{"'" + std::string{name} + "' is missing from the replay", 0};
    }
    return reader_.read_attachment(static_cast<std::size_t>(found - all.begin()));
}

bool ReplayFile::refresh() {
    const std::uint64_t before = frames_;
    reader_.refresh();
    for (; chunks_taken_ < reader_.chunks().size(); ++chunks_taken_) take_chunk(chunks_taken_);
    return frames_ > before;
}

void ReplayFile::take_chunk(std::size_t chunk) {
    const McapChunkInfo info = reader_.chunks()[chunk];
    if (has_messages(reader_, info, flows_total_topic)) {
        detail_waiting_ = chunk;
        return;
    }
    const bool is_series = has_messages(reader_, info, head_topic);
    if (!is_series && !has_messages(reader_, info, input_topic)) return;
    if (!reader_.read_chunk(chunk, chunk_)) return;  // the reader keeps a sentence for it
    try {
        take_inputs(chunk_);
        if (is_series) take_series(chunk);
    } catch (const ReplayError& error) {
        troubles_.push_back("chunk " + std::to_string(chunk) + ": " + error.what());
        if (is_series) refused_.push_back(chunk);
    }
}

void ReplayFile::take_series(std::size_t chunk) {
    segment_reader_.take_series(reader_, chunk_, manifest_, series_);
    const std::uint64_t known =
        segments_.empty() ? 0 : segments_.back().first + segments_.back().count;
    if (series_.first < known) throw ReplayError{"frames that were there before", 0};
    std::int64_t last = last_time_;
    for (const Frame& frame : series_.frames) {
        if (frame.head.to < last || frame.head.to > time_max) {
            throw ReplayError{"frames whose times go back", 0};
        }
        last = frame.head.to;
    }
    last_time_ = last;
    if (series_.first > known) {
        gaps_.push_back("frames " + std::to_string(known + 1) + " to " +
                        std::to_string(series_.first) + " of the run are lost");
    }

    Segment segment{.begin = frames_,
                    .first = series_.first,
                    .count = static_cast<std::uint32_t>(series_.frames.size()),
                    .series = chunk};
    // Whatever tells of a segment's frames has one time; an input before the first has an earlier.
    const auto chunks = reader_.chunks();
    if (detail_waiting_ && chunks[*detail_waiting_].end_time == chunks[chunk].end_time) {
        segment.detail = detail_waiting_;
    }
    detail_waiting_.reset();
    segments_.push_back(segment);
    frames_ += segment.count;
    if (!with_history_) return;
    for (const Frame& frame : series_.frames) history_.append(frame);
}

void ReplayFile::take_inputs(const McapChunkData& data) {
    for (const McapMessage& message : data.messages) {
        const McapChannel* const channel = reader_.channel(message.channel);
        if (channel != nullptr && channel->topic == input_topic) {
            inputs_.push_back(read_input_json(text_of(message.data)));
        }
    }
}

const Scene& ReplayFile::at(std::uint64_t index) {
    assert(index < frames_);
    const Segment& segment = segment_of(index);
    const std::uint64_t wanted = index - segment.begin;
    const bool is_behind = scene_.frames > segment.first + wanted + 1;
    const bool is_elsewhere = scene_.frames <= segment.first;
    load(segment);
    if (is_behind || is_elsewhere) {
        scene_ = {};
        scene_.frames = segment.first;
        scene_.advance(loaded_.frames[0]);
        scene_.flows = loaded_.flows_total;
        scene_.trades = loaded_.trades_total;
    }
    while (scene_.frames <= segment.first + wanted) {
        scene_.advance(loaded_.frames[scene_.frames - segment.first]);
    }
    return scene_;
}

const Frame& ReplayFile::frame(std::uint64_t index) {
    assert(index < frames_);
    const Segment& segment = segment_of(index);
    load(segment);
    return loaded_.frames[index - segment.begin];
}

FrameHead ReplayFile::head(std::uint64_t index) {
    assert(index < frames_);
    const Segment& segment = segment_of(index);
    load_series(segment);
    return loaded_.frames[index - segment.begin].head;
}

const ReplayFile::Segment& ReplayFile::segment_of(std::uint64_t index) const {
    const auto next = std::ranges::upper_bound(segments_, index, {}, &Segment::begin);
    return *(next - 1);
}

void ReplayFile::load_series(const Segment& segment) {
    const auto number = static_cast<std::size_t>(&segment - segments_.data());
    if (series_at_ == number) return;
    series_at_.reset();
    detail_at_.reset();
    read(segment.series);
    segment_reader_.take_series(reader_, chunk_, manifest_, loaded_);
    series_at_ = number;
}

void ReplayFile::load(const Segment& segment) {
    load_series(segment);
    if (detail_at_ == series_at_) return;
    if (!segment.detail) {
        throw ReplayError{"the details of the frames around here are lost",
                          reader_.chunks()[segment.series].offset};
    }
    // Half of the details are none: whoever comes next begins with the series again.
    const std::optional<std::size_t> number = std::exchange(series_at_, std::nullopt);
    read(*segment.detail);
    segment_reader_.take_detail(reader_, chunk_, manifest_, loaded_);
    series_at_ = detail_at_ = number;
}

void ReplayFile::read(std::size_t chunk) {
    if (!reader_.read_chunk(chunk, chunk_)) {
        throw ReplayError{"the frames around here are damaged", reader_.chunks()[chunk].offset};
    }
}

std::vector<std::string> ReplayFile::troubles() const {
    std::vector<std::string> all{reader_.troubles().begin(), reader_.troubles().end()};
    all.insert(all.end(), troubles_.begin(), troubles_.end());
    return all;
}

std::vector<std::size_t> ReplayFile::unshown_series() {
    std::vector<std::size_t> chunks = refused_;
    for (const Segment& segment : segments_) {
        try {
            load(segment);
        } catch (const ReplayError& error) {
            chunks.push_back(segment.series);
            troubles_.push_back("frames " + std::to_string(segment.first + 1) + " to " +
                                std::to_string(segment.first + segment.count) +
                                " of the run cannot be shown: " + error.what());
        }
    }
    return chunks;
}

std::unique_ptr<ReplayFile> open_replay(const std::string& path, bool with_history) {
    return std::make_unique<ReplayFile>(path, with_history);
}

}  // namespace crowdout::world
