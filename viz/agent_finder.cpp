// SPDX-License-Identifier: Apache-2.0
#include "viz/agent_finder.hpp"

#include <algorithm>

#include <imgui.h>

#include "market/ids.hpp"

namespace crowdout::viz {

AgentFinder::AgentFinder(const world::Manifest& manifest) {
    for (std::size_t block = 1; block < manifest.blocks.size(); ++block) {
        const world::Manifest::Block& each = manifest.blocks[block];
        groups_.push_back({each.name, static_cast<std::uint16_t>(block), each.members});
    }
    std::ranges::sort(groups_, {}, &Group::name);
}

std::optional<Picked> AgentFinder::draw(const Look& look, const sf::FloatRect& rect) {
    if (groups_.empty()) return std::nullopt;
    bool chosen = false;
    ImGui::SetNextWindowPos({rect.left, rect.top});
    ImGui::SetNextWindowSize({rect.width, height(look)});
    ImGui::Begin("finder", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    ImGui::SetNextItemWidth(rect.width * 0.5F);
    const std::string shown =
        chosen_ ? groups_[*chosen_].name : std::string{look.word(Phrase::finder_hint)};
    if (ImGui::BeginCombo("##group", shown.c_str())) {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            if (!ImGui::Selectable(groups_[i].name.c_str(), i == chosen_)) continue;
            chosen_ = i;
            member_ = 0;
            chosen = true;
        }
        ImGui::EndCombo();
    }
    const int last = chosen_ ? static_cast<int>(groups_[*chosen_].members) - 1 : 0;
    if (last > 0) {
        ImGui::SameLine();
        ImGui::SetNextItemWidth(-1);
        if (ImGui::InputInt("##member", &member_)) {
            member_ = std::clamp(member_, 0, last);
            chosen = true;
        }
    }
    ImGui::End();
    if (!chosen) return std::nullopt;
    const market::AccountId account{groups_[*chosen_].block, static_cast<std::uint32_t>(member_)};
    return Picked{Picked::Kind::account, account.packed()};
}

}  // namespace crowdout::viz
