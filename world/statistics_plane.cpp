// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <cmath>

#include "world/statistics_moments.hpp"
#include "world/statistics_regression.hpp"

namespace crowdout::world {

namespace {

/// A column that keeps less of its length than this when the columns before it are taken out of it
/// depends on them (our choice: R's `lm` asks for 1e-7, Longley's data keep 1e-4).
constexpr double independence_min = 1e-11;

/// Columns under reflection: in the end the upper triangle R stands in the first rows.
class Triangle {
public:
    explicit Triangle(std::vector<std::vector<double>> columns) : columns_{std::move(columns)} {}

    /// Turns the columns into R, and `y` along with them. False where columns depend on each other.
    bool reflect(std::vector<double>& y) {
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            std::vector<double>& column = columns_[k];
            const double length = norm(column, 0);
            const double rest = norm(column, k);
            if (!(rest > independence_min * length)) return false;
            // Away from the column's own sign: no digits cancel.
            const double diagonal = column[k] > 0 ? -rest : rest;
            column[k] -= diagonal;
            const double square = norm(column, k) * norm(column, k);
            for (std::size_t j = k + 1; j < columns_.size(); ++j) {
                mirror(columns_[j], column, k, square);
            }
            mirror(y, column, k, square);
            column[k] = diagonal;
        }
        return true;
    }

    /// x of R x = right.
    [[nodiscard]] std::vector<double> solve(std::vector<double> right) const {
        for (std::size_t i = columns_.size(); i-- > 0;) {
            right[i] /= columns_[i][i];
            for (std::size_t row = 0; row < i; ++row) right[row] -= columns_[i][row] * right[i];
        }
        return right;
    }

private:
    static double norm(const std::vector<double>& column, std::size_t from) {
        double sum = 0;
        for (std::size_t i = from; i < column.size(); ++i) sum += column[i] * column[i];
        return std::sqrt(sum);
    }
    static void mirror(std::vector<double>& column, const std::vector<double>& normal,
                       std::size_t from, double square) {
        double product = 0;
        for (std::size_t i = from; i < column.size(); ++i) product += normal[i] * column[i];
        const double factor = 2 * product / square;
        for (std::size_t i = from; i < column.size(); ++i) column[i] -= factor * normal[i];
    }

    std::vector<std::vector<double>> columns_;
};

bool row_is_complete(std::span<const std::vector<double>> columns, std::size_t row) {
    return std::none_of(columns.begin(), columns.end(),
                        [row](const auto& column) { return is_missing(column[row]); });
}

/// Roots of the diagonal of (R^T R)^-1: lengths of the rows of R's inverse.
std::vector<double> error_factors(const Triangle& triangle, std::size_t count) {
    std::vector<double> squares(count, 0.0);
    for (std::size_t j = 0; j < count; ++j) {
        std::vector<double> unit(count, 0.0);
        unit[j] = 1;
        const std::vector<double> column = triangle.solve(unit);
        for (std::size_t i = 0; i < count; ++i) squares[i] += column[i] * column[i];
    }
    for (double& x : squares) x = std::sqrt(x);
    return squares;
}

}  // namespace

PlaneFit fit_plane(std::span<const std::vector<double>> columns, std::span<const double> y) {
    std::vector<std::vector<double>> kept(columns.size());
    std::vector<double> right;
    for (std::size_t row = 0; row < y.size(); ++row) {
        if (is_missing(y[row]) || !row_is_complete(columns, row)) continue;
        for (std::size_t j = 0; j < columns.size(); ++j) {
            assert(columns[j].size() == y.size());
            kept[j].push_back(columns[j][row]);
        }
        right.push_back(y[row]);
    }
    PlaneFit fit;
    fit.count = right.size();
    if (columns.empty() || right.size() < columns.size()) return fit;
    const Moments response = moments(right);
    Triangle triangle{std::move(kept)};
    if (!triangle.reflect(right)) return fit;

    // What stands below the triangle is what no coefficients explain.
    double residuals = 0;
    for (std::size_t i = columns.size(); i < right.size(); ++i) residuals += right[i] * right[i];
    right.resize(columns.size());
    fit.coefficients = triangle.solve(right);
    const double total = response.variance() * static_cast<double>(response.count() - 1);
    if (total > 0) fit.r_squared = 1 - residuals / total;
    fit.errors.assign(columns.size(), missing);
    if (fit.count == columns.size()) return fit;
    fit.residual_deviation = std::sqrt(residuals / static_cast<double>(fit.count - columns.size()));
    fit.errors = error_factors(triangle, columns.size());
    for (double& error : fit.errors) error *= fit.residual_deviation;
    return fit;
}

}  // namespace crowdout::world
