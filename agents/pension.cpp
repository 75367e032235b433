// SPDX-License-Identifier: Apache-2.0
#include "agents/pension.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Cause;
using market::Duration;
using market::Side;
using market::Time;

namespace {

constexpr Duration offer_max{market::day.ns * 7};  ///< longest time that counts as one

double excess_return(const Pension::Params& params, const Snapshot& market, std::size_t i,
                     double pressure) {
    const Outlook& outlook = params.allocations[i].second.outlook;
    return expected_return(outlook, market, params.instruments[i]) -
           hurdle_rate(params.hurdle, market.rates, pressure);
}

double wealth(const Pension::Params& params, const Observation& seen) {
    double sum = seen.cash();
    for (const market::InstrumentId id : params.instruments) sum += seen.position_usd(id);
    return sum;
}

/// What must be paid soon, and why most of it.
struct Pending {
    double usd = 0;
    Cause cause = Cause::redemption;
};

Pending pending(const Observation& seen, Duration within) {
    Pending result;
    double calls = 0;
    for (const Obligation& owed : seen.obligations) {
        if (owed.due > seen.now + within) continue;
        result.usd += to_usd(owed.amount);
        if (owed.kind == ObligationKind::capital_call) calls += to_usd(owed.amount);
    }
    if (calls * 2 > result.usd) result.cause = Cause::capital_call;
    return result;
}

/// Pays what is due and the benefits that have accrued. @return what is left of the cash, USD.
double pay(const Pension::Params& params, Pension::State& state, const Observation& seen,
           double assets, Intents& intents) {
    double cash = seen.cash();
    for (const Obligation& owed : seen.obligations) {
        if (owed.due > seen.now + params.meet_lead || cash <= 0) continue;
        const double paid = std::min(cash, to_usd(owed.amount));
        intents.instruct(make_payment(owed, paid));
        cash -= paid;
    }
    state.benefits_owed += params.benefits * assets * (seen.now - state.last).years();
    const double paid = std::min(state.benefits_owed, cash);
    (void)params.benefits_to.pay(paid, market::Reason::benefits, intents);
    state.benefits_owed -= paid;
    return cash - paid;
}

/// One look at the weights: the trades that lead towards them.
class Rebalance {
public:
    Rebalance(const Pension::Params& params, Pension::State& state, const Observation& seen,
              Intents& intents)
        : params_{params}, state_{state}, seen_{seen}, intents_{intents} {}

    /// @param cash       after this look's payments, USD.
    /// @param set_aside  payments to come, USD.
    void trade(double assets, double cash, double set_aside, Cause cause_of_need) {
        const double pressure = cash_pressure(params_.hurdle, set_aside, cash);
        const auto target = Pension::targets(params_, state_, seen_.market, pressure);
        const double held = assets - seen_.cash();
        const double missing = std::max(0.0, set_aside - cash);
        double spendable =
            buying_power(params_.execution, cash - set_aside - params_.cash_share * assets);
        for (std::size_t i = 0; i < params_.instruments.size(); ++i) {
            const double own = seen_.position_usd(params_.instruments[i]);
            const double aim =
                target[i] * std::max(0.0, assets - set_aside) * (1 + params_.band * state_.lean);
            const double needed = held > 0 ? missing * own / held : 0;
            const double moved = (aim - own) * share_of_way(i);
            if (needed > 0 && needed > -moved) {
                send(i, Side::sell, std::min(needed, own), cause_of_need);
            } else if (std::abs(aim - own) <= params_.band * aim) {
                state_.legs[i].offered = seen_.now;
                finish(state_.legs[i].parent);
            } else if (moved < 0) {
                send(i, Side::sell, -moved, Cause::rebalance);
            } else {
                spendable -= send(i, Side::buy, std::min(moved, spendable), Cause::rebalance);
            }
        }
    }
    [[nodiscard]] bool busy() const { return busy_; }

private:
    /// How much of the way to target is gone in the time since the last look at an open book.
    [[nodiscard]] double share_of_way(std::size_t i) const {
        const Duration since = std::min(seen_.now - state_.legs[i].offered, offer_max);
        return -expm1(-since.years() / params_.adjust_within.years());
    }
    double send(std::size_t i, Side side, double usd, Cause cause) {
        Pension::Leg& leg = state_.legs[i];
        if (usd < params_.execution.order_min) return 0;
        busy_ = true;
        const double sent = work(params_.execution, leg.parent,
                                 {params_.instruments[i], side, cause, usd}, seen_, intents_);
        if (sent > 0) leg.offered = seen_.now;
        return sent;
    }

