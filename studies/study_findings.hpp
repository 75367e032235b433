// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "studies/language.hpp"
#include "world/overlay.hpp"
#include "world/statistics_interval.hpp"

namespace crowdout::studies {

class Database;

/// A label in the languages that its author gave; the name where he gave none.
struct Label {
    std::string name{};
    std::string english{};
    std::string chinese{};

    [[nodiscard]] const std::string& in(Language language) const {
        const std::string& label =
            language == Language::chinese && !chinese.empty() ? chinese : english;
        return label.empty() ? name : label;
    }
};

/// What a report shows of a study, as its results file has it (docs/study_results.md).
struct StudyFindings {
    struct Factor {
        Label label{};
        std::vector<std::string> levels{};  ///< as they were set, by their place in the range
        std::vector<double> numbers{};      ///< by level, in its unit; NaN of names
        bool is_log = false;                ///< its range is gone through by equal ratios
    };
    struct Point {
        std::vector<std::size_t> levels{};  ///< by factor
        std::vector<double> shares{};       ///< by factor: place in its range, 0 to 1
    };
    struct Measure {
        std::string name{};
        std::string kind{};
        std::string unit{};  ///< number, share, per year, USD, days
    };
    struct Member {
        std::size_t point = 0;
        std::uint64_t seed = 0;
        std::string state{};
    };
    struct Sensitivity {
        std::size_t measure = 0;
        std::size_t branch = 0;
        std::size_t factor = 0;
        std::string statistic{};
        world::Interval value{};
    };
    struct Attribution {
        std::size_t measure = 0;
        std::string kind{};
        std::string name{};
        world::Interval value{};
        std::int64_t runs = 0;
    };
    struct Failure {
        std::size_t member = 0;
        std::string state{};
        std::string what{};
    };
    /// A track of one branch over the members of the first point.
    struct Fan {
        std::string track{};
        std::size_t branch = 0;
        std::vector<std::int64_t> times{};             ///< s since the start
        std::vector<std::vector<double>> quantiles{};  ///< [fan_probabilities x times]
        std::size_t runs = 0;
    };

    std::map<std::string, std::string> meta{};
    std::map<std::string, std::string> texts{};  ///< `study` and `world`, as YAML
    std::vector<Factor> factors{};
    std::vector<Point> points{};
    std::vector<Label> branches{};  ///< the first is the run itself
    std::vector<Measure> measures{};
    std::vector<Member> members{};
    /// [measures x branches x members]; NaN where there is none.
    std::vector<std::vector<std::vector<double>>> values{};
    std::vector<Sensitivity> sensitivity{};
    std::vector<Attribution> attribution{};
    std::vector<Failure> failures{};
    std::vector<Fan> fans{};
    /// What a track was outside of the runs; times in ns since the start.
    std::vector<std::pair<std::string, world::Overlay>> past{};
};

inline constexpr double fan_probabilities[]{0.05, 0.25, 0.5, 0.75, 0.95};

/// @throws ResultsError  where the file is none of a study's results, or numbers in it do not fit
///                       together.
[[nodiscard]] StudyFindings read_findings(const Database& results);

}  // namespace crowdout::studies
