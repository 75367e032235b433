// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Optimal quotes of a market maker, in any consistent units of money, time and inventory.
namespace crowdout::agents {

/// What a maker knows of its market. Letters as in the papers.
struct QuotingTerms {
    double risk_aversion = 0;  ///< gamma, 1 / (money x inventory)
    double sigma = 0;          ///< money per square root of time
    double decay = 0;          ///< k, 1 / money: fills come at A exp(-k delta)
    double intensity = 0;      ///< A, fills per time at distance zero
};

/// Distances of both quotes from the mid, each may be negative.
struct Quotes {
    double bid = 0;
    double ask = 0;
};

/// Total spread and reservation price with `left` time to go.
/// Source: Avellaneda, Stoikov (2008), Quant. Finance 8, 217, equations 3.17, 3.18.
struct ReservationQuote {
    double reservation = 0;  ///< s - q gamma sigma^2 (T - t)
    double spread = 0;       ///< gamma sigma^2 (T - t) + (2 / gamma) ln(1 + gamma / k)
};
[[nodiscard]] ReservationQuote avellaneda_stoikov(const QuotingTerms& terms, double mid,
                                                  double inventory, double left);

/// Stationary quotes far from any end, as a function of `inventory` (in units of quote size).
/// Source: Gueant, Lehalle, Fernandez-Tapia (2013), Math. Financ. Econ. 7, 477, section 4.
[[nodiscard]] Quotes stationary_quotes(const QuotingTerms& terms, double inventory);

/// Factor on quote sizes that takes a maker out of a market that it does not understand.
///
/// (1 - |q| / q_max)+ exp(-eta (sigma_now / sigma_usual - 1)+) exp(-chi toxicity). The one rule of
/// withdrawal in the model; its form is our choice (mechanisms 2.5 and rule 9).
[[nodiscard]] double size_factor(double inventory_share, double volatility_ratio, double toxicity,
                                 double volatility_aversion, double toxicity_aversion);

/// Distance of the first of `levels` from the mid, where each is `spacing` times as far as the one
/// before and the last is at `reach`.
[[nodiscard]] double level_gap(int levels, double spacing, double reach);

}  // namespace crowdout::agents
