// SPDX-License-Identifier: Apache-2.0
#include "world/price_alarms.hpp"

#include <algorithm>

namespace crowdout::world {

void PriceAlarms::set(std::uint32_t agent, const agents::Wake& wake) {
    if (place_[agent] != none) {
        // The nearest prices may now be too near; the next check finds nobody and refreshes them.
        remove(place_[agent] >> 32, place_[agent] & 0xffff'ffff);
    }
    if (wake.instrument == market::no_instrument) return;
    const std::size_t at = market::index(wake.instrument);
    Book& book = books_[at];
    place_[agent] = static_cast<std::uint64_t>(at) << 32 | book.alarms.size();
    book.alarms.push_back({wake.below, wake.above, agent, 0});
    book.below = std::max(book.below, wake.below);
    book.above = std::min(book.above, wake.above);
}

void PriceAlarms::remove(std::size_t book, std::size_t at) {
    std::vector<Alarm>& alarms = books_[book].alarms;
    place_[alarms[at].agent] = none;
    alarms[at] = alarms.back();
    alarms.pop_back();
    if (at < alarms.size()) {
        place_[alarms[at].agent] = static_cast<std::uint64_t>(book) << 32 | at;
    }
}

void PriceAlarms::refresh(Book& book) {
    book.below = 0;
    book.above = 1e300;
    for (const Alarm& alarm : book.alarms) {
        book.below = std::max(book.below, alarm.below);
        book.above = std::min(book.above, alarm.above);
    }
}

}  // namespace crowdout::world
