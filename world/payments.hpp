// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/field.hpp"
#include "market/calendar.hpp"
#include "market/ledger.hpp"
#include "market/posting.hpp"
#include "market/time.hpp"
#include "world/apportion.hpp"
#include "world/flow_of_funds.hpp"

namespace crowdout::market {

constexpr agents::EnumNames enum_names(Reason) {
    return {reason_names.data(), reason_names.size()};
}

}  // namespace crowdout::market

namespace crowdout::world {

enum class Every : std::uint8_t { day, week, month };
inline constexpr std::array<std::string_view, 3> every_names{"day", "week", "month"};
constexpr agents::EnumNames enum_names(Every) {
    return {every_names.data(), every_names.size()};
}

enum class ShareBy : std::uint8_t { equal, cash };
inline constexpr std::array<std::string_view, 2> share_by_names{"equal", "cash"};
constexpr agents::EnumNames enum_names(ShareBy) {
    return {share_by_names.data(), share_by_names.size()};
}

/// When something recurs, in UTC.
struct Schedule {
    Every every = Every::day;
    std::int64_t on = 1;  ///< of the week: 1 is Monday; of the month: 1 to 31, or its last day
    market::Duration at{market::hour * 12};  ///< after midnight

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;

    /// The first moment later than `time`.
    [[nodiscard]] market::Time next(market::Time time) const;
};

/// Part of what came in for one reason goes out for another: wages out of capex receipts, taxes
/// out of wages.
struct PaymentLink {
    market::Reason received = market::Reason::sales;
    double share = 0;  ///< of what the payer's block received since the payment before

    template <class Visitor>
    void visit(Visitor& field);
};

/// A transfer that recurs: the incomes that close the circle.
///
/// What falls due is the integral of `rate` since the payment before, growing at `growth` a year
/// from the opening, plus the link's share. Nobody pays more than it has; the rest is a shortfall,
/// which is told and not made up for later. The issuer of dollars pays by owing more.
struct PaymentTerms {
    std::string name;
    std::string from;  ///< an institution or a population
    std::string to;
    market::Reason reason = market::Reason::wages;
    double rate = 0;    ///< USD a year, of all payers together
    double growth = 0;  ///< a year
    Schedule schedule;
    ShareBy paid_by = ShareBy::cash;       ///< how payers divide what is due
    ShareBy received_by = ShareBy::equal;  ///< how receivers divide what is paid
    std::optional<PaymentLink> link;

    template <class Visitor>
    void visit(Visitor& field);
};

/// The accounts behind a name: a run of rows of one block.
struct Party {
    std::uint32_t block = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 1;

    [[nodiscard]] market::AccountId account(std::uint32_t index) const {
        return {block, first + index};
    }
};

/// What came of one payment.
struct PaymentOutcome {
    market::Money due;
    market::Money paid;

    [[nodiscard]] market::Money shortfall() const { return due - paid; }
    PaymentOutcome& operator+=(const PaymentOutcome& other) {
        due += other.due;
        paid += other.paid;
        return *this;
    }
};

/// All recurring payments of a world, in the order of its file.
class PaymentBook {
public:
    void add(const PaymentTerms& terms, const Party& from, const Party& to, market::Time opening);

    [[nodiscard]] std::size_t size() const { return items_.size(); }
    /// The next moment at which something falls due; `never` where nothing recurs.
    [[nodiscard]] market::Time next_due() const;

    /// Makes everything that is due by `now`, in the order of the file, so that what one payment
    /// brings the next can pass on.
    /// @param post  carries out one posting before it returns; the ledger and the flow matrix
    ///              show it then.
    /// Cost: O(payers + receivers) for each that is due, O(payments) where none is.
    template <class Post>
    void run(market::Time now, const market::Ledger& ledger, const FlowMatrix& flows, Post&& post) {
        for (std::size_t item = 0; item < items_.size(); ++item) {
            if (items_[item].due_at > now) continue;
            postings_.clear();
            collect(item, now, ledger, flows, postings_);
            for (const market::Posting& posting : postings_) post(posting);
        }
    }

    /// Works out one payment, as if due now, and appends what moves.
    PaymentOutcome collect(std::size_t item, market::Time now, const market::Ledger& ledger,
                           const FlowMatrix& flows, std::vector<market::Posting>& out);

