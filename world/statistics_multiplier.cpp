// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_multiplier.hpp"

#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "world/statistics_moments.hpp"
#include "world/statistics_regression.hpp"

namespace crowdout::world {

namespace {

/// Rows that lack nothing; column 0 is an intercept's, the instruments follow.
struct Rows {
    std::vector<std::vector<double>> columns;
    std::vector<double> flow;
    std::vector<double> y;
};

Rows complete_rows(std::span<const std::vector<double>> instruments, std::span<const double> flow,
                   std::span<const double> y, std::size_t first, std::size_t last) {
    Rows rows;
    rows.columns.resize(instruments.size() + 1);
    for (std::size_t i = first; i < last; ++i) {
        bool complete = !is_missing(flow[i]) && !is_missing(y[i]);
        for (const std::vector<double>& instrument : instruments) {
            complete = complete && !is_missing(instrument[i]);
        }
        if (!complete) continue;
        rows.columns[0].push_back(1.0);
        for (std::size_t j = 0; j < instruments.size(); ++j) {
            rows.columns[j + 1].push_back(instruments[j][i]);
        }
        rows.flow.push_back(flow[i]);
        rows.y.push_back(y[i]);
    }
    return rows;
}

/// F of "all slopes are zero" against the fit, from its share of the variance.
double f_statistic(const PlaneFit& fit) {
    const std::size_t slopes = fit.coefficients.size() - 1;
    const double unexplained = 1 - fit.r_squared;
    if (!(unexplained > 0)) return std::numeric_limits<double>::infinity();
    const auto freedom = static_cast<double>(fit.count - fit.coefficients.size());
    return fit.r_squared / static_cast<double>(slopes) / (unexplained / freedom);
}

InstrumentedSlope slope_of(const Rows& rows) {
    // Less than this explained is rounding (our choice).
    constexpr double explained_min = 1e-12;
    InstrumentedSlope result{.count = rows.y.size()};
    if (result.count < rows.columns.size() + 1 || result.count < 3) return result;
    const PlaneFit first = fit_plane(rows.columns, rows.flow);
    if (first.coefficients.empty() || !(first.r_squared > explained_min)) return result;

    std::vector<double> explained(result.count, 0.0);
    for (std::size_t j = 0; j < rows.columns.size(); ++j) {
        for (std::size_t i = 0; i < result.count; ++i) {
            explained[i] += first.coefficients[j] * rows.columns[j][i];
        }
    }
    const double mean_flow = mean(rows.flow);
    const double mean_y = mean(rows.y);
    double square = 0;
    double product = 0;
    for (std::size_t i = 0; i < result.count; ++i) {
        square += (explained[i] - mean_flow) * (explained[i] - mean_flow);
        product += (explained[i] - mean_flow) * (rows.y[i] - mean_y);
    }
    result.slope = product / square;
    result.first_stage_f = f_statistic(first);
    // Residuals are those of the flow itself, not of what is explained of it.
    double residuals = 0;
    for (std::size_t i = 0; i < result.count; ++i) {
        const double residual = (rows.y[i] - mean_y) - result.slope * (rows.flow[i] - mean_flow);
        residuals += residual * residual;
    }
    result.slope_error = std::sqrt(residuals / static_cast<double>(result.count - 2) / square);
    return result;
}

}  // namespace

double ratio(double part, double whole) {
    const double quotient = part / whole;
    return is_missing(quotient) ? missing : quotient;
}

std::vector<double> difference_ratio(std::span<const double> y, std::span<const double> x,
                                     std::size_t lag) {
    assert(x.size() == y.size());
    std::vector<double> ratios(x.size(), missing);
    for (std::size_t t = lag; t < x.size(); ++t)
        ratios[t] = ratio(y[t] - y[t - lag], x[t] - x[t - lag]);
    return ratios;
}

InstrumentedSlope instrumented_slope(std::span<const std::vector<double>> instruments,
                                     std::span<const double> flow, std::span<const double> y) {
    assert(!instruments.empty() && flow.size() == y.size());
    return slope_of(complete_rows(instruments, flow, y, 0, y.size()));
}

std::vector<InstrumentedSlope> rolling_instrumented_slope(
    std::span<const std::vector<double>> instruments, std::span<const double> flow,
    std::span<const double> y, std::size_t window) {
    assert(!instruments.empty() && flow.size() == y.size());
    std::vector<InstrumentedSlope> slopes(y.size());
    for (std::size_t end = window; end <= y.size() && window > 0; ++end) {
        slopes[end - 1] = slope_of(complete_rows(instruments, flow, y, end - window, end));
    }
    return slopes;
}

}  // namespace crowdout::world
