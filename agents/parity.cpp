// SPDX-License-Identifier: Apache-2.0
#include "agents/parity.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::InstrumentId;
using market::Quantity;
using market::Rounding;
using market::Side;

double best(const Observation& seen, InstrumentId id, Side side) {
    const BookView& book = seen.market.book(id);
    return seen.market.instrument(id).to_usd(side == Side::buy ? book.ask : book.bid);
}

/// USD for one whole package, if one takes the best quotes.
double package_price(const Parity& parity, const Observation& seen, Side side) {
    const double price = best(seen, parity.package, side);
    if (parity.bridge == market::no_instrument) return price;
    return price * best(seen, parity.bridge, side);
}

double parts_price(const Parity& parity, const Observation& seen, Side side) {
    double sum = 0.0;
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        sum += parity.units[i] * best(seen, parity.parts[i], side);
    }
    return sum;
}

/// One side of the trade, at once, up to `give` (a fraction) beyond the best.
void take(const Observation& seen, InstrumentId id, Side side, double whole, double give,
          Intents& intents) {
    const market::Instrument& instrument = seen.market.instrument(id);
    const market::Price limit =
        worst_price(instrument, seen.market.book(id), side, std::min(give, 0.5));
    const Quantity lots =
        std::min(instrument.to_lots(whole), lots_within_means(seen, id, side, limit));
    if (lots.value() == 0) return;
    intents.submit(id, taking_order(side, limit, lots, market::Cause::arbitrage));
}

/// Whole packages that its means allow to trade on `side`, parts on the other.
double packages_within_means(const Parity& parity, const Observation& seen, Side side) {
    const auto held = [&](InstrumentId id) {
        return seen.market.instrument(id).to_whole_units(seen.free_lots(id));
    };
    if (side == Side::sell) {
        const double cash = 0.98 * seen.cash() / parts_price(parity, seen, Side::buy);
        return std::min(held(parity.package), cash);
    }
    double packages = 0.98 * seen.cash() / package_price(parity, seen, Side::buy);
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        packages = std::min(packages, held(parity.parts[i]) / parity.units[i]);
    }
    return packages;
}

void trade(const Parity& parity, Side side, double packages, double give, const Observation& seen,
           Intents& intents) {
    take(seen, parity.package, side, packages, give, intents);
    if (parity.bridge != market::no_instrument) {
        const double paid = packages * best(seen, parity.package, side);
        take(seen, parity.bridge, side, paid, give, intents);
    }
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        take(seen, parity.parts[i], opposite(side), packages * parity.units[i], give, intents);
    }
}

/// Packages that it owns too many of, parts counted as fractions of a package.
double open_risk(const Parity& parity, const ParityHome& home, const Observation& seen) {
    const auto excess = [&](InstrumentId id, std::int64_t at_home) {
        const Quantity lots = seen.position(id) - Quantity{at_home};
        return seen.market.instrument(id).to_whole_units(lots) * seen.market.book(id).mid;
    };
    double usd = excess(parity.package, home.package);
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        usd += excess(parity.parts[i], home.parts.at(i));
    }
    return usd / parts_price(parity, seen, usd > 0.0 ? Side::sell : Side::buy);
}

}  // namespace

ParityHome home_of(const Parity& parity, const Observation& seen) {
    assert(parity.parts.size() <= Parity::parts_max && parity.parts.size() == parity.units.size());
    ParityHome home;
    home.package = seen.position(parity.package).value();
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        home.parts.at(i) = seen.position(parity.parts[i]).value();
    }
    return home;
}

bool tradable(const Parity& parity, const Observation& seen) {
    const auto ready = [&](InstrumentId id) {
        const BookView& book = seen.market.book(id);
        return book.open && book.bid.value() > 0 && book.ask.value() > 0;
    };
    return ready(parity.package) &&
           (parity.bridge == market::no_instrument || ready(parity.bridge)) &&
           std::ranges::all_of(parity.parts, ready);
}

Gap gap_of(const Parity& parity, const Observation& seen) {
    return {package_price(parity, seen, Side::sell) / parts_price(parity, seen, Side::buy) - 1.0,
            parts_price(parity, seen, Side::sell) / package_price(parity, seen, Side::buy) - 1.0};
}

void close_gap(const ParityTerms& terms, const Parity& parity, const ParityHome& home, double days,
               const Observation& seen, Intents& intents) {
    if (!tradable(parity, seen)) return;
    const Gap gap = gap_of(parity, seen);
    const Side side = gap.sell_package > gap.buy_package ? Side::sell : Side::buy;
    const double excess = std::max(gap.sell_package, gap.buy_package) - terms.cost;

    if (excess > 0.0) {
        const double volume = seen.market.book(parity.package).volume_daily;
        const double usd = std::min(terms.speed * excess * volume * days, terms.order_max);
        const double packages = std::min(usd / package_price(parity, seen, side),
                                         packages_within_means(parity, seen, side));
        trade(parity, side, packages, excess / 2.0, seen, intents);
        return;
    }
    const double risk = open_risk(parity, home, seen);
    if (std::abs(risk) * parts_price(parity, seen, Side::buy) <= terms.unhedged_max) return;
    for (std::size_t i = 0; i < parity.parts.size(); ++i) {
        take(seen, parity.parts[i], risk > 0.0 ? Side::sell : Side::buy,
             std::abs(risk) * parity.units[i], terms.cost, intents);
    }
}

}  // namespace crowdout::agents
