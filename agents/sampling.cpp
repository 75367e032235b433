// SPDX-License-Identifier: Apache-2.0
#include "agents/sampling.hpp"

#include <algorithm>
#include <cassert>

#include "agents/numeric.hpp"

namespace crowdout::agents {

namespace {

double choose(const Distribution& distribution, double u) {
    assert(!distribution.values.empty());
    assert(distribution.values.size() == distribution.weights.size());
    double total = 0.0;
    for (const double weight : distribution.weights) total += weight;

    double left = u * total;
    double chosen = distribution.values.front();
    for (std::size_t i = 0; i < distribution.values.size(); ++i) {
        if (distribution.weights[i] <= 0.0) continue;
        chosen = distribution.values[i];
        left -= distribution.weights[i];
        if (left < 0.0) break;
    }
    return chosen;  // the last one with a weight, should rounding leave a crumb
}

double unbounded(const Distribution& distribution, double u) {
    const double a = distribution.a;
    const double b = distribution.b;
    switch (distribution.kind) {
        case Distribution::Kind::constant:
            return a;
        case Distribution::Kind::uniform:
            return a + (b - a) * u;
        case Distribution::Kind::normal:
            return a + b * normal_quantile(u);
        case Distribution::Kind::lognormal:
            return a * exp(b * normal_quantile(u));
        case Distribution::Kind::pareto:
            return a * exp(-log1p(-u) / b);
        case Distribution::Kind::exponential:
            return -a * log1p(-u);
        case Distribution::Kind::choice:
            return choose(distribution, u);
    }
    return a;
}

}  // namespace

double quantile(const Distribution& distribution, double u) {
    assert(u > 0.0 && u < 1.0);
    return std::clamp(unbounded(distribution, u), distribution.low, distribution.high);
}

double sample(const Distribution& distribution, Random& random) {
    return quantile(distribution, random.uniform_open());
}

}  // namespace crowdout::agents
