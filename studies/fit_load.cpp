// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "studies/fit.hpp"
#include "studies/member.hpp"
#include "studies/trial_world.hpp"
#include "studies/verdict.hpp"
#include "world/overrides.hpp"
#include "world/text.hpp"

namespace crowdout::studies {

namespace {

using world::Code;

/// Whether one path leads to the other, or into it.
bool touch(std::string_view one, std::string_view other) {
    const auto a = world::parse_path(one);
    const auto b = world::parse_path(other);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i].text != b[i].text) return false;
    }
    return !a.empty() && !b.empty();
}

/// A claim about nothing but the unit of a tolerance, so that it is checked as a bound is.
world::ClaimConfig probe_of(const world::ClaimConfig& claim, const world::Bound& tolerance) {
    world::ClaimConfig probe = claim;
    probe.between.reset();
    probe.below.reset();
    probe.above = tolerance;
    return probe;
}

/// Turns what a fit file says into a fit, and says what keeps it from being one.
class FitLoader {
public:
    FitLoader(LoadedFit& loaded, const std::string& path, const std::vector<std::string>& overrides)
        : loaded_{loaded}, reader_{loaded, path, overrides} {}

    void load() {
        if (!reader_.read(fit_type(), fit_.config)) return;
        fit_.world_file = reader_.world_file();
        fit_.files = world::files_of(loaded_.document.sources);
        for (std::string& file : world::files_of(reader_.base().document.sources)) {
            fit_.files.push_back(std::move(file));
        }
        fit_.base = std::make_shared<const world::WorldConfig>(reader_.base().config);

        take_claims();
        take_targets();
        make_parameters();
        if (loaded_.report.ok()) make_plans();
        if (loaded_.report.ok()) try_ends();
        loaded_.report.sort();
        if (loaded_.report.ok()) loaded_.fit = std::move(fit_);
    }

private:
    const world::ClaimConfig* find_claim(const std::string& name, const std::string& path) {
        const world::ClaimConfig* claim = fit_.base->claims.find(name);
        if (claim != nullptr) return claim;
        std::vector<std::string_view> known;
        for (const world::ClaimConfig& each : fit_.base->claims) known.push_back(each.name);
        reader_.error(Code::unknown_reference, path,
                      "the world makes no claim '" + name + "'" + world::did_you_mean(name, known),
                      known.empty() ? "" : "one of: " + world::joined(known));
        return nullptr;
    }

    void take_claims() {
        for (const FitClaimConfig& config : fit_.config.claims) {
            const std::string path = "claims[" + config.name + "]";
            const world::ClaimConfig* claim = find_claim(config.name, path + ".name");
            if (claim != nullptr) take(*claim, config.tolerance, config.weight, path);
        }
        const std::vector<std::string>& others = fit_.config.held_out.claims;
        for (std::size_t i = 0; i < others.size(); ++i) {
            const std::string path = "held_out.claims[" + std::to_string(i) + "]";
            const world::ClaimConfig* claim = find_claim(others[i], path);
            if (claim != nullptr) held_out_.push_back(*claim);
        }
    }

    void take_targets() {
        for (const FitTargetConfig& config : fit_.config.targets) {
            const std::string path = "targets[" + config.name + "]";
            const world::ClaimConfig claim = config.as_claim();
            if (check(claim, path, "")) take(claim, config.tolerance, config.weight, path);
        }
    }

    void take(const world::ClaimConfig& claim, const std::optional<world::Bound>& tolerance,
              double weight, const std::string& path) {
        const world::Bounds range = judged_bounds(claim);
        FitTarget target{
            .claim = claim, .tolerance = (range.high - range.low) / 2, .weight = weight};
        if (tolerance) {
            const world::ClaimConfig probe = probe_of(claim, *tolerance);
            if (!check(probe, path, ".tolerance")) return;
            target.tolerance = world::bounds_of(probe).low;
            if (!(target.tolerance > 0)) {
                reader_.error(Code::out_of_range, path + ".tolerance", "is not above 0");
                return;
            }
        } else if (!std::isfinite(target.tolerance) || !(target.tolerance > 0)) {
            reader_.error(Code::missing_key, path,
                          "its range has no width that could serve as a tolerance",
                          "`tolerance: ...`: the distance that counts as 1");
            return;
        }
        fit_.targets.push_back(std::move(target));
    }

