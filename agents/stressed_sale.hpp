// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "agents/field.hpp"

namespace crowdout::agents {

/// What a fund in need sells first. Source: Scholes (2000), Boyson, Stahel, Stulz (2010) for the
/// observation that it is often not what has fallen; the orders are our choice (mechanisms 3.5).
enum class SaleMode : std::uint8_t {
    liquidity_first,   ///< what costs least to sell
    margin_efficient,  ///< what frees most margin per dollar of cost
    conviction,        ///< what it believes in least
    pro_rata,          ///< the same fraction of everything
};
inline constexpr std::array<std::string_view, 4> sale_mode_names{
    "liquidity_first", "margin_efficient", "conviction", "pro_rata"};
[[nodiscard]] constexpr EnumNames enum_names(SaleMode) {
    return {sale_mode_names.data(), sale_mode_names.size()};
}

/// One holding that could be sold.
struct SaleCandidate {
    double usd = 0;          ///< held, at mid
    double capacity = 0;     ///< USD that may be sold today: participation x volume
    double sigma = 0;        ///< per day
    double volume = 0;       ///< USD a day
    double half_spread = 0;  ///< fraction
    double conviction = 0;   ///< higher is kept longer

    /// Cost per dollar of selling q dollars: Y sigma sqrt(q / V) + half spread, Y = 1
    /// (mechanisms 1.2).
    [[nodiscard]] double cost(double q) const;
    /// Margin that a lender asks: 2.33 sigma sqrt(5), the 99 % move of five days
    /// (Brunnermeier, Pedersen 2009; mechanisms 3.3, 10.4).
    [[nodiscard]] double margin() const;
};

inline constexpr std::size_t sale_candidates_max = 8;
using SalePlan = std::array<double, sale_candidates_max>;

/// Dollars to sell of each candidate, within its holding and its capacity, until `need` is met or
/// nothing is left; what is unmet waits for tomorrow. Equal ranks go by index.
[[nodiscard]] SalePlan plan_sale(std::span<const SaleCandidate> candidates, SaleMode mode,
                                 double need);

}  // namespace crowdout::agents
