// SPDX-License-Identifier: Apache-2.0
#include "apps/fit_input.hpp"

#include <memory>
#include <ostream>
#include <tuple>
#include <utility>

#include "apps/world_files.hpp"
#include "apps/world_input.hpp"

namespace crowdout::apps {

void try_start(const studies::Fit& fit, Console& console) {
    std::vector<std::string> sets = fit.config.set;
    for (std::string& each : fit.assignments(fit.start())) sets.push_back(std::move(each));
    auto loaded = read_valid_world({.file = fit.world_file, .sets = sets}, console);
    const auto config = std::make_shared<const world::WorldConfig>(std::move(loaded.config));
    std::ignore =
        open_world(loaded, config, static_cast<std::uint64_t>(fit.config.training.first_seed));
}

studies::Fit read_fit(const FitInput& input, Console& console) {
    auto loaded = studies::load_fit(find_file(input.file, FileKind::fit), input.sets);
    if (!loaded.report.ok()) refuse_other_kind(input.file, FileKind::fit, loaded.document);
    if (!loaded.fit) throw world::InvalidWorld{loaded.text(), loaded.json()};
    if (loaded.report.warning_count() > 0) console.err << loaded.text();
    try_start(*loaded.fit, console);
    return *std::move(loaded.fit);
}

}  // namespace crowdout::apps
