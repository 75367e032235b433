// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "world/measure_fields.hpp"
#include "world/measure_together.hpp"

// Measures of capital: what lies idle, what is missing, and the figures of the whole world.

namespace crowdout::world {

/// What of a series over the stretch is the value.
enum class Take : std::uint8_t {
    begin,
    end,
    change,  ///< end less begin
    growth,  ///< end over begin, less one
    mean,
    least,
    most,
};
inline constexpr std::array<std::string_view, 7> take_names{"begin", "end",   "change", "growth",
                                                            "mean",  "least", "most"};
constexpr agents::EnumNames enum_names(Take) {
    return {take_names.data(), take_names.size()};
}

constexpr FieldInfo take_field() {
    return {.help = "What of the stretch: growth is the end over the beginning, less one.",
            .help_zh = "取整段时间的哪个数值：growth 为期末除以期初减一。"};
}

/// The unit of a figure, or a share where its growth is taken.
[[nodiscard]] constexpr MeasureUnit unit_of(Take take, MeasureUnit unit) {
    return take == Take::growth ? MeasureUnit::ratio : unit;
}

/// A figure of the whole world as `crowdout info` lists them: rates, yields, idle capital, the
/// funding gap, flow multipliers by instrument. Figures of capital are read once a day.
struct Series {
    std::string series;
    std::string of;
    Take take = Take::mean;

    [[nodiscard]] MeasureUnit unit() const;
    void need(TrackNeeds& needs) const { needs.series = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("series", series, {.help = "Its name.", .help_zh = "序列名称。", .required = true});
        field("of", of,
              instrument_field("Of which instrument, where each has one.",
                               "哪个工具的（若各工具各有一个）。", false));
        field("take", take, take_field());
    }
};

/// Yield of investment grade less that of the government: what capex costs those who borrow.
struct CreditSpread {
    Take take = Take::change;

    [[nodiscard]] MeasureUnit unit() const { return unit_of(take, MeasureUnit::rate); }
    static void need(TrackNeeds& needs) { needs.series = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("take", take, take_field());
    }
};

enum class GapPart : std::uint8_t { gap, demand, saving, credit };
inline constexpr std::array<std::string_view, 4> gap_part_names{"gap", "demand", "saving",
                                                                "credit"};
constexpr agents::EnumNames enum_names(GapPart) {
    return {gap_part_names.data(), gap_part_names.size()};
}

/// The funding gap of the last 30 days, or one of its parts: what issuers ask for, what savers
/// bring, what banks lend; see world/measures.hpp.
struct FundingGapMeasure {
    GapPart part = GapPart::gap;
    Take take = Take::mean;

    [[nodiscard]] MeasureUnit unit() const { return unit_of(take, MeasureUnit::usd); }
    static void need(TrackNeeds& needs) { needs.series = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("part", part, {.help = "Which part.", .help_zh = "哪一部分。"});
        field("take", take, take_field());
    }
};

/// Cash above the sector's floor, or that of all sectors that have one.
struct IdleCapital {
    std::string sector;
    Take take = Take::end;

    [[nodiscard]] MeasureUnit unit() const { return unit_of(take, MeasureUnit::usd); }
    static void need(TrackNeeds& needs) { needs.idle = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("sector", sector,
              {.help = "Whose cash; of all without one.",
               .help_zh = "哪个部门的现金；不写则为全部。",
               .refers_to = Reference::sector});
        field("take", take, take_field());
    }
};

/// Value of what is outstanding of one instrument over that of a list, as balance sheets show it
/// once a day: the share of bitcoin in all coins, say.
struct Dominance {
    std::string of;
    std::vector<std::string> among;
    Take take = Take::change;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    static void need(TrackNeeds& needs) { needs.balances = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose share.", "哪个工具的占比。"));
        field("among", among,
              {.help = "The whole, itself among them.",
               .help_zh = "总体（含其自身）。",
               .required = true,
               .refers_to = Reference::instrument,
               .items_min = 2});
        field("take", take, take_field());
    }
};

/// Largest number of units by which any asset's accounts, issuers included, missed summing to zero
/// in any balance sheet of the run: 0, or money was made or lost.
struct Conservation {
    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    static void need(TrackNeeds& needs) { needs.balances = true; }
    [[nodiscard]] static Measured evaluate(const TrackView& view);

    template <class Visitor>
    void visit(Visitor&) {}
};

}  // namespace crowdout::world
