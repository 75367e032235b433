// SPDX-License-Identifier: Apache-2.0
#include "world/measure_tails.hpp"

#include <algorithm>
#include <functional>

#include "world/statistics_moments.hpp"
#include "world/statistics_series.hpp"
#include "world/statistics_tail.hpp"

namespace crowdout::world {

using market::Duration;

std::vector<double> deseasonalised(const TrackView& view, const std::string& of, Duration horizon,
                                   bool remove_season) {
    const std::size_t book = view.book(of);
    std::vector<double> returns = view.returns(book, horizon);
    if (!remove_season || horizon >= market::day) return returns;
    return without_season(returns,
                          intraday_season(returns, view.slots(std::span{&book, 1}, horizon)));
}

Measured Kurtosis::evaluate(const TrackView& view) const {
    const Moments law = moments(deseasonalised(view, of, horizon, remove_season));
    return measured(law.excess_kurtosis(), "the price did not move");
}

void KurtosisFall::check(agents::Complaints& complaints) const {
    if (std::ranges::adjacent_find(horizons, std::greater_equal{}) != horizons.end()) {
        complaints.error("horizons", "go from the shortest to the longest");
    }
}

void KurtosisFall::need(TrackNeeds& needs) const {
    for (const Duration horizon : horizons) need_prices(needs, of, horizon);
}

Measured KurtosisFall::evaluate(const TrackView& view) const {
    double falls = 0;
    double before = 0;
    for (std::size_t i = 0; i < horizons.size(); ++i) {
        const Moments law = moments(deseasonalised(view, of, horizons[i], true));
        // Four values have a fourth moment of hardly more than their number.
        if (law.count() < 10) throw Undefined{"there are fewer than ten returns of a horizon"};
        const double kurtosis = law.excess_kurtosis();
        if (is_missing(kurtosis)) throw Undefined{"the price did not move"};
        if (i > 0 && kurtosis < before) ++falls;
        before = kurtosis;
    }
    return measured(falls / static_cast<double>(horizons.size() - 1), "it is not finite");
}

Measured Hill::evaluate(const TrackView& view) const {
    const TailIndex law = hill_index(deseasonalised(view, of, horizon, remove_season), tail);
    Measured result = measured(law.index, "fewer than two returns lie in the tail");
    if (!is_missing(law.error)) {
        result.within_run_95 = {law.index - 1.96 * law.error, law.index + 1.96 * law.error};
    }
    return result;
}

Measured GainLossAsymmetry::evaluate(const TrackView& view) const {
    return measured(moments(view.returns(view.book(of), horizon)).skewness(),
                    "the price did not move");
}

}  // namespace crowdout::world
