// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

namespace crowdout::apps {

enum class ProgressStyle : std::uint8_t {
    none,
    line,  ///< one every five seconds, for a log
    bar,   ///< redrawn in place, ten times a second, for a terminal
};

/// Where a run stands.
struct ProgressState {
    double share = 0;  ///< of the simulated time, 0..1: a clock that goes finer has no step count
    std::int64_t steps = 0;
    std::int64_t trades = 0;
    std::string date = {};  ///< simulated
};

/// Tells a waiting person how far the run is, how fast, and how long it will still take.
///
/// The wall clock comes in as an argument, in seconds since the run began: a test can then wait
/// five seconds without waiting.
class Progress {
public:
    /// @param columns  of the terminal; a bar never wraps.
    Progress(std::ostream& out, ProgressStyle style, int columns);

    /// May be asked at every step; cheap where nothing is due.
    [[nodiscard]] bool due(double now_s) const;
    void show(const ProgressState& state, double now_s);
    /// The same of work that is no run, in words of its own.
    void show(double share, const std::string& figures, double now_s);
    /// Clears the bar, so that what follows starts on an empty line.
    void finish();

private:
    [[nodiscard]] std::string text(const ProgressState& state, double now_s) const;

    std::ostream& out_;
    ProgressStyle style_;
    int columns_;
    double next_s_;
    struct Mark {
        double s = 0;
        std::int64_t steps = 0;
        std::int64_t trades = 0;
    };
    // Rates are over the last five to ten seconds: a run's pace changes with its crises.
    Mark older_;
    Mark newer_;
    bool drawn_ = false;
};

}  // namespace crowdout::apps
