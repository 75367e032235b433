// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "studies/factor.hpp"
#include "studies/member.hpp"
#include "studies/question_file.hpp"
#include "studies/study_config.hpp"
#include "world/overlay.hpp"

namespace crowdout::studies {

/// One place in the space of a study's factors.
struct StudyPoint {
    std::string part{};  ///< as in `DesignRow`
    std::int64_t row = 0;
    std::vector<double> shares{};  ///< by factor
    std::vector<Level> levels{};   ///< by factor
};

/// A study that can run: its points, its seeds, and what a member of it is.
///
/// Members are numbered: point by point, and at each point seed by seed. So the number of a member
/// says what it is, on whatever machine.
struct Study {
    StudyConfig config;
    std::string world_text;  ///< of the base world, as members get it
    market::Time start{};    ///< of its runs
    /// What the base world has of the past, by the track of `MemberSeries` that it is held against.
    std::vector<std::pair<std::string, world::Overlay>> past{};
    std::vector<Factor> factors{};
    std::vector<StudyPoint> points{};
    std::vector<std::uint64_t> seeds{};

    [[nodiscard]] std::size_t member_count() const { return points.size() * seeds.size(); }
    [[nodiscard]] std::size_t point_of(std::size_t member) const { return member / seeds.size(); }
    [[nodiscard]] std::uint64_t seed_of(std::size_t member) const {
        return seeds[member % seeds.size()];
    }
    /// What all members have in common: everything but seed and assignments.
    [[nodiscard]] MemberJob common_job() const;
    [[nodiscard]] std::vector<std::string> assignments(std::size_t member) const;
    [[nodiscard]] MemberJob job(std::size_t member) const;

    /// The study as a file, defaults written out, without what no result depends on.
    [[nodiscard]] std::string text() const;
    /// A hash of `text`, the world and nothing else, as 16 hexadecimal digits.
    [[nodiscard]] std::string hash() const;
};

/// A study file with everything that is wrong with it.
struct LoadedStudy : LoadedQuestion {
    std::optional<Study> study{};  ///< where nothing is wrong
};

/// Reads a study file and its base world, and tries every level of every factor on it.
///
/// Combinations are tried too, up to 1,000 of them, and the first member and its forks are made as
/// of their start; what only others show is told by their members.
/// @param overrides  `a.b=c` on top of the study file.
[[nodiscard]] LoadedStudy load_study(const std::string& path,
                                     const std::vector<std::string>& overrides = {});

}  // namespace crowdout::studies
