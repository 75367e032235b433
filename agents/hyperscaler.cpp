// SPDX-License-Identifier: Apache-2.0
#include "agents/hyperscaler.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Cause;
using market::Duration;
using market::InstrumentId;
using market::Reason;
using market::Side;
using market::Time;

namespace {

using Params = Hyperscaler::Params;
using State = Hyperscaler::State;

constexpr double dollars_per_face = 100;  ///< a whole unit of a bond
constexpr Duration quarter{market::year.ns / 4};
constexpr Duration inflow_memory{market::year.ns / 4};
constexpr Duration buyback_max{market::day.ns * 7};  ///< time that is made up for, at most

InstrumentId find(const Names& names, const std::string& name) {
    return name.empty() ? market::no_instrument : names.instrument(name);
}

double usd_held(const Observation& seen, InstrumentId id) {
    return id == market::no_instrument ? 0 : seen.position_usd(id);
}

double growth_since_start(const Params& params, const State& state, Time now) {
    return exp(params.cash_flow_growth * (now - state.start).years());
}

/// One look: its steps in the order in which they are taken.
class Treasurer {
public:
    Treasurer(const Params& params, State& state, const Observation& seen, Intents& intents)
        : params_{params}, state_{state}, seen_{seen}, intents_{intents}, cash_{seen.cash()} {
        years_ = (seen.now - state.last).years();
        state.last = seen.now;
    }

