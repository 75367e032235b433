// SPDX-License-Identifier: Apache-2.0
#include "agents/sampling.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

using crowdout::agents::Distribution;
using crowdout::agents::Purpose;
using crowdout::agents::quantile;
using crowdout::agents::Random;
using crowdout::agents::sample;

Distribution make(Distribution::Kind kind, double a, double b) {
    Distribution distribution{a};
    distribution.kind = kind;
    distribution.b = b;
    return distribution;
}

}  // namespace

TEST_CASE("sampling: quantiles are those of each law") {
    using Kind = Distribution::Kind;
    const auto near = [](double x) { return doctest::Approx(x).epsilon(1e-12); };

    CHECK(quantile(Distribution{7.0}, 0.9) == 7.0);
    CHECK(quantile(make(Kind::uniform, 2, 6), 0.25) == near(3.0));
    CHECK(quantile(make(Kind::normal, 10, 2), 0.975) == near(10 + 2 * 1.959963984540054));
    CHECK(quantile(make(Kind::lognormal, 3.72, 0.615), 0.5) == near(3.72));
    // One standard deviation up, p = Phi(1): the median times e^0.615.
    CHECK(quantile(make(Kind::lognormal, 3.72, 0.615), 0.8413447460685429) ==
          near(3.72 * std::exp(0.615)));
    CHECK(quantile(make(Kind::pareto, 2, 1.5), 0.875) == near(8.0));  // (2/8)^1.5 = 1/8
    CHECK(quantile(make(Kind::exponential, 4, 0), 0.5) == near(4 * std::log(2.0)));
}

TEST_CASE("sampling: a choice follows its weights and skips what has none") {
    Distribution horizon = make(Distribution::Kind::choice, 0, 0);
    horizon.values = {1, 2, 3, 4};
    horizon.weights = {3, 0, 1, 0};

    CHECK(quantile(horizon, 0.001) == 1);
    CHECK(quantile(horizon, 0.749) == 1);
    CHECK(quantile(horizon, 0.751) == 3);
    CHECK(quantile(horizon, 0.999'999'999'999'999'9) == 3);
}

TEST_CASE("sampling: a draw outside the range is set to the nearer end") {
    Distribution leverage = make(Distribution::Kind::pareto, 1, 0.5);
    leverage.low = 2;
    leverage.high = 4;

    CHECK(quantile(leverage, 0.01) == 2);
    CHECK(quantile(leverage, 0.99) == 4);
}

TEST_CASE("sampling: a draw takes one number from its stream, whatever the law") {
    Random one{1, 2, Purpose::trait, 0};
    Random other{1, 2, Purpose::trait, 0};
    (void)sample(Distribution{1.0}, one);
    (void)sample(make(Distribution::Kind::lognormal, 1, 1), other);

    CHECK(one.bits64() == other.bits64());
}
