// SPDX-License-Identifier: Apache-2.0
#include "studies/study_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "market/time.hpp"
#include "studies/database.hpp"

namespace crowdout::studies {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double real_or_nothing(const Statement& row, int column) {
    return row.is_null(column) ? nothing : row.real(column);
}

world::Interval interval(const Statement& row, int first) {
    return {.estimate = real_or_nothing(row, first),
            .low = real_or_nothing(row, first + 1),
            .high = real_or_nothing(row, first + 2)};
}

/// Reads a results file table by table; a number that names no row of another table is refused.
class Reader {
public:
    explicit Reader(const Database& results) : results_{results} {}

    StudyFindings read() {
        read_texts();
        read_factors();
        read_points();
        read_branches();
        read_measures();
        read_members();
        read_values();
        read_sensitivity();
        read_attribution();
        read_failures();
        read_fans();
        read_past();
        return std::move(found_);
    }

private:
    [[nodiscard]] std::size_t number(const Statement& row, int column, std::size_t count) const {
        const std::int64_t value = row.whole(column);
        if (value < 0 || static_cast<std::uint64_t>(value) >= count) {
            throw ResultsError{
                fmt::format("{}: number {} names nothing: the tables do not fit "
                            "together",
                            results_.path(), value)};
        }
        return static_cast<std::size_t>(value);
    }

    void read_texts() {
        Statement meta = results_.prepare("SELECT key, value FROM meta");
        while (meta.step()) found_.meta[meta.text(0)] = meta.text(1);
        Statement texts = results_.prepare("SELECT part, text FROM study");
        while (texts.step()) found_.texts[texts.text(0)] = texts.text(1);
    }

    void read_factors() {
        Statement rows =
            results_.prepare("SELECT name, label, label_zh, scale FROM factors ORDER BY factor");
        while (rows.step()) {
            found_.factors.push_back(
                {.label = {.name = rows.text(0), .english = rows.text(1), .chinese = rows.text(2)},
                 .is_log = rows.text(3) == "log"});
        }
        Statement levels = results_.prepare(
            "SELECT factor, text, min(number) FROM levels GROUP BY factor, text "
            "ORDER BY factor, min(share), text");
        while (levels.step()) {
            auto& factor = found_.factors[number(levels, 0, found_.factors.size())];
            factor.levels.push_back(levels.text(1));
            factor.numbers.push_back(real_or_nothing(levels, 2));
        }
    }

    void read_points() {
        Statement rows = results_.prepare("SELECT point FROM points ORDER BY point");
        while (rows.step()) {
            found_.points.push_back({.levels = std::vector<std::size_t>(found_.factors.size()),
                                     .shares = std::vector<double>(found_.factors.size())});
        }
        Statement levels = results_.prepare("SELECT point, factor, text, share FROM levels");
        while (levels.step()) {
            StudyFindings::Point& point = found_.points[number(levels, 0, found_.points.size())];
            const std::size_t factor = number(levels, 1, found_.factors.size());
            const auto& known = found_.factors[factor].levels;
            point.levels[factor] =
                static_cast<std::size_t>(std::ranges::find(known, levels.text(2)) - known.begin());
            point.shares[factor] = levels.real(3);
        }
    }

    void read_branches() {
        Statement rows =
            results_.prepare("SELECT name, label, label_zh FROM branches ORDER BY branch");
        while (rows.step()) {
            found_.branches.push_back(
                {.name = rows.text(0), .english = rows.text(1), .chinese = rows.text(2)});
        }
    }

    void read_measures() {
        Statement rows = results_.prepare("SELECT name, kind, unit FROM measures ORDER BY measure");
        while (rows.step()) {
            found_.measures.push_back(
                {.name = rows.text(0), .kind = rows.text(1), .unit = rows.text(2)});
        }
    }

    void read_members() {
        Statement rows = results_.prepare("SELECT point, seed, state FROM members ORDER BY member");
        while (rows.step()) {
            found_.members.push_back({.point = number(rows, 0, found_.points.size()),
                                      .seed = static_cast<std::uint64_t>(rows.whole(1)),
                                      .state = rows.text(2)});
        }
    }

