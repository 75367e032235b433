// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Vector2.hpp>
#include <optional>
#include <string>
#include <vector>

#include "viz/inject_form.hpp"
#include "viz/look.hpp"

namespace crowdout::viz {

/// The palette of shocks: a panel of Dear ImGui in which one is chosen and filled in.
class InjectPanel {
public:
    explicit InjectPanel(std::vector<ShockForm> forms) : forms_{std::move(forms)} {}

    [[nodiscard]] bool is_open() const { return is_open_; }
    void open(bool open) { is_open_ = open; }

    /// Between `begin_panels` and `end_panels`. @return the shock asked for in this frame.
    [[nodiscard]] std::optional<std::string> draw(const Look& look, sf::Vector2f window_size);

    /// What the loader says of the shock last asked for; "" where it took it.
    void answer(std::string refusal) { refusal_ = std::move(refusal); }

    /// Everything that it can say, so that the characters are there.
    [[nodiscard]] std::string all_words() const;

private:
    void draw_field(ShockField& field, const Look& look);

    std::vector<ShockForm> forms_;
    std::size_t chosen_ = 0;
    std::string refusal_;
    bool is_open_ = false;
};

}  // namespace crowdout::viz
