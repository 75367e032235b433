// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>

#include "world/measure_fields.hpp"

// Measures of how two prices move together.

namespace crowdout::world {

/// What of a series of windows, days or rows is the value.
enum class Summary : std::uint8_t {
    mean,
    median,
    low,   ///< 5th percentile
    high,  ///< 95th percentile
    least,
    most,
    last,
};
inline constexpr std::array<std::string_view, 7> summary_names{"mean",  "median", "low", "high",
                                                               "least", "most",   "last"};
constexpr agents::EnumNames enum_names(Summary) {
    return {summary_names.data(), summary_names.size()};
}

/// Missing values are left out; missing where nothing else is there.
[[nodiscard]] double summarised(std::span<const double> values, Summary summary);

constexpr FieldInfo summary_field() {
    return {.help = "What of all values: low and high are the 5th and 95th percentile.",
            .help_zh = "取全部数值的哪个统计量：low 与 high 为第 5 与第 95 百分位。"};
}

enum class Basis : std::uint8_t { returns, levels };
inline constexpr std::array<std::string_view, 2> basis_names{"returns", "levels"};
constexpr agents::EnumNames enum_names(Basis) {
    return {basis_names.data(), basis_names.size()};
}

/// Pearson's correlation of two prices over windows of `window`, or over the whole stretch where
/// that is 0: of log returns, or of levels. Sampled at the closes that both have, so that a coin
/// beside shares is looked at as the shares close. A window counts where its last day does; the
/// whole stretch takes the days that count. The interval is Fisher's, of the whole stretch only.
///
/// Two independent walks often correlate highly in levels: report that, but score returns
/// (Granger & Newbold 1974, J. Econometrics 2).
struct Correlation {
    std::string of;
    std::string with;
    market::Duration window{market::day * 30};
    market::Duration horizon{market::day};
    Basis basis = Basis::returns;
    Summary summary = Summary::mean;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return with; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;
    [[nodiscard]] market::Duration span() const { return std::max(window, horizon * 4); }
    void check(agents::Complaints& complaints) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("One price.", "其一。"));
        field("with", with, instrument_field("The other.", "其二。"));
        field("window", window,
              {.help = "Length of a window; 0 for the whole stretch.",
               .help_zh = "窗口长度；0 表示整段时间。",
               .unit = Dimension::duration,
               .min = 0});
        field("horizon", horizon, horizon_field());
        field("basis", basis, {.help = "Of what.", .help_zh = "基于收益率或价格水平。"});
        field("summary", summary, summary_field());
    }

private:
    [[nodiscard]] Measured over_all(const TrackView& view) const;
    [[nodiscard]] Measured over_windows(const TrackView& view) const;
    [[nodiscard]] std::vector<double> values_on(const TrackView& view, const SampleGrid& grid,
                                                std::size_t book) const;
};

/// Slope of the returns of `of` on those of `with` over the spans in which `with` fell, over the
/// slope where it rose: above 1 for what falls with the market more than it rises with it.
/// Source: Ang, Chen & Xing (2006), Review of Financial Studies 19, 1191.
struct BetaAsymmetry {
    std::string of;
    std::string with;
    market::Duration horizon{market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return with; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose slope.", "哪个工具的斜率。"));
        field("with", with, instrument_field("On whose returns.", "相对于哪个工具。"));
        field("horizon", horizon, horizon_field());
    }
};

}  // namespace crowdout::world
