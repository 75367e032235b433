// SPDX-License-Identifier: Apache-2.0
#include "world/capital_gauge.hpp"

#include <algorithm>

#include "world/config.hpp"

namespace crowdout::world {

using market::AccountId;
using market::Money;
using market::Time;

namespace {

Time midnight(Time time) {
    return Time{time.ns / market::day.ns * market::day.ns};
}

}  // namespace

std::vector<IdleHolder> idle_holders(const World& world) {
    const WorldConfig& config = world.config();
    const std::uint32_t bank = world.economy().ledger.issuer(market::usd).block();
    std::vector<IdleHolder> holders;
    const auto add = [&](std::uint32_t block, const std::string& name) {
        const SectorConfig* sector = config.sectors.find(name);
        if (!sector->idle_floor || block == bank) return;
        const auto opening = static_cast<double>(world.opening_cash_of(block).value());
        holders.push_back({block, Money{market::to_whole(opening * *sector->idle_floor)}});
    };
    std::uint32_t block = 1;
    for (const auto& institution : config.institutions) add(block++, institution.sector);
    for (const auto& population : config.populations) add(block++, population.sector);
    return holders;
}

CapitalGauge::CapitalGauge(const World& world)
    : holders_{idle_holders(world)}, day_{midnight(world.now())} {
    const WorldConfig& config = world.config();
    const market::Ledger& ledger = world.economy().ledger;
    roles_.assign(ledger.block_count(), FundingRole::other);
    is_owner_.assign(ledger.block_count(), 0);
    const auto describe = [&](std::uint32_t block, const std::string& name) {
        const SectorConfig* sector = config.sectors.find(name);
        roles_[block] = sector->role;
        is_owner_[block] = sector->is_intermediary ? 0 : 1;
    };
    std::uint32_t block = 1;
    for (const auto& institution : config.institutions) describe(block++, institution.sector);
    for (const auto& population : config.populations) describe(block++, population.sector);

    flows_before_ = world.economy().flows;
    past_.resize(window_days);
    const std::size_t books = world.instruments().size();
    multipliers_.resize(books);
    multiplier_values_.assign(books, 0);
    bought_before_.assign(books, 0);
    value_before_.assign(books, 0);
    update_multipliers(world, {});
}

std::optional<CapitalReading> CapitalGauge::record(const World& world) {
    const Time today = midnight(world.now());
    if (today == day_) return std::nullopt;
    const market::Duration span = today - day_;
    day_ = today;
    update_multipliers(world, span);
    CapitalReading reading;
    reading.time = world.now();
    reading.idle = static_cast<double>(idle_capital(world.economy().ledger, holders_).value()) /
                   market::money_per_dollar;
    reading.gap = gap(world);
    reading.multipliers = multiplier_values_;
    return reading;
}

/// Of the last `window_days`, or since the opening where the run is younger. A gap is a sum over
/// flows, so days add up: they are three figures each, and flows of a month would be megabytes.
FundingGap CapitalGauge::gap(const World& world) {
    world.economy().flows.rows_since(flows_before_, rows_);
    flows_before_ = world.economy().flows;
    past_[days_++ % window_days] = funding_gap(rows_, roles_);
    FundingGap sum;
    for (const FundingGap& day : past_) {
        sum.demand += day.demand;
        sum.saving += day.saving;
        sum.credit += day.credit;
    }
    return sum;
}

void CapitalGauge::update_multipliers(const World& world, market::Duration span) {
    for (std::size_t book = 0; book < multipliers_.size(); ++book) {
        const market::Instrument& instrument = world.instruments()[book];
        const market::InstrumentId id{static_cast<std::uint16_t>(book)};
        const double supply =
            instrument.whole_from_units(world.economy().ledger.outstanding(instrument.asset));
        const double value = supply * world.view(id).mid;
        const double net = bought(world, book);
        if (span.ns > 0) {
            multipliers_[book].record(span, net - bought_before_[book],
                                      value - value_before_[book]);
            multiplier_values_[book] = multipliers_[book].value();
        }
        bought_before_[book] = net;
        value_before_[book] = value;
    }
}

/// USD that owners have bought of an instrument since the opening, less what they have sold.
double CapitalGauge::bought(const World& world, std::size_t book) {
    world.flows(market::InstrumentId{static_cast<std::uint16_t>(book)}).trades(trades_);
    double usd = 0;
    for (const TradeRow& row : trades_) {
        if (is_owner_[row.block] == 0) continue;
        const double money =
            static_cast<double>(row.traded.money.value()) / market::money_per_dollar;
        usd += row.side == market::Side::buy ? money : -money;
    }
    return usd;
}

}  // namespace crowdout::world
