// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "market/account_table.hpp"
#include "market/time.hpp"
#include "market/units.hpp"

namespace crowdout::market {

/// What happens to an order that would trade too far from the recent price.
enum class BandAction : std::uint8_t {
    off,
    reject,  ///< a limit beyond the band is refused; a market order takes what lies inside
    halt,    ///< it takes what lies inside; if it would go on, the book halts
};

/// How far from its reference a book may trade. The reference is the mean price of the trades of
/// the last `window`, those of an auction included; an auction starts it afresh.
///
/// Source of the defaults: Limit Up-Limit Down plan, tier 1 (S&P 500, Russell 1000) above $3: 5 %
/// around the mean of five minutes, doubled from 09:30 to 09:45 and from 15:35 to 16:00. The
/// plan's 15 seconds of waiting at the limit are left out (our choice).
struct PriceBand {
    BandAction action = BandAction::off;
    RateR9 width = 50'000'000;              ///< of the reference, to each side; 0 < width < 1e9
    Duration window{5 * minute.ns};         ///< a multiple of 10 ns
    Duration wide_at_open{15 * minute.ns};  ///< the width is doubled for so long
    Duration wide_at_close{25 * minute.ns};
};

/// How many submissions and replacements are taken in one window; cancels always are (our choice:
/// who cannot withdraw does not quote). Windows are multiples of `window` since 1970.
struct ThrottleRule {
    std::uint32_t account_max = 0;  ///< messages of one account; 0: no limit
    std::uint32_t venue_max = 0;    ///< messages of all; 0: no limit
    Duration window{10 * second.ns};
};

/// When a book withdraws a maker's quotes (orders of cause `quote`) on the maker's behalf, all of
/// them: after so many fills of his within a step, or a fill so far from the last price before the
/// step (or from the price of an auction in it). He starts afresh with his next quote. Off by
/// default.
struct QuoteProtection {
    std::uint32_t fills_max = 0;  ///< 0: no limit
    std::int32_t move_bp = 0;     ///< basis points; 0: no limit

    [[nodiscard]] bool is_on() const { return fills_max > 0 || move_bp > 0; }
};

/// The venue answers nobody from `from`, included, to `to`, excluded.
struct Outage {
    Time from;
    Time to;
};

/// The rules of one book. The defaults are a crypto venue's: nothing stops it.
struct TradingRules {
    PriceBand band;
    Duration halt{5 * minute.ns};  ///< how long a halt collects orders (LULD: five minutes)
    ThrottleRule throttle;
    QuoteProtection protection;
    /// Orders sent to a closed market wait for the opening auction instead of being refused before
    /// the last minutes (`pre_open_span`).
    bool queue_while_closed = false;
    std::vector<Outage> outages;  ///< in order, apart from each other

    template <class Archive>
    void archive(Archive& a) {
        a(band, halt, throttle, protection, queue_while_closed, outages);
    }
};

/// A listed share's: bands that halt, and a reopening auction.
[[nodiscard]] TradingRules us_equity_rules();

/// The mean trade price of the last window, renewed each tenth of it: between two renewals the
/// band stands still, as LULD's does for 30 seconds.
class ReferencePrice {
public:
    ReferencePrice() = default;
    ReferencePrice(Price opening, Duration window, Time now);

    [[nodiscard]] Price value() const { return value_; }

    /// Renews the mean where a tenth has passed. @return whether one has.
    bool renew(Time now);
    void record(Price price) { recent_[at_].add(price); }
    /// Forgets all trades: an auction has found a new price.
    void reset(Price price, Time now);

private:
    static constexpr std::size_t parts = 10;
    struct Part {
        Int128 ticks = 0;
        std::int64_t trades = 0;

        void add(Price price) {
            ticks += price.value();
            ++trades;
        }
    };

    std::array<Part, parts> recent_{};
    std::size_t at_ = 0;
    std::int64_t part_number_ = 0;  // time over part length
    std::int64_t part_ns_ = 1;
    Price value_;
};

/// Counts messages against a `ThrottleRule`.
class MessageThrottle {
public:
    MessageThrottle() = default;
    explicit MessageThrottle(const ThrottleRule& rule) : rule_{rule} {}

    /// Counts one message, unless it is one too many. @param now  not before the last call's.
    [[nodiscard]] bool admit(AccountId account, Time now);

    template <class Archive>
    void archive(Archive& a) {
        a(rule_, counts_, total_, window_number_);
    }

private:
    ThrottleRule rule_;
    AccountTable<std::uint32_t> counts_;
    std::uint32_t total_ = 0;
    std::int64_t window_number_ = 0;
};

}  // namespace crowdout::market
