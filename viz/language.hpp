// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "studies/language.hpp"

namespace crowdout::viz {

using studies::Language;
using studies::language_count;
using studies::other;

/// What the window says of its own: one enumerator for each label, button and sentence.
///
/// Names that a world file gives (markets, populations) are not phrases: they are shown as they
/// stand. A new phrase is an enumerator here and a line in `language.cpp`, in the same order.
enum class Phrase : std::uint16_t {
    // keys
    key_pause,
    key_step_forward,
    key_step_back,
    key_slower,
    key_faster,
    key_speed_one,
    key_follow,
    key_help,
    key_screenshot,
    key_log,
    key_theme,
    key_language,
    key_clear,
    key_frame_left,
    key_frame_right,
    key_ten_left,
    key_ten_right,
    key_first,
    key_last,
    key_previous_event,
    key_next_event,
    key_inject,
    key_quit,
    // buttons and the line of figures at the bottom
    button_follow,
    button_inject,
    status_live,
    status_replay,
    status_recording,
    status_finished,
    status_failed,
    status_paused,
    status_steps,
    status_rate,
    status_behind,
    status_fps,
    // shocks from outside
    inject_kind,
    inject_now,
    inject_given,
    inject_refused,
    inject_optional,
    finder_hint,
    // views
    view_overview,
    view_flow,
    view_markets,
    view_book,
    view_rates,
    view_agents,
    // panels
    panel_flow,
    panel_prices,
    panel_drawdowns,
    panel_depth,
    panel_ladder,
    panel_volume,
    panel_rates,
    panel_log,
    panel_inspector,
    // sentences
    help_title,
    help_mouse,
    no_data,
    screenshot_saved,
    screenshot_failed,
    // causes of orders, as market::Cause
    cause_choice,
    cause_rebalance,
    cause_quote,
    cause_arbitrage,
    cause_issuance,
    cause_capital_call,
    cause_redemption,
    cause_margin_call,
    cause_liquidation,
    cause_deleveraging,
    cause_policy,
    // groups of flows, as FlowGroup
    flow_wages_and_goods,
    flow_taxes,
    flow_returns,
    flow_capex,
    flow_commerce,
    flow_losses,
    flow_trades,
    flow_credit,
    flow_issuance,
    flow_funds,
    // capital-flow picture
    span_day,
    span_week,
    span_month,
    span_all,
    class_crypto,
    class_shares,
    class_funds,
    class_bonds,
    headline_capex,
    headline_idle,
    headline_forced,
    headline_crypto,
    column_holders,
    column_markets,
    column_payers,
    column_sink,
    idle_cash,
    idle_dry,
    idle_never,
    flow_between,
    flow_others,
    flow_to_ai,
    flow_thickness,
    flow_other_payments,
    capex_per_day,
    sink_full,
    funding_title,
    funding_own_cash,
    tip_idle,
    tip_idle_peak,
    tip_value,
    tip_value_change,
    tip_in,
    tip_out,
    // charts, log (events as world::EventKind) and inspector
    rate_policy,
    rate_government,
    rate_credit,
    rate_premium,
    rate_spread,
    rate_risk,
    liquidity_idle,
    liquidity_gap,
    liquidity_demand,
    liquidity_saving,
    liquidity_credit,
    choice_all,
    choice_linear,
    choice_log,
    ladder_spread,
    log_empty,
    event_shock,
    event_input,
    event_halt,
    event_outage,
    event_resume,
    event_forced_sale,
    event_write_off,
    event_capital_call,
    event_redemption,
    event_finer_steps,
    event_coarser_steps,
    inspect_nothing,
    inspect_cash,
    inspect_dollars,
    inspect_debt,
    inspect_sheet,
    inspect_received,
    inspect_paid,
    inspect_bought,
    inspect_now,
    inspect_price,
    inspect_value,
    inspect_premium,
    inspect_spread,
    inspect_bids,
    inspect_asks,
    inspect_sigma,
    inspect_volume,
    inspect_net,
    inspect_sold,
    inspect_orders,
    inspect_decisions,
    inspect_buys,
    inspect_sells,
    poster_run,
};
inline constexpr std::size_t phrase_count = static_cast<std::size_t>(Phrase::poster_run) + 1;

/// The phrase in a language, UTF-8. Places for values are written as {fmt} writes them.
[[nodiscard]] std::string_view text(Phrase phrase, Language language);

/// The phrase with the value set into its only place.
[[nodiscard]] std::string text(Phrase phrase, Language language, std::string_view value);

}  // namespace crowdout::viz
