// SPDX-License-Identifier: Apache-2.0
#include "world/data_series.hpp"

#include <algorithm>
#include <utility>

#include "market/calendar.hpp"
#include "world/csv.hpp"
#include "world/manifest.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {

using agents::Complaints;
using agents::Dimension;
using agents::HistoricalSeries;
using market::Time;

namespace {

/// A bare number as a world file would write it with the unit: `-4.2` in `$B/yr` is `-$4.2B/yr`.
std::string with_unit(std::string_view number, std::string_view unit) {
    std::string text;
    if (number.starts_with('-') || number.starts_with('+')) {
        text += number.front();
        number.remove_prefix(1);
    }
    if (unit.starts_with('$')) {
        text += '$';
        unit.remove_prefix(1);
    }
    return text.append(number).append(unit);
}

/// A quoted or a plain cell as a number. @return what is wrong with it.
std::optional<Refusal> parse_cell(const std::string& cell, const std::string& unit,
                                  Dimension dimension, double& value) {
    const std::string expected =
        "a number" + (unit.empty() ? "" : " in " + unit) + " such as 4.25, without its unit";
    if (cell.empty()) {
        return Refusal{Code::no_value, "this cell is empty",
                       expected + "; where there is none, no row"};
    }
    if (auto refusal = parse_real(cell, Dimension::number, value)) {
        refusal->expected = expected;
        return refusal;
    }
    const char last = cell.back();
    if (!(last >= '0' && last <= '9') && last != '.') {
        return Refusal{Code::wrong_unit,
                       "'" + shortened(cell) + "' brings a unit; the column's is in the world file",
                       expected};
    }
    return parse_real(with_unit(cell, unit), dimension, value);
}

Time moment_of(const std::string& cell, Time time, DateMeaning dates) {
    constexpr std::size_t bare_date = std::string_view{"2025-10-10"}.size();
    if (cell.size() != bare_date || dates == DateMeaning::day_begins) return time;
    if (dates == DateMeaning::day_ends) return time + market::day;
    const auto on = static_cast<market::DayNumber>(time.ns / market::day.ns);
    return market::is_business_day(market::Session::us_equities, on)
               ? market::session_hours(market::Session::us_equities, on).close
               : market::new_york_time(on, market::hour * 16);
}

/// The rows of a table, each told about as it comes.
std::vector<HistoricalSeries::Point> points_of(const CsvTable& table, std::size_t time_column,
                                               std::size_t value_column, Dimension dimension,
                                               const DataSeriesConfig& series,
                                               TableMistakes& mistakes) {
    std::vector<HistoricalSeries::Point> points;
    std::optional<Place> above;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const CsvCell& when = table.row(i)[time_column];
        const CsvCell& number = table.row(i)[value_column];
        HistoricalSeries::Point point;
        const auto refused_time = parse_time(when.text, point.at);
        if (refused_time) {
            mistakes.add(refused_time->code, when.place, refused_time->message,
                         refused_time->expected);
        }
        if (auto refusal = parse_cell(number.text, series.unit, dimension, point.value)) {
            mistakes.add(refusal->code, number.place, refusal->message, refusal->expected);
        }
        if (refused_time) continue;
        point.at = moment_of(when.text, point.at, series.dates);
        if (!points.empty() && point.at <= points.back().at) {
            const bool again = point.at == points.back().at;
            mistakes.add(
                Code::time_not_after, when.place,
                again ? "the same moment as in the row before" : "earlier than the row before",
                "rows by date, each after the one above", {{*above, "the row before"}});
        } else {
            points.push_back(point);
            above = when.place;
        }
    }
    return points;
}

/// What a figure of the world of this unit may be written in.
bool fits(std::string_view figure_unit, Dimension dimension) {
    if (figure_unit == "rate") return dimension == Dimension::rate;
    if (figure_unit == "usd") return dimension == Dimension::money;
    return dimension == Dimension::number || dimension == Dimension::ratio;
}

void check_figure(const std::string& series, Dimension dimension, Complaints& complaints) {
    std::vector<std::string_view> names;
    for (const Manifest::Series& each : world_series()) {
        if (each.book != Manifest::Series::no_book) continue;
        names.push_back(each.name);
        if (each.name != series) continue;
        if (!fits(each.unit, dimension)) {
            complaints.error("unit", "does not fit: " + series + " is " +
                                         (each.unit == "rate" ? "a rate, such as %/yr"
                                                              : "an amount, such as $B"));
        }
        return;
    }
    complaints.error("series", "no figure of the world is named '" + shortened(series) + "'" +
                                   did_you_mean(series, names) + "; there are " + joined(names));
}

}  // namespace

std::optional<Dimension> dimension_of(const std::string& unit) {
    const std::string one = with_unit("1", unit);
    for (const Dimension each : {Dimension::number, Dimension::ratio, Dimension::rate,
                                 Dimension::money, Dimension::money_rate, Dimension::duration}) {
        double value = 0;
        if (!parse_real(one, each, value)) return each;
    }
    return std::nullopt;
}

void DataSeriesConfig::check(Complaints& complaints) const {
    check_place(complaints);
    const std::optional<Dimension> dimension = dimension_of(unit);
    if (!dimension) {
        complaints.error("unit", "'" + shortened(unit) +
                                     "' is no unit; there are $, $B, $B/yr, %, %/yr, bp, ...");
        return;
    }
    if (!of.empty() && !series.empty()) {
        complaints.error("series",
                         "a series is the price `of` an instrument or a figure of the "
                         "world, not both");
    } else if (!of.empty() && *dimension != Dimension::money && *dimension != Dimension::number) {
        complaints.error("unit", "does not fit: a price is in $, the level of an index has none");
    } else if (!series.empty()) {
        check_figure(series, *dimension, complaints);
    }
}

void read_table(const Sources& sources, std::uint32_t source, DataSeriesConfig& series,
                Report& report) {
    TableMistakes mistakes{report, "data[" + series.name + "]"};
    if (const auto table = parse_csv(sources, source, table_rows_max, mistakes)) {
        const auto time = table->column(series.time, mistakes);
        const auto value = table->column(series.value, mistakes);
        const auto dimension = dimension_of(series.unit);
        if (time && value && dimension) {
            auto points = points_of(*table, *time, *value, *dimension, series, mistakes);
            if (table->cells.empty() && mistakes.count() == 0) {
                mistakes.add(Code::no_rows, table->header.front().place,
                             "the table has no row but its first", "a row for each date");
            }
            if (mistakes.count() == 0) series.history = HistoricalSeries{std::move(points)};
        }
        series.take_source(*table);
    }
    mistakes.finish();
}

}  // namespace crowdout::world
