// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <ostream>

#include "apps/figures.hpp"
#include "apps/files.hpp"
#include "apps/study.hpp"
#include "apps/table.hpp"
#include "world/json_fields.hpp"
#include "world/measure.hpp"
#include "world/statistics_interval.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

struct NamedMeasure {
    std::int64_t number = 0;
    std::string name;
    world::MeasureUnit unit{};
};

/// A label where there is one, else the name.
constexpr const char* shown_name = "CASE label WHEN '' THEN name ELSE label END";

std::vector<NamedMeasure> measures_of(const studies::Database& results) {
    std::vector<NamedMeasure> measures;
    studies::Statement rows =
        results.prepare("SELECT measure, name, unit FROM measures ORDER BY measure");
    while (rows.step()) {
        const auto& names = world::measure_unit_names;
        const auto unit = std::find(names.begin(), names.end(), rows.text(2));
        measures.push_back(
            {rows.whole(0), rows.text(1), static_cast<world::MeasureUnit>(unit - names.begin())});
    }
    return measures;
}

/// `mean [low, high]` in the measure's unit.
std::string interval_text(const world::Interval& interval, world::MeasureUnit unit) {
    const std::string mean = world::value_text(interval.estimate, unit);
    if (!std::isfinite(interval.low)) return mean;
    return fmt::format("{} [{}, {}]", mean, world::value_text(interval.low, unit),
                       world::value_text(interval.high, unit));
}

/// `capex=$80B/yr idle=0.5`, by point.
std::vector<std::string> point_names(const studies::Database& results) {
    std::vector<std::string> names;
    studies::Statement points = results.prepare(
        "SELECT p.point, (SELECT group_concat(t, '  ') FROM (SELECT f.name || '=' || l.text AS t "
        "FROM levels l JOIN factors f USING (factor) WHERE l.point = p.point ORDER BY l.factor)) "
        "FROM points p ORDER BY p.point");
    while (points.step()) {
        names.push_back(points.is_null(1) ? "all members" : points.text(1));
    }
    return names;
}

/// What a table shows of each member: a branch's value, or a fork's less that of the run.
enum class Shown { value, difference };

/// Values over seeds, by point, of one measure in one branch.
std::vector<std::vector<double>> values_by_point(const studies::Database& results,
                                                 std::size_t points, Shown shown,
                                                 std::int64_t branch, std::int64_t measure) {
    std::vector<std::vector<double>> values(points);
    studies::Statement rows = results.prepare(fmt::format(
        "SELECT m.point, {} AS shown FROM \"values\" v JOIN \"values\" run USING (member, measure) "
        "JOIN members m USING (member) WHERE run.branch = 0 AND v.branch = ? AND v.measure = ? AND "
        "shown IS NOT NULL ORDER BY v.member",
        shown == Shown::value ? "v.value" : "v.value - run.value"));
    rows << branch << measure;
    while (rows.step()) {
        values[static_cast<std::size_t>(rows.whole(0))].push_back(rows.real(1));
    }
    return values;
}

void print_branch(const studies::Database& results, const std::vector<std::string>& points,
                  Shown shown, std::int64_t branch, const std::string& title, std::size_t rows_max,
                  Console& console) {
    const std::vector<NamedMeasure> measures = measures_of(results);
    std::vector<std::string> heads{title};
    std::vector<std::vector<std::vector<double>>> values;
    for (const NamedMeasure& measure : measures) {
        heads.push_back(measure.name);
        values.push_back(values_by_point(results, points.size(), shown, branch, measure.number));
    }
    Table table{heads};
    for (std::size_t point = 0; point < std::min(points.size(), rows_max); ++point) {
        std::vector<std::string> cells{points[point]};
        for (std::size_t i = 0; i < measures.size(); ++i) {
            const std::vector<double>& runs = values[i][point];
            cells.push_back(
                runs.empty() ? "-" : interval_text(world::mean_interval(runs), measures[i].unit));
        }
        table.row(std::move(cells));
    }
    table.print(console.out, console.out_colors());
    if (points.size() > rows_max) {
        console.out << fmt::format("... and {} more points: --csv has all of them\n",
                                   points.size() - rows_max);
    }
}

