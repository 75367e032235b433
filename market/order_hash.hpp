// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "market/order.hpp"

namespace crowdout::market {

/// High and low half of a 128-bit product, folded: every bit of both factors reaches every bit.
[[nodiscard]] constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product ^ product >> 64);
}

/// Side, post-only flag, self-trade mode and cause of an order in one byte.
[[nodiscard]] constexpr std::uint8_t pack_kinds(const Order& order) {
    static_assert(cause_count <= 16);
    const auto word = [](auto value) { return static_cast<unsigned>(value); };
    return static_cast<std::uint8_t>(word(order.side) | word(order.post_only) << 1 |
                                     word(order.self_trade) << 2 | word(order.cause) << 4);
}

/// What does not change while an order rests, as one odd 64-bit number.
///
/// The digest of a book is the sum of identity x lots left, modulo 2^64, over its resting orders.
/// A fill changes it by identity x lots filled, and no order of summation matters. Odd, so that
/// no number of lots is lost in the product. Linear hashing with (pseudo-)random factors collides
/// with probability about 2^-64: Lemire & Kaser (2014), Strongly universal string hashing is fast.
/// @param arrival  the book's count of orders that came to rest, this one included; < 2^56. It
///                 tells books apart that differ only in who is ahead in a queue.
[[nodiscard]] constexpr std::uint64_t identity_hash(const Order& order, std::uint64_t arrival) {
    // Odd numbers from the fractional bits of pi: nothing up the sleeve.
    const auto word = [](auto value) { return static_cast<std::uint64_t>(value); };
    const std::uint64_t who = word(order.owner.packed()) | word(order.parent) << 32;
    const std::uint64_t kinds = pack_kinds(order);
    const std::uint64_t sum = word(order.id) * 0x243f6a8885a308d3 + who * 0x13198a2e03707345 +
                              word(order.limit.value()) * 0xa4093822299f31d1 +
                              (arrival | kinds << 56) * 0x082efa98ec4e6c89 +
                              word(order.expiry.ns) * 0x452821e638d01377;
    return fold(sum, 0xbe5466cf34e90c6d) | 1;
}

}  // namespace crowdout::market
