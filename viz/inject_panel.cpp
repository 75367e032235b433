// SPDX-License-Identifier: Apache-2.0
#include "viz/inject_panel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

namespace crowdout::viz {
namespace {

constexpr std::size_t value_length_max = 120;  // bytes of a value typed

std::string label(Phrase phrase, const Look& look) {
    return std::string{look.word(phrase)};
}

/// A list to choose from, which fills the panel's width.
/// @return whether another was chosen.
bool choose(const char* id, const std::vector<std::string>& words, std::size_t& chosen,
            bool with_none) {
    bool changed = false;
    const std::size_t first = with_none ? 1 : 0;  // 0 is none then
    const bool none = with_none && chosen == 0;
    ImGui::SetNextItemWidth(-1);
    if (ImGui::BeginCombo(id, none ? "" : words[chosen - first].c_str())) {
        for (std::size_t i = 0; i < words.size() + first; ++i) {
            const char* word = i < first ? " " : words[i - first].c_str();
            if (ImGui::Selectable(word, i == chosen)) {
                chosen = i;
                changed = true;
            }
            if (i == chosen) ImGui::SetItemDefaultFocus();
        }
        ImGui::EndCombo();
    }
    return changed;
}

}  // namespace

std::optional<std::string> InjectPanel::draw(const Look& look, sf::Vector2f window_size) {
    if (!is_open_ || forms_.empty()) return std::nullopt;
    std::optional<std::string> asked;
    const float width = look.px(340);
    // At the right edge, where it leaves the capital flow in sight.
    ImGui::SetNextWindowPos({std::round(window_size.x - width - look.px(10)), look.px(46)},
                            ImGuiCond_Appearing);
    ImGui::SetNextWindowSize({width, 0}, ImGuiCond_Always);
    // The part behind ### stays the same in every language, and with it the panel's place.
    const std::string title = label(Phrase::key_inject, look) + "###inject";
    if (ImGui::Begin(title.c_str(), &is_open_,
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize)) {
        std::vector<std::string> kinds;
        for (const ShockForm& each : forms_) kinds.emplace_back(each.words(look.language));
        ImGui::TextDisabled("%s", label(Phrase::inject_kind, look).c_str());
        if (choose("##kind", kinds, chosen_, false)) refusal_.clear();
        ImGui::Separator();

        ShockForm& form = forms_[chosen_];
        for (ShockField& field : form.fields) draw_field(field, look);
        ImGui::Spacing();
        const bool complete = form.is_complete();
        ImGui::BeginDisabled(!complete);
        if (ImGui::Button(label(Phrase::inject_now, look).c_str(), {-1, 0})) {
            asked = shock_yaml(form);
        }
        ImGui::EndDisabled();
        if (!refusal_.empty()) {
            ImGui::Spacing();
            ImGui::PushStyleColor(
                ImGuiCol_Text,
                IM_COL32(look.colors.warning.r, look.colors.warning.g, look.colors.warning.b, 255));
            ImGui::TextWrapped("%s", label(Phrase::inject_refused, look).c_str());
            ImGui::PopStyleColor();
            ImGui::TextWrapped("%s", refusal_.c_str());
        }
    }
    ImGui::End();
    return asked;
}

void InjectPanel::draw_field(ShockField& field, const Look& look) {
    ImGui::PushID(field.key.c_str());
    ImGui::TextWrapped("%s", field.words(look.language));
    if (!field.choices.empty()) {
        const auto found = std::ranges::find(field.choices, field.value);
        const bool with_none = !field.required;
        auto chosen = static_cast<std::size_t>(found - field.choices.begin()) + (with_none ? 1 : 0);
        if (found == field.choices.end()) chosen = 0;
        if (choose("##value", field.choices, chosen, with_none)) {
            field.value =
                with_none && chosen == 0 ? "" : field.choices[chosen - (with_none ? 1 : 0)];
        }
    } else {
        std::array<char, value_length_max> typed{};
        field.value.copy(typed.data(), typed.size() - 1);
        std::string hint = field.example;
        if (!field.required) hint.append("  (").append(look.word(Phrase::inject_optional)) += ')';
        ImGui::SetNextItemWidth(-1);
        if (ImGui::InputTextWithHint("##value", hint.c_str(), typed.data(), typed.size())) {
            field.value = typed.data();
        }
    }
    ImGui::PopID();
}

std::string InjectPanel::all_words() const {
    std::string words;
    for (const ShockForm& form : forms_) {
        words.append(form.help).append(form.help_zh);
        for (const ShockField& field : form.fields) {
            words.append(field.help).append(field.help_zh);
            for (const std::string& choice : field.choices) words += choice;
        }
    }
    return words;
}

}  // namespace crowdout::viz
