// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "agents/population.hpp"
#include "market/ledger.hpp"
#include "market/venue.hpp"
#include "world/awake_set.hpp"
#include "world/book_flows.hpp"
#include "world/clock.hpp"
#include "world/economy.hpp"
#include "world/frame.hpp"
#include "world/macro_state.hpp"
#include "world/open_orders.hpp"
#include "world/par.hpp"
#include "world/price_alarms.hpp"
#include "world/step_scratch.hpp"
#include "world/tally.hpp"
#include "world/tape.hpp"
#include "world/wake_calendar.hpp"

namespace crowdout::world {

struct OutageShock;
struct ShockConfig;
struct WorldConfig;

/// A shock that somebody outside wants to happen in the next step.
struct Injected {
    std::shared_ptr<const ShockConfig> shock;
    std::uint32_t number = 0;
};

/// A value that is held by its base: copying clones it.
template <class Base>
class Cloned {
public:
    Cloned() = default;
    explicit Cloned(std::unique_ptr<Base> value) : value_{std::move(value)} {}
    Cloned(const Cloned& other) : value_{other.value_ ? other.value_->clone() : nullptr} {}
    Cloned(Cloned&&) noexcept = default;
    Cloned& operator=(Cloned other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    ~Cloned() = default;

    Base* operator->() { return value_.get(); }
    const Base* operator->() const { return value_.get(); }
    Base& operator*() { return *value_; }
    const Base& operator*() const { return *value_; }

private:
    std::unique_ptr<Base> value_;
};

/// A mistake of ours: an identity that must hold at every step does not.
class InvariantBroken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Somebody whose debt is secured by what is in its account.
struct Borrower {
    market::AccountId account;
    market::LoanId line = market::no_loan;
    double loan_to_value = 1;
    double must_sell = 0;  ///< USD; of the step in hand
};

/// A whole economy, as a value: copy it to fork history.
///
/// The same configuration and seed give the same run, digest by digest, for any number of threads.
class World {
public:
    /// Advances the economy by one step: the eight phases, a file each.
    void step(Pool& pool);

    [[nodiscard]] market::Time now() const { return clock_.now(); }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] std::uint64_t steps() const { return clock_.steps(); }
    [[nodiscard]] const WorldConfig& config() const { return *config_; }
    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    /// Fingerprint of the economy as of the last step. Equal digests mean equal runs.
    [[nodiscard]] std::uint64_t digest() const;
    /// The same, computed from the whole state instead of kept up to date.
    [[nodiscard]] std::uint64_t digest_afresh() const;

    /// The first broken identity in words, or an empty text: everything is counted again.
    [[nodiscard]] std::string audit_afresh() const;

    [[nodiscard]] const Economy& economy() const { return economy_; }
    [[nodiscard]] const std::vector<market::Instrument>& instruments() const {
        return instruments_;
    }
    [[nodiscard]] const market::Market& market(market::InstrumentId id) const {
        return markets_[market::index(id)];
    }
    [[nodiscard]] const std::vector<Cloned<agents::PopulationBase>>& populations() const {
        return populations_;
    }
    [[nodiscard]] const agents::BookView& view(market::InstrumentId id) const {
        return views_[market::index(id)];
    }
    [[nodiscard]] const agents::PriceHistory& history(market::InstrumentId id) const {
        return tapes_[market::index(id)].history;
    }
    [[nodiscard]] const BookFlows& flows(market::InstrumentId id) const {
        return book_flows_[market::index(id)];
    }
    [[nodiscard]] const Totals& totals() const { return totals_; }
    /// How often a block of the ledger was refused something for one reason, since the world began.
    [[nodiscard]] std::uint64_t refusals(std::uint32_t block, market::Reject why) const {
        return refusals_.total(refusal_key(block, why));
    }
    [[nodiscard]] const PhaseTimes& phase_times() const { return phase_times_; }
    /// Marks of the state after each phase of the last step.
    [[nodiscard]] const PhaseMarks& phase_marks() const { return phase_marks_; }
    /// USD that lenders and engines sold in the last step.
    [[nodiscard]] double forced_volume(market::InstrumentId id) const {
        return tapes_[market::index(id)].forced_volume;
    }
    [[nodiscard]] const agents::RatesView& rates() const { return rates_; }
    /// USD per ledger unit, at the last mark.
    [[nodiscard]] double asset_price(market::AssetId asset) const {
        return macro_.asset_price[market::index(asset)];
    }
    /// Dollars of a block of the ledger; what waits in orders counts as its owner's. O(1).
    [[nodiscard]] market::Money cash_of(std::uint32_t block) const;
    /// The same at the opening.
    [[nodiscard]] market::Money opening_cash_of(std::uint32_t block) const {
        return opening_cash_[block];
    }
    [[nodiscard]] std::span<const agents::OpenOrder> open_orders(market::AccountId owner) const {
        return open_orders_.of(owner);
    }

