// SPDX-License-Identifier: Apache-2.0
#include "agents/value_fund.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/payees.hpp"
#include "agents/sampling.hpp"
#include "agents/trading.hpp"
#include "market/units.hpp"

namespace crowdout::agents {

namespace {

using market::Cause;
using market::Side;
using market::Time;

constexpr double leverage_slack = 0.001;  // of the limit: rounding is no margin call; our choice

double drawn(const Observation& seen) {
    return to_usd(seen.credit.drawn);
}

double line_left(const Observation& seen) {
    return std::max(0.0, to_usd(seen.credit.limit - seen.credit.drawn));
}

double exposure(const ValueFund::Params& params, const Observation& seen) {
    double usd = 0.0;
    for (const market::InstrumentId id : params.ids) usd += seen.position_usd(id);
    return usd;
}

/// Error of an opinion up to which demand is the paper's, log; our choice.
constexpr double error_known = 0.1;

/// (V - p) / V with the fund's own V; nil where nobody has an opinion.
double mispricing(const BookView& book, double opinion) {
    if (!(book.value > 0.0)) return 0.0;
    return 1.0 - book.mid / (book.value * exp(book.value_sigma * opinion));
}

/// How much of the paper's aggression is left where values are known with such an error.
double confidence(const BookView& book) {
    const double ratio = error_known / std::max(error_known, book.value_sigma);
    return ratio * ratio;
}

/// Redemptions for which it should have the cash by now: each one's share of the notice that has
/// gone by, all of it on the last day.
double redemptions_due(const ValueFund::Params& params, const Observation& seen) {
    double usd = 0.0;
    for (const Obligation& obligation : seen.obligations) {
        const double left = (obligation.due - seen.now).seconds() - market::day.seconds();
        const double share = std::clamp(1.0 - left / params.notice, 0.0, 1.0);
        usd += share * to_usd(obligation.amount);
    }
    return usd;
}

/// Pays what is due, of which the gate has let through what it may, and what has been promised, as
/// far as cash goes. What investors take out is no loss.
/// @return cash that is left, USD.
double pay_out(const ValueFund::Params& params, ValueFund::State& state, const Observation& seen,
               Intents& intents) {
    double cash = seen.cash();
    for (const Obligation& obligation : seen.obligations) {
        if (obligation.due > seen.now) continue;
        const double usd = std::min(cash, to_usd(obligation.amount));
        if (!(usd > 0.0)) continue;
        intents.instruct(make_payment(obligation, usd));
        cash -= usd;
    }
    const double leaving = std::min(cash, state.leaving);
    if (leaving >= 1.0 && params.investors_id != market::no_account) {
        Instruction instruction;
        instruction.reason = market::Reason::redemptions;
        instruction.counterparty = params.investors_id;
        instruction.amount = to_units(leaving);
        intents.instruct(instruction);
        state.leaving -= leaving;
        cash -= leaving;
    }
    state.wealth_period -= seen.cash() - cash;
    return cash;
}

void use_line(InstructionKind kind, double usd, Intents& intents) {
    if (usd < 1.0) return;
    Instruction instruction;
    instruction.kind = kind;
    instruction.reason = market::Reason::loans;
    instruction.amount = to_units(usd);
    intents.instruct(instruction);
}

/// Takes note of what investors have put in since the last look, which is no gain.
void receive(ValueFund::State& state, const Observation& seen) {
    const double awaited = called_and_open(seen);
    state.wealth_period += std::max(0.0, state.awaited - awaited);
    state.awaited = awaited;
}

void call_investors(const ValueFund::Params& params, ValueFund::State& state,
                    const Observation& seen, double usd, Intents& intents) {
    if (usd < 1.0 || params.investors_id == market::no_account) return;
    Instruction instruction;
    instruction.kind = InstructionKind::call_capital;
    instruction.reason = market::Reason::capital_calls;
    instruction.counterparty = params.investors_id;
    instruction.amount = to_units(usd);
    instruction.due = seen.now + market::day * 14;  // ten business days: mechanisms 4.2
    intents.instruct(instruction);
    state.awaited += usd;
}

/// Performance, and what investors make of it, at the end of a period.
void settle_period(const ValueFund::Params& params, ValueFund::State& state,
                   const Observation& seen, double wealth, Intents& intents) {
    if (seen.now < state.period_end) return;
    state.period_end = after(seen.now, params.period);
    if (params.investors_id == market::no_account || !(state.wealth_period > 0.0)) {
        state.wealth_period = wealth;
        return;
    }
    const double gain = wealth / state.wealth_period - 1.0;
    state.performance += params.performance_memory * (gain - state.performance);
    const double flow = ValueFund::flow(params, state.performance, std::max(0.0, wealth));
    if (flow < 0.0) {
        state.leaving -= flow;
    } else {
        call_investors(params, state, seen, flow, intents);
    }
    state.wealth_period = wealth;
}

/// Sells `need` dollars' worth, in the fund's own order.
void raise(const ValueFund::Params& params, ValueFund::State& state, const ExecutionTerms& terms,
           double need, Cause cause, const Observation& seen, Intents& intents) {
    std::array<SaleCandidate, sale_candidates_max> candidates;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const BookView& book = seen.market.book(params.ids[i]);
        const double held = seen.position_usd(params.ids[i]);
        candidates.at(i) = {.usd = held,
                            .capacity = terms.participation_max * book.volume_daily,
                            .sigma = book.sigma_daily,
                            .volume = book.volume_daily,
                            .half_spread = book.half_spread(),
                            .conviction = mispricing(book, state.opinions.at(i))};
    }
    const SalePlan plan = plan_sale({candidates.data(), params.ids.size()}, state.sale_mode, need);
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        if (plan.at(i) > 0.0) {
            work(terms, state.parents.at(i), {params.ids[i], Side::sell, cause, plan.at(i)}, seen,
                 intents);
        } else {
            finish(state.parents.at(i));
        }
    }
}

