// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/observation.hpp"
#include "market/order.hpp"

/// What traders of every kind need: the forms of their orders and the limits of their means.
namespace crowdout::agents {

/// `seconds` after `t`, at least one nanosecond; `never` where that lies beyond the end of time.
[[nodiscard]] market::Time after(market::Time t, double seconds);

/// Seconds in which a market of this session is open on a day on which it opens.
[[nodiscard]] double open_seconds(market::Session session);

/// How many days of trading lie in a span of `seconds`: what a volatility per day of open time is
/// scaled with. Less than a day is taken to be open time; weekends are not taken off.
[[nodiscard]] double trading_days(market::Session session, double seconds);

/// An order that waits at `limit` until `expiry`.
[[nodiscard]] market::Order resting_order(market::Side side, market::Price limit,
                                          market::Quantity quantity, market::Cause cause,
                                          market::Time expiry = market::never);

/// An order that takes what there is up to `limit`; the rest is cancelled.
[[nodiscard]] market::Order taking_order(market::Side side, market::Price limit,
                                         market::Quantity quantity, market::Cause cause);

/// The price that gives way by `slippage` (a fraction) from the best opposite quote, or from mid
/// where that side is empty; rounded outwards.
[[nodiscard]] market::Price worst_price(const market::Instrument& instrument, const BookView& book,
                                        market::Side side, double slippage);

/// Lots that `dollars` pay at `limit`, fee included, and one order may have; never negative.
[[nodiscard]] market::Quantity lots_for(const market::Instrument& instrument, market::Price limit,
                                        double dollars);

/// Lots that the account can back: by free cash to buy at `limit`, by free holdings to sell.
[[nodiscard]] market::Quantity lots_within_means(const Observation& seen, market::InstrumentId id,
                                                 market::Side side, market::Price limit);

/// USD that one may trade in `seconds` of open time without being more than `share` of the volume.
[[nodiscard]] double participation(const Observation& seen, market::InstrumentId id, double share,
                                   double seconds);

/// Free cash and what its buy orders hold in escrow, USD.
[[nodiscard]] double cash_with_orders(const Observation& seen);

/// The number of an account's `sequence`-th metaorder. Unique within the account; that two accounts
/// share one is unlikely but possible, so whoever groups trades keys them by (owner, parent).
[[nodiscard]] market::ParentId parent_id(market::AccountId owner, std::uint32_t sequence);

}  // namespace crowdout::agents
