// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "world/measure_fields.hpp"

// Measures of the law of returns: how heavy its tails are, and on which side.

namespace crowdout::world {

constexpr FieldInfo season_field() {
    return {.help = "Whether returns within the day are first divided by the season of the day.",
            .help_zh = "日内收益率是否先除以日内季节性。"};
}

/// Log returns of a book over the horizon as a view sees them, each divided by the mean size of its
/// time of day where that is asked for. Missing over night.
/// @throws Undefined
[[nodiscard]] std::vector<double> deseasonalised(const TrackView& view, const std::string& of,
                                                 market::Duration horizon, bool remove_season);

/// Excess kurtosis of log returns over the horizon: 0 for a normal law.
/// Source: Cont (2001), Quantitative Finance 1, 223.
struct Kurtosis {
    std::string of;
    market::Duration horizon{market::minute * 5};
    bool remove_season = true;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
        field("remove_season", remove_season, season_field());
    }
};

/// Aggregational Gaussianity: of the steps from each horizon to the next longer one, the share in
/// which excess kurtosis falls; 1 where it falls at each. The season of the day is removed.
/// Source: Cont (2001), Quantitative Finance 1, 223.
struct KurtosisFall {
    std::string of;
    std::vector<market::Duration> horizons{market::minute * 5, market::hour, market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] market::Duration span() const { return horizons.back() * 10; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        FieldInfo info = horizon_field();
        info.help = "What returns span, the shortest first.";
        info.help_zh = "收益率的跨度，由短到长。";
        info.items_min = 2;
        field("horizons", horizons, info);
    }
};

/// Hill's index of the largest |returns|: their distribution falls as x^-index.
/// Source: Hill (1975), Annals of Statistics 3, 1163.
struct Hill {
    std::string of;
    market::Duration horizon{market::minute * 5};
    double tail = 0.025;
    bool remove_season = true;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
        field("tail", tail,
              {.help = "Share of the returns that are the tail.",
               .help_zh = "视为尾部的收益率比例。",
               .unit = Dimension::ratio,
               .max = 0.5,
               .positive = true});
        field("remove_season", remove_season, season_field());
    }
};

/// Skewness of log returns over the horizon: below 0 where falls are larger than rises.
/// Source: Cont (2001), Quantitative Finance 1, 223.
struct GainLossAsymmetry {
    std::string of;
    market::Duration horizon{market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
    }
};

}  // namespace crowdout::world
