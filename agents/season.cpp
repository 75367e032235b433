// SPDX-License-Identifier: Apache-2.0
#include "agents/season.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "agents/trading.hpp"
#include "market/calendar.hpp"

namespace crowdout::agents {

using market::Time;

double round_the_clock(Time t) {
    static constexpr std::array<double, 24> hours{
        0.625, 0.625, 0.5,   0.375, 0.25, 0.25, 0.25, 0.25, 0.25,  0.25,  0.5,  0.5,
        0.5,   0.75,  0.875, 1.0,   1.0,  1.0,  1.0,  1.0,  0.875, 0.875, 0.75, 0.75};
    return hours.at(static_cast<std::size_t>(t.ns / market::hour.ns % 24));
}

double season(market::Session session, Time now, Time closes) {
    if (session == market::Session::always) {
        constexpr double mean = 0.625;
        const auto today = static_cast<market::DayNumber>(now.ns / market::day.ns);
        const bool weekend = market::weekday(today) >= market::Weekday::saturday;
        return round_the_clock(now) / mean * (weekend ? 0.7 : 1.12);
    }
    const double left = (closes - now).seconds() / open_seconds(session);
    const double passed = std::clamp(1.0 - left, 0.0, 1.0);
    if (session == market::Session::us_equities) {
        return 0.5 + 6.0 * (passed - 0.5) * (passed - 0.5);
    }
    static constexpr std::array<double, 9> hours{1.0, 1.5, 1.4, 1.1, 0.9, 0.9, 1.3, 0.6, 0.3};
    const auto hour = static_cast<std::size_t>(passed * static_cast<double>(hours.size()));
    return hours.at(std::min(hour, hours.size() - 1));
}

}  // namespace crowdout::agents
