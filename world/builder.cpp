// SPDX-License-Identifier: Apache-2.0
#include "world/builder.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "agents/sampling.hpp"
#include "world/apportion.hpp"
#include "world/catalogue.hpp"
#include "world/eyes.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

using market::AccountId;
using market::AssetId;
using market::InstrumentId;
using market::Money;
using market::Posting;
using market::Price;
using market::Quantity;
using market::Reason;
using market::Rounding;
using market::Time;
using market::Units;

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
    rules.outages = outages;
    return rules;
}

Money dollars(double usd) {
    return Money{market::to_whole(usd * market::money_per_dollar)};
}

}  // namespace

NameTable name_table(const WorldConfig& config) {
    NameTable names;
    for (const auto& instrument : config.instruments) names.instruments.push_back(instrument.name);
    for (const auto& asset : config.assets) names.assets.push_back(asset.name);
    names.accounts.emplace_back("[escrow]");  // block 0; brackets: no file can name it
    for (const auto& institution : config.institutions) names.accounts.push_back(institution.name);
    for (const auto& population : config.populations) names.accounts.push_back(population.name);
    return names;
}

/// Makes a world in the order in which its parts need each other.
class Builder {
public:
    Builder(std::shared_ptr<const WorldConfig> config, std::uint64_t seed)
        : config_{*config}, names_{name_table(*config)} {
        world_.config_ = std::move(config);
        world_.seed_ = seed;
    }

    World make() {
        list_instruments();
        make_populations();
        open_accounts();
        endow();
        open_books();
        open_credit();
        open_economy();
        wake_everyone();
        world_.opening_cash_ = world_.cash_by_block();
        return std::move(world_);
    }

private:
    void list_instruments();
    market::Instrument instrument_of(const InstrumentConfig& config, std::size_t at) const;
    void make_populations();
    void open_accounts();
    std::vector<AssetId> all_assets() const;
    void endow();
    void hand_out(const std::string& holder, const std::string& asset, double usd);
    void hand_out_rest(const InstrumentConfig& instrument);
    AccountId source_of(AssetId asset) const;
    void give(AccountId holder, AssetId asset, Units units);
    Units units_worth(AssetId asset, double usd) const;
    void open_books();
    std::vector<market::Outage> outages_of(const std::string& venue) const;
    void open_credit();
    void open_economy();
    void open_fund(std::size_t at);
    void open_valuation(std::size_t at);
    Party party(const std::string& name) const;
    void wake_everyone();

    const WorldConfig& config_;
    NameTable names_;
    World world_;
    std::vector<double> usd_per_unit_;               // by asset
    std::vector<std::vector<AssetId>> columns_;      // by population
    std::vector<std::vector<std::int64_t>> wealth_;  // by population: weights of the members
};

World build(std::shared_ptr<const WorldConfig> config) {
    const auto seed = static_cast<std::uint64_t>(config->seed);
    return build(std::move(config), seed);
}

World build(std::shared_ptr<const WorldConfig> config, std::uint64_t seed) {
    return Builder{std::move(config), seed}.make();
}

