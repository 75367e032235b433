// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/hash.hpp"
#include "market/ids.hpp"

namespace crowdout::market {

/// Something small about each of a few accounts, for as long as a window or a step lasts.
///
/// An open-addressing table whose `clear` costs what was used, not what is reserved. It cannot be
/// iterated: the order of accounts would be that of the hash.
template <class T>
class AccountTable {
public:
    /// The account's entry; a fresh one has the value `T{}`. Valid until the next call.
    T& operator[](AccountId account) {
        if ((used_.size() + 1) * 2 > slots_.size()) grow();
        const std::size_t at = slot_of(account);
        if (slots_[at].account == no_account) {
            slots_[at].account = account;
            used_.push_back(static_cast<std::uint32_t>(at));
        }
        return slots_[at].value;
    }

    [[nodiscard]] std::size_t size() const { return used_.size(); }

    void clear() {
        for (const std::uint32_t at : used_) slots_[at] = Slot{};
        used_.clear();
    }

    template <class Archive>
    void archive(Archive& a) {
        a(slots_, used_);
    }

private:
    struct Slot {
        AccountId account;
        T value{};
    };

    [[nodiscard]] std::size_t slot_of(AccountId account) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = static_cast<std::size_t>(mix(account.packed())) & mask;
        while (slots_[at].account != account && slots_[at].account != no_account) {
            at = (at + 1) & mask;
        }
        return at;
    }

    void grow() {
        const std::vector<Slot> old = slots_;
        slots_.assign(old.empty() ? 16 : old.size() * 2, Slot{});
        for (std::uint32_t& at : used_) {
            const Slot& kept = old[at];
            at = static_cast<std::uint32_t>(slot_of(kept.account));
            slots_[at] = kept;
        }
    }

    std::vector<Slot> slots_;  // a power of two, at most half full
    std::vector<std::uint32_t> used_;
};

}  // namespace crowdout::market
