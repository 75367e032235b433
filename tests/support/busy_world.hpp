// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace crowdout::test {

/// Every archetype and every kind of contract in one small world, across the end of a quarter, with
/// a margin spiral to come: prices fall on the first day when the policy rate rises.
inline constexpr std::string_view busy_world = R"(
name: busy
start: 2026-03-31T13:00:00Z
duration: 5d
steps: [5min, 1min]
bank: bank
rates: {policy: 3.6%/yr, government: NOTE, credit: CREDIT, equity_market: CHIP}
sectors: [{name: public}, {name: firms}, {name: finance}]
venues:
  - {name: exchange, operated_by: bourse, maker_fee: 1bp, taker_fee: 4bp}
  - {name: offshore, operated_by: bourse, maker_fee: 1bp, taker_fee: 5bp, price_band: 10%}
  - {name: floor, operated_by: bourse, taker_fee: 0.3bp, price_band: 5%}
instruments:
  - {name: COIN, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 10M, issuer: protocol, rest_with: vault, sigma_daily: 3%,
     volume_daily: $50M, value_sigma: 30%, news_sigma: 10%, mint_to: miners, mint_per_day: 500,
     valuation: premium, horizon_years: 30}
  - {name: TWIN, kind: coin, session: always, venue: offshore, price: $100, tick: $0.01, lot: 0.01,
     unit: 0.0001, supply: 10M, issuer: protocol, rest_with: vault, sigma_daily: 3%,
     volume_daily: $20M, valuation: memory}
  - {name: CHIP, kind: share, session: us_equities, venue: floor, price: $50, supply: 20M,
     issuer: listed, rest_with: vault, volume_daily: $50M, dividend_yield: 2%/yr, valuation: par}
  - {name: NOTE, kind: bond, session: us_bonds, venue: floor, price: $98, supply: 10M,
     issuer: state, rest_with: vault, volume_daily: $50M, valuation: none,
     bond: {coupon: 4%/yr, years: 10}}
  - {name: CREDIT, kind: bond, session: us_bonds, venue: floor, price: $99, supply: 10M,
     issuer: registry, issued_by: [cloud], rest_with: vault, volume_daily: $50M, valuation: none,
     bond: {coupon: 5%/yr, years: 8}}
  - {name: FUND, kind: etf_share, session: us_equities, venue: floor, price: $50, supply: 1M,
     issuer: trust, rest_with: vault, volume_daily: $20M, valuation: none,
     etf: {holds: {COIN: 0.5}, sponsor: bourse, basket: 1k, fee: 0.25%/yr}}
assets:
  - {name: HEDGE_UNIT, unit: 0.01, price: $100, issuer: hedge, is_fund: true}
  - {name: LAB_SHARE, unit: 0.01, price: $100, issuer: lab}
institutions:
  - {name: bank, sector: finance}
  - {name: people, sector: public, owns: {USD: $500M}}
  - {name: firms, sector: firms, owns: {USD: $500M}}
  - {name: state, sector: public, owns: {USD: $100M}}
  - {name: listed, sector: firms, owns: {USD: $50M}}
  - {name: registry, sector: finance, owns: {USD: $10M}}
  - {name: bourse, sector: finance}
  - {name: protocol, sector: finance}
  - {name: trust, sector: finance}
  - {name: vault, sector: finance, owns: {HEDGE_UNIT: $20M}}
