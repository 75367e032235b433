// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agents/field.hpp"

namespace crowdout::world {

struct Refusal;

/// A number whose unit is not known from its field but from its own text: `0.4`, `-10%`, `25bp`,
/// `$30B`, `2d`. Whoever knows what it is compared with says whether the unit fits.
struct Bound {
    double value = 0;  ///< in the unit of `Dimension`: a share, USD, seconds, ...
    agents::Dimension unit = agents::Dimension::number;  ///< `number` where none was written

    friend bool operator==(const Bound&, const Bound&) = default;
};

/// Reads `text`; the suffix tells the unit. @return why not; `bound` is untouched then.
[[nodiscard]] std::optional<Refusal> parse_bound(std::string_view text, Bound& bound);

/// The text that is read back to the same bound.
[[nodiscard]] std::string format_bound(const Bound& bound);

}  // namespace crowdout::world
