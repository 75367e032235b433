// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "market/venue.hpp"

namespace crowdout::market::test {

/// Friday 10 October 2025, New York's clock (daylight saving, 4 h behind UTC).
inline Time new_york(int hours, int minutes, int seconds = 0) {
    return Time{} + day * day_number({2025, 10, 10}) + hour * (hours + 4) + minute * minutes +
           second * seconds;
}

inline AccountId account(std::uint32_t row) {
    return {1, row};
}

/// A market and the step in hand: sends one message at a time and shows what came of it.
struct Desk {
    Market market;
    BookEvents events;
    Time now;
    std::uint64_t orders = 0;

    Desk(Session session, const TradingRules& rules, Time start, std::int64_t reference = 1'000)
        : market{instrument(session), rules, Price{reference}, start}, now{start} {}

    static Instrument instrument(Session session) {
        Instrument result;
        result.session = session;
        return result;
    }
    void send(const Message& message) {
        const Message queue[] = {message};
        events.clear();
        market.process(queue, now, now + millisecond, events);
        now = now + millisecond;
    }
    void wait_until(Time time) {
        events.clear();
        market.process({}, now, time + millisecond, events);
        now = time + millisecond;
    }
    Order order(std::uint32_t owner, Side side, std::int64_t limit, std::int64_t lots) {
        Order result;
        result.id = OrderId{++orders};
        result.owner = account(owner);
        result.side = side;
        result.limit = Price{limit};
        result.quantity = Quantity{lots};
        return result;
    }
    OrderId submit(Order sent) {
        send({.kind = MessageKind::submit, .arrival = now, .order = sent});
        return sent.id;
    }
    OrderId buy(std::uint32_t owner, std::int64_t limit, std::int64_t lots) {
        return submit(order(owner, Side::buy, limit, lots));
    }
    OrderId sell(std::uint32_t owner, std::int64_t limit, std::int64_t lots) {
        return submit(order(owner, Side::sell, limit, lots));
    }
    [[nodiscard]] Ticket last_ticket() const { return events.rested.back().ticket; }
    [[nodiscard]] Reject reject() const {
        return events.removed.empty() ? Reject::none : events.removed.back().reject;
    }
};

/// A listed share's rules, with a band of 5 % at all times.
inline TradingRules halting() {
    TradingRules rules = us_equity_rules();
    rules.band.wide_at_open = Duration{0};
    rules.band.wide_at_close = Duration{0};
    return rules;
}

}  // namespace crowdout::market::test