    /// @param field  where mistakes are put; "" for where the claim has them.
    bool check(const world::ClaimConfig& claim, const std::string& path, const std::string& field) {
        world::WorldConfig world = *fit_.base;
        world.counterfactuals.items.clear();
        world.claims.items = {claim};
        PlacedComplaints complaints{reader_, "claims[" + claim.name + "]", path, field};
        const std::size_t before = loaded_.report.error_count();
        world::check_claims(world, complaints);
        return loaded_.report.error_count() == before;
    }

    void make_parameters() {
        for (const FitParameterConfig& config : fit_.config.parameters) {
            const std::string path = "parameters[" + config.name + "]";
            std::vector<FieldMistake> mistakes;
            const FitParameter& parameter =
                fit_.parameters.emplace_back(config, fit_.base, mistakes);
            for (const FieldMistake& each : mistakes) {
                reader_.error(Code::inconsistent, path + "." + each.at, each.what, each.expected);
            }
            if (!parameter.is_found()) {
                const std::string set = config.field + "=" + config.range[0].text;
                const TrialWorld trial{member_world(*fit_.base)};
                reader_.tell(trial.mistake({set}), path + ".field");
            }
        }
        for (std::size_t i = 0; i < fit_.parameters.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (!touch(fit_.parameters[i].path(), fit_.parameters[j].path())) continue;
                reader_.error(Code::inconsistent,
                              "parameters[" + fit_.parameters[i].name() + "].field",
                              "is moved by '" + fit_.parameters[j].name() + "' already");
            }
        }
    }

    void make_plans() {
        std::vector<world::ClaimConfig>& claims = reader_.base().config.claims.items;
        claims.clear();
        for (const FitTarget& target : fit_.targets) claims.push_back(target.claim);
        fit_.training.add(fit_.world_file, fit_.config.set, reader_.base());
        claims.insert(claims.end(), held_out_.begin(), held_out_.end());
        for (const world::ClaimConfig& claim : claims) refuse_overwritten(claim);
        fit_.held_out.add(fit_.world_file, fit_.config.set, reader_.base());
    }

    /// A counterfactual that sets what a parameter moves would lose what makes it another world.
    void refuse_overwritten(const world::ClaimConfig& claim) {
        for (const std::string& name : {claim.in, claim.minus, claim.over}) {
            const world::CounterfactualConfig* other = fit_.base->counterfactuals.find(name);
            if (other == nullptr) continue;
            for (const std::string& set : other->set) {
                const std::string path = set.substr(0, set.find('='));
                for (const FitParameter& parameter : fit_.parameters) {
                    if (!touch(path, parameter.path())) continue;
                    reader_.error(Code::inconsistent, "parameters[" + parameter.name() + "].field",
                                  "the counterfactual '" + name + "' of claim '" + claim.name +
                                      "' sets it too",
                                  "a parameter that it leaves alone, or another claim");
                }
            }
        }
    }

    /// Tries each end of each range in each world that members are made of.
    void try_ends() {
        for (const Scene& scene : fit_.held_out.scenes) {
            const TrialWorld trial{scene.world};
            for (const FitParameter& parameter : fit_.parameters) {
                for (const int end : {0, 1}) {
                    const auto mistake = trial.mistake({parameter.assignment(end)});
                    const std::string key = mistake && is_about_path(*mistake)
                                                ? ".field"
                                                : ".range[" + std::to_string(end) + "]";
                    reader_.tell(mistake, "parameters[" + parameter.name() + "]" + key,
                                 "in " + scene.name + ": ");
                }
            }
        }
    }

    LoadedFit& loaded_;
    QuestionReader reader_;
    Fit fit_;
    std::vector<world::ClaimConfig> held_out_;
};

}  // namespace

std::vector<std::string> Fit::assignments(std::span<const double> point) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        all.push_back(parameters[i].assignment(point[i]));
    }
    return all;
}

std::vector<double> Fit::start() const {
    std::vector<double> point;
    for (const FitParameter& parameter : parameters) point.push_back(parameter.start());
    return point;
}

LoadedFit load_fit(const std::string& path, const std::vector<std::string>& overrides) {
    LoadedFit loaded;
    FitLoader{loaded, path, overrides}.load();
    return loaded;
}

}  // namespace crowdout::studies
