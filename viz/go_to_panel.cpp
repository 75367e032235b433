// SPDX-License-Identifier: Apache-2.0
#include "viz/go_to_panel.hpp"

#include <cmath>
#include <string>

#include <imgui.h>

#include "world/moment.hpp"

namespace crowdout::viz {

void GoToPanel::open(bool open) {
    is_open_ = open;
    wants_focus_ = open;
    is_refused_ = false;
    typed_[0] = '\0';
}

std::optional<market::Time> GoToPanel::draw(const Look& look, sf::Vector2f window_size,
                                            market::Time start) {
    if (!is_open_) return std::nullopt;
    const float width = look.px(320);
    ImGui::SetNextWindowPos({std::round((window_size.x - width) / 2), look.px(120)});
    ImGui::SetNextWindowSize({width, 0});
    // The part behind ### stays the same in every language, and with it the panel.
    const std::string title = std::string{look.word(Phrase::key_go_to)} + "###go_to";
    std::optional<market::Time> asked;
    if (ImGui::Begin(title.c_str(), &is_open_,
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize)) {
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) is_open_ = false;
        if (wants_focus_) ImGui::SetKeyboardFocusHere();
        wants_focus_ = false;
        ImGui::SetNextItemWidth(-1);
        const std::string hint{look.word(Phrase::go_to_hint)};
        if (ImGui::InputTextWithHint("##moment", hint.c_str(), typed_.data(), typed_.size(),
                                     ImGuiInputTextFlags_EnterReturnsTrue)) {
            asked = world::read_moment(typed_.data(), start);
            is_refused_ = !asked;
            is_open_ = !asked;
            wants_focus_ = is_refused_;
        }
        if (is_refused_) {
            const std::string refusal =
                text(Phrase::go_to_refused, look.language, std::string{typed_.data()});
            ImGui::TextWrapped("%s", refusal.c_str());
        }
    }
    ImGui::End();
    return asked;
}

}  // namespace crowdout::viz
