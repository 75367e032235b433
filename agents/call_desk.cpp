// SPDX-License-Identifier: Apache-2.0
#include "agents/call_desk.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Cause;
using market::Duration;
using market::Side;
using market::Time;

namespace {

/// Hedge funds pay at a quarter's end after 45 to 90 days of notice (calibration 9): a request is
/// thought of as open for so long.
constexpr Duration request_memory{market::day.ns * 180};

/// Sales for a call that is overdue are planned over a week.
constexpr Duration overdue_plan{market::day.ns * 7};

/// Free cash offered to a market that was closed is not offered for longer than so.
constexpr Duration offer_max{market::day.ns * 7};

}  // namespace

void CallTerms::check(Complaints& complaints) const {
    if (holdings.terms.size() > legs_max) complaints.error("portfolio", "has more than 16 entries");
    if (ltv_soft > ltv_max) complaints.error("ltv_soft", "lies above ltv_max");
}

void CallDesk::begin(const CallTerms& terms, CallMemory& memory, const Observation& seen) {
    memory = {};
    terms.holdings.begin(seen, memory.holdings);
    memory.last = seen.now;
    memory.week = week_of(seen.now);
}

CallDesk::CallDesk(const CallTerms& terms, CallMemory& memory, const Observation& seen,
                   Intents& intents)
    : terms_{terms}, memory_{memory}, seen_{seen}, intents_{intents} {
    years_ = (seen.now - memory.last).years();
    memory.last = seen.now;
    const bool week_begins = week_of(seen.now) != memory.week;
    memory.week = week_of(seen.now);
    terms.holdings.remember(seen, week_begins, memory.holdings);
    if (memory.requested > 0 && seen.now - memory.requested_at > request_memory) {
        memory.requested = 0;
    }

    Time needed = seen.now + overdue_plan;
    for (const Obligation& call : seen.obligations) {
        if (call.due <= seen.now + terms.plan_ahead) needed = std::max(needed, call.due);
    }
    terms.holdings.measure(seen, memory.holdings, terms.execution, needed, terms.week_share_max,
                           stock_);

    idle_ = std::max(0.0, seen.cash() - terms.cash_floor);
    drawn_ = to_usd(seen.credit.drawn);
    line_left_ = to_usd(seen.credit.limit) - drawn_;
    assets_ = terms.other_assets;
    for (std::size_t i = 0; i < terms.holdings.size(); ++i) assets_ += stock_[i].usd;
}

double CallDesk::spend(double usd) {
    const double spent = std::clamp(usd, 0.0, idle_);
    idle_ -= spent;
    return spent;
}

double CallDesk::pending(Duration within) const {
    double sum = 0;
    for (const Obligation& call : seen_.obligations) {
        if (call.due <= seen_.now + within) sum += to_usd(call.amount);
    }
    return sum;
}

double CallDesk::soft_headroom() const {
    return memory_.called != 0 ? 0 : debt_headroom(assets_, drawn_, line_left_, terms_.ltv_soft);
}

double CallDesk::hard_headroom() const {
    return memory_.called != 0 ? 0 : debt_headroom(assets_, drawn_, line_left_, terms_.ltv_max);
}

double CallDesk::sale_capacity() const {
    double sum = 0;
    for (std::size_t i = 0; i < terms_.holdings.size(); ++i) {
        if (!stock_[i].strategic) sum += stock_[i].sale_capacity;
    }
    return sum;
}

void CallDesk::answer_margin_call() {
    const double debt = drawn_ - idle_;
    if (debt > terms_.ltv_max * assets_) memory_.called = 1;
    if (debt <= terms_.ltv_soft * assets_) memory_.called = 0;
    if (memory_.called == 0) return;

    const double repaid = spend(drawn_);
    if (repaid > 0) {
        intents_.instruct(make_instruction(InstructionKind::repay, to_units(repaid)));
        drawn_ -= repaid;
    }
    ExecutionTerms forced = terms_.execution;
    forced.participation_max = terms_.forced_participation;
    double left = sale_to_restore(assets_, drawn_, terms_.ltv_soft);
    for (std::size_t i = 0; i < terms_.holdings.size() && left > 0; ++i) {
        if (!stock_[i].strategic) continue;
        const double usd = std::min(left, stock_[i].usd);
        sell(i, usd, Cause::margin_call, forced);
        left -= usd;
    }
    std::array<std::uint8_t, legs_max> order{};
    const std::size_t count =
        sale_order({stock_.data(), terms_.holdings.size()},
                   terms_.weights.value_or(score_weights(terms_.preset)), order);
    for (std::size_t k = 0; k < count && left > 0; ++k) {
        const double usd = std::min(left, stock_[order[k]].usd);
        sell(order[k], usd, Cause::margin_call, forced);
        left -= usd;
    }
}

void CallDesk::meet_calls() {
    const double due = pending(terms_.meet_lead);
    if (due <= 0) return;

    // What was to be sold in time is in the cash by now, or it is not: the loan comes next.
    const Funding funding = fund_calls(due, {.idle = idle_,
                                             .line = soft_headroom(),
                                             .sales = 0,
                                             .margin_loan = hard_headroom() - soft_headroom()});
    draw(funding.line + funding.margin_loan);
    double left = spend(due);
    for (const Obligation& call : seen_.obligations) {
        if (call.due > seen_.now + terms_.meet_lead || left <= 0) continue;
        const double paid = std::min(left, to_usd(call.amount));
        intents_.instruct(make_payment(call, paid));
        left -= paid;
        met_ += paid;
    }
}

