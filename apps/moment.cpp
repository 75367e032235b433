// SPDX-License-Identifier: Apache-2.0
#include "apps/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "agents/field.hpp"
#include "apps/exit_code.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

market::Time moment_in(const world::ReplayFile& replay, const std::string& text) {
    std::uint64_t step = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (error == std::errc{} && end == text.data() + text.size()) {
        // Frames come in the order of their steps; a frame may stand for several.
        std::uint64_t low = 0;
        std::uint64_t high = replay.frames();
        while (low < high) {
            const std::uint64_t middle = (low + high) / 2;
            if (replay.head(middle).step <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (replay.frames() == 0) return market::Time{replay.manifest().start};
        return market::Time{replay.head(low == 0 ? 0 : low - 1).to};
    }
    market::Time date;
    if (!world::parse_time(text, date)) return date;
    std::int64_t span_ns = 0;
    if (!world::parse_exact(text, agents::Dimension::duration, market::second.ns, span_ns)) {
        return market::Time{replay.manifest().start} + market::Duration{span_ns};
    }
    throw Failure{ExitCode::usage,
                  fmt::format("--at takes a date such as 2026-03-01, a span from the start such as "
                              "30d, or a step, not '{}'",
                              text)};
}

}  // namespace crowdout::apps
