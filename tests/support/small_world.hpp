// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "world/builder.hpp"
#include "world/load_world.hpp"

/// Worlds small enough to run in a test, as a person would write them.
namespace crowdout::test {

inline std::shared_ptr<const world::WorldConfig> config_of(
    std::string_view text, const std::vector<std::string>& overrides = {}) {
    auto loaded = world::load_world_text("test.yaml", std::string{text}, overrides);
    if (!loaded.report.ok()) throw std::runtime_error{loaded.text()};
    return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
}

inline world::World build_world(std::string_view text,
                                const std::vector<std::string>& overrides = {}) {
    return world::build(config_of(text, overrides));
}

/// One coin, a crowd that trades it at random, and two makers: every order path but no slow clock.
inline constexpr std::string_view crowd_world = R"(
name: crowd
start: 2026-01-05T00:00:00Z
duration: 2d
steps: [1min]
bank: bank
sectors: [{name: public}]
venues: [{name: exchange, operated_by: bank, maker_fee: 1bp, taker_fee: 5bp}]
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 1M, issuer: bank, rest_with: vault, sigma_daily: 3%, volume_daily: $10M,
     valuation: none}
institutions: [{name: bank, sector: public}, {name: vault, sector: public}]
populations:
  - {name: crowd, sector: public, archetype: zero_intelligence, count: 600, instrument: COIN,
     order_size: 1, market_rate: 50k/d, limit_rate: 1k/d, lifetime: 10min, band: 100,
     latency: 20ms, owns: {USD: $50M, COIN: $50M}}
  - {name: makers, sector: public, archetype: market_maker, count: 2, instrument: COIN,
     depth: $20k, interval: 1min, owns: {USD: $2M, COIN: $2M}}
)";

/// Every kind of contract, and members who never act of themselves: what a test moves, it has
/// moved itself. 09:00 in New York on a Monday, with the last quarter end of the winter near.
inline constexpr std::string_view quiet_world = R"(
name: quiet
start: 2026-03-30T13:00:00Z
duration: 400d
steps: [30min, 1min]
bank: bank
rates: {policy: 4%/yr, government: NOTE}
sectors: [{name: all}]
venues:
  - {name: exchange, operated_by: bourse, maker_fee: 1bp, taker_fee: 5bp}
  - {name: floor, operated_by: bourse, taker_fee: 0}
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 1M, issuer: protocol, rest_with: vault, sigma_daily: 3%,
     volume_daily: $10M, valuation: none}
  - {name: STOCK, kind: share, session: us_equities, venue: floor, price: $50, supply: 1M,
     issuer: firm, rest_with: vault, volume_daily: $10M, dividend_yield: 4%/yr, valuation: none}
  - {name: NOTE, kind: bond, session: us_bonds, venue: floor, price: $100, supply: 100k,
     issuer: state, rest_with: vault, volume_daily: $10M, valuation: none,
     bond: {coupon: 4%/yr, years: 10}}
  - {name: FUND, kind: etf_share, session: us_equities, venue: floor, price: $50, supply: 100k,
     issuer: trust, rest_with: vault, volume_daily: $10M, valuation: none,
     etf: {holds: {COIN: 0.5}, sponsor: sponsor, basket: 1k, fee: 0%/yr}}
assets:
  - {name: LAB_SHARE, unit: 0.01, price: $10, issuer: lab}
  - {name: HEDGE_UNIT, unit: 0.01, price: $100, issuer: hedge, is_fund: true}
institutions:
  - {name: bank, sector: all}
  - {name: bourse, sector: all}
  - {name: protocol, sector: all}
  - {name: firm, sector: all, owns: {USD: $1M}}
  - {name: state, sector: all}
  - {name: trust, sector: all}
  - {name: sponsor, sector: all}
  - {name: lab, sector: all}
  - {name: vault, sector: all, owns: {USD: $50M, HEDGE_UNIT: $1M}}
populations:
  - {name: hands, sector: all, archetype: zero_intelligence, count: 4, instrument: COIN,
     market_rate: 0.000000001/yr, limit_rate: 0/yr, lifetime: 10000d, latency: 0s,
     trades: [STOCK, NOTE, FUND, LAB_SHARE, HEDGE_UNIT],
     owns: {USD: $400k, COIN: $400k, STOCK: $400k, NOTE: $400k}}
  - {name: hedge, sector: all, archetype: zero_intelligence, count: 2, instrument: COIN,
     market_rate: 0.000000001/yr, limit_rate: 0/yr, lifetime: 10000d, trades: [STOCK],
     owns: {USD: $200k, COIN: $800k},
     credit: {lender: bank, limit: $1M, drawn: $0, spread: 1%/yr, loan_to_value: 50%}}
)";

}  // namespace crowdout::test