    void read_values() {
        found_.values.assign(
            found_.measures.size(),
            std::vector<std::vector<double>>(found_.branches.size(),
                                             std::vector<double>(found_.members.size(), nothing)));
        Statement rows = results_.prepare("SELECT measure, branch, member, value FROM \"values\"");
        while (rows.step()) {
            found_.values[number(rows, 0, found_.measures.size())][number(
                rows, 1, found_.branches.size())][number(rows, 2, found_.members.size())] =
                real_or_nothing(rows, 3);
        }
    }

    void read_sensitivity() {
        Statement rows = results_.prepare(
            "SELECT measure, branch, factor, statistic, value, low, high FROM sensitivity");
        while (rows.step()) {
            found_.sensitivity.push_back({.measure = number(rows, 0, found_.measures.size()),
                                          .branch = number(rows, 1, found_.branches.size()),
                                          .factor = number(rows, 2, found_.factors.size()),
                                          .statistic = rows.text(3),
                                          .value = interval(rows, 4)});
        }
    }

    void read_attribution() {
        Statement rows = results_.prepare(
            "SELECT measure, kind, name, value, low, high, runs FROM attribution "
            "ORDER BY measure, line");
        while (rows.step()) {
            found_.attribution.push_back({.measure = number(rows, 0, found_.measures.size()),
                                          .kind = rows.text(1),
                                          .name = rows.text(2),
                                          .value = interval(rows, 3),
                                          .runs = rows.whole(6)});
        }
    }

    void read_failures() {
        Statement rows =
            results_.prepare("SELECT member, state, what FROM failures ORDER BY member");
        while (rows.step()) {
            found_.failures.push_back({.member = number(rows, 0, found_.members.size()),
                                       .state = rows.text(1),
                                       .what = rows.text(2)});
        }
    }

    /// One row after another in the order of branch, track and time, so that only the values of one
    /// moment are in memory.
    void read_fans() {
        Statement rows = results_.prepare(
            "SELECT s.branch, s.track, s.time, s.value FROM series s "
            "JOIN members m ON m.member = s.member AND m.point = 0 "
            "WHERE s.value IS NOT NULL ORDER BY s.branch, s.track, s.time");
        std::vector<double> runs;
        std::int64_t time = 0;
        const auto close = [&] {
            if (runs.empty()) return;
            StudyFindings::Fan& fan = found_.fans.back();
            fan.times.push_back(time);
            fan.runs = std::max(fan.runs, runs.size());
            for (std::size_t i = 0; i < std::size(fan_probabilities); ++i) {
                fan.quantiles[i].push_back(world::quantile(runs, fan_probabilities[i]));
            }
            runs.clear();
        };
        while (rows.step()) {
            const std::size_t branch = number(rows, 0, found_.branches.size());
            const bool is_next = found_.fans.empty() || found_.fans.back().branch != branch ||
                                 found_.fans.back().track != rows.text(1);
            if (is_next || rows.whole(2) != time) close();
            if (is_next) {
                found_.fans.push_back({.track = rows.text(1), .branch = branch});
                found_.fans.back().quantiles.resize(std::size(fan_probabilities));
            }
            time = rows.whole(2);
            runs.push_back(rows.real(3));
        }
        close();
    }

    void read_past() {
        // Older files have none.
        if (!results_.value("SELECT name FROM sqlite_master WHERE name = 'past'")) return;
        Statement rows = results_.prepare(
            "SELECT past, track, name, source, rebase, time, value FROM past ORDER BY past, point");
        std::int64_t last = -1;
        while (rows.step()) {
            if (std::exchange(last, rows.whole(0)) != rows.whole(0)) {
                // Which book of the world it is does not matter here: its track says so.
                const bool is_moved = rows.whole(4) != 0;
                found_.past.emplace_back(
                    rows.text(1),
                    world::Overlay{.name = rows.text(2),
                                   .source = rows.text(3),
                                   .book = is_moved ? std::uint16_t{0} : world::Overlay::none,
                                   .rebase = is_moved});
            }
            world::Overlay& overlay = found_.past.back().second;
            overlay.times.push_back(rows.whole(5) * market::second.ns);
            overlay.values.push_back(rows.real(6));
        }
    }

    const Database& results_;
    StudyFindings found_;
};

}  // namespace

StudyFindings read_findings(const Database& results) {
    return Reader{results}.read();
}

}  // namespace crowdout::studies