    /// What arrived beyond its own trades, which are taken at mid (our choice: near enough).
    void note_inflow() {
        if (years_ <= 0) return;
        double arrived = seen_.cash() - state_.cash_left;
        const auto ids = traded();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] == market::no_instrument) continue;
            const double held = whole_held(ids[i]);
            const bool issued =
                ids[i] == params_.bonds_id && state_.awaiting != Hyperscaler::Awaiting::nothing;
            if (!issued) arrived += (held - state_.held[i]) * seen_.market.book(ids[i]).mid;
        }
        const double weight = -expm1(-years_ / inflow_memory.years());
        state_.inflow += weight * (arrived / years_ - state_.inflow);
    }

    /// What was issued since it was asked for is debt now, whatever the world made of it.
    void book_issue() {
        if (params_.bonds_id == market::no_instrument) return;
        const double held = whole_held(params_.bonds_id);
        const double face = std::max(0.0, held - state_.unsold) * dollars_per_face;
        if (state_.awaiting == Hyperscaler::Awaiting::bonds) state_.debt += face;
        if (state_.awaiting == Hyperscaler::Awaiting::project_bonds) state_.project_debt += face;
        state_.awaiting = Hyperscaler::Awaiting::nothing;
    }

    void revise_plan() {
        const double spread = Hyperscaler::spread(params_, state_, seen_);
        const RatesView& rates = seen_.market.rates;
        const double wacc =
            cost_of_capital(params_.equity_weight, rates.government, rates.equity_premium,
                            params_.beta, spread, params_.tax);
        const auto slot = static_cast<std::size_t>(state_.quarter % 4);
        CapexRule rule = params_.rule;
        rule.growth_plan = params_.capex_growth / 4;
        // The slot that is overwritten when this quarter ends holds the end of the one a year ago.
        const double before = state_.spreads[slot];
        const double growth =
            capex_log_growth(rule, Hyperscaler::return_on_capacity(params_, state_, seen_.now),
                             wacc, spread - before);
        const std::optional<double> planned = Hyperscaler::planned(params_, seen_.now);
        state_.capex = planned ? *planned : state_.capex * exp(growth * years_ * 4);

        const std::int64_t now = (seen_.now - state_.start).ns / quarter.ns;
        for (; state_.quarter < now; ++state_.quarter) {
            state_.spreads[static_cast<std::size_t>(state_.quarter % 4)] = spread;
        }
    }

    void fund() {
        const double window = params_.window.years();
        const double grown = growth_since_start(params_, state_, seen_.now);
        const double need =
            (state_.capex + params_.dividends + params_.buyback - params_.cash_flow * grown) *
                window +
            state_.capex_owed + state_.dividends_owed;
        const double placed = usd_held(seen_, params_.bonds_id);
        const bool issues = params_.bonds_id != market::no_instrument;
        const FirmMeans means{
            .cash = cash_ - params_.cash_min,
            .treasuries = usd_held(seen_, params_.treasuries_id),
            .placed = placed,
            .debt_room = issues ? params_.leverage_max * params_.ebitda * grown - state_.debt : 0,
            .buyback = params_.buyback * window,
            .spv_room = issues ? params_.spv_share * state_.capex * window : 0,
            .capex = state_.capex * window};
        funding_ = fund_firm(need, means);
        if (means.buyback > 0) buyback_kept_ = 1 - funding_.buyback_cut / means.buyback;
        if (means.capex > 0) capex_kept_ = 1 - funding_.capex_cut / means.capex;

        sell(params_.treasuries_id, state_.treasuries_sale, funding_.treasuries, Cause::choice,
             params_.execution);
        // Buyers of a new bond are called together: more of it changes hands than on other days.
        ExecutionTerms placement = params_.execution;
        placement.participation_max = params_.placement_participation;
        sell(params_.bonds_id, state_.bond_sale, placed, Cause::issuance, placement);
        if (funding_.bonds > 0) {
            issue(funding_.bonds, Hyperscaler::Awaiting::bonds);
        } else if (funding_.spv > 0) {
            issue(funding_.spv, Hyperscaler::Awaiting::project_bonds);
        }
    }

    /// Capex and dividends accrue every day; a plan that cannot be funded falls by what is missing.
    void pay() {
        state_.capex_owed += state_.capex * capex_kept_ * years_;
        state_.dividends_owed += params_.dividends * years_;
        state_.capex_owed -= spend(state_.capex_owed, params_.suppliers, Reason::capex);
        state_.dividends_owed -=
            spend(state_.dividends_owed, params_.dividends_to, Reason::dividends);
        if (funding_.capex_cut > 0) {
            // Less was built than planned; the plan itself falls by at most a quarter a quarter.
            const double cut = std::max(log(0.75), log(std::max(capex_kept_, 0.01)));
            state_.capex *= exp(cut * years_ * 4);
        }
    }

    void buy_back() {
        const InstrumentId id = params_.share_id;
        if (id == market::no_instrument) return;
        const market::Units own = seen_.own.balance(seen_.market.instrument(id).asset);
        if (own.value() > 0) {
            intents_.instruct(
                make_instruction(InstructionKind::retire, own, seen_.market.instrument(id).asset));
        }
        const double years = std::min(seen_.now - state_.bought, buyback_max).years();
        const double usd = std::min(params_.buyback * buyback_kept_ * years,
                                    buying_power(params_.execution, cash_ - params_.cash_min));
        if (buyback_kept_ <= 0) state_.bought = seen_.now;
        if (usd < params_.execution.order_min) return;
        const double sent = work(params_.execution, state_.share_purchase,
                                 {id, Side::buy, Cause::issuance, usd}, seen_, intents_);
        if (sent > 0) state_.bought = seen_.now;
    }

    void remember() {
        state_.cash_left = cash_;
        const auto ids = traded();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] != market::no_instrument) state_.held[i] = whole_held(ids[i]);
        }
        // What it holds of its own shares has been retired by the next look.
        state_.held[0] = 0;
    }

    [[nodiscard]] Wake next(double u) const {
        Time at = next_look(seen_.now, busy_ ? params_.execution.pace : params_.review, u);
        for (const InstrumentId id : traded()) {
            if (id != market::no_instrument) at = or_after_opening(at, seen_, id);
        }
        return {.at = at};
    }

