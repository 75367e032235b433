// SPDX-License-Identifier: Apache-2.0
#include "studies/sensitivity.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "agents/random.hpp"

namespace crowdout::studies {

namespace {

constexpr std::size_t bootstrap_replicates = 1000;  // our choice: the ends move by a few percent
constexpr double bootstrap_low = 0.025;
constexpr double bootstrap_high = 0.975;

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The rows of a Sobol' design that have all their values, centred.
struct SobolRows {
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::vector<double>> mixed;  // [factors x rows]
    double centre = 0;

    [[nodiscard]] std::size_t size() const { return a.size(); }
};

SobolRows whole_rows(std::span<const double> a, std::span<const double> b,
                     std::span<const std::vector<double>> mixed) {
    SobolRows rows;
    rows.mixed.resize(mixed.size());
    for (std::size_t row = 0; row < a.size(); ++row) {
        const auto has_row = [row](const std::vector<double>& each) {
            return !std::isnan(each[row]);
        };
        if (std::isnan(a[row]) || std::isnan(b[row])) continue;
        if (!std::all_of(mixed.begin(), mixed.end(), has_row)) continue;
        rows.a.push_back(a[row]);
        rows.b.push_back(b[row]);
        for (std::size_t i = 0; i < mixed.size(); ++i) rows.mixed[i].push_back(mixed[i][row]);
    }
    if (rows.size() == 0) return rows;
    rows.centre = (mean(rows.a) + mean(rows.b)) / 2;
    for (double& value : rows.a) value -= rows.centre;
    for (double& value : rows.b) value -= rows.centre;
    for (std::vector<double>& each : rows.mixed) {
        for (double& value : each) value -= rows.centre;
    }
    return rows;
}

/// Sums over some rows, each perhaps more than once, as a bootstrap draws them.
struct SobolSums {
    double first = 0;
    double total = 0;
};

double variance_of(const SobolRows& rows, std::span<const std::size_t> chosen) {
    double sum = 0;
    double squares = 0;
    for (const std::size_t row : chosen) {
        sum += rows.a[row] + rows.b[row];
        squares += rows.a[row] * rows.a[row] + rows.b[row] * rows.b[row];
    }
    const double count = 2 * static_cast<double>(chosen.size());
    return squares / count - (sum / count) * (sum / count);
}

SobolSums sums_of(const SobolRows& rows, std::size_t factor, std::span<const std::size_t> chosen) {
    SobolSums sums;
    for (const std::size_t row : chosen) {
        const double change = rows.mixed[factor][row] - rows.a[row];
        sums.first += rows.b[row] * change;
        sums.total += change * change / 2;
    }
    const auto count = static_cast<double>(chosen.size());
    return {sums.first / count, sums.total / count};
}

/// Widens an estimate to the percentiles of its replicates.
world::Interval percentiles(double estimate, std::vector<double>& replicates) {
    return {estimate, std::min(estimate, world::quantile(replicates, bootstrap_low)),
            std::max(estimate, world::quantile(replicates, bootstrap_high))};
}

}  // namespace

std::optional<SobolIndices> sobol_indices(std::span<const double> a, std::span<const double> b,
                                          std::span<const std::vector<double>> mixed) {
    assert(a.size() == b.size());
    const SobolRows rows = whole_rows(a, b, mixed);
    std::vector<std::size_t> chosen(rows.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    if (rows.size() < 2) return std::nullopt;

    SobolIndices indices;
    indices.rows = rows.size();
    indices.mean = rows.centre;
    indices.variance = variance_of(rows, chosen);
    if (!(indices.variance > 0)) return std::nullopt;
    const std::size_t factors = mixed.size();
    std::vector<SobolSums> estimates;
    for (std::size_t i = 0; i < factors; ++i) estimates.push_back(sums_of(rows, i, chosen));

    std::vector<std::vector<double>> first(factors);
    std::vector<std::vector<double>> total(factors);
    for (std::size_t replicate = 0; replicate < bootstrap_replicates; ++replicate) {
        agents::Random random{agents::stream_key(1, "sobol_bootstrap"),
                              static_cast<std::uint32_t>(replicate), agents::Purpose::trait, 0};
        for (std::size_t& row : chosen) {
            row = random.below(static_cast<std::uint32_t>(rows.size()));
        }
        const double variance = variance_of(rows, chosen);
        if (!(variance > 0)) continue;  // the same row, again and again
        for (std::size_t i = 0; i < factors; ++i) {
            const SobolSums sums = sums_of(rows, i, chosen);
            first[i].push_back(sums.first / variance);
            total[i].push_back(sums.total / variance);
        }
    }
    for (std::size_t i = 0; i < factors; ++i) {
        indices.first.push_back(percentiles(estimates[i].first / indices.variance, first[i]));
        indices.total.push_back(percentiles(estimates[i].total / indices.variance, total[i]));
    }
    return indices;
}

std::optional<MorrisEffect> morris_effect(std::span<const double> effects) {
    std::vector<double> absolute;
    std::vector<double> known;
    for (const double effect : effects) {
        if (std::isnan(effect)) continue;
        known.push_back(effect);
        absolute.push_back(std::abs(effect));
    }
    if (known.size() < 2) return std::nullopt;
    MorrisEffect result;
    result.count = known.size();
    result.mean = mean(known);
    result.mean_absolute = world::mean_interval(absolute);
    result.mean_absolute.low = std::max(result.mean_absolute.low, 0.0);
    double squares = 0;
    for (const double effect : known) squares += (effect - result.mean) * (effect - result.mean);
    result.deviation = std::sqrt(squares / static_cast<double>(known.size() - 1));
    return result;
}

std::optional<Attribution> attribute(std::span<const Draw> base,
                                     std::span<const std::vector<double>> off,
                                     std::span<const double> none) {
    std::vector<Draw> whole;
    std::vector<std::vector<Draw>> channels(off.size());
    std::vector<Draw> rest;
    std::vector<Draw> interaction;
    for (std::size_t run = 0; run < base.size(); ++run) {
        const bool lacks_one =
            std::any_of(off.begin(), off.end(),
                        [run](const std::vector<double>& each) { return std::isnan(each[run]); });
        if (std::isnan(base[run].value) || lacks_one) continue;
        if (!none.empty() && std::isnan(none[run])) continue;
        const auto of_run = [&](double value) {
            return Draw{base[run].point, base[run].seed, value};
        };
        double left = base[run].value;
        whole.push_back(base[run]);
        for (std::size_t i = 0; i < off.size(); ++i) {
            channels[i].push_back(of_run(base[run].value - off[i][run]));
            left -= channels[i].back().value;
        }
        if (!none.empty()) {
            rest.push_back(of_run(none[run]));
            left -= none[run];
        }
        interaction.push_back(of_run(left));
    }
    if (whole.empty()) return std::nullopt;
    const auto over_runs = [](std::span<const Draw> values) {
        return Contribution{mean_over_seeds(values), values.size()};
    };
    Attribution result{over_runs(whole), {}, std::nullopt, over_runs(interaction)};
    for (const std::vector<Draw>& each : channels) result.channels.push_back(over_runs(each));
    if (!none.empty()) result.rest = over_runs(rest);
    return result;
}

}  // namespace crowdout::studies
