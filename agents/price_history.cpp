// SPDX-License-Identifier: Apache-2.0
#include "agents/price_history.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::agents {

using market::Duration;
using market::Time;

void PriceHistory::start(Time now, double price) {
    for (Grid& grid : grids_) {
        std::ranges::fill(grid.prices, price);
        grid.newest_cell = now.ns / grid.cell.ns;
    }
    last_ = price;
    last_time_ = now;
}

void PriceHistory::record(Time now, double price) {
    assert(now >= last_time_);
    for (Grid& grid : grids_) grid.record(now, last_, price);
    last_ = price;
    last_time_ = now;
}

void PriceHistory::Grid::record(Time now, double before, double price) {
    const std::int64_t cell_now = now.ns / cell.ns;
    const auto size = static_cast<std::int64_t>(prices.size());
    // A cell holds the price at its start, so the cells begun since then start at the old price,
    // except one that begins this very moment.
    const std::int64_t first = std::max(newest_cell + 1, cell_now - size + 1);
    for (std::int64_t c = first; c <= cell_now; ++c) {
        const bool begins_now = c * cell.ns == now.ns;
        prices[static_cast<std::size_t>(c % size)] = begins_now ? price : before;
    }
    newest_cell = cell_now;
}

double PriceHistory::Grid::back(std::size_t cells) const {
    const auto size = static_cast<std::int64_t>(prices.size());
    const std::int64_t reach = std::min(static_cast<std::int64_t>(cells), size - 1);
    return prices[static_cast<std::size_t>((newest_cell - reach) % size)];
}

double PriceHistory::price_ago(Duration ago) const {
    for (const Grid& grid : grids_) {
        const bool reaches =
            ago.ns <= grid.cell.ns * static_cast<std::int64_t>(grid.prices.size() - 1);
        if (!reaches && &grid != &grids_.back()) continue;
        const std::int64_t then = std::max<std::int64_t>(last_time_.ns - ago.ns, 0);
        const std::int64_t cells_back = grid.newest_cell - then / grid.cell.ns;
        return cells_back < 0 ? last_ : grid.back(static_cast<std::size_t>(cells_back));
    }
    return last_;
}

}  // namespace crowdout::agents