private:
    [[nodiscard]] std::array<InstrumentId, 3> traded() const {
        return {params_.share_id, params_.treasuries_id, params_.bonds_id};
    }
    [[nodiscard]] double whole_held(InstrumentId id) const {
        return seen_.market.instrument(id).to_whole_units(seen_.position(id));
    }
    /// Pays what is owed as far as the cash above its minimum goes. @return USD paid.
    double spend(double owed, const Payees& to, Reason reason) {
        const double paid =
            to.pay(std::min(owed, std::max(0.0, cash_ - params_.cash_min)), reason, intents_);
        cash_ -= paid;
        return paid;
    }
    void sell(InstrumentId id, ParentOrder& parent, double usd, Cause cause,
              const ExecutionTerms& execution) {
        if (id == market::no_instrument || usd < params_.execution.order_min) {
            finish(parent);
            return;
        }
        busy_ = true;
        (void)work(execution, parent, {id, Side::sell, cause, usd}, seen_, intents_);
    }
    /// Asks for new bonds worth `usd`; they are sold from the next look on. One issue at a time,
    /// and the last one is sold first, so that what an issue brought can be told.
    void issue(double usd, Hyperscaler::Awaiting what) {
        const auto& bond = seen_.market.instrument(params_.bonds_id);
        const double mid = seen_.market.book(params_.bonds_id).mid;
        if (usd < params_.issue_min || mid <= 0) return;
        const market::Quantity left = seen_.position(params_.bonds_id);
        if (bond.to_whole_units(left) * mid >= params_.execution.order_min) return;
        const market::Quantity lots = bond.to_lots(usd / mid);
        state_.unsold = bond.to_whole_units(left);
        state_.awaiting = what;
        busy_ = true;
        Instruction instruction =
            make_instruction(InstructionKind::issue, bond.to_units(lots), bond.asset);
        instruction.reason = Reason::issuance;
        instruction.instrument = params_.bonds_id;
        intents_.instruct(instruction);
    }

    const Params& params_;
    State& state_;
    const Observation& seen_;
    Intents& intents_;
    FirmFunding funding_;
    double cash_ = 0;
    double years_ = 0;
    double buyback_kept_ = 1;  ///< share of the plan that is carried out
    double capex_kept_ = 1;
    bool busy_ = false;
};

}  // namespace

void Hyperscaler::bind(Params& params, const Names& names) {
    params.suppliers.bind(names);
    params.dividends_to.bind(names);
    params.share_id = find(names, params.share);
    params.treasuries_id = find(names, params.treasuries);
    params.bonds_id = find(names, params.bonds);
    if (!params.capex_series.empty()) params.guidance = names.series(params.capex_series);
}

Wake Hyperscaler::begin(const Params& params, State& state, const Genesis& genesis,
                        Random& random) {
    const Time now = genesis.seen.now;
    state = {};
    state.capex = planned(params, now).value_or(params.capex);
    state.debt = params.debt;
    state.inflow = params.cash_flow;
    state.cash_left = genesis.seen.cash();
    const std::array<InstrumentId, 3> ids{params.share_id, params.treasuries_id, params.bonds_id};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] == market::no_instrument) continue;
        const auto& instrument = genesis.seen.market.instrument(ids[i]);
        state.held[i] = instrument.to_whole_units(genesis.seen.position(ids[i]));
    }
    state.start = state.last = state.bought = now;
    state.treasuries_sale = make_parent(0);
    state.bond_sale = make_parent(1);
    state.share_purchase = make_parent(2);
    state.spreads.fill(spread(params, state, genesis.seen));
    return {.at = next_look(now, params.review, random.uniform() - 0.5)};
}

Wake Hyperscaler::decide(const Params& params, State& state, const Observation& seen,
                         Random& random, Intents& intents) {
    Treasurer treasurer{params, state, seen, intents};
    treasurer.note_inflow();
    treasurer.book_issue();
    treasurer.revise_plan();
    treasurer.fund();
    treasurer.pay();
    treasurer.buy_back();
    treasurer.remember();
    return treasurer.next(random.uniform());
}

double Hyperscaler::return_on_capacity(const Params& params, const State& state, Time now) {
    if (params.contracted <= 0) return params.irr;
    const double grown = growth_since_start(params, state, now);
    const double missing = (params.cash_flow * grown - state.inflow) / (params.contracted * grown);
    return params.irr * (1 - std::clamp(missing, 0.0, 1.0));
}

std::optional<double> Hyperscaler::planned(const Params& params, Time now) {
    if (params.guidance.empty()) return std::nullopt;
    return params.guidance.known_at(now) * params.capex_part;
}

double Hyperscaler::spread(const Params& params, const State& state, const Observation& seen) {
    const RatesView& rates = seen.market.rates;
    const double ebitda = params.ebitda * growth_since_start(params, state, seen.now);
    const double leverage = ebitda > 0 ? state.debt / ebitda : 0;
    const double beyond = std::max(0.0, leverage - params.leverage_normal);
    return rates.credit - rates.government + params.own_spread +
           params.leverage_spread * beyond * beyond;
}

}  // namespace crowdout::agents
