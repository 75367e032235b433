// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "market/calendar.hpp"
#include "market/trading_rules.hpp"

namespace crowdout::market {

enum class MarketPhase : std::uint8_t {
    closed,      ///< nothing is taken, unless the rules let orders queue
    pre_open,    ///< orders wait for the opening auction
    continuous,  ///< orders trade as they come
    halted,      ///< orders wait for the reopening auction
    down,        ///< an outage: nobody is answered
};

/// In which phase one book is, and when that next changes: sessions, halts and outages in one.
///
/// An outage outranks the session, the session a halt: a halt ends with the session, and what was
/// collected waits for the next opening.
class MarketHours {
public:
    MarketHours() = default;
    /// @param outages  in order, apart from each other.
    MarketHours(Session session, std::vector<Outage> outages, Time start);

    [[nodiscard]] MarketPhase phase() const { return phase_; }
    /// The phase that the clock alone leads to by `at`, which is not before the last `advance`.
    [[nodiscard]] MarketPhase phase_at(Time at) const;
    /// When the outage or the halt that holds at `at` ends; `never` where none does.
    [[nodiscard]] Time held_until(Time at) const;
    /// The next moment at which anything changes by the clock.
    [[nodiscard]] Time next_event() const { return next_event_; }
    /// The next opening or close of the session; `never` for one that never closes.
    [[nodiscard]] Time next_change() const { return session_ == Session::always ? never : edge_; }

    /// Whether `at` lies so near to the opening or the close of the session that is open.
    [[nodiscard]] bool is_near_edge(Time at, Duration after_open, Duration before_close) const;

    struct Turn {
        Time at;
        bool day_begins = false;  ///< at the opening; at 00:00 UTC where it never closes
        bool session_ends = false;
    };
    /// Lets happen what is due at `next_event()`.
    Turn advance();

    /// Stops continuous trading; it goes on after `length`, unless the session ends first.
    void halt(Time at, Duration length);
    /// One more outage, still to come at `at`. What it touches of those known becomes one with it.
    void add_outage(Outage outage, Time at);

    template <class Archive>
    void archive(Archive& a) {
        a(session_, outages_, outage_, is_open_, opened_, edge_, halted_until_, phase_,
          next_event_);
    }

private:
    void settle(Time at);

    Session session_ = Session::always;
    std::vector<Outage> outages_;
    std::uint64_t outage_ = 0;  // the one that runs or comes next
    bool is_open_ = true;
    Time opened_;
    Time edge_ = never;  // of the session, or the next day
    Time halted_until_ = never;
    MarketPhase phase_ = MarketPhase::continuous;
    Time next_event_ = never;
};

}  // namespace crowdout::market
