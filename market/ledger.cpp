// SPDX-License-Identifier: Apache-2.0
#include "market/ledger.hpp"

#include <stdexcept>
#include <utility>

namespace crowdout::market {

std::uint32_t Ledger::add_block(BlockLayout layout) {
    if (blocks_.size() == blocks_max || layout.rows > AccountId::rows_max ||
        layout.assets.size() > columns_max) {
        throw std::length_error{"ledger block " + layout.name};
    }
    Block block;
    block.columns = layout.assets.size();
    block.column_of.assign(asset_count(), 0xff);
    for (std::size_t column = 0; column < block.columns; ++column) {
        block.column_of[index(layout.assets[column])] = static_cast<std::uint8_t>(column);
    }
    block.balances.assign(block.columns * layout.rows, 0);
    block.layout = std::move(layout);
    blocks_.push_back(std::move(block));
    cash_.push_back(0);
    return static_cast<std::uint32_t>(blocks_.size() - 1);
}

void Ledger::post(const Posting& posting) {
    const auto [from, to, asset, units, reason] = posting;
    if (units < Units{0}) throw std::logic_error{"a posting of less than nothing"};
    if (units == Units{0}) return;
    if (!has(from, asset) || !has(to, asset)) throw std::logic_error{"a posting without a column"};
    if (from != issuer(asset) && balance(from, asset) < units) {
        throw std::logic_error{"an overdraft by an account of " + layout(from.block()).name};
    }
    change(to, asset, units.value());  // first: it is the one that can overflow, and throw
    change(from, asset, -units.value());
}

void Ledger::change(AccountId account, AssetId asset, std::int64_t units) {
    Block& block = blocks_[account.block()];
    std::int64_t& balance =
        block.balances[block.columns * account.row() + block.column_of[index(asset)]];
    const std::int64_t before = balance;
    if (__builtin_add_overflow(before, units, &balance)) {
        balance = before;
        throw std::overflow_error{"a balance"};
    }
    if (asset == usd) cash_[account.block()] += units;
    digest_ += hash(account, asset, balance) - hash(account, asset, before);
}

void Ledger::merge(Writer& writer) {
    for (std::size_t asset = 0; asset < totals_.size(); ++asset) {
        totals_[asset] += std::exchange(writer.delta_[asset], 0);
    }
    writer.cash_delta_.take([this](std::uint32_t block, std::int64_t units) {
        cash_[block] += units;
        totals_[index(usd)] += units;
    });
    digest_ += std::exchange(writer.digest_, 0);
}

std::uint64_t Ledger::digest_afresh() const {
    std::uint64_t sum = 0;
    for (std::uint32_t b = 0; b < blocks_.size(); ++b) {
        const Block& block = blocks_[b];
        for (std::uint32_t row = 0; row < block.layout.rows; ++row) {
            for (std::size_t column = 0; column < block.columns; ++column) {
                sum += hash(AccountId{b, row}, block.layout.assets[column],
                            block.balances[block.columns * row + column]);
            }
        }
    }
    return sum;
}

std::string Ledger::audit() const {
    for (std::size_t asset = 0; asset < totals_.size(); ++asset) {
        if (totals_[asset] == 0) continue;
        return "asset " + std::to_string(asset) + " does not sum to zero but to " +
               std::to_string(totals_[asset]) + " units";
    }
    return {};
}

std::string Ledger::audit_afresh() const {
    std::vector<Int128> sums(asset_count(), 0);
    for (std::uint32_t b = 0; b < blocks_.size(); ++b) {
        const Block& block = blocks_[b];
        Int128 cash = 0;
        for (std::size_t cell = 0; cell < block.balances.size(); ++cell) {
            const AssetId asset = block.layout.assets[cell % block.columns];
            const AccountId account{b, static_cast<std::uint32_t>(cell / block.columns)};
            sums[index(asset)] += block.balances[cell];
            if (asset == usd) cash += block.balances[cell];
            if (block.balances[cell] < 0 && account != issuer(asset)) {
                return "row " + std::to_string(account.row()) + " of " + block.layout.name +
                       " holds " + std::to_string(block.balances[cell]) + " of asset " +
                       std::to_string(index(asset));
            }
        }
        if (cash != cash_[b]) return "the dollars of " + block.layout.name + " were miscounted";
    }
    for (std::size_t asset = 0; asset < sums.size(); ++asset) {
        if (sums[asset] != 0) return "asset " + std::to_string(asset) + " does not sum to zero";
    }
    return audit();
}

}  // namespace crowdout::market
