// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "agents/archetype.hpp"
#include "agents/call_desk.hpp"

namespace crowdout::agents {

/// A state's fund: receives oil money, spends at home, invests abroad, and has promised capital.
///
/// Its income arrives by the world's payments. Spending accrues every day and comes after calls
/// that are due; what a month of spending cannot be paid for is dropped (projects are delayed).
/// Source: mechanisms 4.2; calibration 6 for PIF's figures.
struct SovereignFund {
    static constexpr std::string_view name = "sovereign_fund";
    static constexpr bool wakes_on_fill = false;

    struct Params : CallTerms {
        double spending = 0;  ///< USD per year
        Payees spending_to;

        template <class Visitor>
        void visit(Visitor& field) {
            CallTerms::visit(field);
            field("spending", spending,
                  {.help = "Spent by each member on projects at home.",
                   .help_zh = "每个成员的国内支出。",
                   .unit = Dimension::money_rate,
                   .min = 0});
            field("spending_to", spending_to.shares,
                  {.help = "Who receives it, by shares.",
                   .help_zh = "支出对象及比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1,
                   .refers_to = Reference::institution | Reference::population});
        }
    };
    struct State {
        CallMemory calls;
        double spending_owed = 0;  ///< USD
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};
static_assert(Archetype<SovereignFund>);

}  // namespace crowdout::agents
