// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "studies/fit.hpp"
#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::test {

/// What the crowd's world claims in tests of fits; two hours of it are enough.
inline constexpr std::string_view crowd_claims = R"(
counterfactuals: [{name: calm, set: ["populations[crowd].market_rate=5k/d"]}]
claims:
  - {name: tight, says: "The spread is narrow.", measure: spread, of: COIN, summary: median,
     between: [4bp, 6bp]}
  - {name: deep, says: "The book is deep.", measure: depth, of: COIN, above: $1k}
  - {name: livelier, says: "Orders move prices.", measure: volatility, of: COIN, horizon: 30min,
     minus: calm, above: 0}
)";

/// Two parameters, a claim to be met, and one that is held out.
inline constexpr std::string_view crowd_fit = R"(
name: crowd_fit
world: world.yaml
set: [duration=2h]
parameters:
  - {name: orders, field: "populations[crowd].limit_rate", range: [200/d, 5k/d], scale: log}
  - {name: lifetime, field: "populations[crowd].lifetime", range: [1min, 21min]}
claims: [{name: tight}]
training: {seeds: 3}
held_out: {seeds: 2, claims: [deep]}
)";

/// A folder with a world and a fit of it.
class FitFolder {
public:
    explicit FitFolder(std::string_view fit = crowd_fit) {
        folder_.write("world.yaml", std::string{crowd_world} + std::string{crowd_claims});
        folder_.write("fit.yaml", std::string{fit});
    }
    [[nodiscard]] std::string file() const { return folder_.file("fit.yaml"); }
    [[nodiscard]] std::string world_file() const { return folder_.file("world.yaml"); }
    [[nodiscard]] const apps::TestFolder& folder() const { return folder_; }
    [[nodiscard]] studies::LoadedFit load(const std::vector<std::string>& sets = {}) const {
        return studies::load_fit(file(), sets);
    }

private:
    apps::TestFolder folder_;
};

}  // namespace crowdout::test
