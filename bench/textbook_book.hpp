// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <list>
#include <map>
#include <unordered_map>

#include "bench/lob_workload.hpp"

namespace crowdout::bench {

/// The order book of the textbooks: a list in a map, and a hash table of iterators.
///
/// The yardstick. It has no owners, causes, events or checks, which favours it.
class TextbookBook {
public:
    void play(const LobMessage& message) {
        if (message.kind == LobKind::cancel) {
            cancel(message.id);
        } else if (message.side == 0) {
            enter(message, buys_, sells_, [&](std::int32_t ask) { return ask <= message.price; });
        } else {
            enter(message, sells_, buys_, [&](std::int32_t bid) { return bid >= message.price; });
        }
    }

    [[nodiscard]] LobSums sums() const {
        LobSums sums = sums_;
        sums.resting = index_.size();
        const auto count = [&](const auto& side) {
            for (const auto& [price, queue] : side) {
                for (const Entry& entry : queue) sums.resting_quantity += entry.quantity;
            }
        };
        count(buys_);
        count(sells_);
        sums.bid = buys_.empty() ? 0 : buys_.begin()->first;
        sums.ask = sells_.empty() ? 0 : sells_.begin()->first;
        return sums;
    }

private:
    struct Entry {
        std::uint32_t id;
        std::uint32_t quantity;
        std::int32_t price;
        std::uint8_t side;
    };
    using Queue = std::list<Entry>;
    using Buys = std::map<std::int32_t, Queue, std::greater<>>;
    using Sells = std::map<std::int32_t, Queue>;

    template <class Own, class Other, class InReach>
    void enter(const LobMessage& message, Own& own, Other& other, InReach in_reach) {
        std::uint32_t left = message.quantity;
        while (left > 0 && !other.empty()) {
            const auto best = other.begin();
            if (message.kind == LobKind::add && !in_reach(best->first)) break;
            Entry& maker = best->second.front();
            const std::uint32_t lots = std::min(left, maker.quantity);
            ++sums_.fills;
            sums_.quantity += lots;
            sums_.notional += std::uint64_t{lots} * static_cast<std::uint64_t>(best->first);
            left -= lots;
            maker.quantity -= lots;
            if (maker.quantity > 0) continue;
            index_.erase(maker.id);
            best->second.pop_front();
            if (best->second.empty()) other.erase(best);
        }
        if (left == 0 || message.kind == LobKind::market) return;
        Queue& queue = own[message.price];
        queue.push_back({message.id, left, message.price, message.side});
        index_[message.id] = std::prev(queue.end());
    }

    void cancel(std::uint32_t id) {
        const auto found = index_.find(id);
        if (found == index_.end()) return;
        const Queue::iterator entry = found->second;
        if (entry->side == 0) {
            erase(buys_, entry);
        } else {
            erase(sells_, entry);
        }
        index_.erase(found);
    }

    template <class Levels>
    static void erase(Levels& levels, Queue::iterator entry) {
        const auto level = levels.find(entry->price);
        level->second.erase(entry);
        if (level->second.empty()) levels.erase(level);
    }

    Buys buys_;
    Sells sells_;
    std::unordered_map<std::uint32_t, Queue::iterator> index_;
    LobSums sums_;
};

}  // namespace crowdout::bench
