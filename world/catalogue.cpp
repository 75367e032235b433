// SPDX-License-Identifier: Apache-2.0
#include "world/catalogue.hpp"

#include <array>
#include <cassert>

#include "agents/ai_lab.hpp"
#include "agents/arbitrageur.hpp"
#include "agents/chartist.hpp"
#include "agents/corporate_treasury.hpp"
#include "agents/etf_participant.hpp"
#include "agents/execution_trader.hpp"
#include "agents/holding_company.hpp"
#include "agents/hyperscaler.hpp"
#include "agents/long_term_holder.hpp"
#include "agents/market_maker.hpp"
#include "agents/miner.hpp"
#include "agents/patient_investor.hpp"
#include "agents/pension.hpp"
#include "agents/retail_trader.hpp"
#include "agents/sovereign_fund.hpp"
#include "agents/tape_trader.hpp"
#include "agents/trend_fund.hpp"
#include "agents/value_fund.hpp"
#include "agents/zero_intelligence.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

namespace {

using Make = std::unique_ptr<agents::PopulationBase> (*)(const VariantValue& chosen,
                                                         std::uint32_t count,
                                                         const agents::Names& names);

/// An archetype as a world file sees it, and how a population of it is made.
struct ArchetypeEntry {
    CatalogueEntry entry;
    Make make = nullptr;
};

template <class A>
ArchetypeEntry archetype(const char* help, const char* help_zh) {
    static_assert(agents::Archetype<A>);
    return {{A::name, help, help_zh, type_of<typename A::Params>()},
            [](const VariantValue& chosen, std::uint32_t count,
               const agents::Names& names) -> std::unique_ptr<agents::PopulationBase> {
                auto params = *static_cast<const typename A::Params*>(chosen.params.get());
                A::bind(params, names);
                return std::make_unique<agents::Population<A>>(std::move(params), count);
            }};
}

template <class Params>
CatalogueEntry described(std::string_view tag, const char* help, const char* help_zh) {
    return {tag, help, help_zh, type_of<Params>()};
}

/// Everything that can be a population: a line each.
const auto& archetype_entries() {
    static const std::array entries{
        archetype<agents::ZeroIntelligence>("Orders without a thought behind them.",
                                            "零智能随机订单流。"),
        archetype<agents::Chartist>("Weighs value, trend and noise.",
                                    "基本面、趋势与噪声混合型交易者。"),
        archetype<agents::RetailTrader>("Buys what draws attention, holds, panics.",
                                        "散户：追逐关注、持有、恐慌卖出。"),
        archetype<agents::MarketMaker>("Quotes both sides and leaves under stress.",
                                       "做市商：双边报价，压力下撤单。"),
        archetype<agents::PatientInvestor>("Latent liquidity at reservation prices.",
                                           "以保留价格提供潜在流动性的耐心投资者。"),
        archetype<agents::ExecutionTrader>("Works large orders piece by piece.",
                                           "将大单拆分执行的交易者。"),
        archetype<agents::TrendFund>("Follows trends at constant risk.",
                                     "以恒定风险跟随趋势的基金。"),
        archetype<agents::ValueFund>("Borrows to buy what is cheap; its investors follow results.",
                                     "杠杆价值基金：借钱买入低估资产，资金随业绩进出。"),
        archetype<agents::Arbitrageur>("Closes gaps between two prices of one thing.",
                                       "套利者：消除同一资产两个价格之间的差距。"),
        archetype<agents::EtfParticipant>("Creates and redeems fund shares in kind.",
                                          "授权参与者：以实物申购与赎回基金份额。"),
        archetype<agents::Pension>("Keeps target weights that tilt with expected return.",
                                   "按目标权重配置并随预期收益倾斜的机构。"),
        archetype<agents::SovereignFund>("Meets capital calls: cash, lines, then sales.",
                                         "主权基金：以现金、信贷、卖出资产应对出资要求。"),
        archetype<agents::HoldingCompany>("The same, leveraged and concentrated.",
                                          "控股公司：同上，集中且带杠杆。"),
        archetype<agents::Hyperscaler>("Builds data centres: cash, notes, bonds, then cuts.",
                                       "超大规模云厂商：依次以现金、国债、发债支付资本开支。"),
        archetype<agents::AiLab>("Has promised compute; calls capital when cash runs short.",
                                 "人工智能实验室：承诺算力，现金不足时催缴资本。"),
        archetype<agents::CorporateTreasury>("Receives capex, passes most on, reinvests the rest.",
                                             "企业财务部：收取资本开支，转付大部分并再投资其余。"),
        archetype<agents::Miner>("Sells new coins for what energy costs.",
                                 "矿工：出售新币以支付能源成本。"),
        archetype<agents::LongTermHolder>("Takes profits above, bids deep below.",
                                          "长期持有者：高位获利了结，深处挂买单。"),
        archetype<agents::TapeTrader>("Sends the orders of a recorded tape again.",
                                      "重放所记录的订单带。"),
    };
    return entries;
}

}  // namespace

Catalogue archetypes() {
    static const auto entries = [] {
        std::array<CatalogueEntry,
                   std::tuple_size_v<std::remove_cvref_t<decltype(archetype_entries())>>>
            list;
        for (std::size_t i = 0; i < list.size(); ++i) list[i] = archetype_entries()[i].entry;
        return list;
    }();
    return entries;
}

Catalogue valuations() {
    static const std::array entries{
        described<CashFlowTerms>("cash_flow", "A firm: discounted cash flow.",
                                 "公司：现金流贴现。"),
        described<PremiumTerms>("premium", "No cash flow: discounting of a distant one.",
                                "无现金流：对远期价值的贴现。"),
        described<MemoryTerms>("memory", "No anchor but the memory of past prices.",
                               "仅以历史价格为锚。"),
        described<ParTerms>("par", "Worth its opening price.", "价值等于期初价格。"),
        described<NoValuation>("none", "Nobody has an opinion.", "没有估值。"),
    };
    return entries;
}

Catalogue shocks() {
    static const std::array entries{
        described<ReportShock>("report", "A firm reports or guides.", "公司发布业绩或指引。"),
        described<OutageShock>("outage", "A venue stops serving.", "交易场所中断服务。"),
        described<PolicyRateShock>("policy_rate", "The central bank sets its target.",
                                   "央行调整政策利率。"),
        described<TransferShock>("transfer", "One account pays another, once.", "一次性转账。"),
    };
    return entries;
}

std::unique_ptr<agents::PopulationBase> make_population(const VariantValue& chosen,
                                                        std::uint32_t count,
                                                        const agents::Names& names) {
    for (const ArchetypeEntry& candidate : archetype_entries()) {
        if (candidate.entry.params == chosen.entry->params) {
            return candidate.make(chosen, count, names);
        }
    }
    assert(false && "the loader accepts only what is in the catalogue");
    return nullptr;
}

}  // namespace crowdout::world
