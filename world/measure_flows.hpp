// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "agents/names.hpp"
#include "world/measure_capital.hpp"
#include "world/measure_fields.hpp"
#include "world/payments.hpp"

// Measures of flows: who paid whom for what, who sold what and why, and what that did to prices.

namespace crowdout::market {

constexpr agents::EnumNames enum_names(Cause) {
    return {cause_names.data(), cause_names.size()};
}

}  // namespace crowdout::market

namespace crowdout::world {

/// Dollars that went from one sector to another for a reason over the stretch; from or to any, and
/// for every reason but escrow, where none is named.
struct Flow {
    std::string payer;
    std::string payee;
    std::optional<market::Reason> reason;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::usd; }
    static void need(TrackNeeds& needs) { needs.flows = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("payer", payer,
              {.help = "The sector that pays.",
               .help_zh = "付款部门。",
               .refers_to = Reference::sector});
        field("payee", payee,
              {.help = "The sector that is paid.",
               .help_zh = "收款部门。",
               .refers_to = Reference::sector});
        field("reason", reason, {.help = "What for.", .help_zh = "用途。"});
    }
};

/// Dollars that a sector sold in a book for a cause over the stretch; any where none is named.
struct Sold {
    std::string of;
    std::string sector;
    std::optional<market::Cause> cause;
    bool net = false;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::usd; }
    static void need(TrackNeeds& needs) { needs.flows = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("What was sold.", "卖出的工具。"));
        field("sector", sector,
              {.help = "Who sold.", .help_zh = "卖方部门。", .refers_to = Reference::sector});
        field("cause", cause, {.help = "Why.", .help_zh = "原因。"});
        field("net", net,
              {.help = "Whether what was bought is taken off.", .help_zh = "是否减去买入额。"});
    }
};

/// Share of a book's volume that lenders and engines sold by force.
struct ForcedShare {
    std::string of;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { need_prices(needs, of, market::hour).volumes = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
    }
};

/// Largest share of a book's forced sales that fell within any span of `within`.
struct ForcedConcentration {
    std::string of;
    market::Duration within{market::minute * 40};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const {
        need_prices(needs, of, market::minute * 5).volumes = true;
    }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
        field("within", within,
              {.help = "Length of the span.",
               .help_zh = "时间跨度。",
               .unit = Dimension::duration,
               .positive = true});
    }
};

/// Return per billion dollars that long-term owners (all but intermediaries) bought net on a day:
/// slope of a regression of daily log returns on it. It says how the two went together, not what
/// a purchase does.
struct FlowSlope {
    std::string of;
    std::string sector;  ///< whose purchases; "": of all but intermediaries

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("sector", sector,
              {.help = "Whose purchases; of all but intermediaries without one.",
               .help_zh = "哪个部门的净买入；不写则为全部非中介部门。",
               .refers_to = Reference::sector});
    }
};

/// Dollars of market value per dollar of net purchases, as the world's own gauge reads it daily.
struct FlowMultiplierMeasure {
    std::string of;
    Take take = Take::end;

    [[nodiscard]] MeasureUnit unit() const { return unit_of(take, MeasureUnit::number); }
    static void need(TrackNeeds& needs) { needs.series = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose value.", "哪个工具的市值。"));
        field("take", take, take_field());
    }
};

enum class FundingAs : std::uint8_t { share, dollars, at_most };
inline constexpr std::array<std::string_view, 3> funding_as_names{"share", "dollars", "at_most"};
constexpr agents::EnumNames enum_names(FundingAs) {
    return {funding_as_names.data(), funding_as_names.size()};
}

/// How much of the dollars that were spent on AI capex came from a sector, traced back to the
/// world's `sources` in proportion (share, dollars), or the most that can have come from it
/// (at_most); see world/flow_network.hpp.
struct CapexFunding {
    std::string sector;
    FundingAs as = FundingAs::share;

    [[nodiscard]] MeasureUnit unit() const {
        return as == FundingAs::share ? MeasureUnit::ratio : MeasureUnit::usd;
    }
    static void need(TrackNeeds& needs) { needs.flows = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("sector", sector,
              {.help = "Whose dollars: one of the world's sources.",
               .help_zh = "哪个部门的资金（须在 sources 之列）。",
               .required = true,
               .refers_to = Reference::sector});
        field("as", as, {.help = "In what form.", .help_zh = "以何种形式。"});
    }
};

/// How often something happened over the stretch, in one book or in all.
struct EventCount {
    EventKind kind = EventKind::halt;
    std::string of;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    static void need(TrackNeeds&) {}
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("kind", kind, {.help = "What.", .help_zh = "何种事件。", .required = true});
        field("of", of,
              instrument_field("In which book; in all without one.", "哪个订单簿；不写则为全部。",
                               false));
    }
};

constexpr agents::EnumNames enum_names(EventKind) {
    return {event_names.data(), event_names.size()};
}

}  // namespace crowdout::world
