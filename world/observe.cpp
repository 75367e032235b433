// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "world/world.hpp"

namespace crowdout::world {

using market::Time;

/// Freezes what every agent may know, and finds out who is awake.
///
/// The books were looked at when the last step closed (`record`), so that outsiders see the same
/// as agents do. A world between two steps points to nothing, so that its copy is whole; prices of
/// the past are lent for the step.
void World::observe(Pool&) {
    scratch_.events.clear();
    clock_.plan(sessions_, events_, macro_.next_quarter);
    economy_.flows.begin_step();
    scratch_.books_mark = mark_books();
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        views_[book].history = &tapes_[book].history;
    }
    wake_due();
}

/// What everybody sees of a book at `now`, the end of a step and the beginning of the next.
void World::view_book(std::size_t book, Time now) {
    const market::Market& market = markets_[book];
    const market::Instrument& instrument = instruments_[book];
    Tape& tape = tapes_[book];
    agents::BookView& view = views_[book];

    // A book turns its phase when it takes its next queue; who decides now must know already.
    const market::MarketPhase phase = market.phase_at(now);
    view.open = phase == market::MarketPhase::continuous;
    view.accepts = phase != market::MarketPhase::down &&
                   (phase != market::MarketPhase::closed || market.rules().queue_while_closed);
    view.next_change =
        std::min(market::next_change(instrument.session, now), market.held_until(now));
    view.bid = market.book().best_bid().value_or(market::Price{0});
    view.ask = market.book().best_ask().value_or(market::Price{0});
    view.last = market.statistics().last;
    view.mid = tape.mid;
    tape.show(view);

    const auto dollars = [&](market::Side side, double edge, market::Rounding mode) {
        const market::Depth depth =
            market.book().depth(side, instrument.to_price(edge * tape.mid, mode));
        return static_cast<double>(depth.tick_lots) *
               static_cast<double>(instrument.money_per_tick_lot) / market::money_per_dollar;
    };
    view.bid_depth = dollars(market::Side::buy, 0.99, market::Rounding::ceil);
    view.ask_depth = dollars(market::Side::sell, 1.01, market::Rounding::floor);
}

/// Lists the turns of this step in the order of agents: those whose date falls into it, those
/// whose order was filled, and those whose price was reached.
void World::wake_due() {
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        alarms_.check(book, views_[book].mid,
                      [this](std::uint32_t agent) { woken_early_.push_back(agent); });
    }
    for (const std::uint32_t agent : woken_early_) {
        awake_.insert(agent);
        calendar_.set(agent, clock_.now());
    }
    woken_early_.clear();
    calendar_.take_until(clock_.step_end(), [this](std::uint32_t agent) { awake_.insert(agent); });

    auto& turns = scratch_.turns;
    auto& agents = scratch_.turn_agent;
    turns.clear();
    agents.clear();
    std::uint32_t population = 0;
    awake_.drain([&](std::uint32_t agent) {
        while (agent >= first_agent_[population + 1]) ++population;
        const Time date = calendar_.date(agent);
        turns.push_back({.member = agent - first_agent_[population],
                         .at = std::max(date, clock_.now()),
                         .cell = date,
                         .next = {}});
        agents.push_back(agent);
    });
}

}  // namespace crowdout::world
