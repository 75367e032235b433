// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "studies/language.hpp"

namespace crowdout::studies {

/// One claim and what became of it: an entry of `claims` in what `crowdout claims --json` prints.
/// Numbers that are not there are not numbers.
struct ClaimLine {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    std::string world{};
    std::string name{};
    std::string row{};   ///< of the scorecard
    std::string tier{};  ///< A, B or none
    std::string says{};
    std::string says_zh{};
    std::string unit{};      ///< number, share, per year, USD, days
    double estimate = none;  ///< none where no member had a value
    double low = none;       ///< of its 95 % interval
    double high = none;
    double bound_low = none;  ///< none: not bounded below
    double bound_high = none;
    double data = none;     ///< the same measure on the world's data
    std::string verdict{};  ///< holds, fails, undecided
    std::string why{};      ///< why it is known to fail, or why there is no verdict
    bool is_known = false;  ///< its world says that it fails
    std::uint64_t members = 0;
};

/// @param name  of the text, for messages.
/// @throws world::ReplayError  where the text is not what `crowdout claims --json` prints.
[[nodiscard]] std::vector<ClaimLine> read_claims(std::string_view name, std::string_view json);

/// A page about claims: how many hold, and for each its interval against its bounds.
[[nodiscard]] std::string claims_report(const std::vector<ClaimLine>& claims, Language language);

}  // namespace crowdout::studies
