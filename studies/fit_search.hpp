// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "agents/names.hpp"

namespace crowdout::studies {

/// How a least value is looked for.
enum class Search : std::uint8_t {
    local,   ///< downhill from the start, by quadratic models: BOBYQA (Powell 2009)
    global,  ///< cutting the whole range first: DIRECT-L (Gablonsky, Kelley 2001), then as above
};
inline constexpr std::array<std::string_view, 2> search_names{"local", "global"};
constexpr agents::EnumNames enum_names(Search) {
    return {search_names.data(), search_names.size()};
}

enum class SearchEnd : std::uint8_t {
    met,        ///< the value is 0: every target lies within its range
    converged,  ///< nearby points are no better
    spent,      ///< as many evaluations as there may be
    stopped,    ///< by a signal
};
inline constexpr std::array<std::string_view, 4> search_end_names{"met", "converged", "spent",
                                                                  "stopped"};
constexpr agents::EnumNames enum_names(SearchEnd) {
    return {search_end_names.data(), search_end_names.size()};
}

struct SearchOptions {
    Search search = Search::local;
    std::size_t evaluations_max = 60;
    double first_step = 0.2;    ///< share of a range (our choice)
    double precision = 0.005;   ///< share of a range: finer moves end the search (our choice)
    double global_share = 0.6;  ///< of the evaluations, before the search goes local (our choice)
};

struct Minimum {
    std::vector<double> at;
    double value = 0;
    std::size_t evaluations = 0;
    SearchEnd end = SearchEnd::converged;
};

/// Value of a point of the unit cube; never below 0. Nothing where the search is to stop.
using Objective = std::function<std::optional<double>(std::span<const double> point)>;

/// Whether this program was built with the library that searches (NLopt).
[[nodiscard]] bool can_search();

/// Looks for the least value of `objective` in the unit cube, `start` the first point looked at.
///
/// Neither method draws anything: the same values lead the same way.
/// @return the best point seen, the first of equals; `start` unevaluated where it was stopped
///         there: `evaluations` is 0.
/// @throws std::logic_error  where `can_search` is false; whatever `objective` throws.
/// Source: Powell (2009), DAMTP 2009/NA06; Gablonsky, Kelley (2001), J. Global Optim. 21, 27.
[[nodiscard]] Minimum minimize(const Objective& objective, std::vector<double> start,
                               const SearchOptions& options);

}  // namespace crowdout::studies
