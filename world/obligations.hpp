// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/field.hpp"
#include "agents/observation.hpp"
#include "market/calendar.hpp"
#include "world/apportion.hpp"

namespace crowdout::world {

inline constexpr std::size_t obligation_kind_count = 3;

/// When a fund pays those who leave, and how much of them at once.
struct RedemptionTerms {
    double notice_days = 60;  ///< 45 to 90
    double gate = 0.20;       ///< of net asset value a quarter; 0.10 to 0.25

    template <class Visitor>
    void visit(Visitor& field);
};

/// 16:00 New York on the last trading day of the quarter, the first such moment not before `time`.
[[nodiscard]] market::Time quarter_end(market::Time time);

/// The first quarter end that leaves the notice.
[[nodiscard]] market::Time redemption_date(const RedemptionTerms& terms, market::Time requested);

/// Who must pay whom by when: capital calls, redemptions and ordered capacity.
///
/// What was ever owed has been met, forgiven, or is still open: nothing leaves the queue otherwise,
/// and the audit says so. Ids are never used again. An obligation past its date stays, overdue,
/// until it is met, extended or forgiven.
class ObligationBook {
public:
    using Obligation = agents::Obligation;
    using Kind = agents::ObligationKind;

    /// @return the id, from 1. Nothing is owed, and 0 returned, where `amount` is zero.
    std::uint32_t add(Kind kind, market::AccountId debtor, market::AccountId creditor,
                      market::Money amount, market::Time due);

    /// The open ones of one debtor by due date, then id. Valid until the next change.
    [[nodiscard]] std::span<const Obligation> of(market::AccountId debtor) const;
    /// All of them, by debtor.
    [[nodiscard]] std::span<const Obligation> all() const { return open_; }
    /// @return null where it is not (or no longer) open.
    [[nodiscard]] const Obligation* find(market::AccountId debtor, std::uint32_t id) const;

    /// The debtor has paid `amount`, or what was open where that is less.
    /// @return what was taken; zero for an unknown id. The caller posts it.
    market::Money meet(market::AccountId debtor, std::uint32_t id, market::Money amount);
    /// The creditor lets go of `amount`, or of what was open where that is less.
    market::Money forgive(market::AccountId debtor, std::uint32_t id, market::Money amount);
    /// @return false for an unknown id.
    bool extend(market::AccountId debtor, std::uint32_t id, market::Time due);

    /// On a pay date a fund opens its gate: of the redemptions due then, at most `payable_most` is
    /// to be paid, pro rata; the rest of each rolls to `next_due` under the id it had, and what is
    /// to be paid now gets a new one. Those that passed an earlier gate are not touched.
    /// @return what is payable.
    market::Money open_gate(market::AccountId fund, market::Time due, market::Money payable_most,
                            market::Time next_due);

    /// The first due date after `time`; `never` where there is none.
    [[nodiscard]] market::Time next_due(market::Time time) const;
    /// Replaces `out` with those whose date is before `time`, by debtor.
    void overdue(market::Time time, std::vector<Obligation>& out) const;

    [[nodiscard]] market::Money open_total(Kind kind) const;
    [[nodiscard]] market::Money open_total(market::AccountId debtor, Kind kind) const;
    [[nodiscard]] market::Money met_total(Kind kind) const;
    [[nodiscard]] market::Money forgiven_total(Kind kind) const;

    /// The first violation in words, or an empty text: order, positivity, and
    /// added = met + forgiven + open, per kind. O(open).
    [[nodiscard]] std::string audit() const;
    [[nodiscard]] std::uint64_t digest() const { return digest_; }
    [[nodiscard]] std::uint64_t digest_afresh() const;

    template <class Archive>
    void archive(Archive& a) {
        a(open_, totals_, next_id_, digest_);
    }

private:
    struct Totals {
        market::Money added;
        market::Money met;
        market::Money forgiven;
    };

    [[nodiscard]] std::size_t place(market::AccountId debtor, std::uint32_t id) const;
    void insert(const Obligation& obligation);
    void erase(std::size_t at);
    market::Money reduce(std::size_t at, market::Money amount);

    std::vector<Obligation> open_;  ///< by debtor, due, id
    std::array<Totals, obligation_kind_count> totals_{};
    std::uint32_t next_id_ = 1;
    std::uint64_t digest_ = 0;
};

template <class Visitor>
void RedemptionTerms::visit(Visitor& field) {
    field("notice_days", notice_days,
          {.help = "Days of notice before a quarter end.",
           .help_zh = "季度末赎回所需的提前通知天数。",
           .min = 0,
           .max = 730});
    field("gate", gate,
          {.help = "Largest share of net asset value paid out in a quarter.",
           .help_zh = "每季度最多支付的净资产比例。",
           .unit = agents::Dimension::ratio,
           .min = 0,
           .max = 1});
}

}  // namespace crowdout::world