void Builder::list_instruments() {
    std::set<market::Session> sessions;
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
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
    const auto whole_number = [&](double real, const std::string& what) {
        const double whole = std::nearbyint(real);
        if (!(whole >= 1) || whole > 1e15 || std::abs(real - whole) > 1e-6 * whole) {
            throw ImpossibleWorld{"instrument " + config.name + ": " + what +
                                  " must be a whole number of at least 1"};
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
                                             "tick x lot, in units of $0.0001,");
    result.units_per_lot = whole_number(config.lot / config.unit, "lot / unit");
    result.usd_per_tick = config.tick;
    result.whole_per_lot = config.lot;
    result.maker_fee = std::llround(venue->maker_fee * 1e9);
    result.taker_fee = std::llround(venue->taker_fee * 1e9);
    // The dearest order fits a 64-bit sum of money twice over.
    const double money_per_lot =
        config.price / config.tick * static_cast<double>(result.money_per_tick_lot);
    result.price_max = Price{market::to_whole(config.price / config.tick * 1000)};
    result.lots_max =
        Quantity{market::to_whole(std::clamp(4e18 / (money_per_lot * 1000), 1.0, 9e15))};
    return result;
}

/// Populations come before their accounts: what an archetype asks for decides the columns.
void Builder::make_populations() {
    std::uint32_t first = 0;
    std::ignore = names_.take_asked();
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        const PopulationConfig& config = config_.populations[at];
        auto population =
            make_population(config.archetype, static_cast<std::uint32_t>(config.count), names_);
        population->name = config.name;
        population->seed = agents::stream_key(world_.seed_, config.name);
        population->block = static_cast<std::uint32_t>(1 + config_.institutions.size() + at);
        population->represents = config.represents;

        std::set<AssetId> columns{market::usd};
        for (const AssetId asset : names_.take_asked()) columns.insert(asset);
        for (const auto& [asset, usd] : config.owns) columns.insert(names_.asset(asset));
        for (const auto& asset : config.trades) columns.insert(names_.asset(asset));
        for (const auto& asset : config_.assets) {
            if (asset.issuer == config.name) columns.insert(names_.asset(asset.name));
        }
        for (const auto& instrument : config_.instruments) {
            if (instrument.mint_to == config.name) columns.insert(names_.asset(instrument.name));
            if (instrument.issuer == config.name) columns.insert(names_.asset(instrument.name));
        }
        std::ignore = names_.take_asked();
        columns_.emplace_back(columns.begin(), columns.end());

        std::vector<std::int64_t>& weights = wealth_.emplace_back();
        for (std::uint32_t member = 0; member < population->members; ++member) {
            agents::Random random{population->seed, member, agents::Purpose::trait, 1};
            const double draw = std::max(0.0, agents::sample(config.wealth, random));
            weights.push_back(market::to_whole(std::min(draw, 1e9) * 1e6));
        }
        world_.first_agent_.push_back(first);
        world_.latency_.push_back(config.latency);
        first += population->members;
        world_.populations_.emplace_back(std::move(population));
    }
    world_.first_agent_.push_back(first);
    world_.agents_total_ = first;
}

void Builder::open_accounts() {
    world_.economy_.ledger = market::Ledger{names_.asset_count()};
    market::Ledger& ledger = world_.economy_.ledger;
    world_.population_of_block_.assign(names_.accounts.size(), 0);
    const auto open = [&](const std::string& name, std::uint32_t rows,
                          std::vector<AssetId> columns) {
        ledger.add_block({name, rows, std::move(columns)});
        world_.open_orders_.add_block(rows);
    };
    open("[escrow]", static_cast<std::uint32_t>(config_.instruments.size()), all_assets());
    for (const auto& institution : config_.institutions) open(institution.name, 1, all_assets());
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        world_.population_of_block_[world_.populations_[at]->block] =
            static_cast<std::uint32_t>(at);
        open(config_.populations[at].name, world_.populations_[at]->members, columns_[at]);
    }

    ledger.set_issuer(market::usd, names_.account(config_.bank));
    for (const auto& instrument : config_.instruments) {
        ledger.set_issuer(names_.asset(instrument.name), names_.account(instrument.issuer));
    }
    for (const auto& asset : config_.assets) {
        ledger.set_issuer(names_.asset(asset.name), names_.account(asset.issuer));
    }
    for (const auto& instrument : config_.instruments) {
        const auto venue = std::ranges::find(config_.venues, instrument.venue, &VenueConfig::name);
        world_.fee_accounts_.push_back(names_.account(venue->operated_by));
    }
}

std::vector<AssetId> Builder::all_assets() const {
    std::vector<AssetId> all;
    for (std::uint16_t asset = 0; asset < names_.asset_count(); ++asset)
        all.push_back(AssetId{asset});
    return all;
}

