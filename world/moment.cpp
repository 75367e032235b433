// SPDX-License-Identifier: Apache-2.0
#include "world/moment.hpp"

#include "agents/archetype.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

std::optional<market::Time> read_moment(const std::string& text, market::Time start) {
    market::Time date;
    if (!parse_time(text, date)) return date;
    std::int64_t span_ns = 0;
    if (parse_exact(text, agents::Dimension::duration, market::second.ns, span_ns)) {
        return std::nullopt;
    }
    return start + market::Duration{span_ns};
}

}  // namespace crowdout::world
