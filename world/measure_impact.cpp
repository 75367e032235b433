// SPDX-License-Identifier: Apache-2.0
#include "world/measure_impact.hpp"

#include <cmath>
#include <numeric>

#include "agents/numeric.hpp"
#include "world/statistics_impact.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

namespace {

constexpr market::Duration volatility_horizon = market::minute * 30;

std::vector<const Tracks::Parent*> parents_of(const TrackView& view, const ImpactSample& asked,
                                              std::size_t book) {
    std::vector<const Tracks::Parent*> parents;
    for (const Tracks::Parent& parent : view.tracks().parents) {
        if (parent.book == book && parent.trades >= asked.trades_min &&
            parent.begin >= view.begin().ns && parent.end <= view.end().ns &&
            parent.price_begin > 0 && parent.price_end > 0) {
            parents.push_back(&parent);
        }
    }
    if (parents.empty()) throw Undefined{"no parent order of " + asked.of + " was kept"};
    return parents;
}

/// How many days of trading the half-hourly returns of the stretch make.
double days_of(const TrackView& view, std::size_t book, std::size_t returns) {
    return static_cast<double>(returns) /
           static_cast<double>(view.slots(std::span{&book, 1}, volatility_horizon));
}

ImpactLaw law_of(const TrackView& view, const ImpactSample& asked) {
    const std::size_t book = view.book(asked.of);
    const std::vector<double>& volume = view.column(book, &Tracks::Book::volume);
    const std::vector<double> sums = view.sums(volume, view.rows(volatility_horizon));
    const Moments moves = moments(view.returns(book, volatility_horizon));
    const double days = days_of(view, book, moves.count());
    const double volume_daily = std::accumulate(sums.begin(), sums.end(), 0.0) / days;
    const auto per_day = static_cast<double>(view.slots(std::span{&book, 1}, volatility_horizon));
    const double sigma_daily = moves.deviation() * std::sqrt(per_day);
    std::vector<ParentOrder> orders;
    for (const Tracks::Parent* parent : parents_of(view, asked, book)) {
        orders.push_back(
            {.size = parent->money / volume_daily,
             .move = parent->sign * agents::log(parent->price_end / parent->price_begin) /
                     sigma_daily});
    }
    return impact_law(impact_curve(orders), static_cast<std::size_t>(asked.orders_min));
}

}  // namespace

void ImpactSample::need(TrackNeeds& needs) const {
    TrackNeeds::Book& book = need_prices(needs, of, volatility_horizon);
    book.volumes = true;
    book.parents = true;
}

Measured ImpactExponent::evaluate(const TrackView& view) const {
    const ImpactLaw law = law_of(view, *this);
    Measured result = measured(law.exponent, "too few sizes of orders moved the price their way");
    if (!is_missing(law.exponent_error)) {
        result.within_run_95 = {law.exponent - 1.96 * law.exponent_error,
                                law.exponent + 1.96 * law.exponent_error};
    }
    return result;
}

Measured ImpactPrefactor::evaluate(const TrackView& view) const {
    return measured(law_of(view, *this).prefactor_root,
                    "too few sizes of orders moved the price their way");
}

void ImpactDecay::need(TrackNeeds& needs) const {
    ImpactSample::need(needs);
    need_prices(needs, of, market::minute);
}

Measured ImpactDecay::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    std::vector<std::vector<double>> paths;
    for (const Tracks::Parent* parent : parents_of(view, *this, book)) {
        const double lasted = static_cast<double>(parent->end - parent->begin) * after;
        const double end = static_cast<double>(parent->end - view.begin().ns) + lasted;
        if (end > static_cast<double>((view.end() - view.begin()).ns)) continue;
        const market::Time then{parent->end + std::llround(lasted)};
        const auto move = [&](double price) {
            return parent->sign * agents::log(price / parent->price_begin);
        };
        paths.push_back({move(parent->price_end), move(view.price_at(book, then))});
    }
    if (paths.size() < static_cast<std::size_t>(orders_min)) {
        throw Undefined{"too few parent orders ended early enough"};
    }
    return measured(impact_decay(paths)[1], "orders did not move the price their way");
}

}  // namespace crowdout::world