    // What happened in the last step; nothing of it in a world that was copied or loaded since.
    [[nodiscard]] std::span<const EventRow> events() const { return scratch_.events; }
    [[nodiscard]] std::span<const market::Fill> fills(market::InstrumentId id) const {
        return market::index(id) < scratch_.books.size()
                   ? std::span<const market::Fill>{scratch_.books[market::index(id)].events.fills}
                   : std::span<const market::Fill>{};
    }
    /// Calls `visit(const agents::Intent&)` for every order that was wished for, by chunk.
    template <class Visit>
    void for_each_intent(Visit visit) const {
        for (std::size_t at = 0; at < scratch_.chunk_count; ++at) {
            for (const agents::Intent& intent : scratch_.chunks[at].intents.orders) visit(intent);
        }
    }

    /// Has a shock happen in the next step, whatever its own date: somebody outside wants to know
    /// what if. With the step before which it came it is part of what a run is a function of.
    ///
    /// @param number  of the input, for the event log.
    void inject(ShockConfig shock, std::uint32_t number);
    [[nodiscard]] std::size_t agent_count() const { return agents_total_; }
    /// Bytes that one more sleeping member of a population costs, ledger row included.
    [[nodiscard]] std::size_t bytes_per_sleeper(std::size_t population) const;
    /// What an account owns less what it owes, USD at last mids.
    [[nodiscard]] double equity_of(market::AccountId account) const;
    /// The account of an institution, or the first of a population. The name must exist.
    [[nodiscard]] market::AccountId account_named(std::string_view name) const;

    /// State to bytes and back; the configuration is not in it (a checkpoint adds it).
    [[nodiscard]] std::string state() const;
    void archive(market::ArchiveWriter& a);
    void archive(market::ArchiveReader& a);

private:
    static constexpr std::uint64_t refusal_key(std::uint32_t block, market::Reject why) {
        return std::uint64_t{block} << 8 | static_cast<std::uint64_t>(why);
    }

    friend class Builder;
    friend World fork(const World& world, std::shared_ptr<const WorldConfig> config,
                      std::uint64_t seed);
    friend class WorldProbe;  // tests/support: unit tests of single phases

    void observe(Pool& pool);
    void decide(Pool& pool);
    void submit(Pool& pool);
    void match(Pool& pool);
    void settle(Pool& pool);
    void margin_call(Pool& pool);
    void macro(Pool& pool);
    void record(Pool& pool);

