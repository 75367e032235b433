// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "market/instrument.hpp"
#include "market/order.hpp"
#include "market/posting.hpp"
#include "studies/language.hpp"

/// Names that the window and reports give to what the market's code names in code.
namespace crowdout::studies {

/// By market::Cause.
inline constexpr std::array<Words, market::cause_count> cause_words{{
    {{"own choice", "自主决定"}},
    {{"rebalancing", "再平衡"}},
    {{"market making", "做市"}},
    {{"arbitrage", "套利"}},
    {{"issuance", "发行"}},
    {{"capital call", "出资催缴"}},
    {{"redemption", "赎回"}},
    {{"margin call", "追加保证金"}},
    {{"liquidation", "强制平仓"}},
    {{"deleveraging", "自动减仓"}},
    {{"policy", "政策"}},
}};

/// By market::Reason: what a payment was for.
inline constexpr std::array<Words, market::reason_count> reason_words{{
    {{"wages", "工资"}},
    {{"consumption", "消费"}},
    {{"sales to firms", "企业间销售"}},
    {{"taxes", "税收"}},
    {{"benefits", "福利"}},
    {{"dividends", "股息"}},
    {{"interest", "利息"}},
    {{"coupons", "票息"}},
    {{"exports", "出口"}},
    {{"AI capex", "AI 资本开支"}},
    {{"mining", "挖矿"}},
    {{"fees", "手续费"}},
    {{"write-offs", "坏账核销"}},
    {{"opening balances", "期初余额"}},
    {{"trades", "交易"}},
    {{"loans", "贷款"}},
    {{"issuance", "发行"}},
    {{"capital calls", "出资催缴"}},
    {{"redemptions", "赎回"}},
    {{"subscriptions", "申购"}},
    {{"fund baskets", "ETF 申赎篮子"}},
    {{"stablecoin minting", "稳定币铸造"}},
    {{"escrow", "挂单占用"}},
}};

/// Kinds of markets, in the order in which they are shown.
enum class MarketClass : std::uint8_t { crypto, shares, funds, bonds };
inline constexpr std::size_t market_class_count = 4;
inline constexpr std::array<Words, market_class_count> market_class_words{{
    {{"crypto", "加密资产"}},
    {{"shares", "股票"}},
    {{"listed funds", "上市基金"}},
    {{"bonds", "债券"}},
}};

[[nodiscard]] constexpr MarketClass class_of(market::InstrumentKind kind) {
    switch (kind) {
        case market::InstrumentKind::coin:
        case market::InstrumentKind::stablecoin:
            return MarketClass::crypto;
        case market::InstrumentKind::share:
            return MarketClass::shares;
        case market::InstrumentKind::etf_share:
            return MarketClass::funds;
        case market::InstrumentKind::bond:
            break;
    }
    return MarketClass::bonds;
}

[[nodiscard]] constexpr std::string_view word(market::Cause cause, Language language) {
    return cause_words[static_cast<std::size_t>(cause)][language];
}
[[nodiscard]] constexpr std::string_view word(market::Reason reason, Language language) {
    return reason_words[static_cast<std::size_t>(reason)][language];
}
[[nodiscard]] constexpr std::string_view word(MarketClass kind, Language language) {
    return market_class_words[static_cast<std::size_t>(kind)][language];
}

}  // namespace crowdout::studies