    const Pension::Params& params_;
    Pension::State& state_;
    const Observation& seen_;
    Intents& intents_;
    bool busy_ = false;
};

}  // namespace

void Pension::Params::check(Complaints& complaints) const {
    if (allocations.size() > legs_max) {
        complaints.error("allocations", "has more than 16 entries");
    }
    double sum = cash_share;
    for (const auto& entry : allocations) sum += entry.second.weight;
    if (sum > 1 + 1e-9) complaints.error("allocations", "weights and cash_share add up to over 1");
}

void Pension::bind(Params& params, const Names& names) {
    params.instruments.clear();
    for (const auto& entry : params.allocations) {
        params.instruments.push_back(names.instrument(entry.first));
    }
    params.benefits_to.bind(names);
}

Wake Pension::begin(const Params& params, State& state, const Genesis& genesis, Random& random) {
    const Observation& seen = genesis.seen;
    const double assets = wealth(params, seen);
    state = {};
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        const double weight = params.allocations[i].second.weight;
        const double own = seen.position_usd(params.instruments[i]);
        state.legs[i] = {.weight = weight > 0 || assets <= 0 ? weight : own / assets,
                         .excess = excess_return(params, seen.market, i, 0),
                         .offered = seen.now,
                         .parent = make_parent(i)};
    }
    state.last = seen.now;
    state.lean = random.uniform(-1, 1);
    return {.at = next_look(seen.now, params.review, random.uniform() - 0.5)};
}

Wake Pension::decide(const Params& params, State& state, const Observation& seen, Random& random,
                     Intents& intents) {
    const double assets = wealth(params, seen);
    const Pending before = pending(seen, params.meet_lead);
    const double cash = pay(params, state, seen, assets, intents);
    state.last = seen.now;
    const Pending all = pending(seen, params.plan_ahead);
    const double met = std::min(before.usd, std::max(0.0, seen.cash()));

    Rebalance rebalance{params, state, seen, intents};
    rebalance.trade(assets - (seen.cash() - cash), cash, all.usd - met, all.cause);

    Time at = next_look(seen.now, rebalance.busy() ? params.execution.pace : params.review,
                        random.uniform());
    for (const market::InstrumentId id : params.instruments) at = or_after_opening(at, seen, id);
    for (const Obligation& owed : seen.obligations) {
        const Time pays = owed.due - params.meet_lead;
        if (pays > seen.now) at = std::min(at, pays);
    }
    return {.at = at};
}

std::array<double, legs_max> Pension::targets(const Params& params, const State& state,
                                              const Snapshot& market, double pressure) {
    std::array<double, legs_max> target{};
    double sum = 0;
    for (std::size_t i = 0; i < params.instruments.size(); ++i) {
        const AllocationTerms& terms = params.allocations[i].second;
        const double change = excess_return(params, market, i, pressure) - state.legs[i].excess;
        target[i] = std::min(terms.weight_max, state.legs[i].weight * exp(terms.tilt * change));
        sum += target[i];
    }
    const double room = 1 - params.cash_share;
    if (sum > room) {
        for (double& weight : target) weight *= room / sum;
    }
    return target;
}

}  // namespace crowdout::agents
