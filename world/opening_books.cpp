// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include "world/catalogue.hpp"
#include "world/config.hpp"
#include "world/field_type.hpp"
#include "world/world_builder.hpp"

namespace crowdout::world {

using market::AssetId;
using market::Price;
using market::Quantity;
using market::Rounding;

namespace {

/// A venue's rules as its books need them.
market::TradingRules rules_of(const VenueConfig& venue,
                              const std::vector<market::Outage>& outages) {
    market::TradingRules rules;
    if (venue.price_band > 0) {
        rules.band.action = market::BandAction::halt;
        rules.band.width = market::to_whole(venue.price_band * 1e9, Rounding::half_even);
        rules.band.window = venue.band_window;
    }
    rules.halt = venue.halt;
    rules.throttle.account_max = static_cast<std::uint32_t>(venue.messages_max);
    rules.throttle.window = venue.messages_window;
    rules.protection.fills_max = static_cast<std::uint32_t>(venue.quote_fills_max);
    rules.protection.move_bp =
        static_cast<std::int32_t>(market::to_whole(venue.quote_move * 1e4, Rounding::half_even));
    rules.outages = outages;
    return rules;
}

}  // namespace

void Builder::list_instruments() {
    std::set<market::Session> sessions;
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        in_hand_ = "instruments[" + config_.instruments[at].name + "]";
        world_.instruments_.push_back(instrument_of(config_.instruments[at], at));
        sessions.insert(config_.instruments[at].session);
    }
    world_.sessions_.assign(sessions.begin(), sessions.end());
    world_.sessions_.erase(
        std::remove(world_.sessions_.begin(), world_.sessions_.end(), market::Session::always),
        world_.sessions_.end());

    usd_per_unit_.push_back(1.0 / market::money_per_dollar);
    for (const auto& instrument : config_.instruments) {
        usd_per_unit_.push_back(instrument.price * instrument.unit);
    }
    for (const auto& asset : config_.assets) usd_per_unit_.push_back(asset.price * asset.unit);

    world_.clock_ = Clock{config_.start, config_.steps, config_.refine.calm};
    for (const auto& shock : config_.shocks) {
        world_.events_.push_back(shock.at - config_.refine.shock_window);  // fine steps from here
        world_.events_.push_back(shock.at);
    }
    std::ranges::sort(world_.events_);
}

market::Instrument Builder::instrument_of(const InstrumentConfig& config, std::size_t at) const {
    const auto whole_number = [&](double real, const std::string& key, const std::string& what) {
        const double whole = std::nearbyint(real);
        if (!(whole >= 1) || whole > 1e15 || std::abs(real - whole) > 1e-6 * whole) {
            throw ImpossibleWorld{in_hand_ + "." + key,
                                  what + " must be a whole number of at least 1"};
        }
        return static_cast<std::int64_t>(whole);
    };
    const auto venue = std::ranges::find(config_.venues, config.venue, &VenueConfig::name);
    market::Instrument result;
    result.name = config.name;
    result.kind = config.kind;
    result.session = config.session;
    result.venue = market::VenueId{static_cast<std::uint8_t>(venue - config_.venues.begin())};
    result.asset = AssetId{static_cast<std::uint16_t>(at + 1)};
    result.money_per_tick_lot = whole_number(config.tick * config.lot * market::money_per_dollar,
                                             "tick", "tick x lot, in units of $0.0001,");
    result.units_per_lot = whole_number(config.lot / config.unit, "lot", "lot / unit");
    result.usd_per_tick = config.tick;
    result.whole_per_lot = config.lot;
    result.maker_fee = std::llround(venue->maker_fee * 1e9);
    result.taker_fee = std::llround(venue->taker_fee * 1e9);
    if (config.price < config.tick) {
        throw ImpossibleWorld{in_hand_ + ".price", "is less than a tick"};
    }
    // The dearest order fits a 64-bit sum of money twice over.
    const double money_per_lot =
        config.price / config.tick * static_cast<double>(result.money_per_tick_lot);
    result.price_max = Price{market::to_whole(config.price / config.tick * 1000)};
    result.lots_max =
        Quantity{market::to_whole(std::clamp(4e18 / (money_per_lot * 1000), 1.0, 9e15))};
    return result;
}

void Builder::open_books() {
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        const InstrumentConfig& config = config_.instruments[at];
        in_hand_ = "instruments[" + config.name + "]";
        const market::Instrument& instrument = world_.instruments_[at];
        const VenueConfig& venue = config_.venues[index(instrument.venue)];
        world_.markets_.emplace_back(instrument, rules_of(venue, outages_of(venue.name)),
                                     instrument.to_price(config.price, Rounding::half_even),
                                     config_.start);
        world_.tapes_.emplace_back(config_.start, config.price, config.sigma_daily,
                                   config.volume_daily, config.session);
        world_.book_flows_.emplace_back(world_.fee_accounts_[at].block());
        agents::BookView view;
        view.value_sigma = config.value_sigma;
        world_.views_.push_back(view);
    }
    const std::size_t books = world_.instruments_.size();
    world_.next_order_.assign(books, 0);
    world_.alarms_ = PriceAlarms{books, world_.agents_total_};
    world_.calendar_ = WakeCalendar{world_.agents_total_, config_.steps.front(), config_.start};
    world_.awake_.resize(world_.agents_total_);
}

std::vector<market::Outage> Builder::outages_of(const std::string& venue) const {
    std::vector<market::Outage> outages;
    for (const auto& shock : config_.shocks) {
        if (!shock.kind.holds<OutageShock>()) continue;
        const auto& outage = shock.kind.as<OutageShock>();
        if (outage.venue == venue) outages.push_back({shock.at, shock.at + outage.lasts});
    }
    std::ranges::sort(outages, {}, &market::Outage::from);
    return outages;
}

}  // namespace crowdout::world
