// SPDX-License-Identifier: Apache-2.0
#include "market/market_hours.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <utility>

namespace crowdout::market {

namespace {

Time next_midnight(Time time) {
    return Time{(time.ns / day.ns + 1) * day.ns};
}

}  // namespace

MarketHours::MarketHours(Session session, std::vector<Outage> outages, Time start)
    : session_{session}, outages_{std::move(outages)}, is_open_{market::is_open(session, start)} {
    assert(start.ns >= 0);
    const bool always = session == Session::always;
    edge_ = always ? next_midnight(start) : market::next_change(session, start);
    if (is_open_ && !always) opened_ = session_hours(session, new_york_day(start)).open;
    settle(start);
}

bool MarketHours::is_near_edge(Time at, Duration after_open, Duration before_close) const {
    if (session_ == Session::always || !is_open_) return false;
    return at < opened_ + after_open || at >= edge_ - before_close;
}

MarketPhase MarketHours::phase_at(Time at) const {
    if (at < next_event_) return phase_;
    for (std::size_t i = outage_; i < outages_.size() && outages_[i].from <= at; ++i) {
        if (at < outages_[i].to) return MarketPhase::down;
    }
    if (!market::is_open(session_, at)) {
        return is_pre_open(session_, at) ? MarketPhase::pre_open : MarketPhase::closed;
    }
    const bool halted = halted_until_ != never && at < halted_until_ && at < next_change();
    return halted ? MarketPhase::halted : MarketPhase::continuous;
}

Time MarketHours::held_until(Time at) const {
    for (std::size_t i = outage_; i < outages_.size() && outages_[i].from <= at; ++i) {
        if (at < outages_[i].to) return outages_[i].to;
    }
    return halted_until_ != never && at < halted_until_ ? halted_until_ : never;
}

MarketHours::Turn MarketHours::advance() {
    assert(next_event_ != never);
    Turn turn{.at = next_event_};
    if (turn.at >= edge_) {
        if (session_ == Session::always) {
            edge_ = next_midnight(turn.at);
        } else {
            is_open_ = !is_open_;
            edge_ = market::next_change(session_, turn.at);
            halted_until_ = never;
            if (is_open_) opened_ = turn.at;
        }
        turn.day_begins = is_open_;
        turn.session_ends = !is_open_;
    }
    if (turn.at >= halted_until_) halted_until_ = never;
    settle(turn.at);
    return turn;
}

void MarketHours::halt(Time at, Duration length) {
    assert(phase_ == MarketPhase::continuous && length > Duration{0});
    halted_until_ = at + length;
    settle(at);
}

void MarketHours::add_outage(Outage outage, Time at) {
    assert(outage.from > at && outage.from < outage.to);
    const auto ahead = outages_.begin() + static_cast<std::ptrdiff_t>(outage_);
    const auto first = std::find_if(ahead, outages_.end(),
                                    [&](const Outage& known) { return known.to >= outage.from; });
    const auto last = std::find_if(first, outages_.end(),
                                   [&](const Outage& known) { return known.from > outage.to; });
    if (first != last) {
        outage.from = std::min(outage.from, first->from);
        outage.to = std::max(outage.to, std::prev(last)->to);
    }
    outages_.insert(outages_.erase(first, last), outage);
    if (next_event_ > at) settle(at);  // else what is due settles it
}

/// Phase and next event as they follow from everything else.
void MarketHours::settle(Time at) {
    while (outage_ < outages_.size() && at >= outages_[outage_].to) ++outage_;
    next_event_ = std::min(edge_, halted_until_);
    bool is_down = false;
    if (outage_ < outages_.size()) {
        const Outage& outage = outages_[outage_];
        is_down = at >= outage.from;
        next_event_ = std::min(next_event_, is_down ? outage.to : outage.from);
    }
    const Time collect_from = is_open_ ? never : edge_ - pre_open_span;
    if (at < collect_from) next_event_ = std::min(next_event_, collect_from);
    phase_ = is_down     ? MarketPhase::down
             : !is_open_ ? (at < collect_from ? MarketPhase::closed : MarketPhase::pre_open)
             : halted_until_ != never ? MarketPhase::halted
                                      : MarketPhase::continuous;
}

}  // namespace crowdout::market
