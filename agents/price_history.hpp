// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "market/time.hpp"

namespace crowdout::agents {

/// One instrument's past prices on three nested grids: 5 minutes for 2 days, an hour for 60 days,
/// a day for 400 days. Old enough for the slowest trend follower, small enough to copy.
class PriceHistory {
public:
    /// Fills the past with `price`, up to `now`.
    void start(market::Time now, double price);

    /// Records that the price at `now` is `price`; time does not run backwards. Grid points that
    /// were passed since the last call take the price that held then (last observation).
    void record(market::Time now, double price);

    /// The price `ago` before the last record, from the finest grid that reaches so far back.
    [[nodiscard]] double price_ago(market::Duration ago) const;

    /// The close `days` whole days before the last midnight (UTC) passed; 0 is that midnight's.
    [[nodiscard]] double daily_close(std::size_t days) const { return grids_[2].back(days); }
    [[nodiscard]] std::size_t days() const { return grids_[2].prices.size(); }

    template <class Archive>
    void archive(Archive& a) {
        for (Grid& grid : grids_) a(grid.cell, grid.prices, grid.newest_cell);
        a(last_, last_time_);
    }

private:
    struct Grid {
        market::Duration cell;
        std::vector<double> prices;  ///< a ring: slot = cell number modulo size
        std::int64_t newest_cell = 0;

        [[nodiscard]] double back(std::size_t cells) const;
        void record(market::Time now, double before, double price);
    };

    std::array<Grid, 3> grids_{
        Grid{market::minute * 5, std::vector<double>(577), 0},
        Grid{market::hour, std::vector<double>(1441), 0},
        Grid{market::day, std::vector<double>(401), 0},
    };
    double last_ = 0;
    market::Time last_time_;
};

}  // namespace crowdout::agents
