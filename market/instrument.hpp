// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "market/ids.hpp"
#include "market/units.hpp"

namespace crowdout::market {

enum class InstrumentKind : std::uint8_t { coin, share, bond, etf_share, stablecoin };

/// When a book is open. The tables of days are in `calendar`.
enum class Session : std::uint8_t {
    always,       ///< 24 hours, seven days
    us_equities,  ///< 09:30-16:00 New York, weekdays less holidays
    us_bonds,     ///< 08:00-17:00 New York, weekdays less holidays
};

/// Something that one book trades, and the sizes in which it does.
///
/// The trading lot is not the ledger unit: `money_per_tick_lot` is a whole number, so that trades
/// never round. The loader refuses instruments for which it is not.
struct Instrument {
    std::string name;
    InstrumentKind kind = InstrumentKind::coin;
    Session session = Session::always;
    VenueId venue{0};
    AssetId asset = no_asset;             ///< what is delivered
    AssetId quote = usd;                  ///< what is paid; a quote unit is 1e-4 dollars
    std::int64_t money_per_tick_lot = 1;  ///< Money for one lot at one tick
    std::int64_t units_per_lot = 1;       ///< ledger units of `asset` in one lot
    double usd_per_tick = 0.01;           ///< of one whole coin, share, or $100 face of a bond
    double whole_per_lot = 1;             ///< whole coins, shares or $100 faces in one lot
    RateR9 maker_fee = 0;                 ///< of notional, 1e-9; not negative
    RateR9 taker_fee = 0;
    Quantity lots_max{1'000'000'000};  ///< largest order
    Price price_max{1'000'000'000};    ///< highest limit; with `lots_max`, no notional overflows

    /// Exact: one product, checked. @throws std::overflow_error
    [[nodiscard]] Money notional(Price price, Quantity quantity) const;

    /// Money that one lot at `limit` must have behind it: its cost and its dearest fee.
    ///
    /// The fee is rounded up per lot, so that escrow is linear in lots, needs no memory of past
    /// fills, and covers any split of the order into fills (ceil(sum) <= sum of ceils).
    [[nodiscard]] Money requirement_per_lot(Price limit) const;

    /// Fee on one fill, rounded up: against the one who trades.
    [[nodiscard]] Money fee(Money notional, RateR9 rate) const {
        std::int64_t product = 0;  // almost always fits; then the division is by a constant
        if (!__builtin_mul_overflow(notional.value(), rate, &product)) {
            return Money{product / r9_one + (product % r9_one > 0)};
        }
        return Money{muldiv(notional.value(), rate, r9_one, Rounding::ceil)};
    }

    [[nodiscard]] double to_usd(Price price) const {
        return static_cast<double>(price.value()) * usd_per_tick;
    }
    /// Nearest tick below (floor) or above (ceil); at least one tick.
    [[nodiscard]] Price to_price(double usd_per_whole, Rounding mode) const;
    [[nodiscard]] double to_whole_units(Quantity lots) const {
        return static_cast<double>(lots.value()) * whole_per_lot;
    }
    /// Lots in `whole` coins or shares, rounded down; 0 where that is less than one lot.
    [[nodiscard]] Quantity to_lots(double whole) const;
    [[nodiscard]] double whole_from_units(Units units) const {
        return static_cast<double>(units.value()) / static_cast<double>(units_per_lot) *
               whole_per_lot;
    }
    [[nodiscard]] Units to_units(Quantity lots) const;
    [[nodiscard]] Quantity lots_in(Units units) const {
        return Quantity{units.value() / units_per_lot};
    }
};

}  // namespace crowdout::market
