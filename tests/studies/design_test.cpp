// SPDX-License-Identifier: Apache-2.0
#include "studies/design.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "studies/sobol_sequence.hpp"

using namespace crowdout::studies;

TEST_CASE("design: a grid has every combination, the last factor fastest") {
    const std::vector<GridAxis> axes{{.levels = 2, .ends = true}, {.levels = 3, .ends = false}};

    const std::vector<DesignRow> rows = grid_design(axes);

    REQUIRE(rows.size() == 6);
    CHECK(rows[0].shares == std::vector<double>{0, 0.5 / 3});
    CHECK(rows[1].shares == std::vector<double>{0, 0.5});
    CHECK(rows[5].shares == std::vector<double>{1, 2.5 / 3});
}

TEST_CASE("design: a grid of no factors is one point") {
    CHECK(grid_design({}).size() == 1);
    CHECK(list_design({}).size() == 1);
}

TEST_CASE("design: a list takes levels side by side") {
    const std::vector<GridAxis> axes{{.levels = 3, .ends = true}, {.levels = 3, .ends = false}};

    const std::vector<DesignRow> rows = list_design(axes);

    REQUIRE(rows.size() == 3);
    CHECK(rows[1].shares == std::vector<double>{0.5, 0.5});
    CHECK(rows[2].shares == std::vector<double>{1, 2.5 / 3});
}

TEST_CASE("design: a Latin hypercube meets each stratum of each factor once") {
    constexpr std::size_t samples = 37;
    const std::vector<DesignRow> rows = latin_hypercube_design(samples, 4, 1);

    REQUIRE(rows.size() == samples);
    for (std::size_t factor = 0; factor < 4; ++factor) {
        std::set<std::size_t> strata;
        for (const DesignRow& row : rows) {
            REQUIRE(row.shares[factor] >= 0);
            REQUIRE(row.shares[factor] < 1);
            strata.insert(static_cast<std::size_t>(row.shares[factor] * samples));
        }
        CHECK(strata.size() == samples);
    }
    // Factors are laid out independently, and another seed gives another design.
    CHECK(rows[0].shares[0] != rows[0].shares[1]);
    CHECK(latin_hypercube_design(samples, 4, 2)[0].shares != rows[0].shares);
    CHECK(latin_hypercube_design(samples, 4, 1)[5].shares == rows[5].shares);
}

// Source of the values: Joe & Kuo's own program for their direction numbers (d = 3, N = 8), whose
// Gray code order is ours.
TEST_CASE("Sobol' sequence: the first points are the published ones") {
    const std::vector<double> expected{0,     0,     0,     0.5,   0.5,   0.5,   0.75,  0.25,
                                       0.25,  0.25,  0.75,  0.75,  0.375, 0.375, 0.625, 0.875,
                                       0.875, 0.125, 0.625, 0.125, 0.875, 0.125, 0.625, 0.375};
    CHECK(sobol_points(8, 3) == expected);
}

TEST_CASE("Sobol' sequence: 2^m points have one in each 2^m-th of every axis") {
    constexpr std::size_t count = 64;
    constexpr std::size_t dimensions = 12;
    const std::vector<double> points = sobol_points(count, dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
        std::set<std::size_t> cells;
        for (std::size_t i = 0; i < count; ++i) {
            cells.insert(static_cast<std::size_t>(points[i * dimensions + d] * count));
        }
        CHECK(cells.size() == count);
    }
}

TEST_CASE("design: a Sobol' row is A, B, and A with each column from B") {
    const std::vector<std::string> names{"x", "y"};

    const std::vector<DesignRow> rows = sobol_design(4, names);

    REQUIRE(rows.size() == 16);
    for (std::size_t row = 0; row < 4; ++row) {
        const DesignRow* at = &rows[row * 4];
        CHECK(at[0].part == "A");
        CHECK(at[1].part == "B");
        CHECK(at[2].part == "AB:x");
        CHECK(at[2].shares == std::vector<double>{at[1].shares[0], at[0].shares[1]});
        CHECK(at[3].shares == std::vector<double>{at[0].shares[0], at[1].shares[1]});
        CHECK(at[3].row == static_cast<std::int64_t>(row));
    }
}

TEST_CASE("design: a Morris trajectory changes each factor once, by the same jump") {
    const std::vector<std::string> names{"x", "y", "z"};
    constexpr double jump = 4.0 / 6.0;  // p / (2 (p - 1)) for four levels

    const std::vector<DesignRow> rows = morris_design(20, 4, names, 1);

    REQUIRE(rows.size() == 80);
    for (std::size_t first = 0; first < rows.size(); first += 4) {
        CHECK(rows[first].part == morris_start);
        std::set<std::string> changed;
        for (std::size_t i = first + 1; i < first + 4; ++i) {
            changed.insert(rows[i].part);
            for (std::size_t k = 0; k < 3; ++k) {
                const double change = std::abs(rows[i].shares[k] - rows[i - 1].shares[k]);
                CHECK(change == doctest::Approx(rows[i].part == names[k] ? jump : 0));
                const double level = rows[i].shares[k] * 3;
                CHECK(level == doctest::Approx(std::round(level)));
                CHECK(level > -1e-9);
                CHECK(level < 3 + 1e-9);
            }
        }
        CHECK(changed == std::set<std::string>(names.begin(), names.end()));
    }
}
