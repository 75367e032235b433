// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "agents/field.hpp"
#include "agents/intent.hpp"
#include "agents/observation.hpp"

namespace crowdout::agents {

/// How fast an owner trades, so as not to move the market against itself.
struct ExecutionTerms {
    double participation_max = 0.05;  ///< share of a day's volume; our choice within 0.02-0.10
    double concession_max = 0.02;     ///< worst price of a child, from mid; our choice
    double order_min = 10'000;        ///< USD; smaller children wait; our choice
    market::Duration pace = market::hour;

    template <class Visitor>
    void visit(Visitor& field) {
        field("participation_max", participation_max,
              {.help = "Share of a day's volume that one owner trades in an asset, at most.",
               .help_zh = "单一资产每日成交量中的最大参与比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("concession_max", concession_max,
              {.help = "Worst price of a child order, as a distance from mid.",
               .help_zh = "子订单相对中间价的最大让步。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 0.5});
        field("order_min", order_min,
              {.help = "Children below this value wait.",
               .help_zh = "低于该金额的子订单会等待。",
               .unit = Dimension::money,
               .min = 0});
        field("pace", pace,
              {.help = "Time between two children.",
               .help_zh = "两笔子订单的间隔。",
               .unit = Dimension::duration,
               .positive = true});
    }
};

/// Most assets that one institution can work at a time.
inline constexpr std::size_t legs_max = 16;

enum class Working : std::uint32_t { nothing, purchase, sale };

/// One wanted sale or purchase that is worked over time: the parent of its child orders.
struct ParentOrder {
    market::Time last;         ///< when the last child was sent
    std::uint32_t number = 0;  ///< of the parent, unique among its owner's
    Working working = Working::nothing;

    [[nodiscard]] market::ParentId id() const { return market::ParentId{number}; }
};

/// What is wanted of one asset now, in USD at mid.
struct Want {
    market::InstrumentId instrument = market::no_instrument;
    market::Side side = market::Side::buy;
    market::Cause cause = market::Cause::choice;
    double usd = 0;
};

/// Open time of an instrument's market between two moments, in days of its session's full length
/// (24 h, 6.5 h or 9 h). Zero where `to` is not later. Cost: O(days between).
[[nodiscard]] double open_days(const market::Instrument& instrument, market::Time from,
                               market::Time to);

/// The parent of leg `leg` before its first order: numbers of different legs never meet.
[[nodiscard]] ParentOrder make_parent(std::size_t leg);

/// Sends the next child of a parent: what is still wanted, at most `participation_max` of the
/// volume of the open time since the last child, and of one day.
///
/// A child takes what the book offers up to `concession_max` from mid and does not rest, so that
/// what is still wanted can be read off the account, and nothing is remembered that the world may
/// have refused. A new parent starts with the slice of one `pace`,
/// or of one step where steps are longer.
/// @return USD at mid that were sent; 0 while the book is closed.
double work(const ExecutionTerms& terms, ParentOrder& parent, const Want& want,
            const Observation& seen, Intents& intents);

/// Nothing is wanted of this asset any more: the next want is a new parent.
inline void finish(ParentOrder& parent) {
    parent.working = Working::nothing;
}

/// USD of purchases at mid that `cash` can back at the worst price, fees of 20 bp included.
[[nodiscard]] double buying_power(const ExecutionTerms& terms, double cash);

/// When to look again: after pace x (0.5 + u). With u uniform on [0, 1) looks of different owners
/// spread over half a pace on either side; with u - 0.5, over the whole of the first pace.
[[nodiscard]] market::Time next_look(market::Time now, market::Duration pace, double u);

/// The earlier of `at` and, where the asset's market is closed, the time when its next opening
/// auction has passed.
[[nodiscard]] market::Time or_after_opening(market::Time at, const Observation& seen,
                                            market::InstrumentId instrument);

}  // namespace crowdout::agents