populations:
  - {name: flow, sector: public, archetype: zero_intelligence, count: 40, instrument: COIN,
     order_size: 5, market_rate: 2k/d, limit_rate: 60/d, lifetime: 20min, band: 100, latency: 20ms,
     owns: {USD: $20M, COIN: $20M}}
  - {name: coin_makers, sector: finance, archetype: market_maker, count: 2, latency: 5ms,
     instrument: COIN, depth: $500k, interval: 5min, owns: {USD: $20M, COIN: $20M}}
  - {name: twin_makers, sector: finance, archetype: market_maker, count: 2, latency: 5ms,
     instrument: TWIN, depth: $300k, interval: 5min, owns: {USD: $20M, TWIN: $20M}}
  - {name: chip_makers, sector: finance, archetype: market_maker, count: 2, latency: 5ms,
     instrument: CHIP, depth: $500k, interval: 5min, owns: {USD: $20M, CHIP: $20M}}
  - {name: note_makers, sector: finance, archetype: market_maker, count: 2, latency: 5ms,
     instrument: NOTE, depth: $500k, interval: 5min, owns: {USD: $20M, NOTE: $20M}}
  - {name: fund_makers, sector: finance, archetype: market_maker, count: 2, latency: 5ms,
     instrument: FUND, depth: $300k, interval: 5min, owns: {USD: $10M, FUND: $10M}}
  - {name: chartists, sector: public, archetype: chartist, count: 30, latency: 200ms,
     instrument: TWIN, interval: 0.02, beliefs: {trend_scale: 1.2}, owns: {USD: $10M, TWIN: $10M}}
  - {name: retail, sector: public, archetype: retail_trader, count: 300, represents: 100,
     latency: 2s, attention: 1000/yr, alarm: 1%, wealth: {pareto: {min: 1, alpha: 1.2}, max: 100},
     favourites: {COIN: 0.5, CHIP: 0.5}, owns: {USD: $10M, COIN: $10M, CHIP: $10M}}
  - {name: patient, sector: public, archetype: patient_investor, count: 30, instrument: COIN,
     reach: 20%, owns: {USD: $20M, COIN: $20M}}
  - {name: workers, sector: public, archetype: execution_trader, count: 5, instrument: CHIP,
     owns: {USD: $20M, CHIP: $20M}}
  - {name: trend, sector: finance, archetype: trend_fund, count: 3, assets: {COIN: 0.5, CHIP: 0.5},
     owns: {USD: $10M}}
  - {name: hedge, sector: finance, archetype: value_fund, count: 4,
     assets: {COIN: 0.5, CHIP: 0.5}, investors: people, owns: {USD: $2M, COIN: $14M, CHIP: $8M},
     trades: [HEDGE_UNIT],
     credit: {lender: bank, limit: $40M, drawn: $10M, spread: 1%/yr, loan_to_value: 40%}}
  - {name: twin_arbitrage, sector: finance, archetype: arbitrageur, count: 2, first: COIN,
     second: TWIN, owns: {USD: $5M, COIN: $5M, TWIN: $5M}}
  - {name: fund_arbitrage, sector: finance, archetype: etf_participant, count: 2, share: FUND,
     contents: {COIN: 0.5}, basket_shares: 1000, owns: {USD: $5M, COIN: $5M, FUND: $2M}}
  - {name: pension, sector: public, archetype: pension, count: 4,
     allocations: {NOTE: {outlook: {earns: government}}, CHIP: {outlook: {earns: equity}}},
     owns: {USD: $5M, NOTE: $50M, CHIP: $30M}}
  - {name: gulf, sector: public, archetype: sovereign_fund, count: 2, cash_floor: $1M,
     income: $10M/yr, spending: $8M/yr, spending_to: {firms: 1}, funds: {hedge: 1},
     portfolio: {CHIP: {weight: 0.5, conviction: 1}, NOTE: {weight: 0.5, conviction: 0}},
     owns: {USD: $6M, CHIP: $20M, NOTE: $20M, HEDGE_UNIT: $2M}, trades: [LAB_SHARE]}
  - {name: holding, sector: firms, archetype: holding_company, count: 1, cash_floor: $1M,
     portfolio: {CHIP: {weight: 0.5, conviction: 2}, COIN: {weight: 0.5, conviction: -2}},
     owns: {USD: $2M, CHIP: $8M, COIN: $8M}, trades: [LAB_SHARE],
     credit: {lender: bank, limit: $5M, drawn: $2M, spread: 2%/yr, loan_to_value: 60%}}
  - {name: cloud, sector: firms, archetype: hyperscaler, count: 2, capex: $200M/yr,
     suppliers: {makers: 1}, cash_flow: $100M/yr, ebitda: $150M/yr, dividends: $5M/yr,
     dividends_to: {people: 1}, treasuries: NOTE, bonds: CREDIT, debt: $100M, cash_min: $2M,
     owns: {USD: $10M, NOTE: $10M}, trades: [CREDIT]}
  - {name: lab, sector: firms, archetype: ai_lab, count: 1, operating_cost: $40M/yr,
     operating_to: {people: 1}, suppliers: {cloud: 1}, investors: {gulf: $100M, holding: $50M},
     owns: {USD: $1M}}
  - {name: makers, sector: firms, archetype: corporate_treasury, count: 1, wages_to: {people: 1},
     purchases_to: {firms: 1}, taxes_to: {state: 1}, dividends_to: {people: 1},
     assets: {NOTE: 0.25, CHIP: 0.25}, owns: {USD: $10M}}
  - {name: tape, sector: public, archetype: tape_trader, instrument: COIN, tape: orders,
     owns: {USD: $50k, COIN: $50k}}
  - {name: holders, sector: public, archetype: long_term_holder, count: 10, coin: COIN,
     owns: {USD: $5M, COIN: $50M}}
  - {name: miners, sector: firms, archetype: miner, count: 3, coin: COIN, output: 500,
     energy_to: {firms: 1}, owns: {USD: $100k, COIN: $2M}}
tapes:
  - name: orders
    relative: true
    table: |
      time,side,size,price,kind
      2026-03-31T13:30:00Z,sell,100,,market
      2026-03-31T13:31:00.250Z,buy,50,-20,limit
      2026-03-31T14:00:00Z,buy,20,30,immediate_or_cancel
      2026-03-31T18:00:00Z,sell,30,40,post_only
      2026-03-31T18:00:01Z,sell,2000,,market
payments:
  - {name: wages, from: firms, to: people, reason: wages, rate: $400M/yr}
  - {name: spending, from: people, to: firms, reason: consumption, rate: $400M/yr}
  - {name: sales, from: firms, to: cloud, reason: sales, rate: $100M/yr}
  - {name: savings, from: people, to: retail, reason: subscriptions, rate: $10M/yr}
shocks:
  - {name: hike, at: 2026-03-31T18:00:00Z, kind: policy_rate, rate: 6%/yr}
  - {name: outage, at: 2026-03-31T19:00:00Z, kind: outage, venue: offshore, lasts: 30min}
  - {name: fire_sale, at: 2026-03-31T20:30:00Z, kind: transfer, from: people, to: state,
     amount: $10M}
)";

}  // namespace crowdout::test