/// What the lender does with what it may sell: a whole day's volume if need be, at any price
/// within a tenth. Our choice.
ExecutionTerms lenders_terms(ExecutionTerms terms) {
    terms.participation_max = 1.0;
    terms.concession_max = 0.1;
    return terms;
}

/// Moves every position to its target, with cash and the line. @return whether anything is left.
bool rebalance(const ValueFund::Params& params, ValueFund::State& state, double wealth, double cash,
               const Observation& seen, Intents& intents) {
    const SalePlan wanted = ValueFund::demand(params, state, seen, wealth);
    double power = buying_power(params.execution, cash);
    double short_of = 0.0;
    bool busy = false;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        ParentOrder& parent = state.parents.at(i);
        const double gap = wanted.at(i) - seen.position_usd(params.ids[i]);
        const double ignored = parent.working == Working::nothing ? params.band * wanted.at(i)
                                                                  : params.execution.order_min;
        if (std::abs(gap) <= std::max(ignored, params.execution.order_min)) {
            finish(parent);
            continue;
        }
        busy = true;
        const Side side = gap > 0.0 ? Side::buy : Side::sell;
        const double usd = side == Side::buy ? std::min(gap, power) : -gap;
        if (side == Side::buy) {
            short_of += gap - usd;
            power -= usd;
        }
        work(params.execution, parent, {params.ids[i], side, Cause::choice, usd}, seen, intents);
    }
    // Borrowed money is there at the next look: nothing is bought with a promise.
    if (short_of > 0.0) {
        use_line(InstructionKind::draw, std::min(1.1 * short_of, line_left(seen)), intents);
    } else if (!busy) {
        use_line(InstructionKind::repay, std::min(cash, drawn(seen)), intents);
    }
    return busy;
}

}  // namespace

Distribution ValueFund::Params::aggressions() {
    Distribution distribution;
    distribution.kind = Distribution::Kind::choice;
    for (int beta = 5; beta <= 50; beta += 5) {
        distribution.values.push_back(beta);
        distribution.weights.push_back(1);
    }
    return distribution;
}

Distribution ValueFund::Params::modes() {
    Distribution distribution;
    distribution.kind = Distribution::Kind::choice;
    distribution.values = {0, 1, 2, 3};
    distribution.weights = {0.4, 0.2, 0.2, 0.2};
    return distribution;
}

void ValueFund::bind(Params& params, const Names& names) {
    params.ids.clear();
    for (const auto& asset : params.assets) params.ids.push_back(names.instrument(asset.first));
    if (!params.investors.empty()) params.investors_id = names.account(params.investors);
}

