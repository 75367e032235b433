// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "market/alarm_queue.hpp"
#include "market/order_hash.hpp"
#include "market/order_pool.hpp"
#include "market/price_ladder.hpp"
#include "market/trade.hpp"

namespace crowdout::market {

/// A resting order as its book shows it.
struct RestingOrder {
    Ticket ticket;
    AccountId owner;
    ParentId parent = no_parent;
    Side side = Side::buy;
    Cause cause = Cause::choice;
    SelfTrade self_trade = SelfTrade::cancel_resting;
    bool post_only = false;
    Price limit;
    Quantity left;
    Time expiry = never;
    std::uint64_t arrival = 0;  ///< smaller is ahead in the queue of one price
};

/// What waits at one price.
struct PriceLevel {
    Price price;
    Quantity quantity;

    friend bool operator==(const PriceLevel&, const PriceLevel&) = default;
};

/// What waits over a range of prices.
struct Depth {
    Quantity quantity;
    Int128 tick_lots = 0;  ///< sum of price x lots: times `money_per_tick_lot` it is Money
};

/// A continuous limit order book for one instrument: price priority, then time priority.
///
/// One thread owns a book during the match phase; between phases it is read only. A value: copying
/// copies the market. Once warm, nothing allocates. Orders rest in a pool of cache lines, queued
/// by price in two `PriceLadder`s; a ticket names its slot, so a cancel looks nothing up.
class OrderBook {
public:
    static constexpr std::uint32_t capacity_default = 1u << 20;

    /// @param capacity  most orders that may rest; further ones are refused (`queue_full`).
    explicit OrderBook(std::uint32_t capacity = capacity_default) : capacity_{capacity} {}

    /// Matches `order`, then rests, cancels or refuses the rest as its type says.
    ///
    /// Rejects, as a `Removed`: post_only_would_take, fill_or_kill_short, queue_full.
    /// @param order   `type` is limit or market (stops wait elsewhere); id unique among the
    ///                resting and not 0; quantity > 0; limit > 0 where it may rest, else >= 0.
    /// @param events  appended to. A maker that met its own owner is in `removed`.
    /// @return the slot of its ticket where it came to rest, else `no_index`.
    std::uint32_t submit(const Order& order, BookEvents& events);

    /// @return false where the ticket no longer rests, or is not `owner`'s; then nothing was
    ///         written.
    bool cancel(Ticket ticket, AccountId owner, BookEvents& events);

    /// Puts a new limit and quantity in the place of what is left of a resting order.
    ///
    /// The whole old rest is `removed` (replaced) and the new one enters under the same id, as
    /// `rested` or through fills: so escrow always goes back for the old and is held for the new.
    /// Priority, and the ticket, are kept where the price stays and the quantity does not grow.
    /// @param left  lots; > 0.
    /// @return none, or why nothing has happened: bad_quantity, bad_price, post_only_would_take,
    ///         unknown_order.
    Reject replace(Ticket ticket, AccountId owner, Price limit, Quantity left, BookEvents& events);

    /// Takes `by` lots off a resting order in silence: they were traded elsewhere, in an auction.
    /// @param by  0 < by <= what is left.
    void reduce(Ticket ticket, Quantity by);

    /// Removes every order whose expiry is not after `now`, in the order (expiry, arrival).
    /// Cost: O(1) where none is due.
    void expire(Time now, BookEvents& events);

    /// Rests a limit order unmatched, even across the other side: the call phase of an auction.
    void collect(const Order& order, BookEvents& events);

    /// Trades everything that crosses, all at `price`, in price-time priority of both sides.
    ///
    /// A buyer who would meet itself loses the later of its two orders.
    void uncross(Price price, BookEvents& events);

    [[nodiscard]] std::optional<Price> best_bid() const { return best(Side::buy); }
    [[nodiscard]] std::optional<Price> best_ask() const { return best(Side::sell); }
    [[nodiscard]] std::optional<Price> best(Side side) const;

    /// What rests, or nothing where the ticket is spent.
    [[nodiscard]] std::optional<RestingOrder> find(Ticket ticket) const;

    /// Lots of all orders of one side.
    [[nodiscard]] Quantity resting(Side side) const { return Quantity{lots_[at(side)]}; }
    [[nodiscard]] std::size_t order_count() const { return orders_; }
    [[nodiscard]] std::uint32_t capacity() const { return capacity_; }

    [[nodiscard]] Quantity quantity_at(Side side, Price price) const;

    /// Fills `levels` with the best prices, best first. @return how many there were.
    std::size_t levels(Side side, std::span<PriceLevel> levels) const;

    /// What rests at `worst` or better. Cost: O(levels).
    [[nodiscard]] Depth depth(Side side, Price worst) const;

    /// Calls `visit(const RestingOrder&)` for each order of a side in price-time order.
    template <class Visit>
    void for_each(Side side, Visit visit) const {
        const PriceLadder& ladder = ladders_[at(side)];
        for (std::uint32_t level = ladder.best(); level != no_index; level = ladder.next(level)) {
            for (std::uint32_t slot = ladder[level].head; slot != no_index;
                 slot = pool_[slot].next) {
                visit(shown(slot));
            }
        }
    }

