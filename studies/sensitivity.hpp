// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "studies/luck.hpp"
#include "world/statistics_interval.hpp"

namespace crowdout::studies {

/// Which share of a result's variance is a factor's.
struct SobolIndices {
    std::vector<world::Interval> first{};  ///< by factor: by itself
    std::vector<world::Interval> total{};  ///< by factor: with all that it takes part in
    double mean = 0;
    double variance = 0;
    std::size_t rows = 0;  ///< of the matrices that had every value
};

/// First-order and total indices of a `sobol_design`, with 95 % intervals by bootstrap over rows.
///
/// Values are centred first, which changes no index and lowers the error. Rows in which a value is
/// missing (NaN) are left out.
/// @param a      [rows], the results of matrix A.
/// @param b      [rows], of matrix B.
/// @param mixed  [factors x rows], of A with a factor's column from B.
/// @return nothing for fewer than two rows, or where nothing varies.
/// Source: Saltelli et al. (2010), Comput. Phys. Commun. 181, table 2 (b) and (f); the total index
/// is Jansen's (1999). Archer, Saltelli & Sobol' (1997) for the bootstrap.
[[nodiscard]] std::optional<SobolIndices> sobol_indices(std::span<const double> a,
                                                        std::span<const double> b,
                                                        std::span<const std::vector<double>> mixed);

/// What a factor does when it alone changes, over many places where it was tried.
struct MorrisEffect {
    double mean = 0;                  ///< mu: effects of different sign cancel in it
    world::Interval mean_absolute{};  ///< mu*: how much the factor matters, with 95 %
    double deviation = 0;             ///< sigma: how much that depends on the other factors
    std::size_t count = 0;
};

/// Morris' measures of one factor's elementary effects, each per whole range of the factor.
///
/// The interval of mu* is Student's, since trajectories are independent; not below 0.
/// @return nothing for fewer than two effects.
/// Source: Morris (1991), Technometrics 33(2); Campolongo, Cariboni & Saltelli (2007), Environ.
/// Model. Softw. 22 for mu*.
[[nodiscard]] std::optional<MorrisEffect> morris_effect(std::span<const double> effects);

/// How one fork of a run changes a result, against the run itself.
struct Contribution {
    world::Interval mean{};  ///< over runs, with an interval over seeds: see `mean_over_seeds`
    std::size_t runs = 0;
};

/// A result split by forks that each switch one channel off, with the same luck.
struct Attribution {
    Contribution whole{};                  ///< the result with every channel on
    std::vector<Contribution> channels{};  ///< on less off: what each adds while the others are on
    /// What is there with all channels off; nothing where no fork switches all of them off.
    std::optional<Contribution> rest{};
    /// The whole less the channels less the rest: what channels do together and none alone. Without
    /// `rest` it is in here.
    Contribution interaction{};
};

/// Splits a result over runs of different luck. The lines add up to the whole, run by run.
///
/// Switching off one at a time counts what two channels do jointly once for each, so that their
/// interaction is negative where each would do the other's work; it is stated, not shared out.
/// @param base  [runs], its value NaN where a run has none.
/// @param off   [channels x runs], with one channel off.
/// @param none  [runs] with all of them off, or empty.
/// @return nothing where fewer than one run has every value.
[[nodiscard]] std::optional<Attribution> attribute(std::span<const Draw> base,
                                                   std::span<const std::vector<double>> off,
                                                   std::span<const double> none);

}  // namespace crowdout::studies