    /// One side of a payment, and how its members divide it.
    struct Side {
        Party party;
        ShareBy by = ShareBy::equal;
    };
    /// Works out a payment of `amount` and appends what moves: nobody pays more than it has, but
    /// for the issuer of dollars.
    /// @return what is paid.
    market::Money move(market::Money amount, const Side& from, const Side& to,
                       market::Reason reason, const market::Ledger& ledger,
                       std::vector<market::Posting>& out);

    /// Since the opening.
    [[nodiscard]] PaymentOutcome total(std::size_t item) const { return items_[item].total; }
    [[nodiscard]] std::uint64_t digest() const;

    template <class Archive>
    void archive(Archive& a) {
        a(items_);
    }

private:
    /// A payment with its names resolved; a plain struct, so that a checkpoint copies it.
    struct Item {
        Party from;
        Party to;
        Schedule schedule;
        market::Reason reason = market::Reason::wages;
        market::Reason linked = market::Reason::sales;
        ShareBy paid_by = ShareBy::cash;
        ShareBy received_by = ShareBy::equal;
        double rate = 0;
        double growth = 0;
        market::RateR9 linked_share = 0;
        market::Time opening;
        market::Time due_at;
        market::Money accrued;        ///< of `rate`, since the opening, already due once
        market::Money linked_before;  ///< what the payer had received for `linked` by then
        PaymentOutcome total;
    };

    [[nodiscard]] static market::Money fall_due(Item& item, market::Time now,
                                                const FlowMatrix& flows);
    void divide(market::Money amount, const Party& party, ShareBy by, const market::Ledger& ledger,
                std::vector<std::int64_t>& shares);

    std::vector<Item> items_;

    // Memory of one call, kept to be used again.
    Apportion apportion_;
    std::vector<std::int64_t> weights_;
    std::vector<std::int64_t> paid_;
    std::vector<std::int64_t> received_;
    std::vector<market::Posting> postings_;
};

template <class Visitor>
void Schedule::visit(Visitor& field) {
    field("every", every, {.help = "How often.", .help_zh = "频率。"});
    field("on", on,
          {.help = "Day of the week (1 is Monday) or of the month.",
           .help_zh = "星期几（1 为星期一）或每月几号。",
           .min = 1,
           .max = 31});
    field("at", at,
          {.help = "Time after midnight, UTC.",
           .help_zh = "UTC 零点之后的时间。",
           .unit = agents::Dimension::duration,
           .min = 0,
           .max = 86'399});
}

template <class Visitor>
void PaymentLink::visit(Visitor& field) {
    field("received", received,
          {.help = "What the payer receives.", .help_zh = "付款方所收到款项的原因。"});
    field("share", share,
          {.help = "Share of it that is passed on.",
           .help_zh = "其中转付的比例。",
           .unit = agents::Dimension::ratio,
           .min = 0,
           .max = 1,
           .required = true});
}

template <class Visitor>
void PaymentTerms::visit(Visitor& field) {
    using agents::Dimension;
    using agents::Reference;
    field("name", name, {.help = "A name of its own.", .help_zh = "名称。", .required = true});
    field("from", from,
          {.help = "Who pays.",
           .help_zh = "付款方。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("to", to,
          {.help = "Who receives.",
           .help_zh = "收款方。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("reason", reason,
          {.help = "What it is paid for.", .help_zh = "付款原因。", .required = true});
    field("rate", rate,
          {.help = "Dollars a year, all payers together.",
           .help_zh = "所有付款方每年合计的金额。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("growth", growth,
          {.help = "Growth of the rate.",
           .help_zh = "金额的年增长率。",
           .unit = Dimension::rate,
           .min = -0.9,
           .max = 10});
    field("schedule", schedule, {.help = "When it is paid.", .help_zh = "付款时间。"});
    field("paid_by", paid_by,
          {.help = "How payers divide it.", .help_zh = "付款方之间的分摊方式。"});
    field("received_by", received_by,
          {.help = "How receivers divide it.", .help_zh = "收款方之间的分配方式。"});
    field("link", link,
          {.help = "A share of what the payer itself receives, on top.",
           .help_zh = "另外转付付款方自身收入的一部分。"});
}

}  // namespace crowdout::world
