// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

/// Which orders rest for whom. A chain of entries per account, pooled per shard, so that tasks of
/// different shards may write at once and a sleeper without orders costs four bytes.
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

    /// Copies an account's orders, oldest first, to the end of `into`.
    void list(market::AccountId owner, std::vector<agents::OpenOrder>& into) const;

    template <class Archive>
    void archive(Archive& a) {
        a(heads_);
        for (Shard& shard : shards_) a(shard.entries, shard.free);
    }

private:
    static constexpr std::uint32_t none = 0xffff'ffff;
    [[nodiscard]] std::uint32_t* link_to(market::AccountId owner, market::InstrumentId instrument,
                                         market::OrderId id);
    struct Entry {
        agents::OpenOrder order;
        std::uint32_t next = none;
        std::uint32_t unused = 0;
    };
    struct Shard {
        std::vector<Entry> entries;
        std::uint32_t free = none;
    };

    std::vector<std::vector<std::uint32_t>> heads_;  ///< [block][row], newest first
    Shard shards_[shard_count];
};

}  // namespace crowdout::world