void print_sensitivity(const studies::Database& results, Console& console) {
    for (const NamedMeasure& measure : measures_of(results)) {
        studies::Statement rows = results.prepare(fmt::format(
            "SELECT f.{}, s.statistic, s.value, s.low, s.high FROM sensitivity s JOIN (SELECT "
            "factor, {} AS shown FROM factors) f USING (factor) WHERE measure = ? AND branch = 0 "
            "ORDER BY s.factor, s.statistic",
            "shown", shown_name));
        rows << measure.number;
        Table table{{measure.name, "", "value"}};
        while (rows.step()) {
            const std::string statistic = rows.text(1);
            const bool is_share = statistic == "first" || statistic == "total";
            const double nan = std::nan("");
            const world::Interval value{rows.real(2), rows.is_null(3) ? nan : rows.real(3),
                                        rows.is_null(4) ? nan : rows.real(4)};
            table.row({rows.text(0), statistic,
                       interval_text(value, is_share ? world::MeasureUnit::number : measure.unit)});
        }
        if (!table.empty()) table.print(console.out, console.out_colors());
    }
}

void print_attribution(const studies::Database& results, Console& console) {
    for (const NamedMeasure& measure : measures_of(results)) {
        studies::Statement rows = results.prepare(fmt::format(
            "SELECT kind, coalesce((SELECT {} FROM branches b WHERE b.name = a.name AND a.name <> "
            "''), ''), value, low, high FROM attribution a WHERE measure = ? ORDER BY line",
            shown_name));
        rows << measure.number;
        Table table{{"What makes " + measure.name, "mean [95 %]"}};
        while (rows.step()) {
            const double nan = std::nan("");
            const world::Interval value{rows.real(2), rows.is_null(3) ? nan : rows.real(3),
                                        rows.is_null(4) ? nan : rows.real(4)};
            const std::string kind = rows.text(0);
            const std::string name = kind == "whole"         ? "the whole"
                                     : kind == "interaction" ? "interaction and remainder"
                                     : kind == "rest"        ? "left with all channels off"
                                                             : "channel: " + rows.text(1);
            table.row({name, interval_text(value, measure.unit)});
        }
        if (!table.empty()) table.print(console.out, console.out_colors());
    }
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

/// The view `results` as CSV: a line a member and branch.
std::string csv_text(const studies::Database& results) {
    std::string text;
    studies::Statement heads = results.prepare("SELECT name FROM pragma_table_info('results')");
    while (heads.step()) text += (text.empty() ? "" : ",") + csv_cell(heads.text(0));
    text += '\n';
    studies::Statement rows = results.prepare("SELECT * FROM results");
    while (rows.step()) {
        for (int i = 0; i < rows.columns(); ++i) {
            if (i > 0) text += ',';
            if (rows.is_null(i)) continue;
            const bool is_real = !rows.is_text(i) && !rows.is_whole(i);
            text += is_real ? world::json_number(rows.real(i)) : csv_cell(rows.text(i));
        }
        text += '\n';
    }
    return text;
}

/// Rows of a query as a JSON list of objects.
std::string json_rows(const studies::Database& results, const std::string& sql,
                      const std::vector<std::string>& names) {
    std::string text = "[";
    studies::Statement rows = results.prepare(sql);
    while (rows.step()) {
        text += text.size() > 1 ? ", {" : "{";
        for (int i = 0; i < rows.columns(); ++i) {
            const std::string value = rows.is_null(i)    ? "null"
                                      : rows.is_text(i)  ? world::json_quoted(rows.text(i))
                                      : rows.is_whole(i) ? std::to_string(rows.whole(i))
                                                         : world::json_number(rows.real(i));
            text += fmt::format("{}\"{}\": {}", i > 0 ? ", " : "",
                                names[static_cast<std::size_t>(i)], value);
        }
        text += '}';
    }
    return text + ']';
}

/// What each fork changes, with Student's interval, by point and measure.
std::string differences_json(const studies::Database& results) {
    const std::size_t points = point_names(results).size();
    std::string text;
    studies::Statement branches =
        results.prepare("SELECT branch, name FROM branches WHERE branch > 0 ORDER BY branch");
    while (branches.step()) {
        for (const NamedMeasure& measure : measures_of(results)) {
            const auto changes = values_by_point(results, points, Shown::difference,
                                                 branches.whole(0), measure.number);
            for (std::size_t point = 0; point < points; ++point) {
                if (changes[point].empty()) continue;
                const world::Interval mean = world::mean_interval(changes[point]);
                text += fmt::format(
                    "{}{{\"point\": {}, \"branch\": {}, \"measure\": {}, \"runs\": {}, \"mean\": "
                    "{}, \"low\": {}, \"high\": {}}}",
                    text.empty() ? "" : ", ", point, world::json_quoted(branches.text(1)),
                    world::json_quoted(measure.name), changes[point].size(),
                    world::json_number(mean.estimate), world::json_number(mean.low),
                    world::json_number(mean.high));
            }
        }
    }
    return '[' + text + ']';
}

std::string json_text(const studies::Database& results) {
    const std::string summary = json_rows(
        results,
        "SELECT s.point, b.name, q.name, q.unit, s.runs, s.mean, s.low, s.high FROM summary s JOIN "
        "branches b USING (branch) JOIN measures q USING (measure) ORDER BY 1, s.branch, s.measure",
        {"point", "branch", "measure", "unit", "runs", "mean", "min", "max"});
    const std::string levels = json_rows(
        results,
        "SELECT l.point, f.name, l.number, l.text FROM levels l JOIN factors f USING (factor) "
        "ORDER BY l.point, l.factor",
        {"point", "factor", "number", "text"});
    const std::string sensitivity = json_rows(
        results,
        "SELECT q.name, b.name, f.name, s.statistic, s.value, s.low, s.high FROM sensitivity s "
        "JOIN measures q USING (measure) JOIN branches b USING (branch) JOIN factors f USING "
        "(factor) ORDER BY s.measure, s.branch, s.factor, s.statistic",
        {"measure", "branch", "factor", "statistic", "value", "low", "high"});
    const std::string attribution = json_rows(
        results,
        "SELECT q.name, a.kind, a.name, a.value, a.low, a.high, a.runs FROM attribution a JOIN "
        "measures q USING (measure) ORDER BY a.measure, a.line",
        {"measure", "kind", "name", "value", "low", "high", "runs"});
    return fmt::format(
        "{{\"levels\": {}, \"summary\": {}, \"differences\": {}, \"sensitivity\": {}, "
        "\"attribution\": {}}}\n",
        levels, summary, differences_json(results), sensitivity, attribution);
}

struct TableOptions {
    std::string results;
    std::string csv;
    bool json = false;
};

ExitCode show_table(const TableOptions& options, Console& console) try {
    refuse_replacing(options.csv, {options.results});
    const studies::Database results = open_results(options.results);
    if (!options.csv.empty()) write_file(options.csv, csv_text(results));
    if (options.json) {
        console.out << json_text(results);
    } else if (options.csv.empty()) {
        print_study_tables(results, 1'000, console);
    }
    return ExitCode::ok;
} catch (const studies::ResultsError& error) {
    throw Failure{ExitCode::io, error.what()};
}

}  // namespace

void print_study_tables(const studies::Database& results, std::size_t rows_max, Console& console) {
    const bool is_split = results.value("SELECT 1 FROM attribution LIMIT 1").has_value();
    const bool is_ranked = results.value("SELECT 1 FROM sensitivity LIMIT 1").has_value();
    const std::vector<std::string> points = point_names(results);
    // A design that only serves indices, and forks that only serve a split, are read from those.
    studies::Statement branches =
        results.prepare(fmt::format("SELECT branch, {} FROM branches ORDER BY branch", shown_name));
    while (!is_ranked && branches.step()) {
        const std::int64_t branch = branches.whole(0);
        if (is_split && branch > 0) continue;
        const std::string title = branch == 0 ? "Mean over seeds [95 %]" : branches.text(1);
        print_branch(results, points, Shown::value, branch, title, rows_max, console);
        if (branch == 0) continue;
        print_branch(results, points, Shown::difference, branch, title + " less the run", rows_max,
                     console);
    }
    if (is_ranked) print_sensitivity(results, console);
    if (is_split) print_attribution(results, console);
}

void add_study_table(CLI::App& study, Action& action) {
    CLI::App* verb = study.add_subcommand("table", "Show what a study found");
    auto options = std::make_shared<TableOptions>();
    verb->add_option("RESULTS", options->results, "A results file")->required()->option_text(" ");
    verb->add_option("--csv", options->csv, "Write a line for every member and branch to a file")
        ->option_text("FILE");
    verb->add_flag("--json", options->json, "Print summaries as one JSON object");
    verb->footer(
        "Means over seeds with Student's 95 % interval, by point, and what each fork changes seed "
        "by\n"
        "seed; of sampled designs the indices, and of an attribution its split.\n"
        "\n"
        "examples:\n"
        "  crowdout study table my_study.sqlite\n"
        "  crowdout study table my_study.sqlite --csv members.csv");
    verb->callback([&action, options] {
        action = [options](Console& console) { return show_table(*options, console); };
    });
}

}  // namespace crowdout::apps
