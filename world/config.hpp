// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/distribution.hpp"
#include "agents/field.hpp"
#include "market/instrument.hpp"
#include "market/time.hpp"
#include "world/claim.hpp"
#include "world/data_series.hpp"
#include "world/measures.hpp"
#include "world/payments.hpp"
#include "world/tape_data.hpp"
#include "world/valuation.hpp"
#include "world/variant.hpp"

namespace crowdout::world {

/// The archetypes, valuations and shocks that a world can name; one line each in `catalogue.cpp`.
Catalogue archetypes();
Catalogue valuations();
Catalogue shocks();

inline constexpr std::array<std::string_view, 4> funding_role_names{"other", "issuer", "saver",
                                                                    "bank"};
constexpr agents::EnumNames enum_names(FundingRole) {
    return {funding_role_names.data(), funding_role_names.size()};
}

/// A group of accounts of one kind, as the flow of funds shows it.
struct SectorConfig {
    std::string name;
    std::string label;  ///< as people read it; the name where empty
    std::string label_zh;
    /// Share of opening cash that is not idle; nothing where its cash never is (measured, never
    /// read).
    std::optional<double> idle_floor;
    FundingRole role = FundingRole::other;  ///< in the funding gap (measured, never read)
    bool is_intermediary = false;           ///< holds for others' sake: makers, traders

    template <class Visitor>
    void visit(Visitor& field);
};

struct VenueConfig {
    std::string name;
    std::string operated_by;  ///< the institution that receives its fees
    double maker_fee = 0;
    double taker_fee = 0.0005;
    double price_band = 0;  ///< of the reference; 0: none
    market::Duration band_window{market::minute * 5};
    market::Duration halt{market::minute * 5};
    std::int64_t messages_max = 0;
    market::Duration messages_window{market::second * 10};
    std::int64_t quote_fills_max = 0;
    double quote_move = 0;

    template <class Visitor>
    void visit(Visitor& field);
};

struct BondConfig {
    double coupon = 0.04;
    double years = 10;

    template <class Visitor>
    void visit(Visitor& field);
};

struct EtfConfig {
    /// What is in custody behind one share at the opening: wholes, by instrument.
    std::vector<std::pair<std::string, double>> holds;
    std::string sponsor;     ///< who receives the fee
    double basket = 40'000;  ///< shares created or redeemed at once
    double fee = 0.0025;     ///< a year, by lowering what is behind a share

    template <class Visitor>
    void visit(Visitor& field);
};

struct InstrumentConfig {
    std::string name;
    market::InstrumentKind kind = market::InstrumentKind::share;
    market::Session session = market::Session::us_equities;
    std::string venue;
    double price = 0;    ///< USD per whole at the opening
    double tick = 0.01;  ///< USD
    double lot = 1;      ///< wholes
    double unit = 1;     ///< wholes per ledger unit
    double supply = 0;   ///< wholes outstanding
    std::string issuer;
    std::vector<std::string> issued_by;  ///< populations that may make more of it
    std::string rest_with;               ///< the institution that holds what nobody else is given
    double sigma_daily = 0.02;           ///< opening estimate of volatility per day of open time
    double volume_daily = 0;             ///< opening estimate of volume, USD
    double value_sigma = 0.1;            ///< how far opinions about its value differ
    double news_sigma = 0;               ///< yearly revision of its value
    double dividend_yield = 0;
    std::string mint_to;      ///< the population that receives newly made wholes
    double mint_per_day = 0;  ///< wholes
    Variant<valuations> valuation;
    std::optional<BondConfig> bond;
    std::optional<EtfConfig> etf;

    template <class Visitor>
    void visit(Visitor& field);
};

/// Something that is owned but has no book: shares of a fund, or of a firm that is not listed.
struct AssetConfig {
    std::string name;
    double unit = 1;       ///< wholes per ledger unit
    double price = 1;      ///< USD per whole at the opening
    std::string issuer;    ///< an institution, or a population
    bool is_fund = false;  ///< the issuing population's net assets back it: redeemable

