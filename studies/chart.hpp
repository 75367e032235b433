// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "studies/axis.hpp"
#include "studies/language.hpp"
#include "studies/markup.hpp"
#include "studies/thinned.hpp"

/// Charts as SVG inside a page: pure functions from figures to markup.
///
/// Colours are classes of the page's style sheet: `c0` to `c15` for instruments and other series,
/// `k0` to `k10` for causes of orders, `up`, `down`, `warn`, `accent`, `mute`.
namespace crowdout::studies {

/// What a chart is drawn on. A page shows one of two, by the width of the window: text is of the
/// same size in both, so a narrow chart is another drawing and not a smaller one.
struct Sheet {
    Language language = Language::english;
    double width = 920;
    bool narrow = false;

    [[nodiscard]] std::string_view say(Words words) const { return words[language]; }
};
[[nodiscard]] inline Sheet wide_sheet(Language language) {
    return {.language = language};
}
[[nodiscard]] inline Sheet narrow_sheet(Language language) {
    return {.language = language, .width = 360, .narrow = true};
}

inline constexpr double text_size = 12;  ///< px

/// About how wide text is drawn, px: Chinese characters take an em, `m` and the like 0.95, others
/// 0.62, as in DejaVu Sans; most fonts are narrower.
[[nodiscard]] double text_width(std::string_view text, double size = text_size);
/// As much of a text as fits, with an ellipsis where it was cut.
[[nodiscard]] std::string fitted(std::string_view text, double width, double size = text_size);

/// From values to pixels; logarithmic where every value is positive.
struct AxisScale {
    double low = 0;
    double high = 1;
    double at_low = 0;
    double at_high = 1;
    bool log = false;

    [[nodiscard]] double operator()(double value) const;
};

/// Moves labels apart: each at least `gap` from the next, in their order, as near to where they
/// belong as that allows, within [low, high] where they fit.
/// @param wanted  ascending.
[[nodiscard]] std::vector<double> spread(const std::vector<double>& wanted, double gap, double low,
                                         double high);

struct Line {
    std::string name{};
    std::string color{};  ///< class
    std::vector<Point> points{};
    bool dashed = false;
};
/// Between two lines: an interval over time.
struct Band {
    std::string color{};
    std::vector<Point> low{};
    std::vector<Point> high{};  ///< at the same times
    bool light = false;         ///< the outer one of two
};
/// A moment worth a mark: a shock, a fork.
struct Moment {
    std::int64_t time = 0;
    std::string label{};
};

struct LineChart {
    std::vector<Line> lines{};
    std::vector<Band> bands{};
    std::vector<Moment> moments{};
    Unit unit = Unit::plain;
    bool log = false;
    std::optional<double> baseline{};  ///< is drawn, and is in range
    double height = 320;
    bool since_start = false;  ///< times are counted from 0 and said in days
    bool is_stacked = false;   ///< lines lie upon each other, filled; all have the same times
};
void draw(Markup& out, const LineChart& chart, const Sheet& sheet, std::string_view alternative);

/// Sums over successive spans of time, one upon another.
struct Stack {
    std::vector<std::string> names{};
    std::vector<std::string> colors{};
    std::vector<std::int64_t> edges{};          ///< ns, one more than spans
    std::vector<std::vector<double>> values{};  ///< [names x spans], not negative
    std::vector<Moment> moments{};
    Unit unit = Unit::dollars;
    double height = 260;
};
void draw(Markup& out, const Stack& stack, const Sheet& sheet, std::string_view alternative);

/// A chart of named rows: bars, intervals, dots, in any mix.
struct Row {
    struct Piece {
        double from = 0;
        double to = 0;
        std::string color{};
        std::string title{};
    };
    std::string label{};
    std::string value{};  ///< behind the row, as text
    std::vector<Piece> pieces{};
    std::optional<std::pair<double, double>> band{};  ///< what is allowed; may be infinite
    std::optional<std::pair<double, double>> whisker{};
    std::optional<double> dot{};
    std::optional<double> ring{};  ///< where the dot was before
    std::string dot_color = "accent";
    std::optional<double> diamond{};  ///< what it is held against, hollow
};
struct RowChart {
    std::vector<Row> rows{};
    Unit unit = Unit::plain;
    bool with_zero = false;   ///< zero is in range, where no bar begins there either
    bool own_scales = false;  ///< rows of different units: each fills its width, without an axis
};
void draw(Markup& out, const RowChart& chart, const Sheet& sheet, std::string_view alternative);

/// Values over a number: a factor, a parameter, the count of a search's evaluations.
struct Curve {
    struct At {
        double x = 0;
        double value = 0;
        std::string title{};  ///< what the pointer reads
        std::optional<std::pair<double, double>> interval{};
        std::optional<std::pair<double, double>> outer{};  ///< around the interval
    };
    /// A place worth a mark: the best, the start.
    struct Mark {
        double x = 0;
        std::string label{};
    };
    std::string across{};                           ///< what it goes over
    std::vector<At> points{};                       ///< by rising x
    std::vector<std::pair<double, double>> line{};  ///< instead of one through the points
    std::vector<ValueTick> ticks{};                 ///< of x, rising
    std::vector<Mark> marks{};                      ///< by rising x
    Unit unit = Unit::plain;
    bool log_across = false;
    bool log = false;
    double height = 260;
};
void draw(Markup& out, const Curve& curve, const Sheet& sheet, std::string_view alternative);

/// Values over two factors.
struct HeatMap {
    std::string across{};  ///< names of the factors
    std::string down{};
    std::vector<std::string> columns{};
    std::vector<std::string> rows{};
    std::vector<std::vector<double>> values{};  ///< [rows x columns]; NaN where there is none
    Unit unit = Unit::plain;
};
void draw(Markup& out, const HeatMap& map, const Sheet& sheet, std::string_view alternative);

/// Amounts that go from column to column, and nothing is lost on the way.
struct Sankey {
    struct Node {
        std::string label{};
        std::size_t column = 0;
        std::string color{};
    };
    struct Link {
        std::size_t from = 0;
        std::size_t to = 0;
        double value = 0;
    };
    std::vector<Node> nodes{};
    std::vector<Link> links{};
    Unit unit = Unit::dollars;

    /// The larger of what comes in and what goes out of a node.
    [[nodiscard]] double size(std::size_t node) const;
};
/// On a narrow sheet: each pair of columns by itself, one below another.
void draw(Markup& out, const Sankey& sankey, const Sheet& sheet, std::string_view alternative);

/// What came after what: nodes below the one they follow, each followed by its own.
struct Tree {
    struct Node {
        std::string label{};
        std::string value{};
        double size = 0;                       ///< area of its dot, against the largest
        std::optional<std::size_t> follows{};  ///< an earlier node
    };
    std::vector<Node> nodes{};
};
void draw(Markup& out, const Tree& tree, const Sheet& sheet, std::string_view alternative);

}  // namespace crowdout::studies
