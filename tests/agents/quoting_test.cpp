// SPDX-License-Identifier: Apache-2.0
#include "agents/quoting.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace crowdout::agents;

TEST_CASE("quoting: Avellaneda and Stoikov's own example has a spread of 1.69") {
    // s = 100, sigma = 2, T - t = 1, gamma = 0.1, k = 1.5: 0.4 + 20 ln(1 + 1/15) = 1.6908.
    const QuotingTerms paper{.risk_aversion = 0.1, .sigma = 2, .decay = 1.5, .intensity = 140};

    const ReservationQuote flat = avellaneda_stoikov(paper, 100, 0, 1);
    CHECK(flat.spread == doctest::Approx(0.4 + 20 * std::log(16.0 / 15)).epsilon(1e-12));
    CHECK(std::abs(flat.spread - 1.69) < 0.005);
    CHECK(flat.reservation == 100);
    CHECK(avellaneda_stoikov(paper, 100, 3, 1).reservation == doctest::Approx(98.8));
}

TEST_CASE("quoting: stationary quotes lean against inventory around a constant spread") {
    const QuotingTerms paper{.risk_aversion = 0.1, .sigma = 2, .decay = 1.5, .intensity = 140};
    // margin = 10 ln(16/15) = 0.645385; (16/15)^16 = 2.80840, so the slope is
    // sqrt(4 x 0.1 / (3 x 140) x 2.80840) = 0.0517173.
    const double margin = 10 * std::log(16.0 / 15);
    const double slope = std::sqrt(0.4 / 420 * std::pow(16.0 / 15, 16));
    CHECK(slope == doctest::Approx(0.0517173).epsilon(1e-5));

    const Quotes flat = stationary_quotes(paper, 0);
    CHECK(flat.bid == doctest::Approx(margin + slope / 2));
    CHECK(flat.ask == doctest::Approx(margin + slope / 2));
    const Quotes long_two = stationary_quotes(paper, 2);
    CHECK(long_two.bid == doctest::Approx(margin + 2.5 * slope));
    CHECK(long_two.ask == doctest::Approx(margin - 1.5 * slope));
}

TEST_CASE("quoting: a minute of eight sigma takes away almost all depth") {
    // Mechanisms 2.5, check: eta = 0.9 and a ratio of 8 leave exp(-6.3) = 0.18 %.
    CHECK(size_factor(0, 8, 0, 0.9, 2) == doctest::Approx(std::exp(-6.3)));
    CHECK(size_factor(0, 8, 0, 0.9, 2) < 0.02);
    CHECK(size_factor(0, 0.5, 0, 0.9, 2) == 1.0);  // calm adds nothing
    CHECK(size_factor(-0.25, 1, 0.5, 0.9, 2) == doctest::Approx(0.75 * std::exp(-1.0)));
    CHECK(size_factor(1.2, 1, 0, 0.9, 2) == 0.0);
}

TEST_CASE("quoting: ten levels at a spacing of 1.6 reach from 7 bp to 5 %") {
    // 5 % / 1.6^9 = 5 % / 68.719 = 7.2760 bp.
    CHECK(level_gap(10, 1.6, 0.05) == doctest::Approx(0.00072760).epsilon(1e-4));
    CHECK(level_gap(1, 1.6, 0.05) == 0.05);
}
