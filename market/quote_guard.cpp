// SPDX-License-Identifier: Apache-2.0
#include "market/quote_guard.hpp"

#include <algorithm>

namespace crowdout::market {

void QuoteGuard::begin_step(Price last) {
    step_from_ = last;
    watches_.clear();
}

void QuoteGuard::note(const Rested& rested, const OrderBook& book) {
    if (rested.cause != Cause::quote || !rule_.is_on()) return;
    if (quotes_.size() >= quotes_max_) {
        std::erase_if(quotes_, [&](const Quote& quote) { return !book.find(quote.ticket); });
        quotes_max_ = std::max<std::uint64_t>(256, 2 * quotes_.size());
    }
    quotes_.push_back({rested.owner, rested.ticket});
}

void QuoteGuard::note(const Fill& fill) {
    if (fill.maker_cause != Cause::quote || fill.auction || !rule_.is_on()) return;
    Watch& watch = watches_[fill.maker];
    if (watch.is_hit) return;
    const Price from = watch.from > Price{0} ? watch.from : step_from_;
    const std::int64_t move =
        fill.price > from ? (fill.price - from).value() : (from - fill.price).value();
    const bool too_far =
        rule_.move_bp > 0 && from > Price{0} &&
        static_cast<Int128>(move) * 10'000 >= static_cast<Int128>(rule_.move_bp) * from.value();
    const bool too_often = ++watch.fills == rule_.fills_max;
    if (!too_far && !too_often) return;
    watch = {.fills = 0, .from = fill.price, .is_hit = true};
    hit_.push_back(fill.maker);
}

void QuoteGuard::withdraw(OrderBook& book, BookEvents& events) {
    for (const AccountId owner : hit_) {
        std::erase_if(quotes_, [&](const Quote& quote) {
            if (quote.owner == owner) book.cancel(quote.ticket, owner, events);
            return quote.owner == owner;
        });
        watches_[owner].is_hit = false;
    }
    hit_.clear();
}

}  // namespace crowdout::market
