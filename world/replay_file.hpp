// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/column_block.hpp"
#include "world/mcap_reader.hpp"
#include "world/replay_meta.hpp"
#include "world/replay_segment.hpp"
#include "world/scene.hpp"

namespace crowdout::world {

/// A recording as frames: finished or not, whole or damaged, while it is being written or after.
///
/// What is shown was written: every chunk's checksum is compared, and every number is held against
/// the manifest. Frames whose series are lost are passed over, `at` counts those that are there (a
/// scene says which of the run it is); frames whose details are lost are refused by `at`.
class ReplayFile final : public FrameSource {
public:
    /// @throws ReplayError  where this is no replay, or what explains it is lost.
    /// @throws std::system_error  where the file cannot be read.
    /// @param with_history  or `history` stays empty: for somebody who keeps one already.
    explicit ReplayFile(std::unique_ptr<const ByteSource> source, bool with_history = true);
    explicit ReplayFile(const std::string& path, bool with_history = true);

    [[nodiscard]] const Manifest& manifest() const override { return manifest_; }
    bool refresh() override;
    [[nodiscard]] std::uint64_t frames() const override { return frames_; }
    [[nodiscard]] bool finished() const override { return reader_.finished(); }
    [[nodiscard]] const Scene& at(std::uint64_t index) override;
    [[nodiscard]] const History& history() const override { return history_; }
    bool look_closer(const std::vector<std::uint16_t>&,
                     const std::vector<std::uint32_t>&) override {
        return false;
    }

    [[nodiscard]] const ReplayMeta& meta() const { return meta_; }
    /// The bytes of an attachment. @throws ReplayError  where it is damaged or not there.
    [[nodiscard]] Bytes attachment(std::string_view name) const;
    /// What came from outside while the run was recorded, in its order.
    [[nodiscard]] std::span<const LiveInput> inputs() const { return inputs_; }
    /// The frame itself, as it was recorded but for the state tables of a segment's first, which
    /// are complete. @throws ReplayError  where the file is broken there.
    [[nodiscard]] const Frame& frame(std::uint64_t index);
    /// Its head; cheaper, and there even where details are lost. @throws ReplayError  where the
    /// file was cut since it was opened.
    [[nodiscard]] FrameHead head(std::uint64_t index);
    /// Sentences about what could not be read.
    [[nodiscard]] std::vector<std::string> troubles() const;
    /// Sentences about frames that the run had and the file does not: no damage of its own.
    [[nodiscard]] const std::vector<std::string>& gaps() const { return gaps_; }
    /// Reads all frames. @return the chunks of series whose frames cannot be shown, in no order; a
    /// sentence for each is in `troubles`.
    [[nodiscard]] std::vector<std::size_t> unshown_series();
    [[nodiscard]] const McapReader& container() const { return reader_; }
    [[nodiscard]] McapReader& container() { return reader_; }

private:
    /// Some successive frames: a chunk of series, and one of details.
    struct Segment {
        std::uint64_t begin = 0;  ///< frames of this source before it
        std::uint64_t first = 0;  ///< number of its first frame in the run
        std::uint32_t count = 0;
        std::size_t series = 0;  ///< chunks
        std::optional<std::size_t> detail{};
    };

    void read_attachments();
    void take_chunk(std::size_t chunk);
    void take_series(std::size_t chunk);
    void take_inputs(const McapChunkData& data);
    [[nodiscard]] const Segment& segment_of(std::uint64_t index) const;
    void load_series(const Segment& segment);
    void load(const Segment& segment);
    void read(std::size_t chunk);

    McapReader reader_;
    Manifest manifest_;
    ReplayMeta meta_;
    bool with_history_;
    History history_;
    std::int64_t last_time_;  ///< end of the last frame
    std::vector<LiveInput> inputs_;
    std::vector<Segment> segments_;
    std::uint64_t frames_ = 0;
    std::size_t chunks_taken_ = 0;
    std::optional<std::size_t> detail_waiting_;  ///< the last chunk of details, without its series
    std::vector<std::size_t> refused_;           ///< chunks of series that say what cannot be
    std::vector<std::string> troubles_;
    std::vector<std::string> gaps_;

    McapChunkData chunk_;
    SegmentReader segment_reader_;
    ReplaySegment series_;                  ///< while opening
    ReplaySegment loaded_;                  ///< the segment last asked for
    std::optional<std::size_t> series_at_;  ///< its number, once it has its series
    std::optional<std::size_t> detail_at_;  ///< the same of its details
    Scene scene_;
};

/// A recording as a source of frames. @throws ReplayError, std::system_error
[[nodiscard]] std::unique_ptr<ReplayFile> open_replay(const std::string& path,
                                                      bool with_history = true);

}  // namespace crowdout::world
