// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "world/frame.hpp"
#include "world/history.hpp"
#include "world/manifest.hpp"

namespace crowdout::world {

/// What is shown of a run at one frame: the state of everything, what the frame itself tells, and
/// what has flowed since the run began.
///
/// A scene is a function of the frames up to it: played forward, sought or stepped back to, it is
/// the same (`digest`).
struct Scene {
    std::uint64_t frames = 0;  ///< taken in so far: the number of the last one, counted from 1
    /// State tables are as of now, whichever frame they came with; change tables are this frame's.
    Frame frame;
    std::vector<MoneyRow> flows;    ///< since the run began; by reason, from, to
    std::vector<TradedRow> trades;  ///< since the run began; by book, sector, cause, side

    /// Goes on by one frame.
    void advance(const Frame& next);

    /// Of everything in it. Two scenes that look the same have the same.
    [[nodiscard]] std::uint64_t digest() const;

    friend bool operator==(const Scene&, const Scene&) = default;
};

/// What has flowed between two moments: `now` less `then`, both since the beginning and sorted as
/// in a scene. Without zeros.
[[nodiscard]] std::vector<MoneyRow> flows_between(const std::vector<MoneyRow>& now,
                                                  const std::vector<MoneyRow>& then);

/// A run as frames, whether it is being made or was recorded: pictures cannot tell.
///
/// One thread uses it. `frames` may grow between calls of `refresh`.
class FrameSource {
public:
    virtual ~FrameSource() = default;

    [[nodiscard]] virtual const Manifest& manifest() const = 0;
    /// Looks for frames that have come since. @return whether there were any.
    virtual bool refresh() = 0;
    [[nodiscard]] virtual std::uint64_t frames() const = 0;
    /// The first frame that can be shown: 0 unless older ones were given up.
    [[nodiscard]] virtual std::uint64_t first() const { return 0; }
    /// Whether no more will come.
    [[nodiscard]] virtual bool finished() const = 0;
    /// The scene at a frame that there is; near ones are cheap, any costs less than 0.1 s.
    /// @throws ReplayError where the file is broken there.
    [[nodiscard]] virtual const Scene& at(std::uint64_t index) = 0;
    /// Of all frames that have been refreshed.
    [[nodiscard]] virtual const History& history() const = 0;
    /// Asks that coming frames show more of some books and accounts; a recording cannot.
    /// @return whether it will be done.
    virtual bool look_closer(const std::vector<std::uint16_t>& books,
                             const std::vector<std::uint32_t>& accounts) = 0;
};

/// Frames kept in memory: for short runs, and as the oracle of other sources.
class FilmStrip final : public FrameSource {
public:
    explicit FilmStrip(Manifest manifest);

    void append(Frame frame);
    void finish() { finished_ = true; }

    [[nodiscard]] const Manifest& manifest() const override { return manifest_; }
    bool refresh() override { return false; }
    [[nodiscard]] std::uint64_t frames() const override { return frames_.size(); }
    [[nodiscard]] bool finished() const override { return finished_; }
    [[nodiscard]] const Scene& at(std::uint64_t index) override;
    [[nodiscard]] const History& history() const override { return history_; }
    bool look_closer(const std::vector<std::uint16_t>&,
                     const std::vector<std::uint32_t>&) override {
        return false;
    }

private:
    Manifest manifest_;
    std::vector<Frame> frames_;
    History history_;
    Scene scene_;
    bool finished_ = false;
};

}  // namespace crowdout::world
