// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "market/posting.hpp"
#include "studies/terms.hpp"
#include "world/manifest.hpp"
#include "world/scene.hpp"

namespace crowdout::studies {

/// How dollars came to one who spent them on AI capex.
struct CapexChannel {
    std::optional<market::Reason> reason{};  ///< none: his own, there at the start
    std::optional<MarketClass> market{};     ///< of trades: what he sold

    friend auto operator<=>(const CapexChannel&, const CapexChannel&) = default;
};

/// Dollars that went from a source through a channel to a spender, and from there into AI capex.
struct CapexStream {
    std::uint16_t source = 0;   ///< a sector
    bool is_opening = false;    ///< what it had at the start; else what a named source paid
    CapexChannel channel{};     ///< the last payment on the way
    std::uint16_t spender = 0;  ///< a sector
    double usd = 0;
};

/// Who paid AI capex, by proportional tracing (world/flow_network.hpp): each sector is a pot, and
/// every payment carries the mix of what was in it and came into it. A spender's capex is split
/// over the channels by which dollars reached him, and each channel's over sources by the mix of
/// those who paid through it. Streams sum to the capex of the window, and those of a source to what
/// `world::trace_sources` says of it.
///
/// Sales on markets are one channel for each kind of market, split by what the spender sold there.
/// @param flows    between sectors, Money.
/// @param trades   of sectors by book.
/// @param opening  Money of each sector at the window's start; negative for an issuer of dollars,
///                 whose payments have no earlier owner.
/// @return by size, largest first.
///         the first stream of the same spender and channel.
/// Cost: O(spenders channels nodes^3).
[[nodiscard]] std::vector<CapexStream> capex_streams(const world::Manifest& manifest,
                                                     std::span<const world::MoneyRow> flows,
                                                     std::span<const world::TradedRow> trades,
                                                     std::span<const std::int64_t> opening);

}  // namespace crowdout::studies
