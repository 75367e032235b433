// SPDX-License-Identifier: Apache-2.0
#include "apps/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "agents/field.hpp"
#include "apps/exit_code.hpp"
#include "world/moment.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

std::optional<std::uint64_t> step_in(const std::string& text) {
    std::uint64_t step = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return step;
}

/// Frames come in the order of their steps; a frame may stand for several.
std::uint64_t frames_until_step(world::ReplayFile& replay, std::uint64_t step) {
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
    return low;
}

}  // namespace

market::Time moment_in(world::ReplayFile& replay, const std::string& text) {
    if (const auto step = step_in(text)) {
        if (replay.frames() == 0) return market::Time{replay.manifest().start};
        const std::uint64_t frames = frames_until_step(replay, *step);
        return market::Time{replay.head(frames == 0 ? 0 : frames - 1).to};
    }
    const market::Time start{replay.manifest().start};
    if (const auto moment = world::read_moment(text, start)) return *moment;
    throw Failure{ExitCode::usage,
                  fmt::format("--at takes a date such as 2026-03-01, a span from the start such as "
                              "30d, or a step, not '{}'",
                              text)};
}

std::uint64_t frames_until(world::ReplayFile& replay, const std::string& text) {
    const std::uint64_t begin_step = replay.meta().steps;
    const std::int64_t begin = begin_step == 0 ? replay.manifest().start : replay.head(0).from;
    const world::FrameHead last = replay.head(replay.frames() - 1);
    const auto need = [&](bool is_recorded) {
        if (is_recorded) return;
        throw Failure{
            ExitCode::usage,
            fmt::format("--at {} was not recorded: the recording goes from {} (step {}) to {} "
                        "(step {})",
                        text, world::format_time(market::Time{begin}), begin_step,
                        world::format_time(market::Time{last.to}), last.step)};
    };
    if (const auto step = step_in(text)) {
        need(*step >= begin_step && *step <= last.step);
        return frames_until_step(replay, *step);
    }
    const market::Time at = moment_in(replay, text);
    need(at.ns >= begin && at.ns <= last.to);
    return replay.history().time.until(at.ns);
}

}  // namespace crowdout::apps
