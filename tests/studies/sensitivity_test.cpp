// SPDX-License-Identifier: Apache-2.0
#include "studies/sensitivity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>

#include "studies/design.hpp"

using namespace crowdout;
using namespace crowdout::studies;

namespace {

using Function = std::function<double(const std::vector<double>& shares)>;

std::vector<std::string> names_of(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("x" + std::to_string(i));
    return names;
}

/// The indices of a function over the unit cube, found as a study finds them.
SobolIndices indices_of(const Function& f, std::size_t factors, std::size_t samples) {
    std::map<std::string, std::vector<double>> parts;
    const std::vector<std::string> names = names_of(factors);
    for (const DesignRow& row : sobol_design(samples, names)) {
        parts[row.part].push_back(f(row.shares));
    }
    std::vector<std::vector<double>> mixed;
    for (const std::string& name : names) mixed.push_back(parts[mixed_part(name)]);
    return *sobol_indices(parts["A"], parts["B"], mixed);
}

/// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3.
double ishigami(const std::vector<double>& shares) {
    constexpr double pi = 3.14159265358979323846;
    const double x1 = (2 * shares[0] - 1) * pi;
    const double x2 = (2 * shares[1] - 1) * pi;
    const double x3 = (2 * shares[2] - 1) * pi;
    return std::sin(x1) + 7 * std::sin(x2) * std::sin(x2) + 0.1 * std::pow(x3, 4) * std::sin(x1);
}

}  // namespace

// Source: Ishigami & Homma (1990); the indices as in Saltelli et al. (2008), Global sensitivity
// analysis, section 4.6: S = 0.3139, 0.4424, 0; ST = 0.5576, 0.4424, 0.2437; V = 13.845.
TEST_CASE("Sobol' indices: those of Ishigami's function are the published ones") {
    const SobolIndices indices = indices_of(ishigami, 3, 2048);

    constexpr double first[] = {0.3139, 0.4424, 0.0};
    constexpr double total[] = {0.5576, 0.4424, 0.2437};
    CHECK(indices.variance == doctest::Approx(13.845).epsilon(0.01));
    CHECK(indices.mean == doctest::Approx(3.5).epsilon(0.01));
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(std::abs(indices.first[i].estimate - first[i]) < 0.02);
        CHECK(std::abs(indices.total[i].estimate - total[i]) < 0.02);
        CHECK(indices.first[i].low <= first[i]);
        CHECK(indices.first[i].high >= first[i]);
        CHECK(indices.total[i].low <= total[i]);
        CHECK(indices.total[i].high >= total[i]);
    }
}

// Source: Saltelli & Sobol' (1995), Reliab. Eng. Syst. Safety 50: V_i = 1 / (3 (1 + a_i)^2), and
// V = prod (1 + V_i) - 1; the total index is V_i prod_{k != i} (1 + V_k) / V.
TEST_CASE("Sobol' indices: those of the g-function are the exact ones") {
    const std::vector<double> a{0, 0.5, 3, 9, 99, 99};
    const auto g = [&](const std::vector<double>& shares) {
        double product = 1;
        for (std::size_t i = 0; i < a.size(); ++i) {
            product *= (std::abs(4 * shares[i] - 2) + a[i]) / (1 + a[i]);
        }
        return product;
    };
    double all = 1;
    std::vector<double> alone;
    for (const double each : a) {
        alone.push_back(1 / (3 * (1 + each) * (1 + each)));
        all *= 1 + alone.back();
    }

    const SobolIndices indices = indices_of(g, a.size(), 2048);

    for (std::size_t i = 0; i < a.size(); ++i) {
        CAPTURE(i);
        const double total = alone[i] * all / (1 + alone[i]) / (all - 1);
        CHECK(std::abs(indices.first[i].estimate - alone[i] / (all - 1)) < 0.02);
        CHECK(std::abs(indices.total[i].estimate - total) < 0.02);
    }
}

TEST_CASE("Sobol' indices: rows that lack a value are left out") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> a{1, 2, nan, 4};
    const std::vector<double> b{2, 1, 1, 3};
    const std::vector<std::vector<double>> mixed{{2, 1, 1, nan}};

    CHECK(sobol_indices(a, b, mixed)->rows == 2);
    CHECK_FALSE(sobol_indices(std::vector<double>{1, 1}, std::vector<double>{1, 1}, {}));
    CHECK_FALSE(sobol_indices(std::vector<double>{nan, 1}, std::vector<double>{1, 1}, {}));
}

TEST_CASE("Morris: a linear function's effects are its slopes, without deviation") {
    const std::vector<std::string> names = names_of(3);
    const std::vector<double> slopes{3, -2, 0};
    std::map<std::string, std::vector<double>> effects;
    double before = 0;
    std::vector<double> shares;
    for (const DesignRow& row : morris_design(10, 6, names, 1)) {
        double value = 5;
        for (std::size_t i = 0; i < 3; ++i) value += slopes[i] * row.shares[i];
        if (row.part != morris_start) {
            double change = 0;
            for (std::size_t i = 0; i < 3; ++i) change += row.shares[i] - shares[i];
            effects[row.part].push_back((value - before) / change);
        }
        before = value;
        shares = row.shares;
    }

    for (std::size_t i = 0; i < 3; ++i) {
        const MorrisEffect effect = *morris_effect(effects[names[i]]);
        CHECK(effect.count == 10);
        CHECK(effect.mean == doctest::Approx(slopes[i]));
        CHECK(effect.mean_absolute.estimate == doctest::Approx(std::abs(slopes[i])));
        CHECK(std::abs(effect.deviation) < 1e-9);
    }
    CHECK_FALSE(morris_effect(std::vector<double>{1}));
}

TEST_CASE("Morris: effects of both signs cancel in mu and not in mu*") {
    const MorrisEffect effect = *morris_effect(std::vector<double>{2, -2, 2, -2});

    CHECK(effect.mean == 0);
    CHECK(effect.mean_absolute.estimate == 2);
    CHECK(effect.deviation == doctest::Approx(std::sqrt(16.0 / 3)));
}

// Two channels take 3 and 4 off a fall of 10, both together take 8: 1 of it only jointly.
TEST_CASE("attribution: the lines add up to the whole") {
    const std::vector<Draw> base{{0, 1, -10}, {0, 2, -12}};
    const std::vector<std::vector<double>> off{{-7, -9}, {-6, -8}};
    const std::vector<double> none{-2, -2};

    const Attribution split = *attribute(base, off, none);

    CHECK(split.whole.mean.estimate == -11);
    CHECK(split.channels[0].mean.estimate == -3);
    CHECK(split.channels[1].mean.estimate == -4);
    CHECK(split.rest->mean.estimate == -2);
    CHECK(split.interaction.mean.estimate == -2);  // -1 and -3
    CHECK(split.interaction.mean.low < -2);
    CHECK(split.whole.runs == 2);
}

TEST_CASE("attribution: without a fork of all channels the rest is in the interaction") {
    const std::vector<Draw> base{{0, 1, -10}};
    const std::vector<std::vector<double>> off{{-7}};

    const Attribution split = *attribute(base, off, {});

    CHECK_FALSE(split.rest);
    CHECK(split.interaction.mean.estimate == -7);
    CHECK_FALSE(attribute(std::vector<Draw>{{0, 1, std::nan("")}}, off, {}));
}
