// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "studies/language.hpp"
#include "studies/report_page.hpp"
#include "studies/run_sketch.hpp"

namespace crowdout::studies {

/// Where a run came from, and how it is made again.
struct RunOrigin {
    std::string version{};   ///< of the program
    std::string compiler{};  ///< and its flags
    std::string world{};     ///< the world file in full
    std::uint64_t seed = 0;
    std::size_t inputs = 0;   ///< shocks that came from outside while it ran
    std::string fork_of{};    ///< what it went on from; empty where from the world's start
    std::string recording{};  ///< file name; empty where there is none
    std::vector<std::string> troubles{};  ///< what of the recording could not be read
};

/// A page about one run. UTF-8, at most 2 MB for a world of 20 markets.
[[nodiscard]] std::string run_report(const RunSketch& run, const RunOrigin& origin,
                                     Language language);

/// Its sections, each of which is left out where the run has nothing for it.
namespace run_section {

void markets(Page& page, const RunSketch& run);
void prices(Page& page, const RunSketch& run);
void funding(Page& page, const RunSketch& run);
void idle_cash(Page& page, const RunSketch& run);
void rates(Page& page, const RunSketch& run);
void volume(Page& page, const RunSketch& run);
void sellers(Page& page, const RunSketch& run);
void forced(Page& page, const RunSketch& run);
void events(Page& page, const RunSketch& run);

}  // namespace run_section

[[nodiscard]] std::string sector_name(const RunSketch& run, std::size_t sector, Language language);
/// Shocks of the world and from outside.
[[nodiscard]] std::vector<Moment> shocks_of(const RunSketch& run, Language language);

/// `5 days`, `3 hours 20 minutes`; the two largest units.
[[nodiscard]] std::string span_text(std::int64_t ns, Language language);
/// `+3.2%`, `-12.0%`.
[[nodiscard]] std::string change_text(double share);

}  // namespace crowdout::studies
