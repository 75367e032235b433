// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <tuple>

#include "studies/study.hpp"
#include "studies/study_fields.hpp"
#include "studies/trial_world.hpp"
#include "world/builder.hpp"
#include "world/fork.hpp"
#include "world/live_input.hpp"
#include "world/manifest.hpp"
#include "world/measure_catalogue.hpp"

namespace crowdout::studies {

namespace {

using world::Code;

constexpr std::size_t combinations_max = 1'000;  // our choice: some seconds at most

/// The lines of the past that charts of the study's runs can show.
std::vector<std::pair<std::string, world::Overlay>> past_of(const world::WorldConfig& base) {
    world::Manifest names;
    for (const auto& instrument : base.instruments) names.books.push_back({instrument.name});
    const auto series = world::world_series();
    names.series.assign(series.begin(), series.end());
    std::vector<std::pair<std::string, world::Overlay>> past;
    for (world::Overlay& overlay : world::overlays_of(base, names)) {
        const bool is_price = overlay.book != world::Overlay::none;
        past.emplace_back(
            is_price ? names.books[overlay.book].name : names.series[overlay.series].name,
            std::move(overlay));
    }
    return past;
}

/// Turns what a study file says into a study, and says what keeps it from being one.
class StudyLoader {
public:
    StudyLoader(LoadedStudy& loaded, const std::string& path,
                const std::vector<std::string>& overrides)
        : loaded_{loaded}, reader_{loaded, path, overrides} {}

    void load() {
        Study study;
        if (!reader_.read(study_type(), study.config)) return;
        const world::WorldConfig& base = reader_.base().config;

        study.world_text = member_world(base);
        study.start = base.start;
        study.past = past_of(base);
        make_factors(study, base);
        if (loaded_.report.ok()) make_points(study);
        if (loaded_.report.ok()) try_assignments(study);
        if (loaded_.report.ok()) check_forks(study, base);
        check_measures(study, base);
        if (loaded_.report.ok()) try_start(study);
        loaded_.report.sort();
        if (loaded_.report.ok()) loaded_.study = std::move(study);
    }

private:
    void make_factors(Study& study, const world::WorldConfig& base) {
        for (const FactorConfig& config : study.config.factors) {
            std::vector<FieldMistake> mistakes;
            study.factors.emplace_back(config, base, mistakes);
            for (const FieldMistake& each : mistakes) {
                const std::string at = each.at.empty() ? "" : "." + each.at;
                reader_.error(Code::inconsistent, "factors[" + config.name + "]" + at, each.what,
                              each.expected);
            }
        }
    }

    void make_points(Study& study) {
        const StudyConfig& config = study.config;
        study.seeds.assign(config.seed_list.begin(), config.seed_list.end());
        const std::int64_t in_a_row = study.seeds.empty() ? config.seeds : 0;
        for (std::int64_t i = 0; i < in_a_row; ++i) {
            study.seeds.push_back(static_cast<std::uint64_t>(config.first_seed + i));
        }
        // Counted before they are made: a mistyped number must not take all memory.
        const double members = point_count(study) * static_cast<double>(study.seeds.size());
        if (members > static_cast<double>(config.members_max)) {
            reader_.error(Code::inconsistent, "members_max",
                          fmt::format("the study has {:.0f} members, more than members_max = {}",
                                      members, config.members_max),
                          "fewer levels, samples or seeds; or a larger members_max");
            return;
        }
        for (DesignRow& row : rows_of(study)) {
            StudyPoint& point = study.points.emplace_back();
            for (std::size_t i = 0; i < study.factors.size(); ++i) {
                point.levels.push_back(study.factors[i].level(row.shares[i]));
            }
            point.part = std::move(row.part);
            point.row = row.row;
            point.shares = std::move(row.shares);
        }
    }

    [[nodiscard]] static double point_count(const Study& study) {
        const auto& design = study.config.design;
        const auto factors = static_cast<double>(study.factors.size());
        if (design.holds<LatinHypercubeDesign>()) {
            return static_cast<double>(design.as<LatinHypercubeDesign>().samples);
        }
        if (design.holds<SobolDesign>()) {
            return static_cast<double>(design.as<SobolDesign>().samples) * (factors + 2);
        }
        if (design.holds<MorrisDesign>()) {
            return static_cast<double>(design.as<MorrisDesign>().trajectories) * (factors + 1);
        }
        double points = 1;
        for (const Factor& factor : study.factors) {
            const auto levels = static_cast<double>(factor.axis().levels);
            points = design.holds<ListDesign>() ? levels : points * levels;
        }
        return points;
    }

    [[nodiscard]] static std::vector<DesignRow> rows_of(const Study& study) {
        const auto& design = study.config.design;
        const auto number = [](std::int64_t value) { return static_cast<std::size_t>(value); };
        std::vector<GridAxis> axes;
        std::vector<std::string> names;
        for (const Factor& factor : study.factors) {
            axes.push_back(factor.axis());
            names.push_back(factor.name());
        }
        if (design.holds<ListDesign>()) return list_design(axes);
        if (design.holds<LatinHypercubeDesign>()) {
            const auto& terms = design.as<LatinHypercubeDesign>();
            return latin_hypercube_design(number(terms.samples), names.size(),
                                          static_cast<std::uint64_t>(terms.design_seed));
        }
        if (design.holds<SobolDesign>()) {
            return sobol_design(number(design.as<SobolDesign>().samples), names);
        }
        if (design.holds<MorrisDesign>()) {
            const auto& terms = design.as<MorrisDesign>();
            return morris_design(number(terms.trajectories), number(terms.levels), names,
                                 static_cast<std::uint64_t>(terms.design_seed));
        }
        return grid_design(axes);
    }

