// SPDX-License-Identifier: Apache-2.0
#include "agents/ai_lab.hpp"

#include <algorithm>
#include <span>

#include "agents/numeric.hpp"
#include "market/calendar.hpp"

namespace crowdout::agents {

using market::AccountId;
using market::Duration;
using market::Reason;
using market::Time;

namespace {

using Params = AiLab::Params;
using State = AiLab::State;

/// Calls fall due at 16:00 New York, when the wires are still open.
constexpr Duration due_hour{market::hour.ns * 16};

/// Calls `usd` pro rata to what each has left, which it lowers. @return USD called.
double call(std::span<const AccountId> accounts, std::span<double> left, double usd, Time due,
            Intents& intents) {
    double total = 0;
    for (const double each : left) total += each;
    if (total <= 0 || usd <= 0) return 0;

    const double share = std::min(1.0, usd / total);
    double called = 0;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        Instruction instruction;
        instruction.kind = InstructionKind::call_capital;
        instruction.reason = Reason::capital_calls;
        instruction.counterparty = accounts[i];
        instruction.amount = to_units(left[i] * share);
        instruction.due = due;
        if (instruction.amount.value() == 0) continue;
        intents.instruct(instruction);
        called += left[i] * share;
        left[i] -= left[i] * share;
    }
    return called;
}

/// Compute that falls due in the year to come, unscaled, as far as it is known now, USD per year.
double due_ahead(const Params& params, const Observation& seen, Duration age) {
    return params.compute.empty() ? AiLab::due_between(params, age, age + market::year)
                                  : params.compute.known_at(seen.now);
}

/// Compute that fell due since the last look, unscaled, USD.
double fallen_due(const Params& params, const Observation& seen, Duration age, Duration since) {
    return params.compute.empty() ? AiLab::due_between(params, age - since, age)
                                  : params.compute.known_at(seen.now) * since.years();
}

/// What is spent beyond revenue in the year to come at today's prices, USD per year.
double burn(const Params& params, const State& state, const Observation& seen, Duration age) {
    const double compute = due_ahead(params, seen, age) * state.scale;
    const double revenue =
        (state.revenue + AiLab::grown(params, state.revenue, 1)) / 2;  // trapezium over the year
    return std::max(0.0, compute + params.operating_cost - revenue);
}

void pay_suppliers(const Params& params, State& state, const Observation& seen, Duration age,
                   double years, Intents& intents) {
    state.owed += fallen_due(params, seen, age, seen.now - state.last) * state.scale;
    double cash = std::max(0.0, seen.cash());
    cash -= params.operating_to.pay(std::min(cash, params.operating_cost * years), Reason::wages,
                                    intents);
    state.owed -= params.suppliers.pay(std::min(cash, state.owed), Reason::sales, intents);
}

void raise(const Params& params, State& state, const Observation& seen, Duration age,
           Intents& intents) {
    const double burned = burn(params, state, seen, age);
    const double secured = seen.cash() + called_and_open(seen) - state.owed;
    if (burned <= 0 || secured >= burned * params.runway_min.years()) return;
    const double wanted = burned * params.runway_target.years() - secured;
    if (wanted < params.raise_min) return;

    const market::DayNumber today = market::new_york_day(seen.now);
    const market::DayNumber on = market::add_business_days(
        market::Session::us_bonds, today, static_cast<std::int32_t>(params.notice_days));
    const Time due = market::new_york_time(on, due_hour);
    const std::span<double> left{state.unfunded};
    const std::size_t investors = params.investor_accounts.size();
    const std::size_t vendors = params.vendor_accounts.size();
    // What vendors do not take is asked of investors too.
    const double financed = call(params.vendor_accounts, left.subspan(investors, vendors),
                                 wanted * params.vendor_share, due, intents);
    (void)call(params.investor_accounts, left.first(investors), wanted - financed, due, intents);
}

void scale_down(const Params& params, State& state, const Observation& seen) {
    for (const Obligation& call : seen.receivables) {
        if (call.kind != ObligationKind::capital_call) continue;
        if (call.due + params.patience > seen.now || state.cut_at + params.patience > seen.now) {
            continue;
        }
        state.scale *= 1 - params.cut;
        state.cut_at = seen.now;
        return;
    }
}

}  // namespace

void AiLab::Params::check(Complaints& complaints) const {
    if (investors.size() + vendors.size() > backers_max) {
        complaints.error("investors", "and vendors are more than 16 together");
    }
    if (runway_min > runway_target) complaints.error("runway_min", "lies above runway_target");
}

void AiLab::bind(Params& params, const Names& names) {
    params.operating_to.bind(names);
    params.suppliers.bind(names);
    if (!params.compute_series.empty()) params.compute = names.series(params.compute_series);
    params.investor_accounts.clear();
    params.vendor_accounts.clear();
    for (const auto& entry : params.investors) {
        params.investor_accounts.push_back(names.account(entry.first));
    }
    for (const auto& entry : params.vendors) {
        params.vendor_accounts.push_back(names.account(entry.first));
    }
}

Wake AiLab::begin(const Params& params, State& state, const Genesis& genesis, Random& random) {
    state = {};
    std::size_t i = 0;
    for (const auto& entry : params.investors) state.unfunded[i++] = entry.second;
    for (const auto& entry : params.vendors) state.unfunded[i++] = entry.second;
    state.revenue = params.revenue;
    state.start = state.last = genesis.seen.now;
    return {.at = next_look(genesis.seen.now, params.review, random.uniform() - 0.5)};
}

Wake AiLab::decide(const Params& params, State& state, const Observation& seen, Random& random,
                   Intents& intents) {
    const Duration age = params.path_age + (seen.now - state.start);
    const double years = (seen.now - state.last).years();
    scale_down(params, state, seen);
    state.revenue = grown(params, state.revenue, years);
    pay_suppliers(params, state, seen, age, years, intents);
    raise(params, state, seen, age, intents);
    state.last = seen.now;
    return {.at = next_look(seen.now, params.review, random.uniform())};
}

double AiLab::due_between(const Params& params, Duration from, Duration to) {
    double years = 0;
    for (std::size_t i = 0; i < params.path.size(); ++i) {
        const auto year = static_cast<double>(i);
        const double begin = std::max(from.years(), year);
        const double end = std::min(to.years(), year + 1);
        if (end > begin) years += params.path[i] * (end - begin);
    }
    return params.commitments * years;
}

double AiLab::grown(const Params& params, double revenue, double years) {
    if (revenue <= 0) return 0;
    const double odds = (params.revenue_max / revenue - 1) * exp(-params.revenue_growth * years);
    return params.revenue_max / (1 + odds);
}

}  // namespace crowdout::agents
