// SPDX-License-Identifier: Apache-2.0
#include "agents/long_holdings.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Time;

namespace {

double whole_held(const Observation& seen, market::InstrumentId id) {
    return seen.market.instrument(id).to_whole_units(seen.position(id));
}

double half_year_return(const BookView& book) {
    if (book.history == nullptr || book.mid <= 0) return 0;
    const double before = book.history->price_ago(market::day * 182);
    return before > 0 ? log(book.mid / before) : 0;
}

}  // namespace

void LongHoldings::begin(const Observation& seen, Memory& memory) const {
    for (std::size_t i = 0; i < size(); ++i) {
        const double held = whole_held(seen, instruments_[i]);
        const double mid = seen.market.book(instruments_[i]).mid;
        memory[i] = {.cost = mid / (1 + terms[i].second.gain),
                     .held = held,
                     .week_start = held,
                     .offered = seen.now,
                     .parent = make_parent(i)};
    }
}

void LongHoldings::remember(const Observation& seen, bool week_begins, Memory& memory) const {
    for (std::size_t i = 0; i < size(); ++i) {
        HoldingMemory& own = memory[i];
        const double held = whole_held(seen, instruments_[i]);
        if (held > own.held) {
            const double mid = seen.market.book(instruments_[i]).mid;
            own.cost = (own.cost * own.held + mid * (held - own.held)) / held;
        }
        own.held = held;
        if (week_begins) own.week_start = held;
    }
}

double LongHoldings::saleable_this_week(const Observation& seen, const Memory& memory,
                                        double week_share_max, std::size_t i) const {
    const double kept = memory[i].week_start * (1 - week_share_max);
    return std::max(0.0, memory[i].held - kept) * seen.market.book(instruments_[i]).mid;
}

void LongHoldings::measure(const Observation& seen, const Memory& memory,
                           const ExecutionTerms& execution, Time capacity_until,
                           double week_share_max, Stock& stock) const {
    const std::int64_t weeks_to_come = week_of(capacity_until) - week_of(seen.now);
    for (std::size_t i = 0; i < size(); ++i) {
        const BookView& book = seen.market.book(instruments_[i]);
        const auto& instrument = seen.market.instrument(instruments_[i]);
        Holding& holding = stock[i];
        holding = {};
        holding.usd = memory[i].held * book.mid;
        if (holding.usd <= 0) continue;

        holding.conviction = terms[i].second.conviction;
        holding.strategic = terms[i].second.strategic;
        holding.liquidity = log(std::max(1.0, book.volume_daily) / holding.usd);
        holding.gain = memory[i].cost > 0 ? book.mid / memory[i].cost - 1 : 0;
        holding.momentum = half_year_return(book);

        double kept = holding.usd - saleable_this_week(seen, memory, week_share_max, i);
        for (std::int64_t week = 0; week < weeks_to_come; ++week) kept *= 1 - week_share_max;
        holding.sale_capacity =
            std::min(holding.usd - kept, execution.participation_max * book.volume_daily *
                                             open_days(instrument, seen.now, capacity_until));
    }
}

}  // namespace crowdout::agents
