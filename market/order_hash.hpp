// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "market/order.hpp"

namespace crowdout::market {

/// High and low half of a 128-bit product, folded: every bit of both factors reaches every bit.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// What does not change while an order rests, as one odd 64-bit number.
///
/// The digest of a book is the sum of identity x lots left, modulo 2^64, over its resting orders.
/// A fill changes it by identity x lots filled, and no order of summation matters. Odd, so that
/// no number of lots is lost in the product. Linear hashing with (pseudo-)random factors collides
/// with probability about 2^-64: Lemire & Kaser (2014), Strongly universal string hashing is fast.
/// @param arrival  the book's count of orders that came to rest, this one included: it tells two
///                 books apart that differ only in who is ahead in a queue.
[[nodiscard]] constexpr std::uint64_t identity_hash(const Order& order, std::uint64_t arrival) {
    // The fractional bits of pi: numbers with nothing up their sleeve.
    const auto word = [](auto value) { return static_cast<std::uint64_t>(value); };
    const std::uint64_t kinds = word(order.side) | word(order.self_trade) << 8 |
                                word(order.cause) << 16 | word(order.post_only) << 24;
    const std::uint64_t who = word(order.owner.packed()) | word(order.parent) << 32;
    const std::uint64_t a = mix(word(order.id) ^ 0x243f6a8885a308d3, who ^ 0x13198a2e03707344);
    const std::uint64_t b =
        mix(word(order.limit.value()) ^ 0xa4093822299f31d0, arrival ^ 0x082efa98ec4e6c89);
    const std::uint64_t c =
        mix(word(order.expiry.ns) ^ 0x452821e638d01377, kinds ^ 0xbe5466cf34e90c6c);
    return mix(a ^ b ^ 0xc0ac29b7c97c50dd, c ^ 0x3f84d5b5b5470917) | 1;
}

}  // namespace crowdout::market
