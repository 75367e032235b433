// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "agents/observation.hpp"
#include "market/ids.hpp"
#include "market/venue.hpp"

namespace crowdout::world {

/// How accounts are shared out among the tasks of `settle`: 64 neighbours stay together.
inline constexpr std::uint32_t shard_count = 32;
[[nodiscard]] constexpr std::uint32_t shard_of(market::AccountId account) {
    return (account.row() / 64 + account.block() * 5) % shard_count;
}

/// Which orders rest for whom, oldest first.
///
/// The orders of an account lie side by side in a block of 4, 8, 16, ... slots, which ends at the
/// first slot without an order. Blocks are pooled per shard, so that tasks of different shards may
/// write at once; an account without orders costs the four bytes that say so.
class OpenOrders {
public:
    void add_block(std::uint32_t rows) { heads_.emplace_back(rows, none); }

    void add(market::AccountId owner, const agents::OpenOrder& order);
    /// Sets what is left of an order, 0 to forget it. It must be there.
    void set_left(market::AccountId owner, market::InstrumentId instrument, market::OrderId id,
                  market::Quantity left);

    /// Makes one order's entry what its book says it is: added, changed or forgotten.
    /// @param ticket  where the book put it, if it has rested in this step; slot 0 otherwise.
    void look_up(market::AccountId owner, const agents::OpenOrder& order,
                 const market::Market& market, bool has_slot);

    /// USD that an account has in escrow: what purchases have set aside, and what is for sale.
    /// @param price  USD per ledger unit, by AssetId.
    [[nodiscard]] double worth(market::AccountId owner,
                               const std::vector<market::Instrument>& instruments,
                               const std::vector<double>& price) const;

    /// An account's orders, oldest first; until the next change in its shard.
    [[nodiscard]] std::span<const agents::OpenOrder> of(market::AccountId owner) const {
        const std::uint32_t head = heads_[owner.block()][owner.row()];
        if (head == none) return {};
        const agents::OpenOrder* const first =
            shards_[shard_of(owner)].slots.data() + offset_of(head);
        return {first, count(first, capacity_of(head))};
    }

    /// Hints for who works through many accounts: first where an account's orders are, then they.
    [[gnu::always_inline]] void prefetch_head(market::AccountId owner) const {
        __builtin_prefetch(heads_[owner.block()].data() + owner.row());
    }
    [[gnu::always_inline]] void prefetch(market::AccountId owner) const {
        const std::uint32_t head = heads_[owner.block()][owner.row()];
        if (head == none) return;
        const auto* const block =
            reinterpret_cast<const char*>(shards_[shard_of(owner)].slots.data() + offset_of(head));
        __builtin_prefetch(block);
        __builtin_prefetch(block + 64);
        __builtin_prefetch(block + 128);
    }

    template <class Archive>
    void archive(Archive& a) {
        a(heads_);
        for (Shard& shard : shards_) a(shard.slots, shard.free);
    }

private:
    static constexpr std::uint32_t none = 0xffff'ffff;
    static constexpr std::size_t smallest = 4;  // slots; our choice: most who trade have fewer
    static constexpr std::uint32_t sizes = 24;  // the largest has 33 million slots

    struct Shard {
        std::vector<agents::OpenOrder> slots;
        std::array<std::uint32_t, sizes> free;  ///< by size; each unused block names the next

        Shard() { free.fill(none); }
    };

    // A head is where a block begins, counted in smallest blocks, and above that its size.
    static constexpr std::uint32_t offset_bits = 27;
    [[nodiscard]] static std::size_t offset_of(std::uint32_t head) {
        return smallest * (head & ((1u << offset_bits) - 1));
    }
    [[nodiscard]] static std::uint32_t size_of(std::uint32_t head) { return head >> offset_bits; }
    [[nodiscard]] static std::size_t capacity_of(std::uint32_t head) {
        return smallest << size_of(head);
    }

    /// How many orders a block has: halved down to a smallest block, which is counted in full, so
    /// that a block of few has no branch to mispredict.
    [[nodiscard]] static std::size_t count(const agents::OpenOrder* first, std::size_t capacity) {
        const auto taken = [first](std::size_t at) {
            return first[at].ticket.id != market::OrderId{0};
        };
        std::size_t orders = 0;
        for (std::size_t half = capacity / 2; half >= smallest; half /= 2) {
            if (taken(orders + half - 1)) orders += half;
        }
        const std::size_t last = orders;
        for (std::size_t at = 0; at < smallest; ++at) orders += taken(last + at);
        return orders;
    }

    [[nodiscard]] std::span<agents::OpenOrder> slots_of(market::AccountId owner);
    [[nodiscard]] static std::uint32_t take_block(Shard& shard, std::uint32_t size);
    static void give_block(Shard& shard, std::uint32_t head);

    std::vector<std::vector<std::uint32_t>> heads_;  ///< [block][row]
    std::array<Shard, shard_count> shards_;
};

}  // namespace crowdout::world
