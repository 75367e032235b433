// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace crowdout::market {

enum class AssetId : std::uint16_t {};       ///< a column of the ledger; 0 is US dollar deposits
enum class InstrumentId : std::uint16_t {};  ///< what a book trades; also the book's index
enum class VenueId : std::uint8_t {};        ///< where: one escrow and one fee account each
enum class OrderId : std::uint64_t {};       ///< a book's own running number, from 1
enum class ParentId : std::uint32_t {};      ///< the metaorder a child belongs to; 0 is none

inline constexpr AssetId usd{0};
inline constexpr AssetId no_asset{0xffff};
inline constexpr InstrumentId no_instrument{0xffff};
inline constexpr ParentId no_parent{0};

template <class Id>
[[nodiscard]] constexpr auto index(Id id) {
    return static_cast<std::size_t>(id);
}

/// An account: a row of one block of the ledger. A population's accounts are one block.
///
/// The block is part of the number, so that finding a balance is two loads and no search.
class AccountId {
public:
    static constexpr std::uint32_t row_bits = 21;
    static constexpr std::uint32_t rows_max = 1u << row_bits;
    static constexpr std::uint32_t blocks_max = 1u << (32 - row_bits);

    constexpr AccountId() = default;
    constexpr AccountId(std::uint32_t block, std::uint32_t row)
        : packed_{(block << row_bits) | row} {}

    [[nodiscard]] constexpr std::uint32_t block() const { return packed_ >> row_bits; }
    [[nodiscard]] constexpr std::uint32_t row() const { return packed_ & (rows_max - 1); }
    [[nodiscard]] constexpr std::uint32_t packed() const { return packed_; }
    [[nodiscard]] static constexpr AccountId from_packed(std::uint32_t packed) {
        return {packed >> row_bits, packed & (rows_max - 1)};
    }

    friend constexpr auto operator<=>(AccountId, AccountId) = default;

private:
    std::uint32_t packed_ = 0xffff'ffff;  // no account
};

inline constexpr AccountId no_account{};

}  // namespace crowdout::market
