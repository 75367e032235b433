// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "agents/execution.hpp"
#include "agents/field.hpp"

namespace crowdout::agents {

/// Which holdings go first when cash must be raised. The two bracket the truth.
enum class WaterfallPreset : std::uint8_t {
    essay_waterfall,  ///< recent losers of low conviction: what the essay claims
    observed_holdco,  ///< liquid winners: what SoftBank sold in 2025 (NVDA, T-Mobile, Telekom)
};
inline constexpr std::array<std::string_view, 2> waterfall_preset_names{"essay_waterfall",
                                                                        "observed_holdco"};
[[nodiscard]] constexpr EnumNames enum_names(WaterfallPreset) {
    return {waterfall_preset_names.data(), waterfall_preset_names.size()};
}

/// Weights of the sale score, per standard deviation across the owner's holdings.
struct ScoreWeights {
    double conviction = 0;
    double liquidity = 0;
    double gain = 0;
    double momentum = 0;

    template <class Visitor>
    void visit(Visitor& field) {
        field("conviction", conviction,
              {.help = "How strongly conviction protects from sale.",
               .help_zh = "信念对出售的保护强度。"});
        field("liquidity", liquidity,
              {.help = "How strongly a deep market invites sale.",
               .help_zh = "流动性对出售的吸引强度。"});
        field("gain", gain,
              {.help = "How strongly an unrealised gain invites sale.",
               .help_zh = "浮盈对出售的吸引强度。"});
        field("momentum", momentum,
              {.help = "How strongly a good half-year protects from sale.",
               .help_zh = "近半年涨幅对出售的保护强度。"});
    }
};

/// Source: the presets of the two readings of 2025, calibration 1 (S0-c, S0-d) and 6.
[[nodiscard]] ScoreWeights score_weights(WaterfallPreset preset);

/// One asset of an owner, as the waterfall sees it.
struct Holding {
    double usd = 0;            ///< at mid
    double conviction = 0;     ///< higher is dearer to its owner
    double liquidity = 0;      ///< ln(daily volume / position)
    double gain = 0;           ///< mid / cost - 1
    double momentum = 0;       ///< log return of half a year
    double sale_capacity = 0;  ///< USD that can be sold before the money is needed
    bool strategic = false;    ///< not for sale, except by its lender
};

/// The order in which holdings are sold: the highest score first, strategic ones never.
///
/// Score = -w_c z(conviction) + w_l z(liquidity) + w_g z(gain) - w_r z(momentum), where z is the
/// distance from the mean of the owner's saleable holdings in their standard deviations (0 where
/// all are equal). Equal scores go by index.
/// @param order  filled with indices into `holdings`.
/// @return how many of them are for sale.
std::size_t sale_order(std::span<const Holding> holdings, const ScoreWeights& weights,
                       std::array<std::uint8_t, legs_max>& order);

/// What an owner can raise, USD.
struct FundingSources {
    double idle = 0;         ///< cash above the floor
    double line = 0;         ///< undrawn, within the soft loan-to-value
    double sales = 0;        ///< before the money is due
    double margin_loan = 0;  ///< further draw, up to the hard loan-to-value
};

/// Where the money for pending calls comes from, USD; the six parts add up to the need.
struct Funding {
    double idle = 0;
    double line = 0;
    double sales = 0;
    double margin_loan = 0;
    double late = 0;  ///< asked of hedge funds, whose notice is longer than a call's, or unmet
};

/// Takes each source in its turn, before the next is touched.
/// Source: Takahashi & Alexander (2002), J. Portfolio Management 28(2), for the commitments;
/// the order of sources is this model's.
[[nodiscard]] Funding fund_calls(double need, const FundingSources& means);

/// Further debt at which debt / assets reaches `ltv`, within what the line has left.
///
/// Where the line is reached no idle cash is left, so that net debt is what was drawn.
[[nodiscard]] double debt_headroom(double assets, double drawn, double line_left, double ltv);

/// What must be sold, and repaid with, to bring debt / assets back to `ltv`: (D - ltv A) / (1 -
/// ltv), as both fall by the sale. 0 where it is there.
[[nodiscard]] double sale_to_restore(double assets, double debt, double ltv);

}  // namespace crowdout::agents
