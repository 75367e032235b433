// SPDX-License-Identifier: Apache-2.0
#include "agents/corporate_treasury.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Cause;
using market::Duration;
using market::InstrumentId;
using market::Reason;
using market::Side;
using market::Time;

namespace {

using Params = CorporateTreasury::Params;
using State = CorporateTreasury::State;
using Leg = CorporateTreasury::Leg;

constexpr Duration time_max{market::day.ns * 7};  ///< made up for, at most

bool is_own_share(const Params& params, std::size_t leg) {
    return leg >= params.assets.size();
}

/// Budgets shrink by what was bought since the last look, at mid.
void note_purchases(const Params& params, State& state, const Observation& seen) {
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        const InstrumentId id = params.instruments[i];
        const double held = seen.market.instrument(id).to_whole_units(seen.position(id));
        const double bought = std::max(0.0, held - state.legs[i].held) * seen.market.book(id).mid;
        state.legs[i].budget = std::max(0.0, state.legs[i].budget - bought);
        state.legs[i].held = held;
    }
}

/// @return USD paid of what is due; money set aside for assets is used before it is late.
double meet(const Params& params, const Observation& seen, Intents& intents) {
    double left = std::max(0.0, seen.cash());
    double met = 0;
    for (const Obligation& owed : seen.obligations) {
        if (owed.due > seen.now + params.meet_lead) continue;
        const double paid = std::min(left, to_usd(owed.amount));
        if (paid <= 0) break;
        intents.instruct(make_payment(owed, paid));
        left -= paid;
        met += paid;
    }
    return met;
}

/// Passes receipts on and sets the rest aside. What no share names stays in the cash target.
void pass_on(const Params& params, State& state, double receipts, Intents& intents) {
    double paid = params.wages_to.pay(receipts * params.wages, Reason::wages, intents);
    paid += params.purchases_to.pay(receipts * params.purchases, Reason::sales, intents);
    paid += params.taxes_to.pay(receipts * params.taxes, Reason::taxes, intents);
    paid += params.dividends_to.pay(receipts * params.dividends, Reason::dividends, intents);
    double set_aside = 0;
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        const double share =
            is_own_share(params, i) ? params.buyback : params.reinvested * params.assets[i].second;
        state.legs[i].budget += receipts * share;
        set_aside += receipts * share;
    }
    state.cash_target += receipts - paid - set_aside;
}

/// @return whether a purchase is under way.
bool invest(const Params& params, State& state, const Observation& seen, double cash,
            Intents& intents) {
    double left = buying_power(params.execution, cash);
    bool busy = false;
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        Leg& leg = state.legs[i];
        const Duration since = std::min(seen.now - leg.bought, time_max);
        const double share = -expm1(-since.years() / params.invest_within.years());
        const double usd = std::min(left, leg.budget * share);
        if (usd < params.execution.order_min) continue;
        const Cause cause = is_own_share(params, i) ? Cause::issuance : Cause::choice;
        const double sent = work(params.execution, leg.parent,
                                 {params.instruments[i], Side::buy, cause, usd}, seen, intents);
        if (sent > 0) leg.bought = seen.now;
        left -= sent;
        busy = true;
    }
    return busy;
}

/// Shares bought back cease to exist.
void retire_own(const Params& params, State& state, const Observation& seen, Intents& intents) {
    if (params.own_share.empty()) return;
    const InstrumentId id = params.instruments.back();
    const market::AssetId asset = seen.market.instrument(id).asset;
    const market::Units own = seen.own.balance(asset);
    if (own.value() <= 0) return;
    intents.instruct(make_instruction(InstructionKind::retire, own, asset));
    state.legs[params.instruments.size() - 1].held = 0;
}

}  // namespace

void CorporateTreasury::Params::check(Complaints& complaints) const {
    if (assets.size() + 1 > legs_max) complaints.error("assets", "has more than 15 entries");
    double sum = deposits;
    for (const auto& entry : assets) sum += entry.second;
    if (sum > 1 + 1e-9) complaints.error("assets", "and deposits add up to more than 1");
    if (wages + purchases + taxes + dividends + reinvested + buyback > 1 + 1e-9) {
        complaints.error("reinvested", "and the other shares of receipts add up to more than 1");
    }
}

void CorporateTreasury::bind(Params& params, const Names& names) {
    params.instruments.clear();
    for (const auto& entry : params.assets) {
        params.instruments.push_back(names.instrument(entry.first));
    }
    if (!params.own_share.empty()) params.instruments.push_back(names.instrument(params.own_share));
    for (Payees* payees :
         {&params.wages_to, &params.purchases_to, &params.taxes_to, &params.dividends_to}) {
        payees->bind(names);
    }
}

Wake CorporateTreasury::begin(const Params& params, State& state, const Genesis& genesis,
                              Random& random) {
    const Observation& seen = genesis.seen;
    state = {};
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        const InstrumentId id = params.instruments[i];
        state.legs[i].held = seen.market.instrument(id).to_whole_units(seen.position(id));
        state.legs[i].bought = seen.now;
        state.legs[i].parent = make_parent(i);
    }
    state.cash_target = params.cash_target < 0 ? seen.cash() : params.cash_target;
    return {.at = next_look(seen.now, params.review, random.uniform() - 0.5)};
}

Wake CorporateTreasury::decide(const Params& params, State& state, const Observation& seen,
                               Random& random, Intents& intents) {
    note_purchases(params, state, seen);
    const double met = meet(params, seen, intents);
    double budgets = 0;
    for (const Leg& leg : state.legs) budgets += leg.budget;
    const double cash = seen.cash() - met;
    const double receipts = cash - state.cash_target - budgets;
    if (receipts >= params.execution.order_min) pass_on(params, state, receipts, intents);

    const double target = std::min(state.cash_target, cash);
    const bool busy = invest(params, state, seen, std::min(cash - target, budgets), intents);
    retire_own(params, state, seen, intents);
    Time at = next_look(seen.now, busy ? params.execution.pace : params.review, random.uniform());
    for (const InstrumentId id : params.instruments) at = or_after_opening(at, seen, id);
    for (const Obligation& owed : seen.obligations) {
        const Time pays = owed.due - params.meet_lead;
        if (pays > seen.now) at = std::min(at, pays);
    }
    return {.at = at};
}

}  // namespace crowdout::agents
