// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "agents/intent.hpp"
#include "agents/observation.hpp"

namespace crowdout::agents {

/// One quote that should stand.
struct QuoteLevel {
    market::Price limit;
    market::Quantity lots;
    std::int64_t off_max = 0;  ///< ticks by which a resting order may miss `limit`
};

/// One side of a maker's quotes, best first, without heap.
class QuoteLadder {
public:
    static constexpr std::size_t capacity = 16;

    /// A level without lots, or beyond the capacity, is left out. Two that meet at one price merge.
    void add(QuoteLevel level);

    /// Shrinks all levels in proportion until they cost `dollars` at most, fees included.
    void limit_cost(const market::Instrument& instrument, double dollars);
    /// Shrinks all levels in proportion until they sell `lots` at most.
    void limit_lots(market::Quantity lots);

    [[nodiscard]] std::span<const QuoteLevel> levels() const { return {levels_.data(), size_}; }

private:
    void shrink(double factor);

    std::array<QuoteLevel, capacity> levels_{};
    std::size_t size_ = 0;
};

/// Turns what rests on one side into `ladder` with as few messages as it takes: an order near
/// enough in price and size stays; others are moved to free levels; what is left is cancelled or
/// sent.
/// @param resize  share of a level's lots by which an order may be off.
void requote(const Observation& seen, market::InstrumentId id, market::Side side,
             const QuoteLadder& ladder, double resize, Intents& intents);

}  // namespace crowdout::agents