    template <class Visitor>
    void visit(Visitor& field);
};

using Holdings = std::vector<std::pair<std::string, double>>;

/// A named single account that does not decide: households, the state, a bank, a custodian.
struct InstitutionConfig {
    std::string name;
    std::string sector;
    Holdings owns;  ///< USD worth at opening prices, by asset; `USD` is deposits

    template <class Visitor>
    void visit(Visitor& field);
};

struct CreditConfig {
    std::string lender;
    double limit = 0;          ///< USD, of the population together
    double drawn = 0;          ///< USD at the opening
    double spread = 0.01;      ///< over the policy rate, a year
    double loan_to_value = 1;  ///< debt over assets at which the lender sells; 1: never

    template <class Visitor>
    void visit(Visitor& field);
};

struct PopulationConfig {
    std::string name;
    std::string sector;
    std::int64_t count = 1;
    double represents = 1;
    Variant<archetypes> archetype;
    market::Duration latency{};
    Holdings owns;                    ///< USD worth at opening prices of all members together
    agents::Distribution wealth{1};   ///< each member's share of it is proportional to a draw
    std::vector<std::string> trades;  ///< further instruments it may come to hold
    std::optional<CreditConfig> credit;

    template <class Visitor>
    void visit(Visitor& field);
};

struct ShockConfig {
    std::string name;
    market::Time at;
    Variant<shocks> kind;

    template <class Visitor>
    void visit(Visitor& field);
};

struct RatesConfig {
    double policy = 0.04;       ///< a year
    std::string policy_series;  ///< the target of the past, which it follows; "" for none
    std::string government;     ///< the bond whose yield is the government's
    std::string credit;         ///< and that of investment grade
    EquityPremiumTerms equity_premium;
    std::string equity_market;  ///< the instrument whose volatility moves the premium

    template <class Visitor>
    void visit(Visitor& field);
};

/// When the clock goes finer. Each cause asks for one level; all are our choice.
struct RefineConfig {
    double forced_share = 0.2;  ///< of a step's volume sold by force
    double volatility = 4;      ///< fast over usual volatility
    market::Duration calm{market::minute * 30};
    market::Duration shock_window{market::minute * 30};

    template <class Visitor>
    void visit(Visitor& field);
};

/// What a recording of this world keeps, besides prices, flows and trades. None of it is read by
/// the run itself.
struct RecordConfig {
    market::Duration every{};                    ///< time between frames; 0: every step
    market::Duration ladders{market::hour * 2};  ///< time between pictures of all books
    market::Duration balances{market::day};      ///< time between the sectors' balance sheets
    std::int64_t levels = 40;                    ///< rungs of a ladder on each side
    double rung = 0.0005;                        ///< height of one, share of the price
    std::vector<std::string> books;              ///< those kept tick by tick, with every fill
    std::vector<std::string> accounts;           ///< whose balances, orders and decisions are kept

    template <class Visitor>
    void visit(Visitor& field);
};

/// A whole world, as a person writes it.
struct WorldConfig {
    std::string name;
    std::string description;
    std::string description_zh;
    std::int64_t seed = 1;
    market::Time start;
    market::Duration duration{market::day * 180};
    std::vector<market::Duration> steps{market::minute * 5};
    RefineConfig refine;
    RatesConfig rates;
    std::string bank;  ///< whose liability deposits are
    agents::NamedList<SectorConfig> sectors;
    agents::NamedList<VenueConfig> venues;
    agents::NamedList<InstrumentConfig> instruments;
    agents::NamedList<AssetConfig> assets;
    agents::NamedList<InstitutionConfig> institutions;
    agents::NamedList<PopulationConfig> populations;
    agents::NamedList<PaymentTerms> payments;
    agents::NamedList<ShockConfig> shocks;
    agents::NamedList<DataSeriesConfig> data;
    agents::NamedList<TapeConfig> tapes;
    RecordConfig record;
    std::vector<std::string> sources;  ///< sectors whose dollars are traced to AI capex
    /// What the world says it will show; like `record`, read by nothing in the run.
    agents::NamedList<CounterfactualConfig> counterfactuals;
    agents::NamedList<ClaimConfig> claims;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

}  // namespace crowdout::world
