// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "world/claim.hpp"
#include "world/load_world.hpp"

namespace crowdout::studies {

/// A world that members are made of, whoever asks for them, and all that is asked of each.
struct Scene {
    std::string name{};   ///< of the world; with the counterfactual's behind it where it is one
    std::string world{};  ///< as `member_world` gives it
    std::vector<std::string> measures{};  ///< as `measure_text` gives them; no two alike
};

/// One measure of one scene.
struct Question {
    std::size_t scene = 0;
    std::size_t measure = 0;
};

struct PlannedClaim {
    std::string world{};  ///< whose claim it is: its name
    world::ClaimConfig claim{};
    Question here{};
    std::optional<Question> there{};  ///< the counterfactual that it is compared with
    /// What the same measure says of the past; nothing where the world has no data.
    std::optional<world::Measured> past{};
};

/// The claims of some worlds, and the fewest scenes that tell which of them hold: two claims of a
/// world share its members, and so do two worlds that name the same counterfactual.
struct ClaimsPlan {
    std::vector<Scene> scenes{};
    std::vector<PlannedClaim> claims{};

    /// @param file    as it was given to `load_world`.
    /// @param sets    `a.b=c` with which it was loaded; they hold in its counterfactuals too.
    /// @param loaded  a world without mistakes.
    /// @throws world::InvalidWorld  where the file of a counterfactual has changed since.
    void add(const std::string& file, const std::vector<std::string>& sets,
             const world::Loaded<world::WorldConfig>& loaded);

private:
    [[nodiscard]] std::size_t scene_of(std::string name, const world::WorldConfig& config);
    [[nodiscard]] Question question(std::size_t scene, const world::MeasureConfig& measure);
};

}  // namespace crowdout::studies