    /// Sum over resting orders (`identity_hash`): the same for any book that holds the same.
    [[nodiscard]] std::uint64_t digest() const { return digest_; }

    /// Hints for who works through batches. They have no branch to mispredict, take the slot or
    /// the price of any message, also of one that has none, and never change the book.
    /// (Always inline: g++ drops calls of functions that do nothing but prefetch.)
    ///
    ///     three books ahead   prefetch()                          the book itself
    ///     two                 prefetch(slot), prefetch(side, limit),
    ///                         prefetch_ends()                     where its ends are kept
    ///     one                 prefetch_neighbours(slot), prefetch_tail(side, limit),
    ///                         prefetch_front()                    who trades first; free slots
    ///     its turn            prefetch_second()                   who trades next
    ///
    /// Each follows pointers that the one before has fetched. While one book stays in the cache,
    /// those of a slot are enough, about 12 and 6 messages ahead.
    [[gnu::always_inline]] void prefetch() const {
        const char* const bytes = reinterpret_cast<const char*>(this);
        for (std::size_t at = 0; at < sizeof *this; at += 64) __builtin_prefetch(bytes + at, 1);
    }
    [[gnu::always_inline]] void prefetch(std::uint32_t slot) const { pool_.prefetch(slot); }
    [[gnu::always_inline]] void prefetch(Side side, Price limit) const {
        ladders_[at(side)].prefetch(flip(side, limit.value()));
    }
    [[gnu::always_inline]] void prefetch_neighbours(std::uint32_t slot) const {
        if (slot >= pool_.size()) return;
        const QueuedOrder& order = pool_[slot];
        pool_.prefetch(order.prev);
        pool_.prefetch(order.next);
    }
    [[gnu::always_inline]] void prefetch_ends() const {
        for (const PriceLadder& ladder : ladders_) ladder.prefetch_best();
        pool_.prefetch_free();
    }
    [[gnu::always_inline]] void prefetch_front() const {
        for (const PriceLadder& ladder : ladders_) {
            if (!ladder.empty()) pool_.prefetch(ladder[ladder.best()].head);
        }
        pool_.prefetch_free_slots();
    }
    [[gnu::always_inline]] void prefetch_second() const {
        for (const PriceLadder& ladder : ladders_) {
            if (!ladder.empty()) pool_.prefetch(pool_[ladder[ladder.best()].head].next);
        }
    }
    [[gnu::always_inline]] void prefetch_tail(Side side, Price limit) const {
        pool_.prefetch(ladders_[at(side)].tail_near(flip(side, limit.value())));
    }

    /// Makes room for so many resting orders, so that none of them allocates.
    void reserve(std::uint32_t orders) { pool_.reserve(orders); }

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t bytes() const;

    /// Slots are part of it: tickets stay good across a checkpoint.
    template <class Archive>
    void archive(Archive& a) {
        a(pool_, ladders_[0], ladders_[1], expiries_, lots_, digest_, arrivals_, orders_, expiring_,
          capacity_);
    }

private:
    static constexpr std::size_t at(Side side) { return static_cast<std::size_t>(side); }

    /// Price to key and back: see PriceLadder.
    static constexpr std::int64_t flip(Side side, std::int64_t value) {
        return value ^ (static_cast<std::int64_t>(side) - 1);
    }

    [[nodiscard]] bool crosses(Side side, Price limit) const {
        return ladders_[at(opposite(side))].best_key() <= reach(side, limit);
    }
    /// The worst key on the other side that an order may trade with.
    static constexpr std::int64_t reach(Side side, Price limit) {
        // Keys of the two sides are complements; INT64_MAX marks an empty ladder.
        return std::min(~flip(side, limit.value()), INT64_MAX - 1);
    }

    std::int64_t match(const Order& order, BookEvents& events);
    bool meet_self(const Order& order, std::uint32_t slot, BookEvents& events);
    [[nodiscard]] bool can_fill(const Order& order) const;
    std::uint32_t rest(const Order& order, std::int64_t left, BookEvents& events);
    void set_alarm(std::uint32_t slot);
    [[nodiscard]] bool is_live(const Alarm& alarm) const;
    void take(std::uint32_t slot, std::int64_t lots);
    void take(std::uint32_t slot, std::int64_t lots, Side side, std::uint32_t level);
    void unlink(std::uint32_t slot, Side side, std::uint32_t level);
    void remove(std::uint32_t slot, Removal why, BookEvents& events);
    void trade(std::uint32_t buy, std::uint32_t sell, Price price, BookEvents& events);
    [[nodiscard]] Price limit_of(const QueuedOrder& order) const;
    [[nodiscard]] RestingOrder shown(std::uint32_t slot) const;

    OrderPool pool_;
    std::array<PriceLadder, 2> ladders_;  // by side
    AlarmQueue expiries_;
    std::array<std::int64_t, 2> lots_{};
    std::uint64_t digest_ = 0;
    std::uint64_t arrivals_ = 0;
    std::uint32_t orders_ = 0;
    std::uint32_t expiring_ = 0;
    std::uint32_t capacity_;
};

}  // namespace crowdout::market
