// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <vector>

namespace crowdout::market {

inline constexpr std::uint32_t no_index = 0xffff'ffff;  ///< no order, no level

/// The queue of one price: first and last order, and the lots of all.
struct Level {
    std::uint32_t head = no_index;
    std::uint32_t tail = no_index;
    std::int64_t quantity = 0;
};

/// The occupied prices of one side of a book, best first.
///
/// A radix tree with 64 children a node over *keys*: a price on the sell side, its complement on
/// the buy side, so that on both sides the smallest key is the best and no code asks for the side.
/// A bitmap in each node finds the next occupied price in one instruction. The root covers the
/// smallest aligned block of keys that holds all prices seen, and is lifted when one falls outside:
///
///     root, height 2       [ 4096 leaves' worth of keys ]
///     node, height 1          [ 64 leaves ]
///     leaf, height 0             [ 64 levels of 16 bytes ]
///
/// so prices may move tenfold, memory follows the occupied prices, and an empty ladder owns
/// none. Cost: a level of a recently used leaf O(1), any other O(height).
class PriceLadder {
public:
    [[nodiscard]] bool empty() const { return best_ == no_index; }
    [[nodiscard]] std::uint32_t best() const { return best_; }

    /// Smallest occupied key; INT64_MAX where there is none.
    [[nodiscard]] std::int64_t best_key() const { return best_key_; }

    [[nodiscard]] Level& operator[](std::uint32_t level) { return levels_[level]; }
    [[nodiscard]] const Level& operator[](std::uint32_t level) const { return levels_[level]; }
    [[nodiscard]] std::int64_t key(std::uint32_t level) const {
        return leaves_[level / 64].page * 64 + level % 64;
    }

    /// The level at `key`, which counts as occupied from now on: the caller queues an order in it.
    std::uint32_t open(std::int64_t key) {
        const std::int64_t page = key >> 6;
        Recent& recent = recent_[static_cast<std::uint64_t>(page) % recent_.size()];
        if (recent.page != page) recent = {page, find_or_add(page)};
        const auto offset = static_cast<std::uint32_t>(key & 63);
        leaves_[recent.leaf].occupied |= std::uint64_t{1} << offset;
        const std::uint32_t level = static_cast<std::uint32_t>(recent.leaf) * 64 + offset;
        if (key < best_key_) {
            best_key_ = key;
            best_ = level;
        }
        return level;
    }

    /// Ends a level whose last order left.
    void close(std::uint32_t level) {
        assert((*this)[level].head == no_index && (*this)[level].quantity == 0);
        if (level == best_) {
            best_ = next(level);
            best_key_ = best_ == no_index ? INT64_MAX : key(best_);
        }
        Leaf& leaf = leaves_[level / 64];
        leaf.occupied &= ~(std::uint64_t{1} << level % 64);
        if (leaf.occupied == 0) remove(leaf.page);
    }

    /// The occupied level after `level`, a worse price; `no_index` at the end.
    [[nodiscard]] std::uint32_t next(std::uint32_t level) const {
        const Leaf& leaf = leaves_[level / 64];
        const std::uint64_t rest = leaf.occupied & beyond(level % 64);
        if (rest != 0) return (level & ~63u) + first(rest);
        return first_after(leaf.page);
    }

    /// The level at `key`; `no_index` where no order rests there.
    [[nodiscard]] std::uint32_t find(std::int64_t key) const;

    /// A hint for the level at `key`, where its leaf was used lately; else for another.
    [[gnu::always_inline]] void prefetch(std::int64_t key) const {
        __builtin_prefetch(levels_.data() + level_near(key), 1);
    }
    /// A hint for the best level, and for the leaf in which the next best is sought.
    [[gnu::always_inline]] void prefetch_best() const {
        if (empty()) return;
        __builtin_prefetch(levels_.data() + best_, 1);
        __builtin_prefetch(leaves_.data() + best_ / 64, 1);
    }
    /// The last order of that level.
    [[nodiscard]] std::uint32_t tail_near(std::int64_t key) const {
        const std::size_t level = level_near(key);
        return level < levels_.size() ? levels_[level].tail : no_index;
    }

    [[nodiscard]] std::size_t bytes() const {
        return levels_.capacity() * sizeof(Level) + leaves_.capacity() * sizeof(Leaf) +
               nodes_.capacity() * sizeof(Node) +
               (free_leaves_.capacity() + free_nodes_.capacity()) * sizeof(std::uint32_t);
    }

    template <class Archive>
    void archive(Archive& a) {
        a(levels_, leaves_, nodes_, free_leaves_, free_nodes_, recent_, prefix_, best_key_, root_,
          best_, height_);
    }

private:
    static constexpr std::int64_t no_page = INT64_MAX;

    struct Leaf {
        std::uint64_t occupied = 0;
        std::int64_t page = 0;  // key / 64
    };
    struct Node {
        std::uint64_t occupied = 0;
        std::array<std::uint32_t, 64> children;
    };
    /// Where the leaf of a page is, so that most messages need not descend.
    struct Recent {
        std::int64_t page = no_page;
        std::uint64_t leaf = 0;
    };
    static constexpr unsigned height_max = 10;  // 11 digits of 6 bits hold any key

    static constexpr std::uint32_t first(std::uint64_t bits) {
        return static_cast<std::uint32_t>(std::countr_zero(bits));
    }
    static constexpr std::uint64_t beyond(unsigned bit) { return ~std::uint64_t{0} << bit << 1; }

    [[nodiscard]] std::size_t level_near(std::int64_t key) const {
        const Recent& recent = recent_[static_cast<std::uint64_t>(key >> 6) % recent_.size()];
        return recent.leaf * 64 + static_cast<std::size_t>(key & 63);
    }
    std::uint32_t leaf_at(std::int64_t page) const;
    std::uint32_t find_or_add(std::int64_t page);
    std::uint32_t first_after(std::int64_t page) const;
    void remove(std::int64_t page);
    std::uint32_t new_leaf(std::int64_t page);
    std::uint32_t new_node();

    std::vector<Level> levels_;  // 64 for each leaf
    std::vector<Leaf> leaves_;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> free_leaves_;
    std::vector<std::uint32_t> free_nodes_;
    std::array<Recent, 8> recent_;
    std::int64_t prefix_ = 0;  // the digits of a page above the root's
    std::int64_t best_key_ = INT64_MAX;
    std::uint32_t root_ = no_index;  // a leaf where height_ is 0
    std::uint32_t best_ = no_index;
    std::uint64_t height_ = 0;
};

}  // namespace crowdout::market
