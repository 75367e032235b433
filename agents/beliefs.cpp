// SPDX-License-Identifier: Apache-2.0
#include "agents/beliefs.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/sampling.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

constexpr double forecast_max = 1.0;  // e-fold; our choice: a bound on arithmetic, seldom reached
// Of the usual variance: eight returns may all be nil, and a jump among them would otherwise widen
// the prices at which everybody trades by its square, which widens the next one. Our choice.
constexpr double variance_min = 0.25;
constexpr double variance_max = 4.0;
constexpr double width_max = 2.0;  // log price; a bound on arithmetic

/// Variance of log returns over `horizon`, from eight equal parts.
double sample_variance(const PriceHistory& history, double horizon) {
    constexpr int parts = 8;
    std::array<double, parts> returns{};
    double mean = 0.0;
    double later = history.price_ago({0});
    for (int i = 0; i < parts; ++i) {
        const double ago = horizon * (i + 1) / parts;
        const double earlier = history.price_ago({static_cast<std::int64_t>(ago * 1e9)});
        returns.at(static_cast<std::size_t>(i)) = log(later / earlier);
        mean += returns.at(static_cast<std::size_t>(i)) / parts;
        later = earlier;
    }
    double squares = 0.0;
    for (const double r : returns) squares += (r - mean) * (r - mean);
    return squares * parts / (parts - 1);
}

/// ln p at which the wanted purchase takes all cash: K (ln phat - y) - S e^y = C.
///
/// Newton from y = ln phat: the left side falls and is concave, so the steps go one way.
double log_price_min(double log_target, double slope, const Purse& purse) {
    double y = log_target;
    for (int i = 0; i < 30; ++i) {
        const double value = purse.holding * exp(y);
        const double step = (slope * (log_target - y) - value - purse.cash) / (slope + value);
        y += step;
        if (std::abs(step) < 1e-12) break;
    }
    return y;
}

}  // namespace

Distribution Beliefs::horizons() {
    Distribution distribution;
    distribution.kind = Distribution::Kind::choice;
    distribution.values = {3'600.0, 86'400.0, 20 * 86'400.0};
    distribution.weights = {0.4, 0.4, 0.2};
    return distribution;
}

Character draw_character(const Beliefs& beliefs, Random& random) {
    Character character;
    character.fundamental = std::abs(random.laplace()) * beliefs.fundamental_scale;
    const double trend = random.normal() * beliefs.trend_scale;
    character.trend = beliefs.contrarians ? trend : std::abs(trend);
    character.noise = std::abs(random.normal()) * beliefs.noise_scale;
    const double ratio = (1.0 + character.fundamental) / (1.0 + std::abs(character.trend));
    character.horizon = sample(beliefs.horizon, random) * ratio;
    character.risk_aversion = beliefs.risk_aversion * ratio;
    character.opinion = random.normal();
    return character;
}

Forecast look_ahead(const Beliefs& beliefs, const Character& character,
                    const market::Instrument& instrument, const BookView& book, double eps) {
    assert(book.history != nullptr && book.mid > 0.0);
    const double days = trading_days(instrument.session, character.horizon);
    const double usual = std::max(1e-12, book.sigma_daily * book.sigma_daily * days);

    double gap = 0.0;
    if (book.value > 0.0) {
        gap = log(book.value / book.mid) + book.value_sigma * character.opinion;
    }
    const market::Duration horizon{static_cast<std::int64_t>(character.horizon * 1e9)};
    const double past = log(book.mid / book.history->price_ago(horizon));
    const double error = beliefs.noise_daily > 0.0 ? beliefs.noise_daily * std::sqrt(days)
                                                   : beliefs.noise_size * std::sqrt(usual);
    const double total = character.fundamental + std::abs(character.trend) + character.noise;
    const double sum = character.fundamental * character.horizon / beliefs.reversion * gap +
                       character.trend * past + character.noise * eps * error;
    const double forecast = total > 0.0 ? sum / total : 0.0;
    return {std::clamp(forecast, -forecast_max, forecast_max),
            std::clamp(sample_variance(*book.history, character.horizon), variance_min * usual,
                       variance_max * usual),
            usual};
}

Wish wish_for(const Forecast& forecast, const Character& character, const Purse& purse, double u) {
    const double wealth = purse.wealth();
    if (!(wealth > 0.0)) return {};
    const double width = std::min(
        width_max, character.risk_aversion * forecast.variance / std::sqrt(forecast.usual));
    const double slope = wealth / width;  // dollars per unit of ln(phat / p)
    const double log_target = log(purse.price) + forecast.log_return + character.content * width;
    const double target = exp(log_target);
    const double lowest = exp(log_price_min(log_target, slope, purse));

    const double price = lowest + u * (target - lowest);
    const double wanted = std::max(0.0, slope * (log_target - log(price)));
    return {price, wanted / price - purse.holding};
}

}  // namespace crowdout::agents
