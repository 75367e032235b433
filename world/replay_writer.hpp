// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "world/column_block.hpp"
#include "world/frame_columns.hpp"
#include "world/mcap_writer.hpp"
#include "world/replay_meta.hpp"
#include "world/scene.hpp"

namespace crowdout::world {

/// In which chunks a channel's messages lie: who opens a file reads the series only, who seeks
/// reads one chunk of each, and generic viewers read only what they can plot.
enum class ReplayStream : std::uint8_t { series, detail, plots };

/// Tables of the frames that charts of a whole run are made of.
[[nodiscard]] constexpr bool is_series(std::string_view table) {
    return table == "books" || table == "cash" || table == "series" || table == "events";
}

/// Channels that are no table of a frame.
inline constexpr std::string_view head_topic = "/head";
inline constexpr std::string_view capex_topic = "/capex";  ///< flows of that reason, again
inline constexpr std::string_view flows_total_topic = "/flows_total";
inline constexpr std::string_view trades_total_topic = "/trades_total";
inline constexpr std::string_view metrics_topic = "/metrics";
inline constexpr std::string_view input_topic = "/input";

/// A few figures of a frame as JSON, for viewers that know nothing of this project.
[[nodiscard]] std::string metrics_json(const Frame& frame, const Manifest& manifest);

/// Writes frames as an MCAP file, some at a time:
///
///     attachments | (plots, detail, series of frames 0-63) | (... of frames 64-127) | ...
///
/// The first frame of such a segment is a key: its state tables are complete, whichever frame they
/// came with, and the sums of all flows and trades up to it stand beside it. So a scene needs no
/// frame of an earlier segment. The series come last: a frame is there once they are.
///
/// docs/replay_format.md has the channels. Not for several threads at once.
class ReplayWriter {
public:
    /// Writes the attachments. @param sink  outlives the writer.
    /// @throws std::system_error  as all functions that write.
    ReplayWriter(ByteSink& sink, const ReplayHead& head);

    void add(const Frame& frame);
    /// Goes with the next frame: it came before the step that this shows.
    void add(const LiveInput& input);
    /// Writes what was added since the last time, as a segment of its own.
    void flush();
    /// Flushes, and ends the file.
    void close();

    /// Frames added, and those of them that are in the file.
    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] std::uint64_t frames_flushed() const { return frames_flushed_; }
    /// Bytes that wait for the next `flush`, before they are packed.
    [[nodiscard]] std::size_t pending_bytes() const { return pending_bytes_; }

private:
    struct Channel {
        ReplayStream stream;
        ColumnBlock block{};
        bool always = false;  ///< written even when it has no rows
    };

    void attach(const ReplayHead& head);
    void add_channels();
    std::size_t add_channel(std::string_view topic, std::string_view encoding, ReplayStream stream);
    template <class Row>
    std::size_t add_columns(std::string_view topic, ReplayStream stream);
    template <class Row>
    void add_rows(std::size_t channel, const std::vector<Row>& rows);
    [[nodiscard]] McapChunk& chunk(ReplayStream stream);
    void add_message(std::size_t channel, ByteSpan data);

    McapWriter writer_;
    Manifest manifest_;
    std::vector<Channel> channels_;  ///< by number less 1
    std::size_t head_ = 0;
    std::size_t first_table_ = 0;
    std::size_t capex_ = 0;
    std::size_t flows_total_ = 0;
    std::size_t trades_total_ = 0;
    std::size_t metrics_ = 0;
    std::size_t input_ = 0;

    Scene scene_;
    std::uint64_t frames_ = 0;
    std::uint64_t frames_flushed_ = 0;
    std::uint64_t time_ = 0;  ///< ns since 1970: of the segment's first frame
    std::size_t pending_bytes_ = 0;
    std::vector<std::uint32_t> sequences_;  ///< messages so far, by channel
    McapChunk series_;
    McapChunk detail_;
    McapChunk plots_;
    RowGrouper grouper_;
    Bytes bytes_;
    std::vector<MoneyRow> capex_rows_;
};

}  // namespace crowdout::world
