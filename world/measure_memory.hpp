// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "world/measure_fields.hpp"
#include "world/measure_tails.hpp"

// Measures of memory: what a return, its size or a trade's sign says about those to come. Lags
// count within trading hours joined end to end; returns over night are left out.

namespace crowdout::world {

enum class MemoryOf : std::uint8_t { returns, sizes };
inline constexpr std::array<std::string_view, 2> memory_of_names{"returns", "sizes"};
constexpr agents::EnumNames enum_names(MemoryOf) {
    return {memory_of_names.data(), memory_of_names.size()};
}

constexpr FieldInfo lag_field(const char* help, const char* help_zh) {
    return {.help = help, .help_zh = help_zh, .min = 1, .max = 10'000};
}

/// Autocorrelation of log returns, or of their size, at `lag`; where `lag_last` is given, the one
/// farthest from zero from `lag` to `lag_last`. Sizes are first divided by the season of the day.
/// Source: Cont (2001), Quantitative Finance 1, 223.
struct Autocorrelation {
    std::string of;
    MemoryOf series = MemoryOf::returns;
    market::Duration horizon{market::minute * 5};
    std::int64_t lag = 1;
    std::optional<std::int64_t> lag_last;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] market::Duration span() const { return horizon * (2 * lag_last.value_or(lag)); }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("series", series,
              {.help = "Of returns or of their size.", .help_zh = "收益率或其绝对值。"});
        field("horizon", horizon, horizon_field());
        field("lag", lag, lag_field("How many returns later.", "滞后期数。"));
        field("lag_last", lag_last,
              lag_field("Last of several lags, of which the farthest from zero counts.",
                        "多个滞后期的最后一个，取离零最远者。"));
    }
};

/// Exponent g of the autocorrelation of |returns| ~ lag^-g, by least squares over logarithmic bins
/// of lags; the season of the day is removed.
/// Source: Cont, Potters & Bouchaud (1997), in Scale invariance and beyond; lags of calibration 11.
struct MemoryExponent {
    std::string of;
    market::Duration horizon{market::minute};
    std::int64_t lag = 5;
    std::int64_t lag_last = 500;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] market::Duration span() const { return horizon * (2 * lag_last); }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
        field("lag", lag, lag_field("First lag of the fit.", "拟合的首个滞后期。"));
        field("lag_last", lag_last, lag_field("Last lag of the fit.", "拟合的最后滞后期。"));
    }
};

/// Mean over lags 1 to `lag_last` of L(k) = <r_t r_t+k^2> / <r_t^2>^2: below 0 where falls make
/// what follows livelier.
/// Source: Bouchaud, Matacz & Potters (2001), Physical Review Letters 87, 228701.
struct LeverageEffect {
    std::string of;
    market::Duration horizon{market::day};
    std::int64_t lag_last = 10;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] market::Duration span() const { return horizon * (2 * lag_last); }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
        field("lag_last", lag_last, lag_field("Last lag.", "最后滞后期。"));
    }
};

/// Correlation of the volume of a span with the size of its return.
/// Source: Karpoff (1987), J. Financial and Quantitative Analysis 22, 109.
struct VolumeVolatility {
    std::string of;
    market::Duration horizon{market::minute * 5};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { need_prices(needs, of, horizon).volumes = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price and volume.", "哪个工具的价格与成交量。"));
        field("horizon", horizon, horizon_field());
    }
};

enum class MemoryAs : std::uint8_t { exponent, hurst };
inline constexpr std::array<std::string_view, 2> memory_as_names{"exponent", "hurst"};
constexpr agents::EnumNames enum_names(MemoryAs) {
    return {memory_as_names.data(), memory_as_names.size()};
}

/// How slowly the memory of trades' signs fades: the exponent of their autocorrelation over lags 1
/// to `lag_last` trades, or the Hurst exponent of their sum by detrended fluctuations. What one
/// taker takes at once is one trade.
/// Source: Lillo & Farmer (2004), Studies in Nonlinear Dynamics & Econometrics 8.
struct OrderSignMemory {
    std::string of;
    MemoryAs as = MemoryAs::exponent;
    std::int64_t lag_last = 200;  ///< our choice: a parent order of a day has hundreds of children

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { needs.books[of].fills = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose trades.", "哪个工具的成交。"));
        field("as", as, {.help = "Which exponent.", .help_zh = "哪种指数。"});
        FieldInfo info = lag_field("Last lag of the fit.", "拟合的最后滞后期。");
        info.min = 10;
        field("lag_last", lag_last, info);
    }
};

}  // namespace crowdout::world
