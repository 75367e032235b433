// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace crowdout::world {

/// Sums by key, in all and since the step began; few of the possible keys occur.
///
/// A table of slots points into entries that stay in the order in which their keys first came, so
/// that what is iterated never depends on hashing. A key costs one multiplication and about one
/// probe; a step in which no new key comes allocates nothing, and clearing a step costs what was
/// touched in it.
/// @tparam Value  a plain sum: default is zero, has +=.
template <class Value>
class Tally {
public:
    struct Entry {
        std::uint64_t key = 0;
        Value total{};
        Value step{};
        std::uint64_t touched = 0;  ///< 1 where `step` may differ from zero
    };

    void add(std::uint64_t key, const Value& amount) {
        const std::uint32_t at = place(key);
        Entry& entry = entries_[at];
        entry.total += amount;
        entry.step += amount;
        if (entry.touched == 0) {
            entry.touched = 1;
            touched_.push_back(at);
        }
    }
    [[nodiscard]] Value total(std::uint64_t key) const {
        if (slots_.empty()) return {};
        const std::uint32_t slot = slots_[probe(key)];
        return slot == 0 ? Value{} : entries_[slot - 1].total;
    }

    /// In the order in which their keys first came.
    [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
    /// Numbers of the entries touched since the step began, in the order of their first touch.
    [[nodiscard]] std::span<const std::uint32_t> touched() const { return touched_; }

    void begin_step() {
        for (const std::uint32_t at : touched_) {
            entries_[at].step = Value{};
            entries_[at].touched = 0;
        }
        touched_.clear();
    }

    template <class Archive>
    void archive(Archive& a) {
        a(entries_, touched_);
        if constexpr (Archive::reading) index_again();
    }

private:
    /// The key's entry, made where there is none.
    std::uint32_t place(std::uint64_t key) {
        if (2 * (entries_.size() + 1) > slots_.size()) index_again();
        std::uint32_t& slot = slots_[probe(key)];
        if (slot == 0) {
            entries_.push_back({.key = key, .total = {}, .step = {}, .touched = 0});
            slot = static_cast<std::uint32_t>(entries_.size());
        }
        return slot - 1;
    }
    /// The slot that holds the key, or the empty one where it belongs: open addressing.
    [[nodiscard]] std::size_t probe(std::uint64_t key) const {
        const std::size_t mask = slots_.size() - 1;
        // Fibonacci hashing: the top bits of a product with 2^64 over the golden ratio.
        const int shift = 64 - std::countr_zero(slots_.size());
        std::size_t at = (key * 0x9e37'79b9'7f4a'7c15) >> shift;
        while (slots_[at] != 0 && entries_[slots_[at] - 1].key != key) at = (at + 1) & mask;
        return at;
    }
    void index_again() {
        slots_.assign(std::bit_ceil(2 * entries_.size() + 8), 0);
        for (std::uint32_t i = 0; i < entries_.size(); ++i) slots_[probe(entries_[i].key)] = i + 1;
    }

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> slots_;  ///< number of the entry plus one; 0 is empty
    std::vector<std::uint32_t> touched_;
};

}  // namespace crowdout::world
