// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_multiplier.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "world/statistics_regression.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

/// Orders that no price explains, and a mood that moves both flow and value: flow = z + mood,
/// value = 2 flow + 3 mood. The mood is as often good as bad for either order.
const std::vector<double> orders{1, 1, -1, -1};
const std::vector<double> mood{1, -1, 1, -1};
const std::vector<double> flow{2, 0, 0, -2};
const std::vector<double> value{7, -3, 3, -7};

}  // namespace

TEST_CASE("multipliers: a ratio of nothing is missing") {
    CHECK(ratio(22, 5.5) == 4);
    CHECK(is_missing(ratio(1, 0)));
    CHECK(is_missing(ratio(0, 0)));
    CHECK(is_missing(ratio(missing, 2)));
}

TEST_CASE("multipliers: loans per reserves over four quarters") {
    const std::vector<double> loans{100, 101, 102, 103, 110, 101, missing};
    const std::vector<double> reserves{10, 10, 10, 10, 12, 10, 11};

    const std::vector<double> multipliers = difference_ratio(loans, reserves, 4);

    REQUIRE(multipliers.size() == 7);
    for (std::size_t i = 0; i < 4; ++i) CHECK(is_missing(multipliers[i]));
    CHECK(multipliers[4] == 5);
    CHECK(is_missing(multipliers[5]));  // reserves are where they were
    CHECK(is_missing(multipliers[6]));
}

// cov(z, value) / cov(z, flow) = 8 / 4; plain least squares sees the mood too: 28 / 8. Residuals
// are 3 mood: 36 over n - 2, over the square of what z explains, 4.
TEST_CASE("multipliers: an instrument sees through what moves both sides") {
    const std::vector<std::vector<double>> instruments{orders};

    const InstrumentedSlope result = instrumented_slope(instruments, flow, value);

    CHECK(fit_line(flow, value).slope == Approx(3.5));
    CHECK(result.count == 4);
    CHECK(result.slope == Approx(2.0));
    CHECK(result.slope_error == Approx(std::sqrt(18.0 / 4.0)));
    CHECK(result.first_stage_f == Approx(0.5 / (0.5 / 2)));
}

TEST_CASE("multipliers: a second instrument that explains nothing changes the F alone") {
    const std::vector<std::vector<double>> instruments{orders, {1, -1, -1, 1}};

    const InstrumentedSlope result = instrumented_slope(instruments, flow, value);

    CHECK(result.slope == Approx(2.0));
    CHECK(result.first_stage_f == Approx(0.5 / 2 / 0.5));
}

TEST_CASE("multipliers: the flow as its own instrument is plain least squares") {
    const std::vector<std::vector<double>> instruments{flow};
    const LineFit plain = fit_line(flow, value);

    const InstrumentedSlope result = instrumented_slope(instruments, flow, value);

    CHECK(result.slope == Approx(plain.slope));
    CHECK(result.slope_error == Approx(plain.slope_error));
    CHECK(result.first_stage_f > 1e12);
}

TEST_CASE("multipliers: instruments that explain nothing give no slope") {
    const std::vector<std::vector<double>> constant{{1, 1, 1, 1}};
    CHECK(is_missing(instrumented_slope(constant, flow, value).slope));
    const std::vector<std::vector<double>> foreign{{1, -1, -1, 1}};
    CHECK(is_missing(instrumented_slope(foreign, flow, value).slope));
    const std::vector<std::vector<double>> two_rows{{1, missing, -1, missing}};
    CHECK(is_missing(instrumented_slope(two_rows, flow, value).slope));
}

// Two worlds one after the other, with slopes 2 and 5: windows of four see one, a mixture, one.
TEST_CASE("multipliers: a rolling slope is that of its window") {
    std::vector<std::vector<double>> instruments{orders};
    std::vector<double> flows = flow;
    std::vector<double> values = value;
    for (std::size_t i = 0; i < 4; ++i) {
        instruments[0].push_back(orders[i]);
        flows.push_back(flow[i]);
        values.push_back(5 * flow[i] + 3 * mood[i]);
    }

    const std::vector<InstrumentedSlope> slopes =
        rolling_instrumented_slope(instruments, flows, values, 4);

    REQUIRE(slopes.size() == 8);
    CHECK(is_missing(slopes[2].slope));
    CHECK(slopes[3].slope == Approx(2.0));
    CHECK(slopes[7].slope == Approx(5.0));
    CHECK(rolling_instrumented_slope(instruments, flows, values, 9).size() == 8);
}

}  // namespace crowdout::world
