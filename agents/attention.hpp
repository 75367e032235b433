// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/distribution.hpp"
#include "agents/field.hpp"
#include "agents/observation.hpp"
#include "agents/random.hpp"

namespace crowdout::agents {

/// How much more often people act when the price has moved, and at the busy hours of a day.
///
/// With x the move over its own span of memory, in usual moves of that span, a trader acts
///
///     season (1 - b + b x^2 - c x |x|),  at most `most`,  b = `moves`, c = `falls`
///
/// times as often as it does on average where moves are usual ones. Spans differ from trader to
/// trader over minutes to weeks: what each of them adds to volatility feeds those with other spans,
/// and liveliness comes in spells of all lengths. Where price variance is proportional to how often
/// people act, returns are those of a quadratic Hawkes process whose feedback is b. The usual move
/// is a fact of the file and not measured: a measure would follow what it causes, and the level of
/// volatility would drift.
/// Source: Blanc, Donier, Bouchaud (2017), Quant. Finance 17, 171, for the feedback of squared and
/// of negative returns on activity; Mueller et al. (1997), J. Empirical Finance 4, 213, for spans
/// that differ; Barber, Odean (2008), Rev. Financ. Stud. 21, 785, for attention after large moves.
struct Attention {
    double moves = 0;               ///< b; 0: none
    double falls = 0;               ///< c, at most b: how much more a fall counts than a rise
    double usual_move = 0.02;       ///< deviation of log returns over a trading day; worlds
    Distribution memory = spans();  ///< seconds over which a trader looks back
    double most = 8;                ///< bound of the factor; our choice
    bool season = false;            ///< whether it keeps the hours of its market

    /// From five minutes to twenty days, each about six times the last, alike in number: weights
    /// that fall as one over the age of a return. Our choice of values.
    [[nodiscard]] static Distribution spans();

    [[nodiscard]] bool matters() const { return moves > 0.0 || season; }

    /// How often the trader acts now, of how often it does on average; 1 where nothing matters.
    [[nodiscard]] double liveliness(const Observation& seen, market::InstrumentId id) const;

    /// Mean wait between two moments at which it may act, where `mean` is the usual wait.
    [[nodiscard]] double wait(double mean) const { return matters() ? mean / most : mean; }

    /// Whether it acts at such a moment: with the odds of its liveliness, so that the moments at
    /// which it does are those of a Poisson clock that runs as lively as it is (thinning).
    [[nodiscard]] bool acts(const Observation& seen, market::InstrumentId id,
                            Random& random) const {
        return !matters() || random.bernoulli(liveliness(seen, id) / most);
    }

    template <class Visitor>
    void visit(Visitor& field) {
        field("moves", moves,
              {.help = "Share of its activity that answers to moves of the price.",
               .help_zh = "由价格波动引发的行动所占的比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("falls", falls,
              {.help = "How much more a fall counts than a rise, as a share of its activity.",
               .help_zh = "下跌比上涨更引人行动的程度（占其行动的比例）。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("usual_move", usual_move,
              {.help = "A usual move over a trading day (standard deviation).",
               .help_zh = "一个交易日的寻常波动（标准差）。",
               .unit = Dimension::ratio,
               .max = 1,
               .positive = true});
        field("memory", memory,
              {.help = "The span over which it looks at a move.",
               .help_zh = "观察价格变动的时间跨度。",
               .unit = Dimension::duration,
               .positive = true});
        field("most", most,
              {.help = "Bound of how much more often it acts.",
               .help_zh = "行动频率放大的上限。",
               .min = 1,
               .max = 1000});
        field("season", season,
              {.help = "Whether it keeps the busy and quiet hours of its market.",
               .help_zh = "是否遵循市场日内的忙闲规律。"});
    }
    void check(Complaints& complaints) const {
        if (falls > moves) complaints.error("falls", "is above moves");
    }
};

}  // namespace crowdout::agents
