// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_impact.hpp"

#include <cassert>
#include <cmath>
#include <map>

#include "agents/numeric.hpp"
#include "world/statistics_moments.hpp"

namespace crowdout::world {

std::vector<ImpactBin> impact_curve(std::span<const ParentOrder> orders, std::size_t per_decade) {
    assert(per_decade > 0);
    struct Contents {
        Moments logarithms;
        Moments moves;
    };
    const double width = agents::log(10.0) / static_cast<double>(per_decade);
    std::map<double, Contents> bins;
    for (const ParentOrder& order : orders) {
        if (!(order.size > 0) || is_missing(order.size) || is_missing(order.move)) continue;
        const double logarithm = agents::log(order.size);
        // Sizes meant to stand on an edge belong above it, whatever their last digit.
        Contents& bin = bins[std::floor(logarithm / width + 1e-9)];
        bin.logarithms.record(logarithm);
        bin.moves.record(order.move);
    }
    std::vector<ImpactBin> curve;
    curve.reserve(bins.size());
    for (const auto& [place, bin] : bins) {
        curve.push_back({.size = agents::exp(bin.logarithms.mean()),
                         .move = bin.moves.mean(),
                         .error = bin.moves.standard_error(),
                         .count = bin.moves.count()});
    }
    return curve;
}

ImpactLaw impact_law(std::span<const ImpactBin> curve, std::size_t count_min) {
    ImpactLaw law;
    std::vector<double> sizes;
    std::vector<double> moves;
    Moments roots;
    for (const ImpactBin& bin : curve) {
        if (bin.count < count_min) continue;
        if (!(bin.move > 0)) {
            ++law.left_out;
            continue;
        }
        sizes.push_back(agents::log(bin.size));
        moves.push_back(agents::log(bin.move));
        roots.record(moves.back() - 0.5 * sizes.back());
    }
    const LineFit fit = fit_line(sizes, moves);
    law.exponent = fit.slope;
    law.exponent_error = fit.slope_error;
    law.prefactor = agents::exp(fit.intercept);
    law.prefactor_root = agents::exp(roots.mean());
    law.bins = sizes.size();
    return law;
}

std::vector<double> impact_decay(std::span<const std::vector<double>> paths) {
    const std::size_t times = paths.empty() ? 0 : paths.front().size();
    std::vector<double> decay;
    decay.reserve(times);
    for (std::size_t t = 0; t < times; ++t) {
        Moments peaks;
        Moments later;
        for (const std::vector<double>& path : paths) {
            assert(path.size() == times);
            if (is_missing(path[0]) || is_missing(path[t])) continue;
            peaks.record(path[0]);
            later.record(path[t]);
        }
        decay.push_back(peaks.mean() > 0 ? later.mean() / peaks.mean() : missing);
    }
    return decay;
}

}  // namespace crowdout::world
