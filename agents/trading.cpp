// SPDX-License-Identifier: Apache-2.0
#include "agents/trading.hpp"

#include <algorithm>
#include <cassert>

#include "agents/random.hpp"

namespace crowdout::agents {

using market::Price;
using market::Quantity;
using market::Rounding;
using market::Side;
using market::Time;

Time after(Time t, double seconds) {
    if (t == market::never) return t;
    const double left = static_cast<double>(market::never.ns - t.ns);
    const double ns = seconds * 1e9;
    if (!(ns < left)) return market::never;
    return Time{t.ns + std::max<std::int64_t>(1, static_cast<std::int64_t>(ns))};
}

double open_seconds(market::Session session) {
    switch (session) {
        case market::Session::always:
            return market::day.seconds();
        case market::Session::us_equities:
            return 6.5 * market::hour.seconds();
        case market::Session::us_bonds:
            return 9 * market::hour.seconds();
    }
    return market::day.seconds();
}

double trading_days(market::Session session, double seconds) {
    const double days = seconds / market::day.seconds();
    return std::min(seconds / open_seconds(session), std::max(1.0, days));
}

market::Order resting_order(Side side, Price limit, Quantity quantity, market::Cause cause,
                            Time expiry) {
    market::Order order;
    order.side = side;
    order.cause = cause;
    order.limit = limit;
    order.quantity = quantity;
    order.expiry = expiry;
    return order;
}

market::Order taking_order(Side side, Price limit, Quantity quantity, market::Cause cause) {
    market::Order order = resting_order(side, limit, quantity, cause);
    order.type = market::OrderType::market;
    order.time_in_force = market::TimeInForce::immediate_or_cancel;
    return order;
}

Price worst_price(const market::Instrument& instrument, const BookView& book, Side side,
                  double slippage) {
    assert(slippage >= 0.0);
    const Price best = side == Side::buy ? book.ask : book.bid;
    const double from = best.value() > 0 ? instrument.to_usd(best) : book.mid;
    return side == Side::buy
               ? instrument.to_price(from * (1.0 + slippage), Rounding::ceil)
               : instrument.to_price(from * std::max(0.0, 1.0 - slippage), Rounding::floor);
}

Quantity lots_for(const market::Instrument& instrument, Price limit, double dollars) {
    const double each = static_cast<double>(instrument.requirement_per_lot(limit).value());
    const double lots = dollars * static_cast<double>(market::money_per_dollar) / each;
    if (!(lots >= 1.0)) return Quantity{0};
    const double most = static_cast<double>(instrument.lots_max.value());
    return Quantity{market::to_whole(std::min(lots, most))};
}

Quantity lots_within_means(const Observation& seen, market::InstrumentId id, Side side,
                           Price limit) {
    const market::Instrument& instrument = seen.market.instrument(id);
    Quantity lots = seen.free_lots(id);
    if (side == Side::buy) {
        // In whole numbers: an order for the last cent must not be one lot too large.
        const std::int64_t cash =
            std::max<std::int64_t>(0, seen.own.balance(instrument.quote).value());
        lots = Quantity{cash /
                        std::max<std::int64_t>(1, instrument.requirement_per_lot(limit).value())};
    }
    return std::clamp(lots, Quantity{0}, instrument.lots_max);
}

double participation(const Observation& seen, market::InstrumentId id, double share,
                     double seconds) {
    const double days = seconds / open_seconds(seen.market.instrument(id).session);
    return share * seen.market.book(id).volume_daily * days;
}

double cash_with_orders(const Observation& seen) {
    double cash = seen.cash();
    for (const OpenOrder& order : seen.orders) {
        if (order.side == Side::sell) continue;
        const auto& instrument = seen.market.instrument(order.instrument);
        const auto each = static_cast<double>(instrument.requirement_per_lot(order.limit).value());
        cash += each * static_cast<double>(order.left.value()) / market::money_per_dollar;
    }
    return cash;
}

market::ParentId parent_id(market::AccountId owner, std::uint32_t sequence) {
    const std::uint64_t pair = std::uint64_t{owner.packed()} << 32 | sequence;
    const auto id = static_cast<std::uint32_t>(scatter(pair) >> 32);
    return market::ParentId{id == 0 ? 1 : id};
}

}  // namespace crowdout::agents
