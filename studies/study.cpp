// SPDX-License-Identifier: Apache-2.0
#include "studies/study.hpp"

#include <fmt/format.h>

#include "market/hash.hpp"
#include "studies/study_fields.hpp"
#include "world/field_printer.hpp"

namespace crowdout::studies {

namespace {

std::uint64_t hash_of(const std::string& text, std::uint64_t seed) {
    return market::hash_bytes(text.data(), text.size(), seed);
}

}  // namespace

MemberJob Study::common_job() const {
    MemberJob job{.world = world_text, .series_every = config.series_every};
    for (const ForkConfig& fork : config.forks) {
        Branch branch{.name = fork.name, .at = fork.at, .set = fork.set};
        for (const world::Literal& shock : fork.shocks) branch.shocks.push_back(shock.text);
        job.branches.push_back(std::move(branch));
    }
    for (const world::MeasureConfig& measure : config.measures) {
        job.measures.push_back(measure_text(measure));
    }
    return job;
}

std::vector<std::string> Study::assignments(std::size_t member) const {
    std::vector<std::string> set;
    for (const Level& level : points[point_of(member)].levels) {
        set.insert(set.end(), level.set.begin(), level.set.end());
    }
    return set;
}

MemberJob Study::job(std::size_t member) const {
    MemberJob job = common_job();
    job.set = assignments(member);
    job.seed = seed_of(member);
    return job;
}

std::string Study::text() const {
    StudyConfig bare = config;
    bare.description.clear();
    bare.description_zh.clear();
    bare.limits = {};
    bare.members_max = StudyConfig{}.members_max;
    return world::print_resolved(study_type(), &bare);
}

std::string Study::hash() const {
    return fmt::format("{:016x}", hash_of(text(), hash_of(world_text, 0)));
}

}  // namespace crowdout::studies
