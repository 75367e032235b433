// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/names.hpp"
#include "world/config.hpp"

// The one list of fields of a world file: the reader, the printer, the JSON Schema, the overrides
// and the manual are all visitors of it.

namespace crowdout::world {

using agents::Dimension;
using agents::Reference;

template <class Visitor>
void SectorConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What populations and institutions call it.",
           .help_zh = "群体与机构引用的名称。",
           .required = true});
    field("label", label, {.help = "What people read.", .help_zh = "显示名称。"});
    field("label_zh", label_zh, {.help = "The same in Chinese.", .help_zh = "中文显示名称。"});
    field("idle_floor", idle_floor,
          {.help = "Share of opening cash that is needed, not idle; for measurement only.",
           .help_zh = "期初现金中必须保留（不算闲置）的比例，仅用于度量。",
           .unit = Dimension::ratio,
           .min = 0});
    field("role", role,
          {.help = "Its part in the funding gap; for measurement only.",
           .help_zh = "在资金缺口中的角色，仅用于度量。"});
    field("is_intermediary", is_intermediary,
          {.help = "Whether it holds for the sake of trading; for measurement only.",
           .help_zh = "是否为交易而持有（做市、短线），仅用于度量。"});
}

template <class Visitor>
void VenueConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What instruments call it.", .help_zh = "工具引用的名称。", .required = true});
    field("operated_by", operated_by,
          {.help = "Who receives its fees.",
           .help_zh = "收取手续费的机构。",
           .required = true,
           .refers_to = Reference::institution});
    field("maker_fee", maker_fee,
          {.help = "Fee of the resting side, of notional.",
           .help_zh = "挂单方手续费率。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.05});
    field("taker_fee", taker_fee,
          {.help = "Fee of the side that takes, of notional.",
           .help_zh = "吃单方手续费率。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.05});
    field("price_band", price_band,
          {.help = "How far from the reference a trade may be before trading halts; 0: no band.",
           .help_zh = "成交价偏离参考价多少即停牌；0 为无限制。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.9});
    field("band_window", band_window,
          {.help = "How long a reference price is kept.",
           .help_zh = "参考价的保持时间。",
           .unit = Dimension::duration,
           .positive = true});
    field("halt", halt,
          {.help = "How long a halt lasts; an auction ends it.",
           .help_zh = "停牌时长，结束时集合竞价。",
           .unit = Dimension::duration,
           .positive = true});
}

template <class Visitor>
void BondConfig::visit(Visitor& field) {
    field("coupon", coupon,
          {.help = "Coupon a year, half of it every six months.",
           .help_zh = "年票息，每半年支付一半。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 0.3});
    field("years", years,
          {.help = "Years from the opening to maturity.",
           .help_zh = "自开始至到期的年数。",
           .max = 50,
           .positive = true});
}

template <class Visitor>
void EtfConfig::visit(Visitor& field) {
    field("holds", holds,
          {.help = "What is in custody behind one share at the opening, in wholes.",
           .help_zh = "期初每份背后托管的各工具数量。",
           .unit = Dimension::quantity,
           .required = true,
           .positive = true,
           .refers_to = Reference::instrument,
           .items_min = 1});
    field("sponsor", sponsor,
          {.help = "Who receives the fee.",
           .help_zh = "收取管理费的机构。",
           .required = true,
           .refers_to = Reference::institution});
    field("basket", basket,
          {.help = "Shares that are created or redeemed at once.",
           .help_zh = "每次申购或赎回的份额数。",
           .unit = Dimension::quantity,
           .positive = true});
    field("fee", fee,
          {.help = "Fee a year; it lowers what is behind a share.",
           .help_zh = "年管理费，降低每份背后的资产。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 0.1});
}

template <class Visitor>
void InstrumentConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What everybody calls it.",
           .help_zh = "名称。",
           .required = true,
           .declares = Reference::instrument | Reference::asset});
    field("kind", kind, {.help = "What is owned.", .help_zh = "资产类别。", .required = true});
    field("session", session, {.help = "When its book is open.", .help_zh = "交易时段。"});
    field("venue", venue,
          {.help = "Where it trades.",
           .help_zh = "交易场所。",
           .required = true,
           .refers_to = Reference::venue});
    field("price", price,
          {.help = "Opening price of a whole coin or share, or of $100 face.",
           .help_zh = "期初价格（每枚、每股，或每 100 美元面值）。",
           .unit = Dimension::price,
           .required = true,
           .positive = true});
    field("tick", tick,
          {.help = "Smallest difference of prices.",
           .help_zh = "最小价格变动。",
           .unit = Dimension::price,
           .positive = true});
    field("lot", lot,
          {.help = "Smallest quantity that trades.",
           .help_zh = "最小交易数量。",
           .unit = Dimension::quantity,
           .positive = true});
    field("unit", unit,
          {.help = "Smallest quantity that the ledger keeps; the lot is a multiple of it.",
           .help_zh = "账本的最小数量单位，交易手数为其整数倍。",
           .unit = Dimension::quantity,
           .positive = true});
    field("supply", supply,
          {.help = "Wholes outstanding at the opening.",
           .help_zh = "期初流通总量。",
           .unit = Dimension::quantity,
           .required = true,
           .positive = true});
    field("issuer", issuer,
          {.help = "Who owes it, or whose it is: an institution or a population of one.",
           .help_zh = "发行人。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("issued_by", issued_by,
          {.help = "Populations that may make more of it, and take some back.",
           .help_zh = "可以增发或回购的群体。",
           .refers_to = Reference::population});
    field("rest_with", rest_with,
          {.help = "The institution that holds what nobody else is given.",
           .help_zh = "持有其余流通量的机构。",
           .required = true,
           .refers_to = Reference::institution});
    field("sigma_daily", sigma_daily,
          {.help = "Opening estimate of volatility per day of open time.",
           .help_zh = "期初日波动率估计。",
           .unit = Dimension::ratio,
           .max = 1,
           .positive = true});
    field("volume_daily", volume_daily,
          {.help = "Opening estimate of daily volume.",
           .help_zh = "期初日成交额估计。",
           .unit = Dimension::money,
           .required = true,
           .positive = true});
    field("value_sigma", value_sigma,
          {.help = "How far opinions about its value differ (log standard deviation).",
           .help_zh = "对其价值看法的分歧（对数标准差）。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 3});
    field("news_sigma", news_sigma,
          {.help = "Standard deviation of the yearly revision of its value.",
           .help_zh = "每年价值修正的标准差。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 3});
    field("dividend_yield", dividend_yield,
          {.help = "Dividends a year, of the price, paid by the issuer every quarter.",
           .help_zh = "年股息率，由发行人按季支付。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 0.5});
    field("mint_to", mint_to,
          {.help = "Who receives newly made wholes every day: a coin's miners.",
           .help_zh = "每日新增量的接收群体，例如矿工。",
           .refers_to = Reference::population});
    field("mint_per_day", mint_per_day,
          {.help = "Wholes newly made every day.",
           .help_zh = "每日新增数量。",
           .unit = Dimension::quantity,
           .min = 0});
    field("valuation", valuation,
          {.help = "What analysts make of its value.", .help_zh = "分析师的估值方法。"});
    field("bond", bond, {.help = "Terms of a bond.", .help_zh = "债券条款。"});
    field("etf", etf, {.help = "Terms of a fund share.", .help_zh = "基金份额条款。"});
}

template <class Visitor>
void AssetConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What holdings call it.",
           .help_zh = "持仓引用的名称。",
           .required = true,
           .declares = Reference::asset});
    field("unit", unit,
          {.help = "Smallest quantity that the ledger keeps.",
           .help_zh = "账本的最小数量单位。",
           .unit = Dimension::quantity,
           .positive = true});
    field("price", price,
          {.help = "Opening worth of one.",
           .help_zh = "期初单价。",
           .unit = Dimension::price,
           .positive = true});
    field("issuer", issuer,
          {.help = "Who owes it: an institution or a population.",
           .help_zh = "发行人：机构或群体。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("is_fund", is_fund,
          {.help = "Whether the issuing population's net assets back it, and it can be redeemed.",
           .help_zh = "是否以发行群体的净资产支持并可赎回。"});
}

template <class Visitor>
void InstitutionConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What the rest of the file calls it.",
           .help_zh = "名称。",
           .required = true,
           .declares = Reference::institution});
    field("sector", sector,
          {.help = "The sector it belongs to.",
           .help_zh = "所属部门。",
           .required = true,
           .refers_to = Reference::sector});
    field("owns", owns,
          {.help = "What it holds at the opening, in dollars' worth; USD is deposits.",
           .help_zh = "期初持仓的美元价值；USD 为存款。",
           .unit = Dimension::money,
           .min = 0,
           .refers_to = Reference::asset});
}

template <class Visitor>
void CreditConfig::visit(Visitor& field) {
    field("lender", lender,
          {.help = "Who lends.",
           .help_zh = "贷款人。",
           .required = true,
           .refers_to = Reference::institution});
    field("limit", limit,
          {.help = "Most that all members together may owe.",
           .help_zh = "全体成员的信贷额度。",
           .unit = Dimension::money,
           .min = 0,
           .required = true});
    field("drawn", drawn,
          {.help = "What they owe at the opening.",
           .help_zh = "期初已用额度。",
           .unit = Dimension::money,
           .min = 0});
    field("spread", spread,
          {.help = "Interest over the policy rate.",
           .help_zh = "相对政策利率的利差。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 0.5});
    field("loan_to_value", loan_to_value,
          {.help = "Debt over assets from which the lender sells.",
           .help_zh = "贷款人开始强制卖出的负债资产比。",
           .unit = Dimension::ratio,
           .min = 0.01,
           .max = 1});
}

template <class Visitor>
void PopulationConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What the rest of the file calls it; its luck hangs on it.",
           .help_zh = "名称；随机数流由它决定。",
           .required = true,
           .declares = Reference::population});
    field("sector", sector,
          {.help = "The sector it belongs to.",
           .help_zh = "所属部门。",
           .required = true,
           .refers_to = Reference::sector});
    field("count", count,
          {.help = "How many agents.", .help_zh = "主体数量。", .min = 1, .max = 2'000'000});
    field("represents", represents,
          {.help = "How many people or firms stand behind each.",
           .help_zh = "每个主体代表的人数或公司数。",
           .min = 1});
    field("archetype", archetype,
          {.help = "How they behave.", .help_zh = "行为类型。", .required = true});
    field("latency", latency,
          {.help = "Median time from a decision to the book.",
           .help_zh = "从决策到订单簿的中位时延。",
           .unit = Dimension::duration,
           .min = 0});
    field("owns", owns,
          {.help = "What all members together hold at the opening, in dollars' worth.",
           .help_zh = "全体成员期初持仓的美元价值。",
           .unit = Dimension::money,
           .min = 0,
           .refers_to = Reference::asset});
    field("wealth", wealth,
          {.help = "Each member's share of the holdings is proportional to a draw from this.",
           .help_zh = "每个成员的份额与此分布的抽样成正比。",
           .min = 0});
    field("trades", trades,
          {.help = "What else its accounts may come to hold.",
           .help_zh = "账户还可以持有的资产。",
           .refers_to = Reference::asset});
    field("credit", credit, {.help = "A credit line.", .help_zh = "信贷额度。"});
}

template <class Visitor>
void ShockConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What the event log calls it.",
           .help_zh = "事件名称。",
           .required = true,
           .declares = Reference::shock});
    field("at", at, {.help = "When it happens.", .help_zh = "发生时间。", .required = true});
    field("kind", kind,
          {.help = "What happens: a fact, never a price.",
           .help_zh = "发生的事实，而不是价格。",
           .required = true});
}

template <class Visitor>
void RatesConfig::visit(Visitor& field) {
    field("policy", policy,
          {.help = "The central bank's target a year.",
           .help_zh = "政策利率。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 1});
    field("government", government,
          {.help = "The bond whose yield is the government's; constant without one.",
           .help_zh = "作为国债收益率来源的债券。",
           .refers_to = Reference::instrument});
    field("credit", credit,
          {.help = "The bond whose yield is that of investment grade.",
           .help_zh = "作为投资级收益率来源的债券。",
           .refers_to = Reference::instrument});
    field("equity_premium", equity_premium,
          {.help = "The premium for which equities are held.", .help_zh = "股权风险溢价。"});
    field("equity_market", equity_market,
          {.help = "The instrument whose volatility moves the premium.",
           .help_zh = "其波动率影响溢价的工具。",
           .refers_to = Reference::instrument});
}

template <class Visitor>
void RefineConfig::visit(Visitor& field) {
    field("forced_share", forced_share,
          {.help = "Share of a step's volume sold by force that asks for finer steps.",
           .help_zh = "强制卖出占成交额的比例，达到即细化步长。",
           .unit = Dimension::ratio,
           .min = 0});
    field("volatility", volatility,
          {.help = "Fast over usual volatility that asks for finer steps.",
           .help_zh = "短期与平常波动率之比，达到即细化步长。",
           .min = 1});
    field("calm", calm,
          {.help = "How long nothing may ask before steps grow again.",
           .help_zh = "步长恢复前需要的平静时间。",
           .unit = Dimension::duration,
           .positive = true});
    field("shock_window", shock_window,
          {.help = "How long before and after a shock steps are finest.",
           .help_zh = "冲击前后使用最细步长的时间。",
           .unit = Dimension::duration,
           .min = 0});
}

template <class Visitor>
void WorldConfig::visit(Visitor& field) {
    field("name", name, {.help = "Of the world.", .help_zh = "世界名称。", .required = true});
    field("description", description, {.help = "What it is about.", .help_zh = "说明（英文）。"});
    field("description_zh", description_zh,
          {.help = "The same in Chinese.", .help_zh = "说明（中文）。"});
    field("seed", seed, {.help = "Of all random draws.", .help_zh = "随机种子。", .min = 0});
    field("start", start, {.help = "First moment.", .help_zh = "开始时间。", .required = true});
    field("duration", duration,
          {.help = "How long it runs.",
           .help_zh = "持续时间。",
           .unit = Dimension::duration,
           .positive = true});
    field("steps", steps,
          {.help = "Lengths of a step, coarsest first.",
           .help_zh = "步长，由粗到细。",
           .unit = Dimension::duration,
           .positive = true,
           .items_min = 1});
    field("refine", refine, {.help = "When steps get finer.", .help_zh = "何时细化步长。"});
    field("rates", rates, {.help = "Where rates are read.", .help_zh = "利率来源。"});
    field("bank", bank,
          {.help = "The institution that owes all deposits.",
           .help_zh = "承担全部存款的银行。",
           .required = true,
           .refers_to = Reference::institution});
    field("sectors", sectors,
          {.help = "Groups of accounts.",
           .help_zh = "部门。",
           .declares = Reference::sector,
           .items_min = 1});
    field("venues", venues,
          {.help = "Where things trade.",
           .help_zh = "交易场所。",
           .declares = Reference::venue,
           .items_min = 1});
    field("instruments", instruments,
          {.help = "What trades, a book each.",
           .help_zh = "交易工具，各有一个订单簿。",
           .declares = Reference::instrument | Reference::asset,
           .items_min = 1});
    field("assets", assets,
          {.help = "What is owned but has no book.",
           .help_zh = "没有订单簿的资产。",
           .declares = Reference::asset});
    field("institutions", institutions,
          {.help = "Single accounts that do not decide.",
           .help_zh = "不做决策的单一账户。",
           .declares = Reference::institution,
           .items_min = 1});
    field("populations", populations,
          {.help = "Agents.", .help_zh = "主体群体。", .declares = Reference::population});
    field("payments", payments,
          {.help = "What is paid again and again: wages, taxes, sales.",
           .help_zh = "经常性支付：工资、税收、销售等。"});
    field("shocks", shocks,
          {.help = "Facts that become known, or things that fail, at a date.",
           .help_zh = "在某一时刻公布的事实或发生的故障。",
           .declares = Reference::shock});
    field("sources", sources,
          {.help = "Sectors whose dollars are traced to the sinks.",
           .help_zh = "追踪其资金去向的部门。",
           .refers_to = Reference::sector});
    field("sinks", sinks,
          {.help = "Sectors that receive AI capital spending.",
           .help_zh = "接收人工智能资本开支的部门。",
           .refers_to = Reference::sector});
}

}  // namespace crowdout::world
