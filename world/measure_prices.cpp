// SPDX-License-Identifier: Apache-2.0
#include "world/measure_prices.hpp"

#include <array>
#include <cmath>

#include "world/statistics_moments.hpp"
#include "world/statistics_regression.hpp"
#include "world/statistics_series.hpp"
#include "world/statistics_stress.hpp"

namespace crowdout::world {

using market::Duration;

namespace {

double return_of(const TrackView& view, const std::string& name) {
    const std::size_t book = view.book(name);
    const double before = view.price_at(book, view.begin());
    if (before <= 0) throw Undefined{name + " had no price"};
    return view.price_at(book, view.end()) / before - 1;
}

Fall worst_fall(const TrackView::Prices& prices, Duration within) {
    RollingDrawdown drawdown{within.ns > 0 ? within : market::year * 200};
    for (std::size_t i = 0; i < prices.times.size(); ++i) {
        drawdown.record(prices.times[i], prices.values[i]);
    }
    return drawdown.worst();
}

double fall_of(const TrackView& view, const std::string& name, Duration within, Duration every) {
    return worst_fall(view.prices(view.book(name), every), within).share;
}

double deviation_of(const std::vector<double>& returns) {
    return moments(returns).deviation();
}

}  // namespace

void TotalReturn::need(TrackNeeds& needs) const {
    needs.books[of];
    if (!against.empty()) needs.books[against];
}

Measured TotalReturn::evaluate(const TrackView& view) const {
    const double other = against.empty() ? 0 : return_of(view, against);
    return measured(return_of(view, of) - other, "prices are not finite");
}

void MaximumDrawdown::need(TrackNeeds& needs) const {
    need_prices(needs, of, every);
    if (!against.empty()) need_prices(needs, against, every);
}

Measured MaximumDrawdown::evaluate(const TrackView& view) const {
    const double fall = fall_of(view, of, within, every);
    if (against.empty()) return measured(fall, "prices are not finite");
    const double other = fall_of(view, against, within, every);
    return measured(fall / other, against + " did not fall");
}

void Recovery::need(TrackNeeds& needs) const {
    need_prices(needs, of, every);
}

Measured Recovery::evaluate(const TrackView& view) const {
    const TrackView::Prices prices = view.prices(view.book(of), every);
    const Fall fall = worst_fall(prices, within);
    return measured(recovery_share(prices.times, prices.values, fall, after),
                    of + " did not fall, or the window ends at the trough");
}

Measured Volatility::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const double deviation = deviation_of(view.returns(book, horizon));
    const double per_day = horizon >= market::day
                               ? market::day.seconds() / horizon.seconds()
                               : static_cast<double>(view.slots(std::span{&book, 1}, horizon));
    return measured(deviation * std::sqrt(per_day), "there are fewer than two returns");
}

void VolatilityRatio::need(TrackNeeds& needs) const {
    need_prices(needs, of, horizon);
    need_prices(needs, against, horizon);
}

Measured VolatilityRatio::evaluate(const TrackView& view) const {
    const std::array books{view.book(of), view.book(against)};
    const auto returns = view.returns(books, horizon);
    return measured(deviation_of(returns[0]) / deviation_of(returns[1]),
                    "there are fewer than two returns, or " + against + " did not move");
}

void ReturnOrder::need(TrackNeeds& needs) const {
    for (const std::string& name : order) needs.books[name];
}

Measured ReturnOrder::evaluate(const TrackView& view) const {
    std::vector<double> returns;
    std::vector<double> places;
    for (const std::string& name : order) {
        returns.push_back(return_of(view, name));
        places.push_back(-static_cast<double>(places.size()));
    }
    return measured(rank_correlation(places, returns), "all returns are alike");
}

}  // namespace crowdout::world
