// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_search.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#ifdef CROWDOUT_HAS_NLOPT
#include <nlopt.hpp>
#endif

namespace crowdout::studies {

#ifdef CROWDOUT_HAS_NLOPT

namespace {

/// Counts, remembers the best, and knows when enough is enough. NLopt's own limits would do, but
/// its algorithms differ in how they read them.
class Tracker {
public:
    Tracker(const Objective& objective, const SearchOptions& options, std::vector<double> start)
        : objective_{objective}, options_{options}, start_{std::move(start)} {
        best_.at = start_;
    }

    /// Both methods have first points of their own; what is there already comes before them.
    void look_at_start() {
        phase_max_ = options_.evaluations_max;
        try {
            start_value_ = look_at(std::vector<double>{start_});
        } catch (const nlopt::forced_stop&) {
            // Said by `is_over`.
        }
    }

    void run(nlopt::algorithm algorithm, std::size_t evaluations) {
        phase_max_ = std::min(evaluations, options_.evaluations_max);
        nlopt::opt search{algorithm, static_cast<unsigned>(best_.at.size())};
        search.set_min_objective(
            [](const std::vector<double>& point, std::vector<double>&, void* tracker) {
                return static_cast<Tracker*>(tracker)->look_at(point);
            },
            this);
        search.set_lower_bounds(0.0);
        search.set_upper_bounds(1.0);
        search.set_initial_step(options_.first_step);
        search.set_xtol_abs(options_.precision);
        std::vector<double> point = best_.at;
        double value = 0;
        try {
            search.optimize(point, value);
        } catch (const nlopt::forced_stop&) {
            // Where it stands is what `result` says.
        } catch (const nlopt::roundoff_limited&) {
            // As near as numbers allow: it has converged.
        }
    }

    [[nodiscard]] bool is_over() const { return is_over_; }
    [[nodiscard]] Minimum result() const {
        Minimum minimum = best_;
        if (!is_over_ && minimum.evaluations >= options_.evaluations_max)
            minimum.end = SearchEnd::spent;
        return minimum;
    }

private:
    /// @throws nlopt::forced_stop  where nothing more is to be looked at.
    double look_at(const std::vector<double>& point) {
        if (start_value_ && point == start_) return *start_value_;
        if (best_.evaluations >= phase_max_) throw nlopt::forced_stop{};
        const auto value = objective_(point);
        if (!value) end(SearchEnd::stopped);
        ++best_.evaluations;
        if (best_.evaluations == 1 || *value < best_.value) {
            best_.value = *value;
            best_.at = point;
        }
        if (best_.value <= 0) end(SearchEnd::met);
        return *value;
    }

    [[noreturn]] void end(SearchEnd how) {
        best_.end = how;
        is_over_ = true;
        throw nlopt::forced_stop{};
    }

    const Objective& objective_;
    const SearchOptions& options_;
    std::vector<double> start_;
    std::optional<double> start_value_;
    std::size_t phase_max_ = 0;
    Minimum best_;
    bool is_over_ = false;
};

}  // namespace

bool can_search() {
    return true;
}

Minimum minimize(const Objective& objective, std::vector<double> start,
                 const SearchOptions& options) {
    Tracker tracker{objective, options, std::move(start)};
    tracker.look_at_start();
    if (options.search == Search::global && !tracker.is_over()) {
        const double share = options.global_share * static_cast<double>(options.evaluations_max);
        tracker.run(nlopt::GN_DIRECT_L, static_cast<std::size_t>(share));
    }
    if (!tracker.is_over()) tracker.run(nlopt::LN_BOBYQA, options.evaluations_max);
    return tracker.result();
}

#else

bool can_search() {
    return false;
}

Minimum minimize(const Objective&, std::vector<double>, const SearchOptions&) {
    throw std::logic_error{"minimize needs NLopt; ask can_search"};
}

#endif

}  // namespace crowdout::studies
