// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/ids.hpp"
#include "market/posting.hpp"
#include "market/time.hpp"
#include "market/units.hpp"

namespace crowdout::market {

/// A constituent and how much of it one block holds on the first day.
struct BasketItem {
    AssetId asset = no_asset;
    Units per_block;

    template <class Archive>
    void archive(Archive& a) {
        a(asset, per_block);
    }
};

/// A fund whose shares are claims on what it holds in custody.
struct EtfTerms {
    AssetId share = no_asset;
    AccountId fund;     ///< holds the constituents, and its own shares negatively
    AccountId sponsor;  ///< receives the fee, in kind
    /// Shares that are created or redeemed at a time. Source: prospectus of the largest spot
    /// bitcoin fund (40,000 shares, 22.72 bitcoin in June 2025; 0.25 % a year).
    std::int64_t block_shares = 40'000;
    Units share_units{1'000};  ///< ledger units of one share
    RateR9 fee = 2'500'000;    ///< per year of 365 days, of what is held
    std::vector<BasketItem> basket;

    template <class Archive>
    void archive(Archive& a) {
        a(share, fund, sponsor, block_shares, share_units, fee, basket);
    }
};

/// Creation and redemption in kind, and the fee that slowly lowers what a share holds.
///
/// What one share holds is never stored: it is what the fund holds over the shares that exist, so
/// nothing can leak. Whoever creates delivers rounded up, whoever redeems receives rounded down,
/// and the dust (less than one ledger unit a time) belongs to all holders. Commands return
/// postings; the caller sees to it that the participant has what he delivers.
class Etf {
public:
    Etf() = default;
    Etf(EtfTerms terms, Time launch);

    [[nodiscard]] const EtfTerms& terms() const { return terms_; }
    /// Shares that exist, in ledger units.
    [[nodiscard]] Units shares() const { return shares_; }
    /// What is in custody of constituent `item`.
    [[nodiscard]] Units held(std::size_t item) const { return items_[item].held; }
    [[nodiscard]] Units block_units() const;

    /// Moves the fee since the last call to the sponsor, rounded down; the fraction is owed on.
    void accrue_fee(Time now, std::vector<Posting>& out);

    /// What must be delivered (ceil) or is received (floor) for so many blocks, as custody stands:
    /// call `accrue_fee` first where it must be exact.
    [[nodiscard]] Units basket_units(std::size_t item, std::int64_t blocks, Rounding mode) const;

    /// The participant delivers the basket and receives new shares. The fee is accrued first.
    void create(AccountId participant, std::int64_t blocks, Time now, std::vector<Posting>& out);

    /// The participant returns shares and receives the basket. The fee is accrued first.
    /// @param blocks  not more than exist.
    void redeem(AccountId participant, std::int64_t blocks, Time now, std::vector<Posting>& out);

    /// @param usd_per_unit  price of one ledger unit of each constituent.
    /// @return dollars per whole share; for decisions and statistics.
    [[nodiscard]] double net_asset_value(std::span<const double> usd_per_unit) const;

    template <class Archive>
    void archive(Archive& a) {
        a(terms_, items_, shares_, accrued_ms_);
    }

private:
    struct Item {
        Units held;
        Units per_block;      // for the first creation, and the next one after the last redemption
        Int128 fee_owed = 0;  // ledger units x 1e-9 x milliseconds; under one unit
    };

    EtfTerms terms_;
    std::vector<Item> items_;  // as terms_.basket
    Units shares_;
    std::int64_t accrued_ms_ = 0;
};

}  // namespace crowdout::market
