// SPDX-License-Identifier: Apache-2.0
#include "studies/results_fill.hpp"

#include <fmt/format.h>

#include "studies/results_tables.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::studies {

namespace {

std::string lines(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : "\n") + item;
    return text;
}

std::int64_t number(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

std::int64_t seconds(market::Duration duration) {
    return duration.ns / market::second.ns;
}

void fill_texts(Database& results, const Study& study, const Provenance& made_by) {
    const StudyConfig& config = study.config;
    const std::pair<const char*, std::string> facts[] = {
        {"format", std::to_string(results_format)},
        {"name", config.name},
        {"description", config.description},
        {"description_zh", config.description_zh},
        {"design", config.design.empty() ? "grid" : std::string{config.design.tag()}},
        {"study_hash", study.hash()},
        {"version", made_by.version},
        {"build", made_by.build},
        {"members", std::to_string(study.member_count())},
        {"series_every_seconds", std::to_string(seconds(config.series_every))},
    };
    Statement fact = results.prepare("INSERT INTO meta VALUES (?, ?)");
    for (const auto& [key, value] : facts) (fact << key << value).run();
    Statement text = results.prepare("INSERT INTO study VALUES (?, ?)");
    (text << "study" << study.text()).run();
    (text << "world" << study.world_text).run();
}

void fill_factors(Database& results, const Study& study) {
    Statement insert = results.prepare("INSERT INTO factors VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < study.factors.size(); ++i) {
        const FactorConfig& config = study.config.factors[i];
        const auto unit = study.factors[i].unit();
        const std::string unit_text = unit ? std::string{world::unit_name(*unit)} : std::string{};
        (insert << number(i) << config.name << config.label << config.label_zh
                << (unit && unit_text.empty() ? "number" : unit_text)
                << scale_names[static_cast<std::size_t>(config.scale)] << lines(config.paths()))
            .run();
    }
    Statement point = results.prepare("INSERT INTO points VALUES (?, ?, ?)");
    Statement level = results.prepare("INSERT INTO levels VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < study.points.size(); ++i) {
        const StudyPoint& at = study.points[i];
        (point << number(i) << at.part << at.row).run();
        for (std::size_t k = 0; k < at.levels.size(); ++k) {
            (level << number(i) << number(k) << std::optional{at.shares[k]} << at.levels[k].number
                   << at.levels[k].text)
                .run();
        }
    }
}

void fill_branches(Database& results, const Study& study) {
    Statement insert = results.prepare("INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?, ?)");
    (insert << std::int64_t{0} << ""
            << ""
            << "" << std::int64_t{0} << ""
            << "")
        .run();
    for (std::size_t i = 0; i < study.config.forks.size(); ++i) {
        const ForkConfig& fork = study.config.forks[i];
        std::vector<std::string> shocks;
        for (const world::Literal& shock : fork.shocks) shocks.push_back(shock.text);
        (insert << number(i + 1) << fork.name << fork.label << fork.label_zh << seconds(fork.at)
                << lines(fork.set) << lines(shocks))
            .run();
    }
}

void fill_measures(Database& results, const Study& study) {
    const std::vector<std::string> asked = study.common_job().measures;
    Statement insert = results.prepare("INSERT INTO measures VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < study.config.measures.size(); ++i) {
        const world::MeasureConfig& measure = study.config.measures[i];
        const auto unit = static_cast<std::size_t>(world::unit_of(measure));
        (insert << number(i) << measure.name << measure.measure.tag()
                << world::measure_unit_names[unit] << asked[i])
            .run();
    }
}

/// One row a member and branch, with a column for each factor and each measure: what most people
/// want to load. A factor and a measure of one name would be one column, so both say what they are.
std::string wide_view(const Study& study) {
    std::string selected = "SELECT m.member, m.point, m.seed, b.name AS branch, m.state";
    std::string joined;
    for (std::size_t i = 0; i < study.factors.size(); ++i) {
        const std::string name = quoted_name(study.factors[i].name());
        // A name's level has no number: its text stands for it.
        selected += fmt::format(
            ", (SELECT coalesce(number, text) FROM levels l WHERE l.point = m.point AND l.factor = "
            "{}) AS {}",
            i, name);
    }
    for (std::size_t i = 0; i < study.config.measures.size(); ++i) {
        const std::string& name = study.config.measures[i].name;
        bool taken = false;
        for (const Factor& factor : study.factors) taken = taken || factor.name() == name;
        selected += fmt::format(
            ", (SELECT value FROM \"values\" v WHERE v.member = m.member AND v.branch = b.branch "
            "AND v.measure = {}) AS {}",
            i, quoted_name(taken ? "measured_" + name : name));
    }
    return fmt::format("CREATE VIEW results AS {} FROM members m CROSS JOIN branches b", selected);
}

void fill_past(Database& results, const Study& study) {
    Statement insert = results.prepare("INSERT INTO past VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < study.past.size(); ++i) {
        const auto& [track, line] = study.past[i];
        const bool rebase = line.rebase && line.book != world::Overlay::none;  // figures never are
        for (std::size_t point = 0; point < line.times.size(); ++point) {
            const std::int64_t since = line.times[point] - study.start.ns;
            (insert << number(i) << number(point) << track << line.name << line.source
                    << std::int64_t{rebase ? 1 : 0} << since / market::second.ns
                    << std::optional{line.values[point]})
                .run();
        }
    }
}

}  // namespace

void fill_results(Database& results, const Study& study, const Provenance& made_by) {
    fill_texts(results, study, made_by);
    fill_factors(results, study);
    fill_branches(results, study);
    fill_measures(results, study);
    fill_past(results, study);
    Statement member = results.prepare("INSERT INTO members VALUES (?, ?, ?, 'open')");
    for (std::size_t i = 0; i < study.member_count(); ++i) {
        (member << number(i) << number(study.point_of(i))
                << static_cast<std::int64_t>(study.seed_of(i)))
            .run();
    }
    results.execute(wide_view(study));
    results.execute(
        "CREATE VIEW summary AS SELECT m.point, v.branch, v.measure, count(v.value) AS runs, "
        "avg(v.value) AS mean, min(v.value) AS low, max(v.value) AS high FROM \"values\" v "
        "JOIN members m USING (member) GROUP BY m.point, v.branch, v.measure");
    // A member and its forks have the same luck: their difference is far surer than the two means.
    results.execute(
        "CREATE VIEW differences AS SELECT m.point, m.member, v.branch, v.measure, "
        "v.value - run.value AS difference FROM \"values\" v JOIN \"values\" run USING (member, "
        "measure) JOIN members m USING (member) WHERE v.branch > 0 AND run.branch = 0");
}

}  // namespace crowdout::studies