/// Opening balances: what the file gives to each, and the rest of each supply to who holds it.
void Builder::endow() {
    world_.macro_.fundamentals.resize(config_.instruments.size());
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        if (config_.instruments[at].etf) open_fund(at);
    }
    for (const auto& institution : config_.institutions) {
        for (const auto& [asset, usd] : institution.owns) hand_out(institution.name, asset, usd);
    }
    for (const auto& population : config_.populations) {
        for (const auto& [asset, usd] : population.owns) hand_out(population.name, asset, usd);
    }
    for (const auto& instrument : config_.instruments) {
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
        throw ImpossibleWorld{ledger.layout(holder.block()).name +
                              " holds more shares of a fund than there are"};
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
        throw ImpossibleWorld{"instrument " + instrument.name + ": more is held (" +
                              std::to_string(world_.economy_.ledger.outstanding(asset).value()) +
                              " units) than its supply (" + std::to_string(supply.value()) +
                              " units)"};
    }
    const AccountId holder = names_.account(instrument.rest_with);
    if (holder == world_.economy_.ledger.issuer(asset)) {
        throw ImpossibleWorld{"instrument " + instrument.name +
                              ": rest_with must not be its issuer, who cannot owe itself"};
    }
    world_.economy_.ledger.post(
        {world_.economy_.ledger.issuer(asset), holder, asset, rest, Reason::endowment});
}

void Builder::open_books() {
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        const InstrumentConfig& config = config_.instruments[at];
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

/// Credit lines, member by member in proportion to wealth. What is drawn at the opening was spent
/// long ago: the debt is there, its dollars are not.
void Builder::open_credit() {
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        const auto& credit = config_.populations[at].credit;
        if (!credit) continue;
        std::vector<std::int64_t> limits;
        std::vector<std::int64_t> drawn;
        Apportion{}.split(dollars(credit->limit), wealth_[at], limits);
        Apportion{}.split(dollars(std::min(credit->drawn, credit->limit)), wealth_[at], drawn);
        for (std::uint32_t member = 0; member < limits.size(); ++member) {
            const AccountId debtor{world_.populations_[at]->block, member};
            const market::LoanId line = world_.economy_.loans.open(
                {.debtor = debtor,
                 .creditor = names_.account(credit->lender),
                 .limit = Units{limits[member]},
                 .rate = market::to_whole(credit->spread * 1e9, Rounding::half_even),
                 .floating = true},
                config_.start);
            std::vector<Posting> spent;
            if (drawn[member] > 0) {
                world_.economy_.loans.draw(line, Units{drawn[member]}, config_.start, spent);
            }
            if (credit->loan_to_value < 1) {
                world_.borrowers_.push_back({debtor, line, credit->loan_to_value, 0});
            }
        }
    }
    world_.economy_.loans.set_reference_rate(
        market::to_whole(config_.rates.policy * 1e9, Rounding::half_even), config_.start);
}

/// Bonds, funds, payments and the analysts' first opinion.
void Builder::open_economy() {
    MacroState& macro = world_.macro_;
    macro.policy_rate = config_.rates.policy;
    macro.asset_price = usd_per_unit_;
    const market::Date today = market::civil_date(market::new_york_day(config_.start));
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        const InstrumentConfig& config = config_.instruments[at];
        Fundamentals& fundamentals = macro.fundamentals[at];
        fundamentals.dividend_yield = config.dividend_yield;
        if (config.bond) {
            const auto months = static_cast<std::int32_t>(std::lround(config.bond->years * 12));
            const market::Date maturity = market::add_months(today, months);
            if (maturity <=
                market::civil_date(market::new_york_day(config_.start + config_.duration))) {
                throw ImpossibleWorld{"instrument " + config.name +
                                      ": matures within the run, which its book would outlive"};
            }
            fundamentals.bond = market::Bond{
                {.asset = names_.asset(config.name),
                 .issuer = names_.account(config.issuer),
                 .coupon = market::to_whole(config.bond->coupon * 1e9, Rounding::half_even),
                 .issued = today,
                 .maturity = maturity}};
            fundamentals.fair_yield = FairYield{
                config_.start,
                market::yield_to_maturity(fundamentals.bond->terms(), config.price, today)};
        }
    }
    world_.read_rates(config_.start);
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) open_valuation(at);
    world_.revalue(config_.start);

    for (const auto& payment : config_.payments) {
        macro.payments.add(payment, party(payment.from), party(payment.to), config_.start);
    }
    macro.next_hour = Time{(config_.start.ns / market::hour.ns + 1) * market::hour.ns};
    macro.next_day = Time{(config_.start.ns / market::day.ns + 1) * market::day.ns};
    macro.next_quarter = quarter_end(config_.start);
}

