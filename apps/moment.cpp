// SPDX-License-Identifier: Apache-2.0
#include "apps/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "agents/field.hpp"
#include "apps/exit_code.hpp"
#include "world/moment.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

market::Time moment_in(world::ReplayFile& replay, const std::string& text) {
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
    const market::Time start{replay.manifest().start};
    if (const auto moment = world::read_moment(text, start)) return *moment;
    throw Failure{ExitCode::usage,
                  fmt::format("--at takes a date such as 2026-03-01, a span from the start such as "
                              "30d, or a step, not '{}'",
                              text)};
}

}  // namespace crowdout::apps
