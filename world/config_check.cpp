// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/tape_trader.hpp"
#include "agents/zero_intelligence.hpp"
#include "market/ledger.hpp"
#include "world/catalogue.hpp"
#include "world/config.hpp"
#include "world/data_check.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

using agents::Complaints;
using market::InstrumentKind;

namespace {

void check_bond(const InstrumentConfig& instrument, const std::string& key,
                Complaints& complaints) {
    const bool is_bond = instrument.kind == InstrumentKind::bond;
    if (is_bond && !instrument.bond) complaints.error(key + ".kind", "a bond needs a `bond:`");
    if (!is_bond && instrument.bond) complaints.error(key + ".bond", "is for the kind bond");
    if (is_bond && instrument.unit != 1) {
        complaints.error(key + ".unit", "must be 1: a bond is one face of $100");
    }
}

void check_etf(const WorldConfig& config, const InstrumentConfig& instrument,
               const std::string& key, Complaints& complaints) {
    const bool is_etf = instrument.kind == InstrumentKind::etf_share;
    if (is_etf && !instrument.etf) {
        complaints.error(key + ".kind", "an etf_share needs an `etf:`");
    }
    if (!instrument.etf) return;
    if (!is_etf) complaints.error(key + ".etf", "is for the kind etf_share");
    for (const auto& [held, per_share] : instrument.etf->holds) {
        const InstrumentConfig* inner = config.instruments.find(held);
        if (inner == nullptr) continue;
        const std::string place = fmt::format("{}.etf.holds.{}", key, held);
        if (inner->etf) {
            complaints.error(place, "is a fund; a fund holds no fund's shares");
        } else if (inner->issuer == instrument.issuer) {
            complaints.error(place, "is owed by the fund itself, which cannot keep it");
        }
    }
}

/// What is minted by the end of the run is counted in the same 64 bits as the opening's supply.
void check_mint(const WorldConfig& config, const InstrumentConfig& instrument,
                const std::string& key, Complaints& complaints) {
    if (instrument.mint_to.empty() || !(instrument.unit > 0)) return;
    const double days = config.duration.seconds() / market::day.seconds();
    const double units = (instrument.supply + instrument.mint_per_day * days) / instrument.unit;
    if (units < 0x1p62) return;
    complaints.error(key + ".mint_per_day",
                     "makes more by the end of the run than can be counted in units of this size");
}

void check_instruments(const WorldConfig& config, Complaints& complaints) {
    for (const auto& instrument : config.instruments) {
        const std::string key = "instruments[" + instrument.name + "]";
        check_mint(config, instrument, key, complaints);
        check_bond(instrument, key, complaints);
        check_etf(config, instrument, key, complaints);
        if (instrument.issuer == instrument.rest_with) {
            complaints.error(key + ".rest_with",
                             "must not be its issuer, who holds nothing of what it owes");
        }
    }
}

/// Accounts have one list of names, and so have assets, though files declare them in two places.
void check_names(const WorldConfig& config, Complaints& complaints) {
    std::map<std::string_view, std::string> assets{{"USD", "dollars"}};
    const auto take = [&](const std::string& name, const std::string& list, const std::string& as) {
        const auto [first, is_new] = assets.emplace(name, as);
        if (!is_new) {
            complaints.error(list + "[" + name + "].name", "is also the name of " + first->second);
        }
    };
    for (const auto& instrument : config.instruments) {
        take(instrument.name, "instruments", "an instrument");
    }
    for (const auto& asset : config.assets) take(asset.name, "assets", "an asset");

    for (const auto& population : config.populations) {
        if (config.institutions.find(population.name) != nullptr) {
            complaints.error("populations[" + population.name + "].name",
                             "is also the name of an institution");
        }
    }
}

void check_credit(const WorldConfig& config, Complaints& complaints) {
    for (const auto& population : config.populations) {
        if (!population.credit) continue;
        if (population.credit->lender != config.bank) {
            complaints.error("populations[" + population.name + "].credit.lender",
                             "must be the world's `bank`, which makes the dollars that it lends");
        }
        if (population.credit->drawn > population.credit->limit) {
            complaints.error("populations[" + population.name + "].credit.drawn",
                             "lies above the limit");
        }
    }
}

/// Times are whole nanoseconds since 1970, in 64 bits: to 2262. No date lies after 2130 and no
/// duration is longer than 50 years, so that what is meant to come after a run's end has a time
/// too.
void check_times(const WorldConfig& config, Complaints& complaints) {
    if (config.start < market::Time{}) complaints.error("start", "lies before 1970");
}

/// What there is room for: each institution and each population has a block of the ledger, and an
/// institution's account a column for every asset. Flows are kept between all pairs of sectors.
void check_sizes(const WorldConfig& config, Complaints& complaints) {
    constexpr std::size_t sectors_max = 256;        // our choice: 65,536 pairs
    constexpr std::size_t agents_max = 20'000'000;  // our choice: some gigabytes
    constexpr std::size_t owners_max = market::Ledger::blocks_max - 1;   // one block is escrow
    constexpr std::size_t assets_max = market::Ledger::columns_max - 1;  // one column is dollars
    const auto check = [&](std::string_view list, const auto& named, std::size_t before,
                           std::size_t most, std::string_view what) {
        const std::size_t count = before + named.size();
        if (count <= most || before > most) return;  // room for all, or told of those before
        complaints.error(fmt::format("{}[{}]", list, named.items[most - before].name),
                         fmt::format("is one too many: a world has room for {} {}, and this has {}",
                                     most, what, count));
    };
    check("sectors", config.sectors, 0, sectors_max, "sectors");
    check("institutions", config.institutions, 0, owners_max, "institutions and populations");
    check("populations", config.populations, config.institutions.size(), owners_max,
          "institutions and populations");
    check("instruments", config.instruments, 0, assets_max, "instruments and assets");
    check("assets", config.assets, config.instruments.size(), assets_max, "instruments and assets");
    std::size_t agents = 0;
    for (const auto& population : config.populations) {
        agents += static_cast<std::size_t>(population.count);
        if (agents <= agents_max) continue;
        complaints.error("populations[" + population.name + "].count",
                         fmt::format("makes {} agents with those before: a world has room for {}",
                                     agents, agents_max));
        break;
    }
}

void check_rates(const WorldConfig& config, Complaints& complaints) {
    const auto check = [&](const std::string& key, const std::string& name) {
        const InstrumentConfig* instrument = config.instruments.find(name);
        if (instrument != nullptr && !instrument->bond) {
            complaints.error("rates." + key, name + " is no bond and has no yield");
        }
    };
    check("government", config.rates.government);
    check("credit", config.rates.credit);
}

void check_shocks(const WorldConfig& config, Complaints& complaints) {
    const market::Time end = config.start + config.duration;
    std::map<std::string_view, std::vector<const ShockConfig*>> outages;
    for (const auto& shock : config.shocks) {
        if (shock.at < config.start || shock.at > end) {
            complaints.warning("shocks[" + shock.name + "].at",
                               "lies outside the run and never happens");
        }
        if (shock.kind.holds<OutageShock>()) {
            outages[shock.kind.as<OutageShock>().venue].push_back(&shock);
        }
    }
    for (auto& [venue, list] : outages) {
        std::ranges::stable_sort(list, {}, &ShockConfig::at);
        for (std::size_t i = 1; i < list.size(); ++i) {
            if (list[i]->at < list[i - 1]->at + list[i - 1]->kind.as<OutageShock>().lasts) {
                complaints.error("shocks[" + list[i]->name + "].at",
                                 "lies within the outage " + list[i - 1]->name);
            }
        }
    }
}

void check_tape_traders(const WorldConfig& config, Complaints& complaints) {
    for (const auto& population : config.populations) {
        if (!population.archetype.holds<agents::TapeTrader::Params>()) continue;
        if (population.count != 1) {
            complaints.error("populations[" + population.name + "].count",
                             "a tape is played by one agent; `scale` makes its orders larger");
        }
    }
}

/// An agent sends all orders of a step in one turn, whose random draws have a bound. A cancel that
/// comes after its order is gone is drawn too.
void check_crowds(const WorldConfig& config, Complaints& complaints) {
    constexpr double events_max = 1e6;  // our choice; a turn's draws suffice for twenty times that
    if (config.steps.empty()) return;
    const double step = config.steps.front().seconds();
    for (const auto& population : config.populations) {
        if (!population.archetype.holds<agents::ZeroIntelligence::Params>()) continue;
        const auto& crowd = population.archetype.as<agents::ZeroIntelligence::Params>();
        const double turns = 2 * step / market::year.seconds() /
                             std::max(1.0, static_cast<double>(population.count));
        const double posted = turns * crowd.limit_rate * static_cast<double>(crowd.band);
        const double cancels = (1 + posted) * step / crowd.lifetime;
        if (turns * crowd.market_rate + posted + cancels <= events_max) continue;
        complaints.error(
            "populations[" + population.name + "].market_rate",
            "with limit_rate, band and lifetime has each agent act more than a "
            "million times in a step: lower rates, shorter steps or a longer lifetime");
    }
}

}  // namespace

/// What is wrong between fields that are each right.
void WorldConfig::check(Complaints& complaints) const {
    if (!std::ranges::is_sorted(steps, std::ranges::greater{})) {
        complaints.error("steps", "go from the coarsest to the finest");
    }
    check_times(*this, complaints);
    check_sizes(*this, complaints);
    check_names(*this, complaints);
    check_instruments(*this, complaints);
    check_credit(*this, complaints);
    check_rates(*this, complaints);
    check_shocks(*this, complaints);
    check_data(*this, complaints);
    check_tape_traders(*this, complaints);
    check_crowds(*this, complaints);
    check_claims(*this, complaints);
}

}  // namespace crowdout::world
