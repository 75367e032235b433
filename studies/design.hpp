// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace crowdout::studies {

/// One point of a design: where each factor stands within what it may be.
struct DesignRow {
    std::string part{};            ///< what the design calls it: `A`, `AB:capex`; "" for most
    std::int64_t row = 0;          ///< within its part: a sample, a trajectory
    std::vector<double> shares{};  ///< by factor, 0..1 of its range, or of its list of values
};

/// How a factor is laid out in a grid.
struct GridAxis {
    std::size_t levels = 1;
    bool ends = false;  ///< the first and last level lie on the ends, as those of a range
};

/// The share at which a level of an axis stands; a list's values are as many equal parts of it.
[[nodiscard]] double level_share(const GridAxis& axis, std::size_t level);

/// Every combination; the last factor changes fastest.
[[nodiscard]] std::vector<DesignRow> grid_design(std::span<const GridAxis> axes);

/// The factors' levels side by side, as columns of a table.
/// @param axes  all of as many levels.
[[nodiscard]] std::vector<DesignRow> list_design(std::span<const GridAxis> axes);

/// Samples of which each factor has exactly one in every `1 / samples` of its range.
/// Source: McKay, Beckman & Conover (1979), Technometrics 21(2).
[[nodiscard]] std::vector<DesignRow> latin_hypercube_design(std::size_t samples,
                                                            std::size_t factors,
                                                            std::uint64_t seed);

/// Two Sobol' matrices A and B, and for each factor A with its column from B: AB.
///
/// Row by row (A, B, AB of each factor), so that what is done after a while is a smaller design.
/// @param factors  their names, for `DesignRow::part`.
/// Source: Saltelli et al. (2010), Comput. Phys. Commun. 181, table 2.
[[nodiscard]] std::vector<DesignRow> sobol_design(std::size_t samples,
                                                  std::span<const std::string> factors);

/// Trajectories that change one factor after another by `levels / (2 (levels - 1))`.
///
/// A row's `part` is the factor that was changed to come there, and `start` for the first.
/// @param levels  even, at least 2.
/// Source: Morris (1991), Technometrics 33(2).
[[nodiscard]] std::vector<DesignRow> morris_design(std::size_t trajectories, std::size_t levels,
                                                   std::span<const std::string> factors,
                                                   std::uint64_t seed);

inline constexpr const char* morris_start = "start";
/// What `sobol_design` calls the matrix with a factor's column from B.
[[nodiscard]] std::string mixed_part(const std::string& factor);

}  // namespace crowdout::studies
