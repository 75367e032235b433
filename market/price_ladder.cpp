// SPDX-License-Identifier: Apache-2.0
#include "market/price_ladder.hpp"

namespace crowdout::market {

namespace {

/// The digits of `page` above a root of that height. Pages have 58 bits, ten digits.
std::int64_t digits_above(std::int64_t page, std::uint64_t height) {
    return height >= 10 ? 0 : page >> (6 * height);
}

/// The child of a node of that height under which `page` lies.
unsigned digit(std::int64_t page, std::uint64_t height) {
    return static_cast<unsigned>(page >> (6 * (height - 1))) & 63;
}

bool has(std::uint64_t bits, unsigned bit) {
    return (bits >> bit & 1) != 0;
}

}  // namespace

std::uint32_t PriceLadder::find(std::int64_t key) const {
    const std::uint32_t leaf = leaf_at(key >> 6);
    const auto offset = static_cast<unsigned>(key & 63);
    if (leaf == no_index || !has(leaves_[leaf].occupied, offset)) return no_index;
    return leaf * 64 + offset;
}

std::uint32_t PriceLadder::leaf_at(std::int64_t page) const {
    if (root_ == no_index || digits_above(page, height_) != prefix_) return no_index;
    std::uint32_t at = root_;
    for (std::uint64_t height = height_; height > 0; --height) {
        const Node& node = nodes_[at];
        const unsigned child = digit(page, height);
        if (!has(node.occupied, child)) return no_index;
        at = node.children[child];
    }
    return at;
}

std::uint32_t PriceLadder::find_or_add(std::int64_t page) {
    if (root_ == no_index) {
        height_ = 0;
        prefix_ = page;
        return root_ = new_leaf(page);
    }
    while (digits_above(page, height_) != prefix_) {
        assert(height_ < height_max);
        const std::uint32_t lifted = new_node();
        const auto child = static_cast<unsigned>(prefix_ & 63);
        nodes_[lifted].occupied = std::uint64_t{1} << child;
        nodes_[lifted].children[child] = root_;
        root_ = lifted;
        ++height_;
        prefix_ = height_ >= height_max ? 0 : prefix_ >> 6;
    }
    std::uint32_t at = root_;
    for (std::uint64_t height = height_; height > 0; --height) {
        const unsigned child = digit(page, height);
        if (!has(nodes_[at].occupied, child)) {
            const std::uint32_t added = height == 1 ? new_leaf(page) : new_node();
            nodes_[at].occupied |= std::uint64_t{1} << child;
            nodes_[at].children[child] = added;
        }
        at = nodes_[at].children[child];
    }
    return at;
}

std::uint32_t PriceLadder::first_after(std::int64_t page) const {
    // The deepest ancestor with a later child has the answer below that child's first leaf.
    std::uint32_t found = no_index;
    std::uint64_t found_height = 0;
    std::uint32_t at = root_;
    for (std::uint64_t height = height_; height > 0; --height) {
        const Node& node = nodes_[at];
        const unsigned child = digit(page, height);
        const std::uint64_t rest = node.occupied & beyond(child);
        if (rest != 0) {
            found = node.children[first(rest)];
            found_height = height - 1;
        }
        at = node.children[child];
    }
    if (found == no_index) return no_index;
    for (; found_height > 0; --found_height) {
        found = nodes_[found].children[first(nodes_[found].occupied)];
    }
    return found * 64 + first(leaves_[found].occupied);
}

void PriceLadder::remove(std::int64_t page) {
    std::array<std::uint32_t, height_max + 1> path{};
    std::uint32_t at = root_;
    for (std::uint64_t height = height_; height > 0; --height) {
        path[height] = at;
        at = nodes_[at].children[digit(page, height)];
    }
    recent_[static_cast<std::uint64_t>(page) % recent_.size()].page = no_page;
    free_leaves_.push_back(at);
    for (std::uint64_t height = 1; height <= height_; ++height) {
        Node& node = nodes_[path[height]];
        node.occupied &= ~(std::uint64_t{1} << digit(page, height));
        if (node.occupied != 0) return;
        free_nodes_.push_back(path[height]);
    }
    root_ = no_index;
}

std::uint32_t PriceLadder::new_leaf(std::int64_t page) {
    std::uint32_t leaf = static_cast<std::uint32_t>(leaves_.size());
    if (free_leaves_.empty()) {
        leaves_.emplace_back();
        levels_.resize(levels_.size() + 64);
    } else {
        leaf = free_leaves_.back();  // closed level by level: all its queues are empty
        free_leaves_.pop_back();
    }
    leaves_[leaf].page = page;
    return leaf;
}

std::uint32_t PriceLadder::new_node() {
    if (free_nodes_.empty()) {
        nodes_.emplace_back();
        nodes_.back().children.fill(no_index);
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    const std::uint32_t node = free_nodes_.back();
    free_nodes_.pop_back();
    return node;
}

}  // namespace crowdout::market
