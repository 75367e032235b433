// SPDX-License-Identifier: Apache-2.0
#include "agents/execution_trader.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/sampling.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Price;
using market::Quantity;
using market::Rounding;
using market::Side;

/// Size of its children, of daily volume. A trait: the same stream says the same at every look.
double child_share(const ExecutionTrader::Params& params, const Observation& seen) {
    Random trait{seen.nature, seen.self.row(), Purpose::trait, 0};
    return sample(params.child_share, trait);
}

Quantity child_lots(const ExecutionTrader::Params& params, const Observation& seen) {
    const BookView& book = seen.market.book(params.id);
    const double whole = child_share(params, seen) * book.volume_daily / book.mid;
    return std::max(Quantity{1}, seen.market.instrument(params.id).to_lots(whole));
}

/// Mean seconds of open time between children, so that they are `participation` of the volume.
double pace(const ExecutionTrader::Params& params, const Observation& seen) {
    const auto session = seen.market.instrument(params.id).session;
    return params.attention.wait(child_share(params, seen) / params.participation *
                                 open_seconds(session));
}

/// Student's t with two degrees of freedom, by inversion.
double student_two(Random& random) {
    const double u = random.uniform_open();
    return (2.0 * u - 1.0) / std::sqrt(2.0 * u * (1.0 - u));
}

/// A new parent of either sign, as large as its means allow; the other sign where those are nil.
void start_parent(const ExecutionTrader::Params& params, ExecutionTrader::State& state,
                  const Observation& seen, Random& random) {
    const std::int64_t children = ExecutionTrader::draw_children(params, random);
    Side side = random.bernoulli(0.5) ? Side::buy : Side::sell;
    const auto& instrument = seen.market.instrument(params.id);
    const auto means = [&](Side of) {
        const Price worst =
            worst_price(instrument, seen.market.book(params.id), of, params.slippage);
        return lots_within_means(seen, params.id, of, worst);
    };
    const Quantity child = child_lots(params, seen);
    if (means(side) < child) side = market::opposite(side);
    const std::int64_t lots = std::min(children * child.value(), means(side).value());
    if (lots == 0) return;
    state.target = seen.position(params.id).value() + (side == Side::buy ? lots : -lots);
    state.working = 1;
    ++state.sequence;
}

/// A limit around the best of its own side; never beyond `slippage` from the opposite best.
Price place(const ExecutionTrader::Params& params, const Observation& seen, Side side,
            Random& random) {
    const BookView& book = seen.market.book(params.id);
    const auto& instrument = seen.market.instrument(params.id);
    const double towards = params.placement * student_two(random);
    const Price best = side == Side::buy ? book.bid : book.ask;
    const double from = best.value() > 0 ? instrument.to_usd(best) : book.mid;
    const Price worst = worst_price(instrument, book, side, params.slippage);
    const double drawn = from * exp(std::clamp(side == Side::buy ? towards : -towards, -1.0, 1.0));
    return side == Side::buy ? std::min(worst, instrument.to_price(drawn, Rounding::floor))
                             : std::max(worst, instrument.to_price(drawn, Rounding::ceil));
}

}  // namespace

std::int64_t ExecutionTrader::draw_children(const Params& params, Random& random) {
    const double length = random.pareto(1.0, params.tail);
    return static_cast<std::int64_t>(std::min(length, static_cast<double>(params.children_max)));
}

void ExecutionTrader::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
}

Wake ExecutionTrader::begin(const Params& params, State&, const Genesis& genesis, Random& random) {
    return {.at =
                after(genesis.seen.now, random.exponential() * params.attention.wait(params.idle))};
}

Wake ExecutionTrader::decide(const Params& params, State& state, const Observation& seen,
                             Random& random, Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    if (!book.open) {
        const double wait = random.exponential() * pace(params, seen);
        return {.at = after(std::max(book.next_change, seen.now), wait)};
    }
    if (!params.attention.acts(seen, params.id, random)) {
        const double mean =
            state.working == 1 ? pace(params, seen) : params.attention.wait(params.idle);
        return {.at = after(seen.now, random.exponential() * mean)};
    }
    if (state.working == 0) start_parent(params, state, seen, random);

    const std::int64_t left = state.target - seen.position(params.id).value();
    if (state.working == 0 || left == 0) {
        state.working = 0;
        return {.at = after(seen.now, random.exponential() * params.attention.wait(params.idle))};
    }
    const Side side = left > 0 ? Side::buy : Side::sell;
    const auto& instrument = seen.market.instrument(params.id);
    const Price worst = worst_price(instrument, book, side, params.slippage);

    // What has not filled since the last child is moved to where it will: the parent keeps pace.
    // What fills while a move is on its way is traded twice; the excess is traded back.
    Quantity means = lots_within_means(seen, params.id, side, worst);
    Quantity wanted{std::abs(left)};
    bool withdrawn = false;
    bool waiting = false;
    for (const OpenOrder& order : seen.orders) {
        const Quantity kept = order.side == side ? std::min(order.left, wanted) : Quantity{};
        if (kept.value() > 0 && kept <= means) {
            intents.replace(order, worst, kept);
            means -= kept;
            wanted -= kept;
            waiting = true;
        } else {
            intents.cancel(order);
            withdrawn = withdrawn || kept.value() > 0;
        }
    }
    if (withdrawn) {
        state.late = 1;
        return {.at = seen.now + seen.step};  // its escrow is free by then
    }
    const Price near = place(params, seen, side, random);
    const bool takes = params.taking > 0.0 && random.bernoulli(params.taking);
    const Price limit = state.late == 1 || takes ? worst : near;
    state.late = 0;
    const Quantity child = std::min({child_lots(params, seen), wanted, means});
    if (child.value() > 0) {
        market::Order order = resting_order(side, limit, child, market::Cause::choice);
        order.parent = parent_id(seen.self, state.sequence);
        intents.submit(params.id, order);
    } else if (!waiting) {
        state.working = 0;  // its means do not reach further
    }
    return {.at = after(seen.now, random.exponential() * pace(params, seen))};
}

}  // namespace crowdout::agents
