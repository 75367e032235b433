// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "agents/field.hpp"
#include "market/time.hpp"
#include "world/variant.hpp"

namespace crowdout::world {

struct Tracks;
struct TrackNeeds;

/// What a run can be asked, one line each in `measure_catalogue.cpp`.
Catalogue measures();

/// Which days of a run a measure looks at.
///
/// A day is one of stress where the measure's reference stands 10 % or more below its highest close
/// of the run so far, or moved over the 20 days that end with it more than 1.5 times as much as in
/// the median such span (all three our choice); every other day is calm. The reference is
/// `with` where the measure has one, else `of`. Days that lack 20 days before them go by their
/// drawdown alone.
enum class When : std::uint8_t { always, stress, calm };
inline constexpr std::array<std::string_view, 3> when_names{"always", "stress", "calm"};
constexpr agents::EnumNames enum_names(When) {
    return {when_names.data(), when_names.size()};
}

/// What a measure's value is, and so how it is printed and which bounds fit.
enum class MeasureUnit : std::uint8_t {
    number,  ///< a correlation, an exponent, a count
    ratio,   ///< 1 is the whole: -10 %
    rate,    ///< a year
    usd,
    days,
};
inline constexpr std::array<std::string_view, 5> measure_unit_names{"number", "share", "per year",
                                                                    "USD", "days"};

/// One question to a run: a measure with its parameters, and the stretch of time it looks at.
/// Claims, studies and fits ask the same questions in the same words.
struct MeasureConfig {
    std::string name;
    Variant<measures> measure;  ///< its parameters stand beside it
    market::Duration from{};    ///< since the world's start
    market::Duration until{};   ///< since the world's start; 0: to the end of the run
    When when = When::always;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// An answer, or in words why there is none.
struct Measured {
    std::optional<double> value;  ///< finite, in `unit_of` the question
    std::string why_not;          ///< "" where there is a value
    /// From this run alone, where the measure has a way to tell: Fisher's, or standard errors.
    std::optional<std::pair<double, double>> within_run_95;

    friend bool operator==(const Measured&, const Measured&) = default;
};

/// Never throws for what the tracks hold. The same tracks give the same answer, bit by bit.
[[nodiscard]] Measured evaluate(const MeasureConfig& asked, const Tracks& tracks);

/// What tracks must keep so that `evaluate` can answer all of them.
[[nodiscard]] TrackNeeds needs_of(std::span<const MeasureConfig> asked);

[[nodiscard]] MeasureUnit unit_of(const MeasureConfig& asked);
/// Of the measure itself, with the parameters' defaults: for tables.
[[nodiscard]] MeasureUnit unit_of(const CatalogueEntry& measure);

/// As people read it: `-12.3 %`, `$4.56 billion`, `0.53`, `3.2 days`.
[[nodiscard]] std::string value_text(double value, MeasureUnit unit);

template <class Visitor>
void MeasureConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What tables and results call it.", .help_zh = "名称。", .required = true});
    field("measure", measure,
          {.help = "What is measured.", .help_zh = "度量什么。", .required = true});
    field("from", from,
          {.help = "When the stretch that it looks at begins, since the start.",
           .help_zh = "起始时刻（自开始起）。",
           .unit = agents::Dimension::duration,
           .min = 0});
    field("until", until,
          {.help = "When it ends, since the start; 0 for the end of the run.",
           .help_zh = "结束时刻（自开始起）；0 表示到运行结束。",
           .unit = agents::Dimension::duration,
           .min = 0});
    field("when", when,
          {.help = "Which days count: all of them, those of stress, or the calm ones.",
           .help_zh = "计入哪些日子：全部、承压或平静。"});
}

}  // namespace crowdout::world
