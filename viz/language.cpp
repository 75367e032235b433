// SPDX-License-Identifier: Apache-2.0
#include "viz/language.hpp"

#include <fmt/format.h>

#include <array>

#include "studies/terms.hpp"

namespace crowdout::viz {
namespace {

struct Entry {
    Phrase phrase;
    std::array<std::string_view, language_count> words;  // as Language counts
};

/// A phrase whose words reports use too.
template <class Term>
constexpr Entry entry(Phrase phrase, Term term) {
    return {phrase, {word(term, Language::english), word(term, Language::chinese)}};
}

constexpr std::array entries{
    Entry{Phrase::key_pause, {"Pause or go on", "暂停 / 继续"}},
    Entry{Phrase::key_step_forward, {"One step forward", "前进一步"}},
    Entry{Phrase::key_step_back, {"One step back", "后退一步"}},
    Entry{Phrase::key_slower, {"Half as fast", "减速一半"}},
    Entry{Phrase::key_faster, {"Twice as fast", "加速一倍"}},
    Entry{Phrase::key_speed_one, {"Normal speed", "正常速度"}},
    Entry{Phrase::key_follow, {"Follow the newest, fit all", "跟随最新 / 显示全部"}},
    Entry{Phrase::key_help, {"This help", "显示帮助"}},
    Entry{Phrase::key_screenshot, {"Save a picture", "保存截图"}},
    Entry{Phrase::key_log, {"Show or hide the log", "显示 / 隐藏日志"}},
    Entry{Phrase::key_theme, {"Dark or light", "深色 / 浅色"}},
    Entry{Phrase::key_language, {"English or Chinese", "英文 / 中文"}},
    Entry{Phrase::key_clear, {"Close or deselect", "关闭 / 取消选择"}},
    Entry{Phrase::key_frame_left, {"One frame earlier", "上一帧"}},
    Entry{Phrase::key_frame_right, {"One frame later", "下一帧"}},
    Entry{Phrase::key_ten_left, {"Ten frames earlier", "往前十帧"}},
    Entry{Phrase::key_ten_right, {"Ten frames later", "往后十帧"}},
    Entry{Phrase::key_first, {"First frame", "第一帧"}},
    Entry{Phrase::key_last, {"Last frame", "最后一帧"}},
    Entry{Phrase::key_previous_event, {"Event before", "上一个事件"}},
    Entry{Phrase::key_next_event, {"Next event", "下一个事件"}},
    Entry{Phrase::key_go_to, {"Go to a typed moment", "跳到指定时刻"}},
    Entry{Phrase::key_loop, {"Loop: begin, end, off", "循环：起点 / 终点 / 关闭"}},
    Entry{Phrase::key_fork, {"Command for a what-if", "复制假设分析命令"}},
    Entry{Phrase::key_inject, {"Make a shock happen", "注入冲击"}},
    Entry{Phrase::key_quit, {"Quit", "退出"}},
    Entry{Phrase::button_follow, {"Follow", "跟随"}},
    Entry{Phrase::button_inject, {"Shock", "冲击"}},
    Entry{Phrase::status_live, {"live", "实时"}},
    Entry{Phrase::status_replay, {"replay", "回放"}},
    Entry{Phrase::status_recording, {"being recorded", "录制中"}},
    Entry{Phrase::status_finished, {"finished", "已结束"}},
    Entry{Phrase::status_failed, {"stopped by an error", "因错误停止"}},
    Entry{Phrase::status_paused, {"paused", "已暂停"}},
    Entry{Phrase::status_steps, {"step {}", "第 {} 步"}},
    Entry{Phrase::status_rate, {"{} steps/s", "每秒 {} 步"}},
    Entry{Phrase::status_behind, {"{} behind", "落后 {}"}},
    Entry{Phrase::status_fps, {"{} frames/s", "每秒 {} 帧"}},
    Entry{Phrase::inject_kind, {"What happens", "发生什么"}},
    Entry{Phrase::inject_now, {"Let it happen now", "立即发生"}},
    Entry{Phrase::inject_given, {"It happens in the next step: {}", "将在下一步发生：{}"}},
    Entry{Phrase::inject_refused, {"This world does not take it:", "此世界不接受："}},
    Entry{Phrase::inject_over,
          {"the run has ended, no step will come", "运行已结束，不再有下一步"}},
    Entry{Phrase::inject_optional, {"optional", "可选"}},
    Entry{Phrase::finder_hint, {"Look for somebody", "查找参与者"}},
    Entry{Phrase::go_to_hint, {"2026-03-01, or 30d from the start", "2026-03-01，或从起点算 30d"}},
    Entry{Phrase::go_to_refused, {"not a date or a span: {}", "不是日期或时长：{}"}},
    Entry{Phrase::loop_begins, {"The loop begins here", "循环从此开始"}},
    Entry{Phrase::loop_ends, {"The loop ends here", "循环到此结束"}},
    Entry{Phrase::loop_off, {"No loop", "循环已关闭"}},
    Entry{Phrase::fork_command, {"Copied: {}", "已复制：{}"}},
    Entry{Phrase::fork_none,
          {"A what-if needs a recording: watch without --no-record",
           "假设分析需要录像：请不要使用 --no-record"}},
    Entry{Phrase::view_overview, {"Overview", "总览"}},
    Entry{Phrase::view_flow, {"Capital flow", "资金流向"}},
    Entry{Phrase::view_markets, {"Markets", "市场"}},
    Entry{Phrase::view_book, {"Order book", "订单簿"}},
    Entry{Phrase::view_rates, {"Rates", "利率"}},
    Entry{Phrase::view_agents, {"Agents", "参与者"}},
    Entry{Phrase::panel_flow, {"Where capital goes", "资金去了哪里"}},
    Entry{Phrase::panel_prices, {"Prices", "价格"}},
    Entry{Phrase::panel_drawdowns, {"Below the peak", "距最高点跌幅"}},
    Entry{Phrase::panel_depth, {"Depth of the book", "订单簿深度"}},
    Entry{Phrase::panel_ladder, {"Bids and asks", "买卖盘"}},
    Entry{Phrase::panel_volume, {"Volume by cause", "按原因划分的成交额"}},
    Entry{Phrase::panel_rates, {"Rates and liquidity", "利率与流动性"}},
    Entry{Phrase::panel_log, {"Events", "事件"}},
    Entry{Phrase::panel_inspector, {"Selected", "所选对象"}},
    Entry{Phrase::help_title, {"Keys", "按键"}},
    Entry{
        Phrase::help_mouse,
        {"Wheel: zoom. Drag: pan. Double click: show all.", "滚轮缩放，拖动平移，双击显示全部。"}},
    Entry{Phrase::no_data, {"Nothing recorded yet", "尚无记录"}},
    Entry{Phrase::screenshot_saved, {"Picture saved: {}", "截图已保存：{}"}},
    Entry{Phrase::screenshot_failed, {"Picture not saved: {}", "截图未能保存：{}"}},
    entry(Phrase::cause_choice, market::Cause::choice),
    entry(Phrase::cause_rebalance, market::Cause::rebalance),
    entry(Phrase::cause_quote, market::Cause::quote),
    entry(Phrase::cause_arbitrage, market::Cause::arbitrage),
    entry(Phrase::cause_issuance, market::Cause::issuance),
    entry(Phrase::cause_capital_call, market::Cause::capital_call),
    entry(Phrase::cause_redemption, market::Cause::redemption),
    entry(Phrase::cause_margin_call, market::Cause::margin_call),
    entry(Phrase::cause_liquidation, market::Cause::liquidation),
    entry(Phrase::cause_deleveraging, market::Cause::deleveraging),
    entry(Phrase::cause_policy, market::Cause::policy),
    Entry{Phrase::flow_wages_and_goods, {"wages and goods", "工资与消费"}},
    Entry{Phrase::flow_taxes, {"taxes and benefits", "税收与福利"}},
    Entry{Phrase::flow_returns, {"interest and dividends", "利息与股息"}},
    Entry{Phrase::flow_capex, {"AI capex", "AI 资本开支"}},
    Entry{Phrase::flow_commerce, {"sales and exports", "销售与出口"}},
    Entry{Phrase::flow_losses, {"losses", "损失"}},
    Entry{Phrase::flow_trades, {"trades", "交易"}},
    Entry{Phrase::flow_credit, {"loans", "贷款"}},
    Entry{Phrase::flow_issuance, {"issuance", "发行"}},
    Entry{Phrase::flow_funds, {"fund flows", "基金申赎"}},
    Entry{Phrase::span_day, {"last day", "最近一天"}},
    Entry{Phrase::span_week, {"last week", "最近一周"}},
    Entry{Phrase::span_month, {"last 30 days", "最近三十天"}},
    Entry{Phrase::span_all, {"since the start", "自开始以来"}},
    entry(Phrase::class_crypto, studies::MarketClass::crypto),
    entry(Phrase::class_shares, studies::MarketClass::shares),
    entry(Phrase::class_funds, studies::MarketClass::funds),
    entry(Phrase::class_bonds, studies::MarketClass::bonds),
    Entry{Phrase::headline_capex, {"spent on AI capex so far", "累计 AI 资本开支"}},
    Entry{Phrase::headline_idle, {"idle cash; {} at first", "闲置现金，起初 {}"}},
    Entry{Phrase::headline_forced, {"sold because it had to be", "累计被迫卖出"}},
    Entry{Phrase::headline_crypto, {"left crypto for AI; value {}", "从加密资产流向 AI；市值 {}"}},
    Entry{Phrase::column_holders, {"Who has money", "资金持有者"}},
    Entry{Phrase::column_markets, {"Markets", "市场"}},
    Entry{Phrase::column_payers, {"Who pays for AI", "为 AI 出资者"}},
    Entry{Phrase::column_sink, {"AI capex", "AI 资本开支"}},
    Entry{Phrase::idle_cash, {"{} idle", "闲置 {}"}},
    Entry{Phrase::idle_dry, {"dry: no idle cash", "闲置现金枯竭"}},
    Entry{Phrase::idle_never, {"no idle cash", "无闲置现金"}},
    Entry{Phrase::flow_between, {"Makers and traders", "做市商与交易者"}},
    Entry{Phrase::flow_others, {"{} others", "其他 {} 个"}},
    Entry{Phrase::flow_to_ai, {"to AI: {}", "投向 AI：{}"}},
    Entry{Phrase::flow_thickness, {"= {}", "= {}（粗细）"}},
    Entry{Phrase::flow_other_payments, {"other payments", "其他款项"}},
    Entry{Phrase::capex_per_day, {"{} a day", "每天 {}"}},
    Entry{Phrase::sink_full, {"full at {}", "满格 {}"}},
    Entry{Phrase::funding_title, {"Paid for with", "资金来自"}},
    Entry{Phrase::funding_own_cash, {"own cash", "自有现金"}},
    Entry{Phrase::tip_idle, {"idle cash", "闲置现金"}},
    Entry{Phrase::tip_idle_peak, {"at its most", "最高时"}},
    Entry{Phrase::tip_value, {"market value", "市值"}},
    Entry{Phrase::tip_value_change, {"change", "变化"}},
    Entry{Phrase::tip_in, {"money in", "流入"}},
    Entry{Phrase::tip_out, {"money out", "流出"}},
    Entry{Phrase::rate_policy, {"policy", "政策利率"}},
    Entry{Phrase::rate_government, {"government", "国债收益率"}},
    Entry{Phrase::rate_credit, {"credit", "信用债收益率"}},
    Entry{Phrase::rate_premium, {"equity premium", "股权风险溢价"}},
    Entry{Phrase::rate_spread, {"credit spread", "信用利差"}},
    Entry{Phrase::past_plain, {"past", "历史"}},
    Entry{Phrase::past_rebased, {"past, from the run's price on", "历史，自运行价格起"}},
    Entry{Phrase::rate_risk, {"Price of risk", "风险溢价"}},
    Entry{Phrase::liquidity_idle, {"Idle capital", "闲置资本"}},
    Entry{Phrase::liquidity_gap, {"Funding gap", "融资缺口"}},
    Entry{Phrase::liquidity_demand, {"demand", "需求"}},
    Entry{Phrase::liquidity_saving, {"saving", "储蓄"}},
    Entry{Phrase::liquidity_credit, {"new credit", "新增信贷"}},
    Entry{Phrase::choice_all, {"all", "全部"}},
    Entry{Phrase::choice_linear, {"linear", "线性"}},
    Entry{Phrase::choice_log, {"log", "对数"}},
    Entry{Phrase::ladder_spread, {"spread {}", "价差 {}"}},
    Entry{Phrase::log_empty, {"Nothing has happened yet", "尚无事件"}},
    Entry{Phrase::event_shock, {"Shock: {}", "冲击：{}"}},
    Entry{Phrase::event_input, {"Injected shock {}", "注入冲击 {}"}},
    Entry{Phrase::event_halt, {"{} is halted", "{} 停牌"}},
    Entry{Phrase::event_outage, {"{} cannot be reached", "{} 无法连接"}},
    Entry{Phrase::event_resume, {"{} trades again", "{} 恢复交易"}},
    Entry{Phrase::event_forced_sale, {"Lenders sell for {}", "贷方强制卖出：{}"}},
    Entry{Phrase::event_write_off, {"Losses on {}", "{} 出现坏账"}},
    Entry{Phrase::event_capital_call, {"{} paid a capital call", "{} 缴付出资"}},
    Entry{Phrase::event_redemption, {"{} paid redemptions", "{} 支付赎回"}},
    Entry{Phrase::event_finer_steps, {"The clock runs finer ({})", "时钟变细（{}）"}},
    Entry{Phrase::event_coarser_steps, {"The clock runs coarser ({})", "时钟变粗（{}）"}},
    Entry{Phrase::inspect_nothing, {"Click a sector or a market", "点击部门或市场"}},
    Entry{Phrase::inspect_cash, {"Cash", "现金"}},
    Entry{Phrase::inspect_dollars, {"dollars", "美元"}},
    Entry{Phrase::inspect_debt, {"debt", "债务"}},
    Entry{Phrase::inspect_sheet, {"Owns and owes", "资产与负债"}},
    Entry{Phrase::inspect_received, {"Received since the start", "累计收入"}},
    Entry{Phrase::inspect_paid, {"Paid since the start", "累计支出"}},
    Entry{Phrase::inspect_bought, {"Bought, less sold", "净买入"}},
    Entry{Phrase::inspect_now, {"Now", "当前"}},
    Entry{Phrase::inspect_price, {"price", "价格"}},
    Entry{Phrase::inspect_value, {"analysts' value", "分析师估值"}},
    Entry{Phrase::inspect_premium, {"above value", "相对估值"}},
    Entry{Phrase::inspect_spread, {"spread", "价差"}},
    Entry{Phrase::inspect_bids, {"bids within 1%", "1% 内买盘"}},
    Entry{Phrase::inspect_asks, {"asks within 1%", "1% 内卖盘"}},
    Entry{Phrase::inspect_sigma, {"volatility a day", "日波动率"}},
    Entry{Phrase::inspect_volume, {"traded in this frame", "本帧成交额"}},
    Entry{Phrase::inspect_net, {"Net buyers and sellers", "净买卖方"}},
    Entry{Phrase::inspect_sold, {"Sold, by cause", "卖出原因"}},
    Entry{Phrase::inspect_accounts, {"Accounts", "账户"}},
    Entry{Phrase::inspect_executions, {"Largest trades of this frame", "本帧最大成交"}},
    Entry{Phrase::inspect_orders, {"Open orders", "挂单"}},
    Entry{Phrase::inspect_decisions, {"Last decisions", "最近决策"}},
    Entry{Phrase::inspect_buys, {"buys", "买入"}},
    Entry{Phrase::inspect_sells, {"sells", "卖出"}},
    Entry{Phrase::poster_run, {"seed and frame: {}", "种子与帧：{}"}},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (static_cast<std::size_t>(entries[i].phrase) != i) return false;
    }
    return entries.size() == phrase_count;
}
static_assert(in_order(), "a line for each phrase, in the order of the enumeration");

}  // namespace

std::string_view text(Phrase phrase, Language language) {
    return entries[static_cast<std::size_t>(phrase)].words[static_cast<std::size_t>(language)];
}

std::string text(Phrase phrase, Language language, std::string_view value) {
    return fmt::format(fmt::runtime(text(phrase, language)), value);
}

}  // namespace crowdout::viz
