// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "world/column_block.hpp"
#include "world/frame.hpp"
#include "world/frame_columns.hpp"
#include "world/manifest.hpp"
#include "world/mcap_reader.hpp"

namespace crowdout::world {

/// Some successive frames of a run, with all that has flowed up to the first of them.
struct ReplaySegment {
    std::uint64_t first = 0;  ///< number of the first frame in the run, from 0
    std::vector<Frame> frames{};
    std::vector<MoneyRow> flows_total{};
    std::vector<TradedRow> trades_total{};
};

/// Makes frames of the messages of chunks, and holds each number in them against the manifest.
class SegmentReader {
public:
    /// Begins a segment with what its chunk of series has. Of flows only those for capex are there.
    /// @throws ReplayError  where it is none, or says what cannot be.
    void take_series(const McapReader& reader, const McapChunkData& chunk, const Manifest& manifest,
                     ReplaySegment& segment);
    /// Adds what the chunk of details has. @throws ReplayError  also where it is another segment's.
    void take_detail(const McapReader& reader, const McapChunkData& chunk, const Manifest& manifest,
                     ReplaySegment& segment);

private:
    void take_heads(ReplaySegment& segment);
    void take_table(std::string_view table, ReplaySegment& segment);
    [[nodiscard]] RowPlaces places_in(const ReplaySegment& segment) const;
    void need_same_frames(const ReplaySegment& segment) const;

    ColumnBlock block_;
};

}  // namespace crowdout::world
