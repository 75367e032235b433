// SPDX-License-Identifier: Apache-2.0
#include "world/price_alarms.hpp"

#include <stdexcept>

namespace crowdout::world {

PriceAlarms::PriceAlarms(std::size_t books, std::size_t agents) : books_(books), alarms_(agents) {
    if (books > books_max || agents > agents_max) {
        throw std::length_error{"more books or agents than price alarms can number"};
    }
}

void PriceAlarms::set(std::uint32_t agent, const agents::Wake& wake) {
    Alarm& alarm = alarms_[agent];
    const bool is_set = alarm.book != books_max;
    const bool stays =
        is_set && wake.instrument != market::no_instrument && alarm.book == index(wake.instrument);
    // The nearest prices may now be too near; the next check finds nobody and mends them.
    if (is_set && !stays) unlink(agent);
    if (wake.instrument == market::no_instrument) return;

    Book& book = books_[index(wake.instrument)];
    alarm.below = static_cast<float>(std::clamp<double>(wake.below, 0, far));
    alarm.above = static_cast<float>(std::clamp<double>(wake.above, 0, far));
    book.below = std::max(book.below, alarm.below);
    book.above = std::min(book.above, alarm.above);
    if (stays) return;
    alarm.book = index(wake.instrument) & books_max;
    alarm.next = book.first & none;
    alarm.previous = none;
    if (book.first != none) alarms_[book.first].previous = agent & none;
    book.first = agent;
}

void PriceAlarms::unlink(std::uint32_t agent) {
    Alarm& alarm = alarms_[agent];
    if (alarm.previous == none) {
        books_[alarm.book].first = static_cast<std::uint32_t>(alarm.next);
    } else {
        alarms_[alarm.previous].next = alarm.next;
    }
    if (alarm.next != none) alarms_[alarm.next].previous = alarm.previous;
    alarm = Alarm{};
}

}  // namespace crowdout::world
