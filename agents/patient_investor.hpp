// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agents/archetype.hpp"
#include "agents/field.hpp"

namespace crowdout::agents {

/// A slow owner with a price at which it would trade: the latent liquidity behind a thin book.
///
/// Reservation prices lie at log distance x from the traded price with density proportional to |x|
/// up to `reach`, so that the volume met by a move of x grows like x^2 and a metaorder of Q moves
/// the price like the square root of Q. Nothing in the matching knows of this. An owner posts when
/// the price comes near, withdraws when it leaves, and now and then thinks again: sometimes about
/// where the price is by now, sometimes to stay with what it thought. Whenever it looks, public
/// news moves its price: by beta of what the consensus about value has moved since (xi and beta in
/// Donier et al.).
/// Source: Toth et al. (2011), PRX 1, 021006; Donier, Bonart, Mastromatteo, Bouchaud (2015), Quant.
/// Finance 15, 1109. Mechanisms 1.2 and rule 11.
struct PatientInvestor {
    static constexpr std::string_view name = "patient_investor";
    static constexpr bool wakes_on_fill = true;

    struct Params {
        std::string instrument;
        double reach = 0.3;      ///< largest log distance of a reservation price; our choice
        double reveal = 0.005;   ///< log distance at which it posts; our choice
        double rethink = 365;    ///< nu, a year: once a day
        double recentre = 0.35;  ///< share of rethinking that starts from the traded price;
                                 ///< 1 - permanent share of impact (0.6-0.7); our choice of form
        double news = 1;         ///< beta: 1 on average in the paper
        double withdraw = 0;     ///< share of rethinking that takes back a resting order too; the
                                 ///< paper's nu is the same for all: 1
        double portion = 0.5;    ///< of what it has, in one order; our choice

        market::InstrumentId id = market::no_instrument;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it owns or would own.",
                   .help_zh = "持有或打算持有的标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("reach", reach,
                  {.help = "Largest distance of a reservation price.",
                   .help_zh = "保留价格的最大距离。",
                   .unit = Dimension::ratio,
                   .max = 3,
                   .positive = true});
            field("reveal", reveal,
                  {.help = "Distance at which it posts its order.",
                   .help_zh = "挂单显露的距离。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("rethink", rethink,
                  {.help = "How often it thinks again.",
                   .help_zh = "重新考虑的频率。",
                   .unit = Dimension::rate,
                   .positive = true});
            field("recentre", recentre,
                  {.help = "Share of these times at which it starts from the traded price.",
                   .help_zh = "重新考虑时以现价为中心的比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("news", news,
                  {.help = "How far a reservation price follows news about value.",
                   .help_zh = "保留价格对价值消息的反应程度。",
                   .min = 0,
                   .max = 10});
            field("withdraw", withdraw,
                  {.help = "Share of these times at which it takes back an order that rests.",
                   .help_zh = "重新考虑时撤回已挂订单的比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("portion", portion,
                  {.help = "Share of its cash or holding in one order.",
                   .help_zh = "单笔订单占现金或持仓的比例。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
        }
        void check(Complaints& complaints) const {
            if (reveal >= reach) complaints.error("reveal", "is not below reach");
        }
    };

    struct State {
        double reservation = 0;    ///< USD per whole; buys at or below it, or sells at or above
        double value = 0;          ///< consensus when it last looked, USD per whole; 0: none
        std::uint32_t sells = 0;   ///< 1 where it waits to sell
        std::uint32_t posted = 0;  ///< 1 while its order rests
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};

}  // namespace crowdout::agents
