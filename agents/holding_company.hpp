// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "agents/archetype.hpp"
#include "agents/call_desk.hpp"

namespace crowdout::agents {

/// A leveraged holder of stakes that has promised capital to unlisted companies: SoftBank's kind.
///
/// As a sovereign fund, but with a loan against its stakes: it lives by its loan-to-value. Its
/// dividends arrive by the world's payments.
/// Source: mechanisms 4.2; calibration 6 for SoftBank's figures.
struct HoldingCompany {
    static constexpr std::string_view name = "holding_company";
    static constexpr bool wakes_on_fill = false;

    struct Params : CallTerms {
        Params() { preset = WaterfallPreset::observed_holdco; }
    };
    struct State {
        CallMemory calls;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};
static_assert(Archetype<HoldingCompany>);

}  // namespace crowdout::agents