    /// Tries each level alone, so that a mistake has its place, then levels together.
    void try_assignments(const Study& study) {
        const TrialWorld trial{study.world_text};
        for (std::size_t i = 0; i < study.factors.size(); ++i) {
            try_levels(study.config.factors[i], study.factors[i], trial);
        }
        for (const ForkConfig& fork : study.config.forks) {
            reader_.tell(trial.mistake(fork.set), "forks[" + fork.name + "].set");
        }
        if (!loaded_.report.ok()) return;
        const std::size_t step = study.points.size() / combinations_max + 1;
        for (std::size_t i = 0; i < study.points.size() && loaded_.report.ok(); i += step) {
            reader_.tell(trial.mistake(study.assignments(i * study.seeds.size())), "factors",
                         fmt::format("point {}: ", i));
        }
    }

    void try_levels(const FactorConfig& config, const Factor& factor, const TrialWorld& trial) {
        const std::string path = "factors[" + config.name + "]";
        const GridAxis axis = factor.axis();
        for (std::size_t level = 0; level < axis.levels; ++level) {
            // Between the ends of a range nothing is wrong that is not wrong there.
            if (axis.ends && level > 0 && level + 1 < axis.levels) continue;
            const double share = axis.ends ? (level == 0 ? 0 : 1) : level_share(axis, level);
            const Level tried = factor.level(share);
            const auto mistake = trial.mistake(tried.set);
            if (!mistake) continue;
            const bool no_field = is_about_path(*mistake);
            const std::string list = !config.groups.empty() ? ".groups"
                                     : axis.ends            ? ".range"
                                                            : ".values";
            const std::size_t index = axis.ends ? (level == 0 ? 0 : 1) : level;
            const std::string key = config.groups.empty() && no_field
                                        ? (config.field.empty() ? ".fields" : ".field")
                                        : list + "[" + std::to_string(index) + "]";
            reader_.tell(mistake, path + key);
            if (no_field) return;  // the other levels would say the same
        }
    }

    void check_forks(const Study& study, const world::WorldConfig& base) {
        for (const ForkConfig& fork : study.config.forks) {
            const std::string path = "forks[" + fork.name + "]";
            if (fork.at >= base.duration) {
                reader_.error(Code::inconsistent, path + ".at", "is not before the end of the run",
                              "before " + fmt::format("{:g} days", base.duration.days()));
            }
            for (std::size_t i = 0; i < fork.shocks.size(); ++i) {
                try {
                    std::ignore = world::read_live_shock(fork.shocks[i].text, base, base.start);
                } catch (const world::InvalidWorld& invalid) {
                    std::string what = invalid.what();
                    reader_.error(Code::inconsistent, path + ".shocks[" + std::to_string(i) + "]",
                                  "is no shock: " + what.substr(0, what.find('\n')));
                }
            }
        }
    }

    /// Makes the first member and its forks as of the start: only then it shows that more is held
    /// than there is, or that a fork changes what it may not. All seeds would be lost alike.
    void try_start(const Study& study) {
        const auto world_with = [&](const std::vector<std::string>& more) {
            std::vector<std::string> sets = study.assignments(0);
            sets.insert(sets.end(), more.begin(), more.end());
            auto loaded = world::load_world_text("world", study.world_text, sets);
            if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
            return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
        };
        const std::uint64_t seed = study.seed_of(0);
        std::optional<world::World> first;
        if (!is_possible("world", [&] { first = world::build(world_with({}), seed); })) return;
        for (const ForkConfig& fork : study.config.forks) {
            if (fork.set.empty()) continue;
            is_possible("forks[" + fork.name + "].set", [&] {
                // At the opening nothing is held yet, and every field may differ.
                std::ignore = fork.at.ns == 0 ? world::build(world_with(fork.set), seed)
                                              : world::fork(*first, world_with(fork.set), seed);
            });
        }
    }

    /// @return whether a world can be made; says why not.
    bool is_possible(const std::string& path, const auto& make) {
        const std::string lead = "the first member cannot begin: ";
        try {
            make();
            return true;
        } catch (const world::ImpossibleWorld& impossible) {
            const std::string where = impossible.path().empty() ? "" : impossible.path() + ": ";
            reader_.error(Code::impossible, path, lead + where + impossible.what());
        } catch (const world::InvalidWorld& invalid) {
            const std::string what = invalid.what();
            reader_.error(Code::inconsistent, path, lead + what.substr(0, what.find('\n')));
        }
        return false;
    }

    void check_measures(const Study& study, const world::WorldConfig& base) {
        PlacedComplaints complaints{reader_};
        for (const world::MeasureConfig& measure : study.config.measures) {
            world::check_measure(measure, base, "measures[" + measure.name + "]", complaints);
        }
    }

    LoadedStudy& loaded_;
    QuestionReader reader_;
};

}  // namespace

LoadedStudy load_study(const std::string& path, const std::vector<std::string>& overrides) {
    LoadedStudy loaded;
    StudyLoader{loaded, path, overrides}.load();
    return loaded;
}

}  // namespace crowdout::studies
