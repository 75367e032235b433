// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "world/measure_fields.hpp"

// Measures of what large orders do to prices. An order is a parent whose children took from the
// book: its size Q is what they took over the mean volume of a day, its impact is
// sign ln(p_end / p_start) over the daily volatility, with the mid before its first and after its
// last child. Volatility is that of half-hourly returns, volume that of the stretch.
//
// Source: Toth et al. (2011), Physical Review X 1, 021006; mechanisms 12.

namespace crowdout::world {

/// What the three measures of impact share.
struct ImpactSample {
    std::string of;
    std::int64_t trades_min = 2;   ///< of a parent; our choice: one trade is no order worked
    std::int64_t orders_min = 10;  ///< of a bin of sizes; our choice

    void need(TrackNeeds& needs) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose orders.", "哪个工具的大单。"));
        field("trades_min", trades_min,
              {.help = "Fewest trades of a parent that counts.",
               .help_zh = "计入的母单的最少成交笔数。",
               .min = 1});
        field("orders_min", orders_min,
              {.help = "Fewest orders of a bin of sizes that counts.",
               .help_zh = "计入的规模分组的最少母单数。",
               .min = 2});
    }
};

/// Exponent d of impact ~ Q^d, by least squares of ln impact on ln Q over bins of sizes.
struct ImpactExponent : ImpactSample {
    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
};

/// Y of the square-root law impact = Y sqrt(Q): geometric mean over bins of sizes.
struct ImpactPrefactor : ImpactSample {
    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
};

/// What is left of the mean impact after the end of the order and `after` times its duration.
/// Source: Bucci et al. (2018), Market Microstructure and Liquidity 4, 1950006.
struct ImpactDecay : ImpactSample {
    double after = 1;  ///< durations of the order

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        ImpactSample::visit(field);
        field("after", after,
              {.help = "How long after its end, in durations of the order.",
               .help_zh = "结束后多久（以母单持续时间计）。",
               .max = 100,
               .positive = true});
    }
};

}  // namespace crowdout::world