Wake ValueFund::begin(const Params& params, State& state, const Genesis& genesis, Random& random) {
    for (std::size_t i = 0; i < assets_max; ++i) {
        state.parents.at(i) = make_parent(i);
        state.opinions.at(i) = random.normal();
    }
    state.aggression = sample(params.aggression, random);
    state.leverage_max = sample(params.leverage_max, random);
    const double mode = std::clamp(sample(params.sale_mode, random), 0.0, 3.0);
    state.sale_mode = static_cast<SaleMode>(static_cast<std::uint8_t>(mode));
    state.wealth_first = wealth(params, genesis.seen);
    state.wealth_period = state.wealth_first;
    state.period_end = after(genesis.seen.now, params.period * (0.5 + 0.5 * random.uniform()));
    return {.at = next_look(genesis.seen.now, params.execution.pace, random.uniform())};
}

Wake ValueFund::decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents) {
    receive(state, seen);
    const double cash = pay_out(params, state, seen, intents);
    const double own = wealth(params, seen) - (seen.cash() - cash);
    const double held = exposure(params, seen);
    const Wake soon{.at = next_look(seen.now, params.execution.pace, random.uniform())};

    if (state.status == Status::open && own < params.ruin * state.wealth_first) {
        state.status = Status::closed;
        state.returns = after(seen.now, params.absence);
        state.leaving = 0.0;
        state.performance = 0.0;
    }
    if (state.status == Status::closed) {
        if (held >= params.execution.order_min) {
            raise(params, state, lenders_terms(params.execution), held, Cause::liquidation, seen,
                  intents);
        }
        use_line(InstructionKind::repay, std::min(cash, drawn(seen)), intents);
        if (seen.now < state.returns) return {.at = held > 0.0 ? soon.at : state.returns};
        call_investors(params, state, seen, state.wealth_first, intents);
        state.status = Status::raising;
        return soon;
    }
    if (state.status == Status::raising) {
        if (own < 0.5 * state.wealth_first) return {.at = after(seen.now, market::day.seconds())};
        state.status = Status::open;
        state.wealth_period = own;
        state.period_end = after(seen.now, params.period);
    }
    settle_period(params, state, seen, own, intents);

    // First the lender: leverage, and a line that has been cut below what is drawn on it.
    const double limit = state.leverage_max * std::max(0.0, own);
    const double overdrawn = drawn(seen) - to_usd(seen.credit.limit);
    const double excess = std::max(held - limit * (1.0 + leverage_slack), overdrawn - cash);
    if (excess > 0.0 && held > 0.0) {
        if (state.called == Time{}) state.called = seen.now;
        const bool taken_over = (seen.now - state.called).seconds() >= params.deadline;
        raise(params, state, taken_over ? lenders_terms(params.execution) : params.execution,
              std::min(held, excess), taken_over ? Cause::liquidation : Cause::margin_call, seen,
              intents);
        use_line(InstructionKind::repay, std::min(cash, drawn(seen)), intents);
        return {.at = after(seen.now, 0.25 * params.execution.pace.seconds())};
    }
    state.called = Time{};

    // Then investors who leave; what remains is free to be invested.
    const double leaving = redemptions_due(params, seen) + state.leaving;
    if (leaving > cash) {
        raise(params, state, params.execution, std::min(held, leaving - cash), Cause::redemption,
              seen, intents);
        return soon;
    }
    const bool busy = rebalance(params, state, own - leaving, cash - leaving, seen, intents);
    return busy ? soon : Wake{.at = std::min(state.period_end, after(soon.at, 3 * 3'600.0))};
}

double ValueFund::wealth(const Params& params, const Observation& seen) {
    return cash_with_orders(seen) + exposure(params, seen) - drawn(seen);
}

SalePlan ValueFund::demand(const Params& params, const State& state, const Observation& seen,
                           double wealth) {
    SalePlan wanted{};
    double sum = 0.0;
    const double own = std::max(0.0, wealth);
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const BookView& book = seen.market.book(params.ids[i]);
        const double m = std::max(0.0, mispricing(book, state.opinions.at(i)));
        wanted.at(i) = confidence(book) * state.aggression * params.assets[i].second * m * own;
        sum += wanted.at(i);
    }
    const double most = state.leverage_max * own;
    if (sum > most) {
        for (double& usd : wanted) usd *= most / sum;
    }
    return wanted;
}

double ValueFund::flow(const Params& params, double performance, double wealth) {
    return wealth * std::max(-1.0, params.flow_sensitivity * (performance - params.benchmark));
}

}  // namespace crowdout::agents
