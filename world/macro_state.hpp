// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "market/bond.hpp"
#include "market/etf.hpp"
#include "world/payments.hpp"
#include "world/valuation.hpp"

namespace crowdout::world {

/// What the slow clock keeps of one instrument.
struct Fundamentals {
    std::optional<Valuation> valuation;
    std::optional<market::Bond> bond;
    std::optional<FairYield> fair_yield;
    std::optional<market::Etf> etf;
    double dividend_yield = 0;

    template <class Archive>
    void archive(Archive& a) {
        a(valuation, bond, fair_yield, etf, dividend_yield);
    }
};

/// Slow state: what moves by the hour, the day and the quarter.
struct MacroState {
    std::vector<Fundamentals> fundamentals;  ///< by InstrumentId
    std::vector<double> asset_price;         ///< USD per ledger unit, by AssetId
    PaymentBook payments;
    double policy_rate = 0;
    market::Time next_hour;
    market::Time next_day;
    market::Time next_quarter;

    template <class Archive>
    void archive(Archive& a) {
        a(fundamentals, asset_price, payments, policy_rate, next_hour, next_day, next_quarter);
    }
};

}  // namespace crowdout::world
