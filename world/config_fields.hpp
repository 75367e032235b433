// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/names.hpp"
#include "world/config.hpp"
#include "world/instrument_fields.hpp"

// The one list of fields of a world file: the reader, the printer, the JSON Schema, the overrides
// and the manual are all visitors of it.

namespace crowdout::world {

template <class Visitor>
void SectorConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What populations and institutions call it.",
           .help_zh = "群体与机构引用的名称。",
           .required = true});
    field("label", label, {.help = "What people read.", .help_zh = "显示名称。"});
    field("label_zh", label_zh, {.help = "The same in Chinese.", .help_zh = "中文显示名称。"});
    field("idle_floor", idle_floor,
          {.help = "Share of opening cash that is needed; what is above counts as idle capital. "
                   "Without it the sector's cash never counts. For measurement only.",
           .help_zh = "期初现金中必须保留的比例，超出部分计为闲置资本；不写则该部门的现金从不计入。"
                      "仅用于度量。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("role", role,
          {.help = "Its part in the funding gap; for measurement only.",
           .help_zh = "在资金缺口中的角色，仅用于度量。"});
    field("is_intermediary", is_intermediary,
          {.help = "Whether it holds for the sake of trading; for measurement only.",
           .help_zh = "是否为交易而持有（做市、短线），仅用于度量。"});
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
          {.help = "How many people or firms stand behind each: told to readers, read by no rule.",
           .help_zh = "每个主体代表的人数或公司数；仅供阅读，不影响行为。",
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
    field("policy_series", policy_series,
          {.help = "A series of the past that the target follows, instead of `policy`.",
           .help_zh = "政策利率所遵循的历史序列，取代 policy。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 1,
           .refers_to = Reference::data_series});
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
void RecordConfig::visit(Visitor& field) {
    field("every", every,
          {.help = "Time between frames, from the start on; 0 for one at every step.",
           .help_zh = "两帧之间的时间，从开始时间算起；0 表示每步一帧。",
           .unit = Dimension::duration,
           .min = 0});
    field("ladders", ladders,
          {.help = "Time between pictures of all order books.",
           .help_zh = "记录全部订单簿深度的间隔。",
           .unit = Dimension::duration,
           .min = 0});
    field("balances", balances,
          {.help = "Time between the sectors' balance sheets.",
           .help_zh = "记录各部门资产负债表的间隔。",
           .unit = Dimension::duration,
           .min = 0});
    field("levels", levels,
          {.help = "Rungs of a ladder on each side.",
           .help_zh = "订单簿每侧记录的档数。",
           .min = 1,
           .max = 1000});
    field("rung", rung,
          {.help = "Height of a rung as a share of the price; at least one tick.",
           .help_zh = "每档的高度（占价格的比例），至少一个最小变动价位。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.1});
    field("books", books,
          {.help = "Instruments whose books are kept tick by tick, with every fill.",
           .help_zh = "逐价位、逐笔记录的工具。",
           .refers_to = Reference::instrument});
    field(
        "accounts", accounts,
        {.help = "Populations (their first member) whose balances, orders and decisions are kept.",
         .help_zh = "记录余额、订单与决策的群体（取其第一个成员）。",
         .refers_to = Reference::population});
}

template <class Visitor>
// NOLINTNEXTLINE(readability-function-size): a table
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
    field("data", data,
          {.help = "Figures of the past, from tables: to follow, to measure, to draw.",
           .help_zh = "来自表格的历史数据：用作输入、度量或绘图。",
           .declares = Reference::data_series});
    field("tapes", tapes,
          {.help = "Recorded orders, from tables, for a tape_trader to send again.",
           .help_zh = "来自表格的订单记录，由 tape_trader 重放。",
           .declares = Reference::tape});
    field("record", record,
          {.help = "What a recording keeps; the run does not depend on it.",
           .help_zh = "录制内容；不影响运行结果。"});
    field("sources", sources,
          {.help = "Sectors whose dollars are traced to AI capital spending.",
           .help_zh = "追踪其资金流向人工智能资本开支的部门。",
           .refers_to = Reference::sector});
    field("counterfactuals", counterfactuals,
          {.help = "Other runs of the same luck, for claims to compare with.",
           .help_zh = "相同随机数下的其他运行，供论断比较。",
           .declares = Reference::counterfactual});
    field("claims", claims,
          {.help = "What the world says it will show; the run does not depend on it.",
           .help_zh = "本世界声称会出现的结果；不影响运行。"});
}

}  // namespace crowdout::world
