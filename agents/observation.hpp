// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "agents/price_history.hpp"
#include "market/instrument.hpp"
#include "market/ledger.hpp"
#include "market/order.hpp"

namespace crowdout::agents {

/// What everybody can see of one book, as of the end of the last step.
struct BookView {
    bool open = false;         ///< orders trade at once; else they wait for the opening auction
    bool accepts = false;      ///< orders are taken at all (open, or collected for an auction)
    market::Time next_change;  ///< when it next opens or closes
    market::Price bid;         ///< 0 where that side is empty
    market::Price ask;
    market::Price last;    ///< last trade; before the first, the opening reference
    double mid = 0;        ///< USD per whole; the last known where a side is empty; > 0
    double bid_depth = 0;  ///< USD resting within 1 % of mid
    double ask_depth = 0;
    double volume = 0;         ///< USD traded in the last step
    double volume_signed = 0;  ///< bought less sold by takers, USD
    double volume_daily = 0;   ///< USD per day, EWMA over 20 days of open time
    double sigma_daily = 0;    ///< volatility of log returns per day of open time, EWMA
    double sigma_fast = 0;     ///< the same, half-life of minutes, seasonally adjusted
    double toxicity = 0;       ///< |signed volume| / volume over recent buckets, 0 to 1
    double value = 0;          ///< consensus of analysts, USD per whole; 0 where there is none
    double value_sigma = 0;    ///< how far opinions about it differ (log standard deviation)
    const PriceHistory* history = nullptr;

    [[nodiscard]] double half_spread() const {  ///< fraction of mid; 0 where a side is empty
        if (bid.value() == 0 || ask.value() == 0) return 0;
        return static_cast<double>((ask - bid).value()) / static_cast<double>((ask + bid).value());
    }
};

/// Rates that everybody can see. All per year, as fractions.
struct RatesView {
    double policy = 0;          ///< the central bank's target
    double government = 0;      ///< yield of the ten-year note, read off its book
    double credit = 0;          ///< yield of investment-grade credit, read off its book
    double equity_premium = 0;  ///< ERP over the government yield
};

/// The frozen picture of the world that all agents of one step decide on.
struct Snapshot {
    market::Time now;
    std::span<const market::Instrument> instruments;
    std::span<const BookView> books;  ///< by InstrumentId
    RatesView rates;

    [[nodiscard]] const BookView& book(market::InstrumentId id) const {
        return books[market::index(id)];
    }
    [[nodiscard]] const market::Instrument& instrument(market::InstrumentId id) const {
        return instruments[market::index(id)];
    }
};

/// One of the agent's own resting orders.
struct OpenOrder {
    market::Ticket ticket;
    market::InstrumentId instrument = market::no_instrument;
    market::Side side = market::Side::buy;
    market::Cause cause = market::Cause::choice;
    market::Price limit;
    market::Quantity left;

    /// Field by field: there are gaps between them, and checkpoints of equal states are equal.
    template <class Archive>
    void archive(Archive& a) {
        a(ticket.id, ticket.slot, instrument, side, cause, limit, left);
    }
};

enum class ObligationKind : std::uint8_t {
    capital_call,  ///< an investor owes a company money that it promised
    redemption,    ///< a fund owes a leaving investor its share
    purchase,      ///< a buyer owes a supplier for capacity that it ordered
};

/// Something this account must pay (or is owed) at a date.
struct Obligation {
    std::uint32_t id = 0;
    ObligationKind kind = ObligationKind::capital_call;
    market::AccountId debtor;
    market::AccountId creditor;
    market::Money amount;  ///< still open
    market::Time due;
};

/// The credit line of an account, where it has one.
struct CreditView {
    market::Money drawn;
    market::Money limit;
    double rate = 0;  ///< per year
};

/// Everything an agent may know when it decides. Views only; valid for that one call.
struct Observation {
    market::Time now;       ///< when it acts: at or after the snapshot, within the step
    market::Duration step;  ///< length of the step
    market::AccountId self;
    const Snapshot& market;
    market::AccountView own;
    std::span<const OpenOrder> orders;        ///< oldest first
    std::span<const Obligation> obligations;  ///< as debtor, by due date
    CreditView credit;
    std::span<const Obligation> receivables = {};  ///< as creditor, by due date
    std::uint64_t nature = 0;  ///< key of the streams that its traits are drawn from

    [[nodiscard]] double cash() const {  ///< free, in USD
        return static_cast<double>(own.cash().value()) / market::money_per_dollar;
    }
    /// Lots held free, not counting what rests in sell orders.
    [[nodiscard]] market::Quantity free_lots(market::InstrumentId id) const {
        const auto& instrument = market.instrument(id);
        return instrument.lots_in(own.balance(instrument.asset));
    }
    /// Lots held in all, resting sell orders included.
    [[nodiscard]] market::Quantity position(market::InstrumentId id) const {
        market::Quantity lots = free_lots(id);
        for (const OpenOrder& order : orders) {
            if (order.instrument == id && order.side == market::Side::sell) lots += order.left;
        }
        return lots;
    }
    [[nodiscard]] double position_usd(market::InstrumentId id) const {
        return market.instrument(id).to_whole_units(position(id)) * market.book(id).mid;
    }
};

}  // namespace crowdout::agents
