// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "market/block_sums.hpp"
#include "market/hash.hpp"
#include "market/posting.hpp"

namespace crowdout::market {

/// Which assets a block of accounts may hold, and in which column.
struct BlockLayout {
    std::string name;
    std::uint32_t rows = 0;
    std::vector<AssetId> assets;  ///< one column each, in this order

    template <class Archive>
    void archive(Archive& a) {
        a(name, rows, assets);
    }
};

/// One account's balances, read only.
class AccountView {
public:
    AccountView() = default;
    AccountView(const std::int64_t* row, std::span<const std::uint8_t> column_of)
        : row_{row}, column_of_{column_of} {}

    /// May this account hold `asset`?
    [[nodiscard]] bool has(AssetId asset) const {
        return index(asset) < column_of_.size() && column_of_[index(asset)] != 0xff;
    }
    /// Free balance (what rests in escrow is not in it); 0 where there is no column.
    [[nodiscard]] Units balance(AssetId asset) const {
        return has(asset) ? Units{row_[column_of_[index(asset)]]} : Units{0};
    }
    [[nodiscard]] Money cash() const { return Money{balance(usd).value()}; }

private:
    const std::int64_t* row_ = nullptr;
    std::span<const std::uint8_t> column_of_;
};

/// Every dollar, coin, share and bond, each owned by exactly one account: zero-sum per asset.
///
/// Accounts are rows and assets are columns; a block of accounts has columns only for what it may
/// hold. Whoever issues an asset holds it negatively: a bank its deposits, a firm its shares, the
/// coin's protocol its coins. So the sum of an asset over all accounts is zero, always, and what
/// others hold is what the issuer owes. Only an issuer may be below zero.
class Ledger {
public:
    static constexpr std::size_t blocks_max = AccountId::blocks_max - 1;
    static constexpr std::size_t columns_max = 0xfe;  ///< assets that one block's accounts may hold

    /// @param asset_count  assets are numbered 0 (US dollars) to asset_count - 1.
    explicit Ledger(std::size_t asset_count = 1) : totals_(asset_count), issuers_(asset_count) {}

    /// @return the number of the new block. Throws `std::length_error` past the limits above and
    /// those of AccountId.
    std::uint32_t add_block(BlockLayout layout);

    void set_issuer(AssetId asset, AccountId issuer) { issuers_[index(asset)] = issuer; }
    [[nodiscard]] AccountId issuer(AssetId asset) const { return issuers_[index(asset)]; }

    [[nodiscard]] std::size_t asset_count() const { return totals_.size(); }
    [[nodiscard]] std::size_t block_count() const { return blocks_.size(); }
    [[nodiscard]] const BlockLayout& layout(std::uint32_t block) const {
        return blocks_[block].layout;
    }
    [[nodiscard]] bool has(AccountId account, AssetId asset) const {
        return account.block() < blocks_.size() &&
               blocks_[account.block()].column_of[index(asset)] != 0xff;
    }
    [[nodiscard]] Units balance(AccountId account, AssetId asset) const {
        return view(account).balance(asset);
    }
    [[nodiscard]] AccountView view(AccountId account) const {
        const Block& block = blocks_[account.block()];
        return {block.balances.data() + block.columns * account.row(), block.column_of};
    }

    /// A hint that the account's balances are about to be used.
    [[gnu::always_inline]] void prefetch(AccountId account) const {
        const Block& block = blocks_[account.block()];
        __builtin_prefetch(block.balances.data() + block.columns * account.row(), 1);
    }

    /// Carries out one movement. It must succeed: whoever makes a posting has checked.
    /// Throws `std::logic_error` where it would leave a holder (not an issuer) below zero, or
    /// where either account has no column; then nothing has moved.
    void post(const Posting& posting);

    /// Dollars in all accounts of a block, the issuer's negative ones included: kept up to date.
    [[nodiscard]] Money cash(std::uint32_t block) const { return Money{cash_[block]}; }

    /// What others hold of `asset`.
    [[nodiscard]] Units outstanding(AssetId asset) const {
        return -balance(issuers_[index(asset)], asset);
    }

    /// The sum of hashes of all non-zero balances: kept up to date at O(1) a change.
    [[nodiscard]] std::uint64_t digest() const { return digest_; }
    [[nodiscard]] std::uint64_t digest_afresh() const;

    /// First violation in words, or an empty text. O(assets + blocks): the incremental totals.
    [[nodiscard]] std::string audit() const;
    /// O(accounts): counts every balance again.
    [[nodiscard]] std::string audit_afresh() const;

    /// Balances are changed through a writer, so that threads can each keep their own totals.
    class Writer;
    void merge(Writer& writer);

    template <class Archive>
    void archive(Archive& a) {
        a(blocks_, totals_, cash_, issuers_, digest_);
    }

private:
    friend class Writer;
    struct Block {
        BlockLayout layout;
        std::size_t columns = 0;
        std::vector<std::uint8_t> column_of;  ///< by asset; 0xff where there is none
        std::vector<std::int64_t> balances;   ///< [rows x columns]

        template <class Archive>
        void archive(Archive& a) {
            a(layout, columns, column_of, balances);
        }
    };

    void change(AccountId account, AssetId asset, std::int64_t units);

    [[nodiscard]] static std::uint64_t hash(AccountId account, AssetId asset, std::int64_t units) {
        if (units == 0) return 0;
        const auto key = static_cast<std::uint64_t>(account.packed()) << 16 | index(asset);
        return mix(mix(key) ^ static_cast<std::uint64_t>(units));
    }

    std::vector<Block> blocks_;
    std::vector<std::int64_t> totals_;  ///< sum of each asset over all accounts: zero
    std::vector<std::int64_t> cash_;    ///< dollars by block
    std::vector<AccountId> issuers_;
    std::uint64_t digest_ = 0;
};

/// One thread's hand on balances. Two writers may work at once on different accounts.
///
/// A debit without its credit is allowed inside a phase (the other half may be another thread's),
/// which is why totals are merged and audited at the end of the phase.
class Ledger::Writer {
public:
    explicit Writer(Ledger& ledger) { attach(ledger); }
    Writer() = default;

    /// Starts over on `ledger`, keeping the memory.
    void attach(Ledger& ledger) {
        ledger_ = &ledger;
        delta_.assign(ledger.asset_count(), 0);
        cash_delta_.begin(ledger.block_count());
        digest_ = 0;
    }

    /// Adds `units`, which may be negative, and returns the new balance.
    std::int64_t add(AccountId account, AssetId asset, std::int64_t units) {
        Block& block = ledger_->blocks_[account.block()];
        const std::uint8_t column = block.column_of[index(asset)];
        assert(column != 0xff);
        std::int64_t& balance = block.balances[block.columns * account.row() + column];
        digest_ -= hash(account, asset, balance);
        if (__builtin_add_overflow(balance, units, &balance)) {
            throw std::overflow_error{"a balance"};
        }
        digest_ += hash(account, asset, balance);
        if (asset == usd) {
            cash_delta_.add(account.block(), units);
        } else {
            delta_[index(asset)] += units;
        }
        return balance;
    }
    [[nodiscard]] Units balance(AccountId account, AssetId asset) const {
        return ledger_->balance(account, asset);
    }

private:
    friend class Ledger;
    Ledger* ledger_ = nullptr;
    std::vector<std::int64_t> delta_;  ///< by asset, dollars apart
    BlockSums cash_delta_;             ///< dollars
    std::uint64_t digest_ = 0;
};

}  // namespace crowdout::market
