// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_memory.hpp"

#include <cassert>
#include <cmath>
#include <numeric>

#include "agents/numeric.hpp"
#include "world/statistics_moments.hpp"

namespace crowdout::world {

namespace {

/// A series about its mean, ready for products at any lag.
class Centred {
public:
    explicit Centred(std::span<const double> series) {
        const double centre = mean(series);
        for (const double x : series) {
            const bool there = !is_missing(x);
            deviations_.push_back(there ? x - centre : 0.0);
            there_.push_back(there ? 1 : 0);
        }
    }

    [[nodiscard]] double autocorrelation(std::size_t lag) const {
        const std::size_t n = deviations_.size();
        if (lag >= n) return missing;
        const double part = static_cast<double>(n - lag) / static_cast<double>(n);
        const double value = part * mean_product(lag) / mean_product(0);
        return is_missing(value) ? missing : value;
    }

private:
    /// Over the pairs of which both are there.
    [[nodiscard]] double mean_product(std::size_t lag) const {
        double sum = 0;
        std::size_t pairs = 0;
        for (std::size_t i = lag; i < deviations_.size(); ++i) {
            sum += deviations_[i] * deviations_[i - lag];
            pairs += there_[i] & there_[i - lag];
        }
        return sum / static_cast<double>(pairs);
    }

    std::vector<double> deviations_;  ///< 0 where missing
    std::vector<std::uint8_t> there_;
};

/// Root mean square of a profile about the lines of its boxes.
double fluctuation(std::span<const double> profile, std::size_t box) {
    const std::size_t boxes = profile.size() / box;
    const auto n = static_cast<double>(box);
    const double centre = (n - 1) / 2;
    const double square_time = n * (n * n - 1) / 12;
    double squares = 0;
    for (std::size_t j = 0; j < 2 * boxes; ++j) {
        const std::size_t start = j < boxes ? j * box : profile.size() - (j - boxes + 1) * box;
        const std::span<const double> values = profile.subspan(start, box);
        const double level = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double product = 0;
        for (std::size_t i = 0; i < box; ++i) {
            product += (static_cast<double>(i) - centre) * (values[i] - level);
        }
        const double slope = product / square_time;
        for (std::size_t i = 0; i < box; ++i) {
            const double residual = values[i] - level - slope * (static_cast<double>(i) - centre);
            squares += residual * residual;
        }
    }
    return std::sqrt(squares / (2 * static_cast<double>(boxes) * n));
}

/// 16 to a quarter of the series, eight to a decade.
std::vector<std::size_t> usual_boxes(std::size_t count) {
    std::vector<std::size_t> boxes;
    for (int i = 0;; ++i) {
        const auto box = static_cast<std::size_t>(std::lround(16 * agents::pow(10, i / 8.0)));
        if (box > count / 4) return boxes;
        boxes.push_back(box);
    }
}

}  // namespace

double autocorrelation(std::span<const double> series, std::size_t lag) {
    return Centred{series}.autocorrelation(lag);
}

std::vector<double> autocorrelations(std::span<const double> series, std::size_t lag_max) {
    const Centred centred{series};
    std::vector<double> values;
    values.reserve(lag_max + 1);
    for (std::size_t lag = 0; lag <= lag_max; ++lag) {
        values.push_back(centred.autocorrelation(lag));
    }
    return values;
}

MemoryDecay memory_decay(std::span<const double> autocorrelations, std::size_t first,
                         std::size_t last, std::size_t per_decade) {
    assert(first > 0 && first < last && per_decade > 0);
    if (last >= autocorrelations.size()) return {};
    const double width = agents::log(10.0) / static_cast<double>(per_decade);
    const auto log_of = [](std::size_t lag) { return agents::log(static_cast<double>(lag)); };
    // A lag on an edge belongs above it, whatever its logarithm's last digit.
    const auto bin_of = [&](std::size_t lag) {
        return std::floor((log_of(lag) - log_of(first)) / width + 1e-9);
    };
    MemoryDecay decay;
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t lag = first; lag <= last;) {
        const double bin = bin_of(lag);
        Moments logarithms;
        Moments values;
        for (; lag <= last && bin_of(lag) == bin; ++lag) {
            logarithms.record(log_of(lag));
            values.record(autocorrelations[lag]);
        }
        if (values.mean() > 0) {
            x.push_back(logarithms.mean());
            y.push_back(agents::log(values.mean()));
        } else {
            ++decay.left_out;
        }
    }
    const LineFit fit = fit_line(x, y);
    decay.exponent = -fit.slope;
    decay.error = fit.slope_error;
    decay.bins = x.size();
    return decay;
}

LineFit hurst_exponent(std::span<const double> series, std::span<const std::size_t> boxes) {
    std::vector<double> profile = present(series);
    const double centre = mean(profile);
    double sum = 0;
    for (double& x : profile) x = sum += x - centre;

    const std::vector<std::size_t> usual = usual_boxes(profile.size());
    std::vector<double> lengths;
    std::vector<double> fluctuations;
    for (const std::size_t box : boxes.empty() ? std::span<const std::size_t>{usual} : boxes) {
        assert(box >= 4);
        if (box > profile.size() / 4) continue;
        const double size = fluctuation(profile, box);
        if (!(size > 0)) continue;
        lengths.push_back(agents::log(static_cast<double>(box)));
        fluctuations.push_back(agents::log(size));
    }
    if (lengths.size() < 3) return {.count = lengths.size()};
    return fit_line(lengths, fluctuations);
}

double leverage(std::span<const double> returns, std::size_t lag) {
    Moments squares;
    for (const double r : returns) squares.record(r * r);
    Moments products;
    for (std::size_t i = lag; i < returns.size(); ++i) {
        products.record(returns[i - lag] * returns[i] * returns[i]);
    }
    const double value = products.mean() / (squares.mean() * squares.mean());
    return is_missing(value) ? missing : value;
}

std::vector<double> leverages(std::span<const double> returns, std::size_t lag_max) {
    std::vector<double> values;
    values.reserve(lag_max + 1);
    for (std::size_t lag = 0; lag <= lag_max; ++lag) values.push_back(leverage(returns, lag));
    return values;
}

double volume_volatility_correlation(std::span<const double> volumes,
                                     std::span<const double> returns) {
    return correlation(volumes, magnitudes(returns));
}

}  // namespace crowdout::world