    // observe
    void view_book(std::size_t book, market::Time now);
    void wake_due();
    // submit: instructions first
    void carry_out_instructions();
    void carry_out(const agents::Instruction& wish);
    void transfer(const agents::Instruction& wish);
    void issue_or_retire(const agents::Instruction& wish);
    void exchange_baskets(const agents::Instruction& wish);
    void meet_obligation(const agents::Instruction& wish);
    void request_redemption(const agents::Instruction& wish);
    void move_shares(market::AccountId company, market::AccountId investor, market::Money amount,
                     bool to_investor);
    [[nodiscard]] double units_worth(market::AccountId investor, std::uint32_t fund_block) const;
    [[nodiscard]] bool may_issue(market::AccountId self, market::AssetId asset) const;
    [[nodiscard]] bool backs_units(std::uint32_t block) const;
    void reserve(Chunk& chunk, std::uint32_t chunk_index);
    void count(std::span<const RefusedOrder> refused);
    void sort_by_book(Chunk& chunk, std::uint32_t chunk_index);
    [[nodiscard]] market::Reject requirement(agents::Intent& intent, market::AssetId& asset,
                                             market::Units& units) const;
    [[nodiscard]] market::Duration latency_of(market::AccountId owner, market::Time decided,
                                              std::uint32_t chunk) const;
    void gather_queue(std::size_t book);
    // match
    void match_book(std::size_t book);
    void account_for(std::size_t book);
    void account_for(std::size_t book, const market::Rested& rested, bool ask_book);
    void account_for(std::size_t book, const market::Fill& fill, bool ask_book);
    void account_for(std::size_t book, const market::Removed& removed, bool ask_book);
    SettleEntry& entry_for(std::size_t book, market::AccountId owner, market::OrderId id);
    // settle
    void settle_shard(std::uint32_t shard);
    void sync_order(const SettleEntry& entry);
    // margin_call
    void mark(std::size_t book);
    [[nodiscard]] double amount_to_sell(const Borrower& borrower) const;
    void sell_for(const Borrower& borrower);
    void recall_orders(market::AccountId owner);
    // macro
    void happen(market::Time now);
    void follow_policy(market::Time now);
    void set_policy_rate(double rate, market::Time now);
    void carry_out(const ShockConfig& shock, market::Time now);
    void begin_outage(const OutageShock& shock, market::Time now);
    void read_rates(market::Time now);
    void revalue(market::Time now);
    void price_funds();
    void pay_recurring(market::Time now);
    void meet_institutions_calls(market::Time now);
    void service_instrument(std::size_t book, market::Time now);
    void mint(std::size_t book);
    void list_holders(std::size_t book);
    void cover(market::AccountId payer, market::Money amount);
    void pay_coupon(std::size_t book);
    void pay_dividend(std::size_t book);
    void collect_interest(market::Time now);
    void open_gates(market::Time due, market::Time next);
    // record
    [[nodiscard]] std::uint64_t contracts_digest() const;
    void ask_for_finer_steps();
    [[nodiscard]] std::string check_flows() const;
    [[nodiscard]] std::string check_cash() const;
    [[nodiscard]] std::vector<market::Money> count_cash() const;
    [[nodiscard]] std::uint64_t mark_books() const;
    [[nodiscard]] std::uint16_t mark_state() const;
    [[nodiscard]] std::string check_escrow(std::size_t book) const;

    template <class Archive>
    void archive_all(Archive& a);
    [[nodiscard]] std::uint64_t combine(std::uint64_t ledger, std::uint64_t books,
                                        std::uint64_t agents, std::uint64_t obligations) const;

    std::shared_ptr<const WorldConfig> config_;
    std::uint64_t seed_ = 0;
    Clock clock_;
    std::vector<market::Time> events_;       ///< scheduled moments that no step crosses
    std::vector<market::Session> sessions_;  ///< those in use

    std::vector<market::Instrument> instruments_;  ///< by InstrumentId
    std::vector<market::Market> markets_;          ///< by InstrumentId
    std::vector<Tape> tapes_;                ///< by InstrumentId: what is remembered of prices
    std::vector<BookFlows> book_flows_;      ///< by InstrumentId: who bought from whom
    std::vector<std::uint64_t> next_order_;  ///< by InstrumentId: running order numbers

    Economy economy_;  ///< ledger and contracts
    MacroState macro_;
    std::vector<market::Money> opening_cash_;      ///< by block
    std::vector<market::Money> escrowed_;          ///< by block, dollars behind its orders
    std::vector<Borrower> borrowers_;              ///< secured credit lines, by account
    std::uint32_t escrow_block_ = 0;               ///< one account per book
    std::vector<market::AccountId> fee_accounts_;  ///< by InstrumentId

    std::vector<Cloned<agents::PopulationBase>> populations_;
    std::vector<std::uint32_t> first_agent_;  ///< by population, and the total: dense agent numbers
    std::vector<market::Duration> latency_;   ///< by population: median from decision to book
    std::vector<std::uint32_t> population_of_block_;
    std::size_t agents_total_ = 0;
    WakeCalendar calendar_;
    PriceAlarms alarms_;
    AwakeSet awake_;
    std::vector<std::uint32_t> woken_early_;  ///< dense numbers: a fill or an alarm
    OpenOrders open_orders_;
    std::uint64_t agents_digest_ = 0;
    std::vector<agents::Intent> forced_;  ///< orders of margin_call, for the next step

    std::vector<agents::BookView> views_;
    agents::RatesView rates_;
    Totals totals_;
    Tally<std::uint64_t> refusals_;  ///< by `refusal_key`
    PhaseTimes phase_times_;
    PhaseMarks phase_marks_{};
    std::vector<Injected> injected_;  ///< for the next step
    StepScratch scratch_;             ///< no state: emptied by every step
};

}  // namespace crowdout::world
