// SPDX-License-Identifier: Apache-2.0
#include "agents/etf_participant.hpp"

#include <algorithm>
#include <cmath>

#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

Parity parity_of(const EtfParticipant::Params& params) {
    return {.package = params.share_id, .parts = params.parts, .units = params.units};
}

void square(const EtfParticipant::Params& params, std::int64_t baskets, Intents& intents) {
    Instruction instruction;
    instruction.kind =
        baskets > 0 ? InstructionKind::create_baskets : InstructionKind::redeem_baskets;
    instruction.reason = market::Reason::baskets;
    instruction.instrument = params.share_id;
    instruction.amount = market::Units{std::abs(baskets)};
    intents.instruct(instruction);
}

}  // namespace

void EtfParticipant::bind(Params& params, const Names& names) {
    params.share_id = names.instrument(params.share);
    params.parts.clear();
    params.units.clear();
    for (const auto& [instrument, units] : params.contents) {
        params.parts.push_back(names.instrument(instrument));
        params.units.push_back(units);
    }
}

Wake EtfParticipant::begin(const Params& params, State& state, const Genesis& genesis,
                           Random& random) {
    state.home = home_of(parity_of(params), genesis.seen);
    state.looked = genesis.seen.now;
    return {.at = after(genesis.seen.now, random.uniform() * params.terms.interval)};
}

Wake EtfParticipant::decide(const Params& params, State& state, const Observation& seen, Random&,
                            Intents& intents) {
    const double seconds =
        std::min((seen.now - state.looked).seconds(), std::max(60.0, seen.step.seconds()));
    state.looked = seen.now;
    const BookView& book = seen.market.book(params.share_id);
    if (!book.open) {  // the primary market keeps the hours of the share's own
        return {.at = std::max(book.next_change, after(seen.now, params.terms.interval))};
    }
    const std::int64_t baskets = baskets_due(params, state, seen);
    if (baskets != 0) {
        // Instructions are carried out first: what it delivers is not there to be traded with.
        square(params, baskets, intents);
    } else {
        const double days = seconds / open_seconds(seen.market.instrument(params.share_id).session);
        close_gap(params.terms, parity_of(params), state.home, days, seen, intents);
    }
    return {.at = after(seen.now, params.terms.interval)};
}

std::int64_t EtfParticipant::baskets_due(const Params& params, const State& state,
                                         const Observation& seen) {
    const auto& share = seen.market.instrument(params.share_id);
    const double missing =
        share.to_whole_units(market::Quantity{state.home.package} - seen.position(params.share_id));
    double baskets = std::abs(missing) / params.basket_shares;
    if (missing < 0.0) {
        const double free = share.to_whole_units(seen.free_lots(params.share_id));
        baskets = std::min(baskets, free / params.basket_shares);
    } else {
        for (std::size_t i = 0; i < params.parts.size(); ++i) {
            const auto& part = seen.market.instrument(params.parts[i]);
            const double free = part.to_whole_units(seen.free_lots(params.parts[i]));
            baskets = std::min(baskets, free / (params.units[i] * params.basket_shares));
        }
    }
    const auto whole =
        static_cast<std::int64_t>(std::min(baskets, static_cast<double>(params.baskets_max)));
    return missing > 0.0 ? whole : -whole;
}

}  // namespace crowdout::agents
