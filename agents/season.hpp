// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "market/instrument.hpp"
#include "market/time.hpp"

namespace crowdout::agents {

/// Share of the busiest hour's activity in markets that never close, by hour of the day (UTC): busy
/// from noon to midnight in Europe and America, quiet from 3 to 9 h. Mean 0.625. Our choice.
[[nodiscard]] double round_the_clock(market::Time t);

/// How busy a moment usually is, where the mean over a market's open time is one.
///
/// Shares: a U over the session, 0.5 + 6 (x - 1/2)^2 with x the share of it that has passed: twice
/// the mean at both ends (Jain & Joh 1988; Admati & Pfleiderer 1988 for why). Bonds: by hour from
/// 08:00, two peaks and a quiet end (Fleming 1997). Round the clock: as above, and at weekends
/// 0.7 / 1.12 of a weekday. The figures are our choice.
/// @param closes  when the open session ends; without meaning for a market that never closes.
[[nodiscard]] double season(market::Session session, market::Time now, market::Time closes);

}  // namespace crowdout::agents
