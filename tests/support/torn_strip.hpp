// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "world/replay_error.hpp"
#include "world/scene.hpp"

namespace crowdout::test {

/// A film strip of which some frames are lost, as in a recording with a damaged segment.
class TornStrip final : public world::FrameSource {
public:
    /// @param from, to  the frames that are lost; without the last.
    TornStrip(world::FilmStrip strip, std::uint64_t from, std::uint64_t to)
        : strip_{std::move(strip)}, from_{from}, to_{to} {}

    [[nodiscard]] const world::Manifest& manifest() const override { return strip_.manifest(); }
    bool refresh() override { return false; }
    [[nodiscard]] std::uint64_t frames() const override { return strip_.frames(); }
    [[nodiscard]] bool finished() const override { return strip_.finished(); }
    [[nodiscard]] const world::Scene& at(std::uint64_t index) override {
        if (index < from_ || index >= to_) return strip_.at(index);
        ++refused_;
        throw world::ReplayError{"the frames around here are damaged", index};
    }
    [[nodiscard]] const world::History& history() const override { return strip_.history(); }
    bool look_closer(const std::vector<std::uint16_t>&,
                     const std::vector<std::uint32_t>&) override {
        return false;
    }

    /// How often a frame that is lost was asked for.
    [[nodiscard]] int refused() const { return refused_; }

private:
    world::FilmStrip strip_;
    std::uint64_t from_;
    std::uint64_t to_;
    int refused_ = 0;
};

}  // namespace crowdout::test
