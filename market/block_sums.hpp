// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace crowdout::market {

/// Sums by block of accounts that remember which were touched: few are, as a rule, and only those
/// are visited. Adding allocates nothing.
class BlockSums {
public:
    /// Starts over with `blocks` sums of nothing, keeping the memory.
    void begin(std::size_t blocks) {
        if (cells_.size() != blocks) {
            cells_.assign(blocks, {});
            touched_.clear();
            touched_.reserve(blocks);
        }
        take([](std::uint32_t, std::int64_t) {});
    }

    void add(std::uint32_t block, std::int64_t units) {
        Cell& cell = cells_[block];
        if (!cell.touched) {
            cell.touched = true;
            touched_.push_back(block);
        }
        cell.sum += units;
    }

    /// Calls `visit(block, sum)` for each that was touched, and forgets them.
    template <class Visit>
    void take(Visit&& visit) {
        for (const std::uint32_t block : touched_) {
            visit(block, std::exchange(cells_[block], Cell{}).sum);
        }
        touched_.clear();
    }

private:
    struct Cell {
        std::int64_t sum = 0;
        bool touched = false;
    };

    std::vector<Cell> cells_;
    std::vector<std::uint32_t> touched_;  ///< in the order of their first touch
};

}  // namespace crowdout::market
