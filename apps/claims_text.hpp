// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "apps/console.hpp"
#include "apps/exit_code.hpp"
#include "studies/claims_run.hpp"
#include "studies/language.hpp"

namespace crowdout::apps {

/// A run of claims that is over, as the ways to show it want it.
struct ClaimsOutcome {
    const studies::ClaimsPlan& plan;
    const studies::ClaimsRun& run;
    std::uint64_t first_seed = 1;
    bool strict = false;  ///< known failures count like others, and those that hold are one too
};

/// A table a world, then the reasons of those that do not hold, the members that were lost, and how
/// many hold by tier and by row of the scorecard.
void print_claims(const ClaimsOutcome& outcome, Console& console, studies::Language language);

/// One object: a list of `claims` with every figure of the table and every member's value, the
/// members that were made, and the code that the program ends with. A key without a value is left
/// out.
[[nodiscard]] std::string claims_json(const ClaimsOutcome& outcome);

/// A line a claim, below a line of names; RFC 4180.
[[nodiscard]] std::string claims_csv(const ClaimsOutcome& outcome);

/// 8 where a claim fails, 9 where one is undecided, 0 where all hold.
[[nodiscard]] ExitCode claims_exit(const ClaimsOutcome& outcome);

}  // namespace crowdout::apps
