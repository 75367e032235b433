// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "world/capital_gauge.hpp"
#include "world/frame.hpp"
#include "world/manifest.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// What somebody who watches wants to see in more detail from the next frame on.
struct CloseUp {
    std::vector<std::uint16_t> books;         ///< every level and every fill, at every frame
    std::vector<market::AccountId> accounts;  ///< balances, orders and decisions

    friend bool operator==(const CloseUp&, const CloseUp&) = default;
};

/// Takes pictures of a world between its steps. It only looks: a run with a camera is the run
/// without.
///
///     FrameCamera camera{world};
///     while (...) {
///         world.step(pool);
///         if (camera.see(world)) sink.take(camera.frame());
///     }
///     if (camera.see_end(world)) sink.take(camera.frame());
///
/// What a world's `record` asks for decides how often, and how much of it.
class FrameCamera {
public:
    explicit FrameCamera(const World& world);

    /// Takes in the step just made. @return whether a frame is ready.
    bool see(const World& world);
    /// After the last step: what no frame shows yet becomes one. @return whether there was any.
    bool see_end(const World& world);

    /// Whether steps have been taken in that no frame shows yet.
    [[nodiscard]] bool has_begun() const { return begun_; }

    /// The last frame; valid until the next call of `see`. Move from it, or copy it.
    [[nodiscard]] Frame& frame() { return frame_; }
    [[nodiscard]] const Frame& frame() const { return frame_; }
    [[nodiscard]] const Manifest& manifest() const { return manifest_; }

    /// In addition to what the world's `record` asks for.
    void look_closer(CloseUp at) { close_up_ = std::move(at); }

private:
    [[nodiscard]] static std::int64_t money(double usd) {
        return market::to_whole(usd * market::money_per_dollar, market::Rounding::half_even);
    }
    [[nodiscard]] static market::InstrumentId id_of(std::size_t book) {
        return static_cast<market::InstrumentId>(book);
    }

    void see_books(const World& world);
    void see_flows(const World& world);
    void see_trades(const World& world);
    void see_events(const World& world);
    void see_fills(const World& world);
    void see_decisions(const World& world);
    void finish(const World& world);
    void show_head(const World& world);
    void show_books(const World& world);
    void add_up_trades();
    void show_flows();
    void show_cash(const World& world);
    void show_series(const World& world);
    void show_holdings(const World& world);
    void show_ladder(const World& world, std::uint16_t book, bool in_full);
    void show_rungs(const market::OrderBook& orders, std::uint16_t book, market::Side side,
                    std::int64_t width, std::size_t rungs);
    void show_account(const World& world, market::AccountId account);
    [[nodiscard]] bool in_full(std::uint16_t book) const;
    [[nodiscard]] bool watched(market::AccountId account) const;

    Manifest manifest_;
    std::vector<std::uint16_t> sector_of_block_;
    CloseUp always_;  ///< what the world file asks for
    CloseUp close_up_;
    Frame frame_;
    bool begun_ = false;  ///< the frame in hand has seen a step
    market::Time last_frame_;
    market::Time next_frame_;
    market::Time next_ladders_;
    market::Time next_balances_;
    CapitalGauge gauge_;
    std::vector<IdleHolder> idle_holders_;  ///< whose cash can be idle
    std::vector<std::int64_t> cash_;        ///< Money, by sector
    std::vector<std::int64_t> series_;      ///< by series; the gauge's change once a day
    std::vector<std::int64_t> series_shown_;

    struct BookSums {
        double volume = 0;  ///< USD since the frame before
        double volume_signed = 0;
        double volume_forced = 0;
        std::uint8_t phase = 0;
    };
    std::vector<BookSums> book_sums_;
    std::size_t level_ = 0;
    std::vector<FlowRow> rows_;
    std::vector<FlowRow> sector_rows_;
    struct FlowCell {
        std::int64_t money = 0;  ///< since the frame before
        bool is_listed = false;
    };
    std::vector<FlowCell> flow_cells_;         ///< [reasons x sectors x sectors]
    std::vector<std::uint32_t> listed_cells_;  ///< those in which something flowed
    std::vector<TradeRow> trade_rows_;
    std::vector<market::PriceLevel> levels_;
    std::vector<std::int64_t> units_;  ///< [sectors x assets]
};

}  // namespace crowdout::world
