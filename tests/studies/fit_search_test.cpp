// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_search.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace crowdout::studies {

namespace {

using Points = std::vector<std::vector<double>>;

/// 1 + squared distance from (0.8, 0.35), however many of the two there are; notes what it is
/// asked.
Objective bowl(Points& asked) {
    return [&asked](std::span<const double> at) -> std::optional<double> {
        constexpr std::array bottom{0.8, 0.35};
        asked.emplace_back(at.begin(), at.end());
        double value = 1;
        for (std::size_t i = 0; i < at.size(); ++i) {
            value += (at[i] - bottom[i]) * (at[i] - bottom[i]);
        }
        return value;
    };
}

/// Two wells: a shallow one at 0.2, of depth 0.5, and the deep one at 0.85, of depth 0.9.
std::optional<double> two_wells(std::span<const double> at) {
    const double shallow = 0.5 - 40 * (at[0] - 0.2) * (at[0] - 0.2);
    const double deep = 0.9 - 40 * (at[0] - 0.85) * (at[0] - 0.85);
    return 1 - std::max({shallow, deep, 0.0});
}

}  // namespace

TEST_CASE("fit search: it finds the bottom of a bowl in one and in two dimensions") {
    if (!can_search()) return;
    Points asked;

    const Minimum one = minimize(bowl(asked), {0.1}, {});
    const Minimum two = minimize(bowl(asked), {0.1, 0.9}, {});

    CHECK(one.at[0] == doctest::Approx(0.8).epsilon(0.01));
    CHECK(two.at[0] == doctest::Approx(0.8).epsilon(0.01));
    CHECK(two.at[1] == doctest::Approx(0.35).epsilon(0.02));
    CHECK(two.end == SearchEnd::converged);
    CHECK(one.evaluations + two.evaluations == asked.size());
}

TEST_CASE("fit search: the start is looked at first, wherever it is") {
    if (!can_search()) return;
    for (const Search search : {Search::local, Search::global}) {
        Points asked;

        const Minimum found = minimize(bowl(asked), {0.01, 1.0}, {.search = search});

        CHECK(asked.front() == std::vector{0.01, 1.0});
        CHECK(found.value <= 1 + 0.0004);
    }
}

TEST_CASE("fit search: the whole range finds the deep well, downhill the one at hand") {
    if (!can_search()) return;
    const Minimum local = minimize(two_wells, {0.25}, {.first_step = 0.1});
    const Minimum global = minimize(two_wells, {0.25}, {.search = Search::global});

    CHECK(local.at[0] == doctest::Approx(0.2).epsilon(0.05));
    CHECK(local.value == doctest::Approx(0.5).epsilon(0.01));
    CHECK(global.at[0] == doctest::Approx(0.85).epsilon(0.02));
    CHECK(global.value == doctest::Approx(0.1).epsilon(0.1));
}

TEST_CASE("fit search: it asks for no more than it may, and keeps the best of that") {
    if (!can_search()) return;
    for (const Search search : {Search::local, Search::global}) {
        for (const std::size_t most : {1U, 2U, 7U}) {
            Points asked;

            const Minimum found =
                minimize(bowl(asked), {0.1, 0.9}, {.search = search, .evaluations_max = most});

            CHECK(asked.size() == most);
            CHECK(found.evaluations == most);
            CHECK(found.end == SearchEnd::spent);
            CHECK(std::ranges::find(asked, found.at) != asked.end());
        }
    }
}

TEST_CASE("fit search: nothing is better than 0, and a stop keeps the best so far") {
    if (!can_search()) return;
    std::size_t count = 0;
    const auto flat = [&](std::span<const double> at) -> std::optional<double> {
        ++count;
        return std::max(0.0, std::abs(at[0] - 0.5) - 0.25);
    };
    const Minimum met = minimize(flat, {0.1}, {});
    CHECK(met.value == 0);
    CHECK(met.end == SearchEnd::met);
    CHECK(met.evaluations == count);

    Points asked;
    const Objective whole = bowl(asked);
    const auto stopping = [&](std::span<const double> at) {
        return asked.size() == 4 ? std::nullopt : whole(at);
    };
    const Minimum stopped = minimize(stopping, {0.1, 0.9}, {});
    CHECK(stopped.end == SearchEnd::stopped);
    CHECK(stopped.evaluations == 4);
    CHECK(std::ranges::find(asked, stopped.at) != asked.end());
}

TEST_CASE("fit search: the same values lead the same way") {
    if (!can_search()) return;
    for (const Search search : {Search::local, Search::global}) {
        Points first;
        Points second;
        (void)minimize(bowl(first), {0.3, 0.3}, {.search = search});
        (void)minimize(bowl(second), {0.3, 0.3}, {.search = search});
        CHECK(first == second);
    }
}

}  // namespace crowdout::studies
