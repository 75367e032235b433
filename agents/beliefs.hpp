// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/distribution.hpp"
#include "agents/field.hpp"
#include "agents/observation.hpp"
#include "agents/random.hpp"

namespace crowdout::agents {

/// How a trader's weights on value, trend and noise, and its horizon, are drawn.
///
/// Source: Chiarella, Iori, Perello (2009), J. Econ. Dyn. Control 33, 525 (arXiv 0711.3581).
/// Adapted in three places (our choice), since there a period is an event and wealth has no
/// dollars: the drift of the fundamental part is spread over `reversion` seconds; the noise of a
/// forecast is one usual standard deviation of the horizon; and risk aversion is stated for that
/// deviation, so that traders of any wealth and horizon put alike shares of it at stake. Errors
/// that follow the volatility which they make have no level of their own, and it drifts away over
/// weeks; `noise_daily` gives them one.
struct Beliefs {
    double fundamental_scale = 1.0;     ///< s1: g1 ~ |Laplace(s1)|; equity 1, BTC 0.2, alts 0.1
    double trend_scale = 1.4;           ///< s2: g2 ~ |N(0, s2)|; BTC 2; signed where `contrarians`
    double noise_scale = 1.0;           ///< sn: n ~ |N(0, sn)|
    bool contrarians = false;           ///< as in Chiarella, Iori (2002)
    Distribution horizon = horizons();  ///< tau, seconds
    double reversion = 20 * 86'400.0;   ///< tau_f, seconds: 20 days, our choice
    double risk_aversion = 2.0;         ///< a; see `Character::risk_aversion`
    double noise_size = 1.0;            ///< of eps, in usual deviations of the horizon
    double noise_daily = 0.0;           ///< of eps over a trading day, a fraction; 0: `noise_size`

    /// An hour, a day, 20 days in shares 0.4, 0.4, 0.2 (mechanisms 2.3).
    [[nodiscard]] static Distribution horizons();

    template <class Visitor>
    void visit(Visitor& field) {
        field("fundamental_scale", fundamental_scale,
              {.help = "Scale of the Laplace law from which the weight on value is drawn.",
               .help_zh = "基本面权重的拉普拉斯分布尺度。",
               .min = 0,
               .max = 100});
        field("trend_scale", trend_scale,
              {.help = "Standard deviation of the normal law of the weight on trend.",
               .help_zh = "趋势权重的正态标准差。",
               .min = 0,
               .max = 100});
        field("noise_scale", noise_scale,
              {.help = "Standard deviation of the normal law of the weight on noise.",
               .help_zh = "噪声权重的正态标准差。",
               .min = 0,
               .max = 100});
        field("contrarians", contrarians,
              {.help = "Whether weights on trend may be negative.",
               .help_zh = "趋势权重是否可为负（逆势者）。"});
        field("horizon", horizon,
              {.help = "How far ahead a trader looks.",
               .help_zh = "投资期限。",
               .unit = Dimension::duration,
               .positive = true});
        field("reversion", reversion,
              {.help = "Time in which prices are expected to return to value.",
               .help_zh = "预期价格回归价值的时间。",
               .unit = Dimension::duration,
               .positive = true});
        field("risk_aversion", risk_aversion,
              {.help = "At 2, a forecast of one usual deviation asks for half of one's wealth.",
               .help_zh = "风险厌恶：取 2 时，一个标准差的预期对应一半财富。",
               .positive = true});
        field("noise_size", noise_size,
              {.help = "Error of a forecast, in usual deviations of its horizon.",
               .help_zh = "预测噪声（以该期限的标准差计）。",
               .min = 0,
               .max = 10});
        field("noise_daily", noise_daily,
              {.help = "Error of a forecast for a day, however lively the market; 0: noise_size.",
               .help_zh = "一日预测的误差，与市场波动无关；0 表示使用 noise_size。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
    }
};

/// One trader's own draw.
struct Character {
    double fundamental = 0;    ///< g1
    double trend = 0;          ///< g2
    double noise = 0;          ///< n
    double horizon = 0;        ///< tau_i = tau (1 + g1) / (1 + |g2|), seconds
    double risk_aversion = 1;  ///< a_i = a (1 + g1) / (1 + |g2|)
    double opinion = 0;        ///< its standing error about value, in deviations of opinion
    double content = 0;        ///< share of wealth that it holds without a view: what it began with
};
[[nodiscard]] Character draw_character(const Beliefs& beliefs, Random& random);

/// What a trader expects of one instrument over its horizon.
struct Forecast {
    double log_return = 0;  ///< ln(phat / p): r_i tau_i
    double variance = 0;    ///< V_i of log returns over the horizon, from eight equal parts of it
    double usual = 0;       ///< what the variance is in the long run
};

/// r tau = [g1 tau / tau_f ln(pf / p) + g2 ln(p(t) / p(t - tau)) + n eps] / (g1 + |g2| + n),
/// limited to one either way. pf is the consensus times the trader's own error; without a
/// consensus, it takes the price for the value.
/// @param eps  standard normal.
[[nodiscard]] Forecast look_ahead(const Beliefs& beliefs, const Character& character,
                                  const market::Instrument& instrument, const BookView& book,
                                  double eps);

/// What a trader has to do with in one instrument. USD, whole units, USD per whole.
struct Purse {
    double cash = 0;
    double holding = 0;
    double price = 0;

    [[nodiscard]] double wealth() const { return cash + holding * price; }
    /// Share of wealth that is held in the instrument; nil without wealth.
    [[nodiscard]] double invested() const {
        return wealth() > 0.0 ? holding * price / wealth() : 0.0;
    }
};

/// An order in real numbers: buys where `quantity` is positive, sells where it is negative.
struct Wish {
    double price = 0;     ///< limit, USD per whole
    double quantity = 0;  ///< whole units
};

/// The order of the paper: a price drawn evenly from (p_min, phat), the holding wanted at that
/// price, and the difference.
///
/// Wanted dollars at p are W sqrt(usual) ln(phat / p) / (a_i V_i), that is pi(p) p with the
/// absolute risk aversion a_i / (W sqrt(usual)). p_min is where buying would take all cash. Not in
/// the paper: phat includes the premium content a_i V_i / sqrt(usual) for which a trader without a
/// view keeps its share `content`. Without it, everybody sells until the price has fallen so far
/// below value that it pays for the risk of the whole supply, and for ever where nothing has value.
/// @param u  in [0, 1), chooses the price.
[[nodiscard]] Wish wish_for(const Forecast& forecast, const Character& character,
                            const Purse& purse, double u);

}  // namespace crowdout::agents
