// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/names.hpp"
#include "world/config.hpp"

// Fields of what can be owned and where it trades; a part of the list in config_fields.hpp.

namespace crowdout::world {

using agents::Dimension;
using agents::Reference;

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
           .min = 1});
    field("halt", halt,
          {.help = "How long a halt lasts; an auction ends it.",
           .help_zh = "停牌时长，结束时集合竞价。",
           .unit = Dimension::duration,
           .positive = true});
    field("messages_max", messages_max,
          {.help = "Orders and replacements of one account that are taken in `messages_window`; 0: "
                   "no limit. Cancels always are.",
           .help_zh = "单一账户在 messages_window 内可提交的订单数，0 为无限制；撤单不受限。",
           .min = 0,
           .max = 4e9});
    field("messages_window", messages_window,
          {.help = "The window of `messages_max`.",
           .help_zh = "messages_max 的时间窗口。",
           .unit = Dimension::duration,
           .positive = true});
    field(
        "quote_fills_max", quote_fills_max,
        {.help = "Fills within a step after which a maker's quotes are withdrawn for it; 0: never.",
         .help_zh = "同一步内做市报价成交达到该次数即由场所代为撤单，0 为不启用。",
         .min = 0,
         .max = 4e9});
    field("quote_move", quote_move,
          {.help = "Move of the price within a step that does the same; 0: none.",
           .help_zh = "同一步内价格变动达到该幅度时同样撤单，0 为不启用。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
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
// NOLINTNEXTLINE(readability-function-size): a table
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

}  // namespace crowdout::world
