// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agents/archetype.hpp"
#include "agents/attention.hpp"
#include "agents/distribution.hpp"
#include "agents/field.hpp"

namespace crowdout::agents {

/// A desk that works one large parent order after another, child by child.
///
/// Parents arrive at random while it is idle; a parent has a fixed sign and L children with
/// P(L >= l) = l^-a, so that order signs of a book fed by a few such desks remember each other with
/// exponent a - 1. A child is placed around the best of its own side by a Student t law with two
/// degrees of freedom, or takes what there is at once; one that has not filled when the next is due
/// is moved to where it will. Such a move has to be backed beside the order that it moves; where
/// means do not reach for both, the order is withdrawn first and sent to where it fills in the next
/// step.
/// Source: Lillo, Mike, Farmer (2005), PRE 71, 066122; placement: Mike, Farmer (2008), J. Econ.
/// Dyn. Control 32, 200.
struct ExecutionTrader {
    static constexpr std::string_view name = "execution_trader";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string instrument;
        double idle = 3'600;                 ///< mean seconds between parents; our choice
        double tail = 1.5;                   ///< a; 1.3-1.8
        std::int64_t children_max = 10'000;  ///< our choice: a bound on one parent
        Distribution child_share{1e-5};  ///< size of a desk's child, of daily volume; our choice
        double participation = 0.005;    ///< of volume while it works; our choice
        double placement = 0.0024;       ///< scale of the t law, log price; LSE stocks
        double slippage = 0.02;          ///< worst price of a child, from the best; our choice
        double taking = 0;               ///< share of children that take at once; our choice
        Attention attention;             ///< of parents and of children alike

        market::InstrumentId id = market::no_instrument;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it trades.",
                   .help_zh = "交易的标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("idle", idle,
                  {.help = "Mean time from the end of a parent order to the next.",
                   .help_zh = "两个母单之间的平均间隔。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("tail", tail,
                  {.help = "Tail exponent of the number of children.",
                   .help_zh = "子单数量的尾部指数。",
                   .min = 1.01,
                   .max = 5});
            field("children_max", children_max,
                  {.help = "Most children of one parent.",
                   .help_zh = "单个母单的最大子单数。",
                   .min = 1,
                   .max = 1e6});
            field("child_share", child_share,
                  {.help = "Size of a desk's children, as a share of daily volume.",
                   .help_zh = "子单规模（占日成交量）。",
                   .unit = Dimension::ratio,
                   .max = 0.1,
                   .positive = true});
            field("participation", participation,
                  {.help = "Its share of volume while it works a parent.",
                   .help_zh = "执行期间的成交量参与率。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("placement", placement,
                  {.help = "How widely children are placed around the best of their side.",
                   .help_zh = "子单围绕同侧最优价的分布尺度。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 0.1});
            field("slippage", slippage,
                  {.help = "Worst price of a child, from the best.",
                   .help_zh = "子单允许的最大滑点。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 0.5});
            field("taking", taking,
                  {.help = "Share of children that do not wait but take at once.",
                   .help_zh = "不等待、立即成交的子单比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("attention", attention,
                  {.help = "When parents come and are worked faster than usual.",
                   .help_zh = "何时母单来得更频、执行更快。"});
        }
    };

    struct State {
        std::int64_t target = 0;     ///< lots that it will own when its parent is done
        std::uint32_t sequence = 0;  ///< parents so far
        std::uint16_t working = 0;   ///< 1 while a parent is alive
        std::uint16_t late = 0;      ///< 1 where the next child takes, to make up for one withdrawn
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Number of children of a new parent.
    [[nodiscard]] static std::int64_t draw_children(const Params& params, Random& random);
};

}  // namespace crowdout::agents
