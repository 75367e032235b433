// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "market/ids.hpp"
#include "market/units.hpp"

namespace crowdout::market {

/// Why something moved between two accounts. Reasons roll up into the flow-of-funds matrix.
///
/// The first group changes who is richer (income and spending); its sums over a sector are the
/// sector's net lending. The second exchanges one asset or promise for another.
enum class Reason : std::uint8_t {
    // income and spending
    wages,
    consumption,
    sales,  ///< goods and services between firms: cloud, software, compute
    taxes,
    benefits,
    dividends,
    interest,  ///< on loans, lines and deposits
    coupons,
    exports,  ///< oil and other purchases by the rest of the world
    capex,    ///< data centres, chips, memory: the drain
    mining,   ///< newly minted coins to miners, and what energy costs them
    fees,
    write_off,  ///< a debtor's shortfall, borne by a named creditor
    // exchanges
    endowment,  ///< opening balances
    trades,
    loans,     ///< drawn or repaid; the deposit is made or unmade
    issuance,  ///< securities, primary placements and private rounds
    capital_calls,
    redemptions,
    subscriptions,
    baskets,  ///< ETF shares against what they hold
    minting,  ///< stablecoins against deposits
    escrow,   ///< reserved and released
};
inline constexpr std::size_t reason_count = 23;

inline constexpr std::array<std::string_view, reason_count> reason_names{
    "wages",       "consumption",   "sales",   "taxes",   "benefits", "dividends",
    "interest",    "coupons",       "exports", "capex",   "mining",   "fees",
    "write_off",   "endowment",     "trades",  "loans",   "issuance", "capital_calls",
    "redemptions", "subscriptions", "baskets", "minting", "escrow"};

/// Whether the reason is income or spending, and so counts in net lending.
[[nodiscard]] constexpr bool is_income(Reason reason) {
    return reason <= Reason::write_off;
}

/// One movement of one asset. A mechanism returns postings; only the ledger carries them out.
struct Posting {
    AccountId from;
    AccountId to;
    AssetId asset = usd;
    Units units;  ///< not negative
    Reason reason = Reason::trades;
};

}  // namespace crowdout::market
