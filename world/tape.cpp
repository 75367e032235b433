// SPDX-License-Identifier: Apache-2.0
#include "world/tape.hpp"

#include <algorithm>

#include "market/calendar.hpp"

namespace crowdout::world {

using market::Cause;
using market::Time;

Tape::Tape(Time start, double price, double sigma_daily, double volume_daily, market::Session in)
    : measures{in, sigma_daily, volume_daily, price}, session{in}, mid{price} {
    history.start(start, price);
}

void Tape::record(const market::BookEvents& events, const market::Instrument& instrument,
                  const market::Market& market, Time from, Time to) {
    double bought = 0;
    double sold = 0;
    forced_volume = 0;
    for (const market::Fill& fill : events.fills) {
        const double usd = instrument.to_usd(fill.price) * instrument.to_whole_units(fill.quantity);
        (fill.taker_side == market::Side::buy ? bought : sold) += usd;
        const bool forced = fill.taker_cause == Cause::liquidation ||
                            fill.taker_cause == Cause::margin_call ||
                            fill.taker_cause == Cause::deleveraging;
        if (forced) forced_volume += usd;
    }
    volume = bought + sold;
    volume_signed = bought - sold;

    mid = reference(instrument, market);
    history.record(to, mid);
    measures.record({to, market::open_time_between(session, from, to), mid, bought, sold});
}

/// What the book says the price is.
///
/// The middle of the touch while the touch is close; a touch wider than half a usual day's move
/// says only where the price is not, so the last known price is moved no further than into it. A
/// book that collects orders for an auction may be crossed and says nothing.
double Tape::reference(const market::Instrument& instrument, const market::Market& market) const {
    const auto bid = market.book().best_bid();
    const auto ask = market.book().best_ask();
    if (bid && ask && *bid >= *ask) return mid;
    const double low = bid ? instrument.to_usd(*bid) : 0;
    const double high = ask ? instrument.to_usd(*ask) : 1e300;
    if (bid && ask && high - low <= 0.5 * measures.sigma_daily() * mid) return (low + high) / 2;
    const double last =
        market.statistics().trades > 0 ? instrument.to_usd(market.statistics().last) : mid;
    return std::clamp(volume > 0 ? last : mid, low, high);
}

void Tape::show(agents::BookView& view) const {
    view.volume = volume;
    view.volume_signed = volume_signed;
    view.history = &history;
    measures.show(view);
}

}  // namespace crowdout::world
