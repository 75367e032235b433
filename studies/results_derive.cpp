// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <map>

#include "studies/results_fill.hpp"
#include "studies/sensitivity.hpp"

namespace crowdout::studies {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::int64_t number(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

/// All members' values of one measure in one branch, NaN where there is none.
std::vector<double> values_of(const Database& results, const Study& study, std::size_t branch,
                              std::size_t measure) {
    std::vector<double> values(study.member_count(), nothing);
    Statement rows =
        results.prepare("SELECT member, value FROM \"values\" WHERE branch = ? AND measure = ?");
    rows << number(branch) << number(measure);
    while (rows.step()) {
        if (!rows.is_null(1)) values[static_cast<std::size_t>(rows.whole(0))] = rows.real(1);
    }
    return values;
}

/// At each point the mean over seeds; NaN where a seed has none, since points share their luck.
std::vector<double> point_means(const Study& study, const std::vector<double>& values) {
    std::vector<double> means(study.points.size(), 0);
    const std::size_t seeds = study.seeds.size();
    for (std::size_t member = 0; member < values.size(); ++member) {
        means[study.point_of(member)] += values[member] / static_cast<double>(seeds);
    }
    return means;
}

/// Where the derived rows of one measure and branch go.
class SensitivityTable {
public:
    explicit SensitivityTable(Database& results)
        : insert_{results.prepare("INSERT INTO sensitivity VALUES (?, ?, ?, ?, ?, ?, ?)")} {}

    void add(std::size_t measure, std::size_t branch, std::size_t factor, const char* statistic,
             const world::Interval& value) {
        (insert_ << number(measure) << number(branch) << number(factor) << statistic
                 << std::optional{value.estimate} << std::optional{value.low}
                 << std::optional{value.high})
            .run();
    }

private:
    Statement insert_;
};

void derive_sobol(SensitivityTable& table, const Study& study, const std::vector<double>& means,
                  std::size_t measure, std::size_t branch) {
    std::map<std::string, std::vector<double>> parts;
    for (std::size_t point = 0; point < study.points.size(); ++point) {
        parts[study.points[point].part].push_back(means[point]);
    }
    std::vector<std::vector<double>> mixed;
    for (const Factor& factor : study.factors) mixed.push_back(parts[mixed_part(factor.name())]);
    const auto indices = sobol_indices(parts["A"], parts["B"], mixed);
    if (!indices) return;
    for (std::size_t i = 0; i < study.factors.size(); ++i) {
        table.add(measure, branch, i, "first", indices->first[i]);
        table.add(measure, branch, i, "total", indices->total[i]);
    }
}

void derive_morris(SensitivityTable& table, const Study& study, const std::vector<double>& means,
                   std::size_t measure, std::size_t branch) {
    for (std::size_t factor = 0; factor < study.factors.size(); ++factor) {
        std::vector<double> effects;
        for (std::size_t point = 1; point < study.points.size(); ++point) {
            const StudyPoint& here = study.points[point];
            if (here.part != study.factors[factor].name()) continue;
            const double change = here.shares[factor] - study.points[point - 1].shares[factor];
            effects.push_back((means[point] - means[point - 1]) / change);
        }
        const auto effect = morris_effect(effects);
        if (!effect) continue;
        table.add(measure, branch, factor, "mu", {effect->mean, nothing, nothing});
        table.add(measure, branch, factor, "mu_star", effect->mean_absolute);
        table.add(measure, branch, factor, "sigma", {effect->deviation, nothing, nothing});
    }
}

void derive_sensitivity(Database& results, const Study& study) {
    const auto& design = study.config.design;
    if (!design.holds<SobolDesign>() && !design.holds<MorrisDesign>()) return;
    SensitivityTable table{results};
    for (std::size_t measure = 0; measure < study.config.measures.size(); ++measure) {
        for (std::size_t branch = 0; branch <= study.config.forks.size(); ++branch) {
            const std::vector<double> means =
                point_means(study, values_of(results, study, branch, measure));
            if (design.holds<SobolDesign>()) {
                derive_sobol(table, study, means, measure, branch);
            } else {
                derive_morris(table, study, means, measure, branch);
            }
        }
    }
}

std::size_t branch_of(const Study& study, const std::string& fork) {
    std::size_t branch = 1;
    while (study.config.forks[branch - 1].name != fork) ++branch;
    return branch;
}

void derive_attribution(Database& results, const Study& study) {
    if (!study.config.attribution) return;
    const AttributionConfig& terms = *study.config.attribution;
    Statement insert = results.prepare("INSERT INTO attribution VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t measure = 0; measure < study.config.measures.size(); ++measure) {
        const auto values = [&](std::size_t branch) {
            return values_of(results, study, branch, measure);
        };
        std::vector<std::vector<double>> off;
        for (const std::string& fork : terms.channels) {
            off.push_back(values(branch_of(study, fork)));
        }
        const std::vector<double> none =
            terms.all.empty() ? std::vector<double>{} : values(branch_of(study, terms.all));
        std::vector<Draw> base;
        for (const double value : values(0)) {
            const std::size_t member = base.size();
            base.push_back({study.point_of(member), study.seed_of(member), value});
        }
        const auto split = attribute(base, off, none);
        if (!split) continue;
        std::int64_t line = 0;
        const auto add = [&](const char* kind, const std::string& name, const Contribution& part) {
            (insert << number(measure) << line++ << kind << name
                    << std::optional{part.mean.estimate} << std::optional{part.mean.low}
                    << std::optional{part.mean.high} << number(part.runs))
                .run();
        };
        add("whole", "", split->whole);
        for (std::size_t i = 0; i < off.size(); ++i) {
            add("channel", terms.channels[i], split->channels[i]);
        }
        if (split->rest) add("rest", terms.all, *split->rest);
        add("interaction", "", split->interaction);
    }
}

}  // namespace

void derive_results(Database& results, const Study& study) {
    results.execute("DELETE FROM sensitivity; DELETE FROM attribution");
    derive_sensitivity(results, study);
    derive_attribution(results, study);
}

}  // namespace crowdout::studies
