// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "agents/field.hpp"
#include "agents/intent.hpp"
#include "agents/observation.hpp"

namespace crowdout::agents {

/// One thing under two names: a package that is worth so many units of each of its parts.
///
/// An ETF share and its constituents; a coin on two venues; with a bridge, a coin against a
/// stablecoin, that coin against dollars, and the stablecoin against dollars.
struct Parity {
    static constexpr std::size_t parts_max = 8;

    market::InstrumentId package = market::no_instrument;
    market::InstrumentId bridge = market::no_instrument;  ///< what `package` is paid in, if not USD
    std::span<const market::InstrumentId> parts;
    std::span<const double> units;  ///< whole units of each part in one whole package
};

/// When and how hard one trades on a gap.
struct ParityTerms {
    double cost = 0.0015;    ///< gap that pays nobody: fees, hedge, capital; mechanisms 7: 10-25 bp
    double speed = 500;      ///< kappa: daily volumes a day per unit of gap beyond cost; our choice
    double order_max = 5e6;  ///< USD on one side at a time; our choice
    double unhedged_max = 2e5;  ///< USD of open risk that is left alone; our choice
    double interval = 10;       ///< seconds between looks; our choice

    template <class Visitor>
    void visit(Visitor& field) {
        field("cost", cost,
              {.help = "Gap between the two prices that is not worth trading on.",
               .help_zh = "不值得套利的价差。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("speed", speed,
              {.help = "Daily volumes traded in a day per unit of gap beyond cost.",
               .help_zh = "超出成本的每单位价差对应的日成交量倍数。",
               .positive = true});
        field("order_max", order_max,
              {.help = "Largest trade on each side at a time.",
               .help_zh = "单次每侧最大交易额。",
               .unit = Dimension::money,
               .positive = true});
        field("unhedged_max", unhedged_max,
              {.help = "Open risk that is left alone.",
               .help_zh = "可容忍的未对冲敞口。",
               .unit = Dimension::money,
               .min = 0});
        field("interval", interval,
              {.help = "Time between looks.",
               .help_zh = "检查价差的间隔。",
               .unit = Dimension::duration,
               .positive = true});
    }
};

/// Lots of everything that one wants to own when there is nothing to trade on.
struct ParityHome {
    std::int64_t package = 0;
    std::array<std::int64_t, Parity::parts_max> parts{};
};

[[nodiscard]] ParityHome home_of(const Parity& parity, const Observation& seen);

/// All books that take part are open and have both sides.
[[nodiscard]] bool tradable(const Parity& parity, const Observation& seen);

/// Gains per dollar, before cost, at the best quotes.
struct Gap {
    double sell_package = 0;  ///< by selling the package and buying the parts
    double buy_package = 0;   ///< by the reverse
};
[[nodiscard]] Gap gap_of(const Parity& parity, const Observation& seen);

/// Trades both sides at once where the gap exceeds the cost, each up to half of what is gained
/// beyond it; where there is no such gap, takes back what an incomplete fill has left open.
///
/// Orders do not rest. Dollars on a side: min(speed (gap - cost) V days, order_max), with V the
/// daily volume of the package.
/// @param days  since the last call, in days of open time.
void close_gap(const ParityTerms& terms, const Parity& parity, const ParityHome& home, double days,
               const Observation& seen, Intents& intents);

}  // namespace crowdout::agents
