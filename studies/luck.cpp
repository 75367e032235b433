// SPDX-License-Identifier: Apache-2.0
#include "studies/luck.hpp"

#include <cmath>
#include <map>

namespace crowdout::studies {

world::Interval mean_over_seeds(std::span<const Draw> runs) {
    struct Sum {
        double total = 0;
        double count = 0;
    };
    Sum all;
    std::map<std::size_t, Sum> points;
    for (const Draw& run : runs) {
        for (Sum* sum : {&all, &points[run.point]}) {
            sum->total += run.value;
            ++sum->count;
        }
    }
    if (runs.empty()) return {};
    const double mean = all.total / all.count;
    for (const auto& [point, sum] : points) {
        if (sum.count < 2) return {.estimate = mean};
    }

    std::map<std::uint64_t, double> luck;
    for (const Draw& run : runs) {
        const Sum& point = points.at(run.point);
        luck[run.seed] +=
            std::sqrt(point.count / (point.count - 1)) * (run.value - point.total / point.count);
    }
    double squares = 0;
    for (const auto& [seed, sum] : luck) squares += sum * sum;
    const double t = world::student_quantile(0.975, static_cast<double>(luck.size() - 1));
    const double reach = t * std::sqrt(squares) / all.count;
    return {mean, mean - reach, mean + reach};
}

}  // namespace crowdout::studies
