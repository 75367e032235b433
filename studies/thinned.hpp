// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crowdout::studies {

/// A moment and a value.
struct Point {
    std::int64_t time = 0;  ///< ns since 1970
    double value = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

/// A series of any length in bounded memory, of which no peak is lost.
///
/// Kept are the lowest and the highest point of each group of `stride` successive ones; where the
/// groups become too many, neighbours are joined. So a chart drawn from it looks as if drawn from
/// all. The last point is kept as well.
class Thinned {
public:
    /// @param groups_max  even, at least 2.
    explicit Thinned(std::size_t groups_max = 1024) : groups_max_{groups_max} {}

    /// @param time  after the last. A value that is not finite is left out.
    void add(std::int64_t time, double value);

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::size_t count() const { return count_; }  ///< points that were added
    /// In order of time, at most 2 `groups_max` + 1.
    [[nodiscard]] std::vector<Point> points() const;
    /// The same with at most 2 `groups` + 1 points.
    [[nodiscard]] std::vector<Point> points(std::size_t groups) const;
    [[nodiscard]] Point first() const { return first_; }
    [[nodiscard]] Point last() const { return last_; }

private:
    struct Group {
        Point low;
        Point high;
    };
    static Group joined(const Group& a, const Group& b);
    [[nodiscard]] std::vector<Point> points_of(const std::vector<Group>& groups) const;

    std::size_t groups_max_;
    std::size_t stride_ = 1;
    std::size_t count_ = 0;
    std::vector<Group> groups_;
    Point first_;
    Point last_;
};

}  // namespace crowdout::studies