void CallDesk::draw(double usd) {
    const market::Units amount = to_units(usd);
    if (amount.value() == 0) return;
    intents_.instruct(make_instruction(InstructionKind::draw, amount));
    const double drawn = to_usd(market::Money{amount.value()});
    drawn_ += drawn;
    line_left_ -= drawn;
    idle_ += drawn;
}

void CallDesk::raise_cash() {
    const Funding funding = fund_calls(pending(terms_.plan_ahead) - met_,
                                       {.idle = idle_,
                                        .line = soft_headroom(),
                                        .sales = sale_capacity(),
                                        .margin_loan = hard_headroom() - soft_headroom()});

    request_redemption(funding.late + terms_.redemption_share * funding.sales);
    std::array<std::uint8_t, legs_max> order{};
    const std::size_t count =
        sale_order({stock_.data(), terms_.holdings.size()},
                   terms_.weights.value_or(score_weights(terms_.preset)), order);
    double left = funding.sales;
    for (std::size_t k = 0; k < count && left > 0; ++k) {
        // An asset takes what it can bear until the money is due; the next one takes the rest.
        const double usd = std::min(left, stock_[order[k]].sale_capacity);
        const double this_week = terms_.holdings.saleable_this_week(
            seen_, memory_.holdings, terms_.week_share_max, order[k]);
        sell(order[k], std::min(usd, this_week), Cause::capital_call, terms_.execution);
        left -= usd;
    }
}

void CallDesk::sell(std::size_t i, double usd, Cause cause, const ExecutionTerms& execution) {
    if (usd <= 0 || worked_[i]) return;
    worked_[i] = true;
    pressed_ = true;
    (void)work(execution, memory_.holdings[i].parent,
               {terms_.holdings.instrument(i), Side::sell, cause, usd}, seen_, intents_);
}

void CallDesk::request_redemption(double usd) {
    const double asked = usd - memory_.requested;
    if (terms_.funds.size() == 0 || asked < terms_.execution.order_min) return;
    if (memory_.requested <= 0) memory_.requested_at = seen_.now;
    memory_.requested += asked;
    for (std::size_t i = 0; i < terms_.funds.size(); ++i) {
        Instruction instruction;
        instruction.kind = InstructionKind::request_redemption;
        instruction.reason = market::Reason::redemptions;
        instruction.counterparty = terms_.funds.account(i);
        instruction.amount = to_units(asked * terms_.funds.share(i));
        if (instruction.amount.value() > 0) intents_.instruct(instruction);
    }
}

void CallDesk::invest_surplus() {
    const double surplus = idle_ - (pending(terms_.plan_ahead) - met_);
    if (surplus <= 0 || pressed_ || memory_.called != 0) {
        for (HoldingMemory& own : memory_.holdings) own.offered = seen_.now;
        return;
    }
    if (drawn_ > 0) {
        const double share = -expm1(-years_ / terms_.invest_within.years());
        const double repaid = spend(
            std::min(drawn_, terms_.income_invested * terms_.income * years_ + surplus * share));
        const market::Units amount = to_units(repaid);
        if (amount.value() > 0) intents_.instruct(make_instruction(InstructionKind::repay, amount));
        return;
    }
    const double pressure = cash_pressure(terms_.hurdle, pending(terms_.look_ahead) - met_, idle_);
    buy(surplus, hurdle_rate(terms_.hurdle, seen_.market.rates, pressure));
}

void CallDesk::buy(double surplus, double rate_hurdle) {
    double left = std::min(surplus, buying_power(terms_.execution, surplus));
    for (std::size_t i = 0; i < terms_.holdings.size(); ++i) {
        HoldingMemory& own = memory_.holdings[i];
        const market::InstrumentId id = terms_.holdings.instrument(i);
        if (terms_.holdings[i].weight <= 0 || !seen_.market.book(id).open) continue;

        const double willing =
            willingness(terms_.hurdle,
                        expected_return(terms_.holdings[i].outlook, seen_.market, id), rate_hurdle);
        const double years = std::min(seen_.now - own.offered, offer_max).years();
        const double offered = terms_.income_invested * terms_.income * years -
                               surplus * expm1(-years / terms_.invest_within.years());
        const double usd = std::min(left, terms_.holdings[i].weight * willing * offered);
        if (willing > 0 && usd < terms_.execution.order_min) continue;  // it adds up until then
        own.offered = seen_.now;
        if (usd <= 0) continue;
        worked_[i] = true;
        left -= work(terms_.execution, own.parent, {id, Side::buy, Cause::choice, usd}, seen_,
                     intents_);
    }
}

Wake CallDesk::next(double u) {
    Time at = next_look(seen_.now, pressed_ ? terms_.execution.pace : terms_.review, u);
    for (std::size_t i = 0; i < terms_.holdings.size(); ++i) {
        if (!worked_[i]) finish(memory_.holdings[i].parent);
        const bool wanted = worked_[i] || terms_.holdings[i].weight > 0;
        if (wanted) at = or_after_opening(at, seen_, terms_.holdings.instrument(i));
    }
    for (const Obligation& call : seen_.obligations) {
        const Time meets = call.due - terms_.meet_lead;
        if (meets > seen_.now) at = std::min(at, meets);
    }
    return {.at = at};
}

}  // namespace crowdout::agents
