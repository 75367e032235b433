// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "world/apportion.hpp"
#include "world/config.hpp"
#include "world/world_builder.hpp"

namespace crowdout::world {

using market::AccountId;
using market::AssetId;
using market::Money;
using market::Posting;
using market::Reason;
using market::Rounding;
using market::Units;

/// Opening balances: what the file gives to each, and the rest of each supply to who holds it.
void Builder::endow() {
    world_.macro_.fundamentals.resize(config_.instruments.size());
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        in_hand_ = "instruments[" + config_.instruments[at].name + "]";
        if (config_.instruments[at].etf) open_fund(at);
    }
    for (const auto& institution : config_.institutions) {
        for (const auto& [asset, usd] : institution.owns) {
            in_hand_ = "institutions[" + institution.name + "].owns." + asset;
            hand_out(institution.name, asset, usd);
        }
    }
    for (const auto& population : config_.populations) {
        for (const auto& [asset, usd] : population.owns) {
            in_hand_ = "populations[" + population.name + "].owns." + asset;
            hand_out(population.name, asset, usd);
        }
    }
    for (const auto& instrument : config_.instruments) {
        in_hand_ = "instruments[" + instrument.name + "]";
        if (!instrument.etf) hand_out_rest(instrument);
    }
}

/// Where opening balances of an asset come from: its issuer, or whoever holds all of a fund.
AccountId Builder::source_of(AssetId asset) const {
    const std::size_t at = index(asset) - 1;
    if (at < config_.instruments.size() && config_.instruments[at].etf) {
        return names_.account(config_.instruments[at].rest_with);
    }
    return world_.economy_.ledger.issuer(asset);
}

/// An opening balance. @throws ImpossibleWorld  where the source has no more.
void Builder::give(AccountId holder, AssetId asset, Units units) {
    const AccountId source = source_of(asset);
    if (holder == source || units == Units{0}) return;
    const market::Ledger& ledger = world_.economy_.ledger;
    if (source != ledger.issuer(asset) && ledger.balance(source, asset) < units) {
        throw ImpossibleWorld{in_hand_, "more of this fund's shares are held than there are"};
    }
    world_.economy_.ledger.post({source, holder, asset, units, Reason::endowment});
}

Units Builder::units_worth(AssetId asset, double usd) const {
    return Units{market::to_whole(usd / usd_per_unit_[index(asset)])};
}

void Builder::hand_out(const std::string& holder, const std::string& asset, double usd) {
    const AssetId id = names_.asset(asset);
    const AccountId first = names_.account(holder);
    const Units total = units_worth(id, usd);
    if (first.block() <= config_.institutions.size()) return give(first, id, total);
    std::vector<std::int64_t> shares;
    Apportion{}.split(Money{total.value()},
                      wealth_[first.block() - 1 - config_.institutions.size()], shares);
    for (std::uint32_t member = 0; member < shares.size(); ++member) {
        give({first.block(), member}, id, Units{shares[member]});
    }
}

void Builder::hand_out_rest(const InstrumentConfig& instrument) {
    const AssetId asset = names_.asset(instrument.name);
    const Units supply{market::to_whole(instrument.supply / instrument.unit, Rounding::half_even)};
    const Units rest = supply - world_.economy_.ledger.outstanding(asset);
    if (rest < Units{0}) {
        const auto wholes = [&](Units units) {
            return static_cast<double>(units.value()) * instrument.unit;
        };
        throw ImpossibleWorld{
            in_hand_ + ".supply",
            fmt::format("more is held than there is: {:.12g} of {:.12g}",
                        wholes(world_.economy_.ledger.outstanding(asset)), wholes(supply))};
    }
    const AccountId holder = names_.account(instrument.rest_with);
    world_.economy_.ledger.post(
        {world_.economy_.ledger.issuer(asset), holder, asset, rest, Reason::endowment});
}

/// A fund's first holder delivers what is behind all its shares, as whoever created them once did.
void Builder::open_fund(std::size_t at) {
    const EtfConfig& config = *config_.instruments[at].etf;
    market::Ledger& ledger = world_.economy_.ledger;
    market::EtfTerms terms;
    terms.share = names_.asset(config_.instruments[at].name);
    terms.fund = ledger.issuer(terms.share);
    terms.sponsor = names_.account(config.sponsor);
    terms.block_shares = market::to_whole(config.basket, Rounding::half_even);
    if (terms.block_shares < 1) {
        throw ImpossibleWorld{in_hand_ + ".etf.basket", "must be a whole share at least"};
    }
    terms.share_units =
        Units{market::to_whole(1 / config_.instruments[at].unit, Rounding::half_even)};
    terms.fee = market::to_whole(config.fee * 1e9, Rounding::half_even);
    for (const auto& [held, per_share] : config.holds) {
        const double unit = config_.instruments[index(names_.instrument(held))].unit;
        const Units units{market::to_whole(per_share * config.basket / unit, Rounding::half_even)};
        if (units < Units{1}) {
            throw ImpossibleWorld{in_hand_ + ".etf.holds." + held,
                                  "is less than a unit of it in a whole basket"};
        }
        terms.basket.push_back({names_.asset(held), units});
    }

    const AccountId holder = names_.account(config_.instruments[at].rest_with);
    const auto blocks = market::to_whole(config_.instruments[at].supply / config.basket);
    const auto basket = terms.basket;
    market::Etf etf{std::move(terms), config_.start};
    if (blocks > 0) {
        for (const auto& [asset, units] : basket) {
            const Units custody{units.value() * blocks};
            ledger.post({ledger.issuer(asset), holder, asset, custody, Reason::endowment});
        }
        std::vector<Posting> postings;
        etf.create(holder, blocks, config_.start, postings);
        for (const Posting& posting : postings) ledger.post(posting);
    }
    world_.macro_.fundamentals[at].etf = std::move(etf);
}

}  // namespace crowdout::world
