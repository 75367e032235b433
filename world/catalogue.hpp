// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "agents/population.hpp"
#include "market/time.hpp"
#include "world/valuation.hpp"
#include "world/variant.hpp"

namespace crowdout::world {

Catalogue archetypes();
Catalogue valuations();
Catalogue shocks();

/// A population of the archetype that a world file chose, with its names bound.
[[nodiscard]] std::unique_ptr<agents::PopulationBase> make_population(const VariantValue& chosen,
                                                                      std::uint32_t count,
                                                                      const agents::Names& names);

/// No anchor at all: nobody has an opinion about the value.
struct NoValuation {
    template <class Visitor>
    void visit(Visitor&) {}
};

/// Redeemable at its opening price, for all that anybody knows.
struct ParTerms {
    template <class Visitor>
    void visit(Visitor&) {}
};

/// A firm reports something that analysts did not expect.
struct ReportShock {
    std::string instrument;
    FactKind fact = FactKind::revenue;
    double reported = 0;
    double expected = 0;
    double period_years = 0.25;

    template <class Visitor>
    void visit(Visitor& field);
};

/// A venue stops serving for a while.
struct OutageShock {
    std::string venue;
    market::Duration lasts{market::hour};

    template <class Visitor>
    void visit(Visitor& field);
};

/// The central bank sets its target.
struct PolicyRateShock {
    double rate = 0;

    template <class Visitor>
    void visit(Visitor& field);
};

/// One account pays another, once.
struct TransferShock {
    std::string from;
    std::string to;
    double amount = 0;

    template <class Visitor>
    void visit(Visitor& field);
};

template <class Visitor>
void ReportShock::visit(Visitor& field) {
    using agents::Dimension;
    field("instrument", instrument,
          {.help = "Whose report.",
           .help_zh = "发布报告的公司。",
           .required = true,
           .refers_to = agents::Reference::instrument});
    field("fact", fact, {.help = "What is reported.", .help_zh = "报告的内容。"});
    field("reported", reported,
          {.help = "The number reported: USD, or a rate for growth.",
           .help_zh = "报告的数值：美元，增长率则为比率。",
           .unit = Dimension::money,
           .required = true});
    field("expected", expected,
          {.help = "What analysts expected.",
           .help_zh = "分析师的预期。",
           .unit = Dimension::money,
           .required = true});
    field("period_years", period_years,
          {.help = "What the number spans, in years.",
           .help_zh = "数值覆盖的年数。",
           .max = 10,
           .positive = true});
}

template <class Visitor>
void OutageShock::visit(Visitor& field) {
    field("venue", venue,
          {.help = "Which venue.",
           .help_zh = "交易场所。",
           .required = true,
           .refers_to = agents::Reference::venue});
    field("lasts", lasts,
          {.help = "For how long.",
           .help_zh = "持续时间。",
           .unit = agents::Dimension::duration,
           .positive = true});
}

template <class Visitor>
void PolicyRateShock::visit(Visitor& field) {
    field("rate", rate,
          {.help = "The new target a year.",
           .help_zh = "新的政策利率。",
           .unit = agents::Dimension::rate,
           .min = 0,
           .max = 1,
           .required = true});
}

template <class Visitor>
void TransferShock::visit(Visitor& field) {
    using agents::Reference;
    field("from", from,
          {.help = "Who pays.",
           .help_zh = "付款人。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("to", to,
          {.help = "Who is paid.",
           .help_zh = "收款人。",
           .required = true,
           .refers_to = Reference::institution | Reference::population});
    field("amount", amount,
          {.help = "How much; what the payer does not have is not paid.",
           .help_zh = "金额；付款人余额不足的部分不支付。",
           .unit = agents::Dimension::money,
           .required = true,
           .positive = true});
}

}  // namespace crowdout::world