Party Builder::party(const std::string& name) const {
    const AccountId first = names_.account(name);
    return {first.block(), 0, world_.economy_.ledger.layout(first.block()).rows};
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
    terms.share_units =
        Units{market::to_whole(1 / config_.instruments[at].unit, Rounding::half_even)};
    terms.fee = market::to_whole(config.fee * 1e9, Rounding::half_even);
    for (const auto& [held, per_share] : config.holds) {
        const double unit = config_.instruments[index(names_.instrument(held))].unit;
        terms.basket.push_back(
            {names_.asset(held),
             Units{market::to_whole(per_share * config.basket / unit, Rounding::half_even)}});
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

void Builder::open_valuation(std::size_t at) {
    const InstrumentConfig& config = config_.instruments[at];
    ValuationTerms terms;
    if (config.valuation.holds<CashFlowTerms>()) {
        terms = config.valuation.as<CashFlowTerms>();
    } else if (config.valuation.holds<PremiumTerms>()) {
        terms = config.valuation.as<PremiumTerms>();
    } else if (config.valuation.holds<ParTerms>()) {
        terms = PremiumTerms{.horizon_years = 0};
    } else if (config.valuation.holds<MemoryTerms>()) {
        terms = config.valuation.as<MemoryTerms>();
    } else {
        return;
    }
    auto valuation =
        Valuation::open(terms, config.news_sigma, agents::stream_key(world_.seed_, config.name),
                        {config_.start, world_.rates_, config.supply, 0}, config.price);
    if (!valuation) {
        throw ImpossibleWorld{"instrument " + config.name +
                              ": no discount rate makes its cash flow worth its opening price"};
    }
    world_.macro_.fundamentals[at].valuation = std::move(valuation);
}

/// Everybody draws its character and says when it first wakes.
void Builder::wake_everyone() {
    for (std::size_t book = 0; book < world_.markets_.size(); ++book)
        world_.view_book(book, world_.now());
    const agents::Snapshot snapshot{world_.now(), world_.instruments_, world_.views_,
                                    world_.rates_};
    Receivables receivables;
    receivables.refresh(world_.economy_.obligations);
    const Eyes eyes{snapshot, world_.economy_, world_.open_orders_, receivables,
                    config_.steps.front()};
    for (std::size_t at = 0; at < world_.populations_.size(); ++at) {
        agents::PopulationBase& population = *world_.populations_[at];
        std::vector<agents::Turn> everyone(population.members);
        for (std::uint32_t member = 0; member < population.members; ++member) {
            everyone[member].member = member;
            everyone[member].at = world_.now();
        }
        population.begin(eyes, everyone);
        for (std::uint32_t member = 0; member < population.members; ++member) {
            const std::uint32_t agent = world_.first_agent_[at] + member;
            world_.calendar_.set(agent, everyone[member].next.at);
            world_.alarms_.set(agent, everyone[member].next);
        }
        world_.agents_digest_ += population.digest_afresh();
    }
    for (agents::BookView& view : world_.views_) view.history = nullptr;
}

}  // namespace crowdout::world
