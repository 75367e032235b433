// SPDX-License-Identifier: Apache-2.0
#include "world/measure_memory.hpp"

#include <algorithm>
#include <cmath>

#include "world/statistics_memory.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

namespace {

/// A lag needs twice as many values, or its few pairs say nothing.
void require_length(const std::vector<double>& series, std::int64_t lag_last) {
    const auto known = std::ranges::count_if(series, [](double x) { return !is_missing(x); });
    if (known < 2 * lag_last) throw Undefined{"the stretch is shorter than twice the last lag"};
}

Measured with_error(double value, double error, std::string_view why_not) {
    Measured result = measured(value, why_not);
    if (!is_missing(error)) result.within_run_95 = {value - 1.96 * error, value + 1.96 * error};
    return result;
}

/// Exponent of a decay. More bins without memory than with any are no power law.
Measured exponent_of(const MemoryDecay& decay) {
    if (decay.left_out > decay.bins) throw Undefined{"no memory is left at most of the lags"};
    return with_error(decay.exponent, decay.error, "memory has no exponent");
}

}  // namespace

void Autocorrelation::check(agents::Complaints& complaints) const {
    if (lag_last && *lag_last < lag) complaints.error("lag_last", "lies below `lag`");
}

Measured Autocorrelation::evaluate(const TrackView& view) const {
    const bool of_sizes = series == MemoryOf::sizes;
    std::vector<double> values = deseasonalised(view, of, horizon, of_sizes);
    if (of_sizes) values = magnitudes(values);
    const auto first = static_cast<std::size_t>(lag);
    const auto last = static_cast<std::size_t>(lag_last.value_or(lag));
    require_length(values, static_cast<std::int64_t>(last));
    const std::vector<double> all = autocorrelations(values, last);
    double farthest = all[first];
    for (std::size_t k = first + 1; k <= last; ++k) {
        if (std::abs(all[k]) > std::abs(farthest)) farthest = all[k];
    }
    return measured(farthest, "the price did not move");
}

void MemoryExponent::check(agents::Complaints& complaints) const {
    if (lag_last < 4 * lag) complaints.error("lag_last", "lies below four times `lag`");
}

Measured MemoryExponent::evaluate(const TrackView& view) const {
    const std::vector<double> sizes = magnitudes(deseasonalised(view, of, horizon, true));
    require_length(sizes, lag_last);
    const auto last = static_cast<std::size_t>(lag_last);
    return exponent_of(
        memory_decay(autocorrelations(sizes, last), static_cast<std::size_t>(lag), last));
}

Measured LeverageEffect::evaluate(const TrackView& view) const {
    const std::vector<double> returns = view.returns(view.book(of), horizon);
    require_length(returns, lag_last);
    const std::vector<double> all = leverages(returns, static_cast<std::size_t>(lag_last));
    return measured(mean(std::span{all}.subspan(1)), "the price did not move");
}

Measured VolumeVolatility::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const std::vector<double> volumes =
        view.sums_by_return(book, view.column(book, &Tracks::Book::volume), horizon);
    return measured(volume_volatility_correlation(volumes, view.returns(book, horizon)),
                    "the price did not move, or nothing was traded");
}

Measured OrderSignMemory::evaluate(const TrackView& view) const {
    std::vector<double> signs;
    for (const Tracks::Trade& trade : view.trades(view.book(of))) {
        if (view.counts(trade.time)) signs.push_back(trade.sign);
    }
    require_length(signs, lag_last);
    if (as == MemoryAs::hurst) {
        const LineFit fit = hurst_exponent(signs);
        return with_error(fit.slope, fit.slope_error, "there are too few trades");
    }
    const auto last = static_cast<std::size_t>(lag_last);
    return exponent_of(memory_decay(autocorrelations(signs, last), 1, last));
}

}  // namespace crowdout::world
