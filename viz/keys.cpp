// SPDX-License-Identifier: Apache-2.0
#include "viz/keys.hpp"

#include <array>
#include <vector>

namespace crowdout::viz {
namespace {

using Keyboard = sf::Keyboard;

constexpr std::array bindings{
    KeyBinding{Keyboard::Space, false, "Space", Command::pause, Phrase::key_pause},
    KeyBinding{Keyboard::Period, false, ".", Command::step_forward, Phrase::key_step_forward},
    KeyBinding{Keyboard::Comma, false, ",", Command::step_back, Phrase::key_step_back},
    KeyBinding{Keyboard::LBracket, false, "[", Command::slower, Phrase::key_slower},
    KeyBinding{Keyboard::RBracket, false, "]", Command::faster, Phrase::key_faster},
    KeyBinding{Keyboard::Num0, false, "0", Command::speed_one, Phrase::key_speed_one},
    KeyBinding{Keyboard::Left, false, "Left", Command::frame_left, Phrase::key_frame_left},
    KeyBinding{Keyboard::Right, false, "Right", Command::frame_right, Phrase::key_frame_right},
    KeyBinding{Keyboard::Left, true, "Shift+Left", Command::ten_left, Phrase::key_ten_left},
    KeyBinding{Keyboard::Right, true, "Shift+Right", Command::ten_right, Phrase::key_ten_right},
    KeyBinding{Keyboard::Home, false, "Home", Command::first, Phrase::key_first},
    KeyBinding{Keyboard::End, false, "End", Command::last, Phrase::key_last},
    KeyBinding{Keyboard::P, false, "P", Command::previous_event, Phrase::key_previous_event},
    KeyBinding{Keyboard::N, false, "N", Command::next_event, Phrase::key_next_event},
    KeyBinding{Keyboard::J, false, "J", Command::go_to, Phrase::key_go_to},
    KeyBinding{Keyboard::O, false, "O", Command::loop, Phrase::key_loop},
    KeyBinding{Keyboard::K, false, "K", Command::fork, Phrase::key_fork},
    KeyBinding{Keyboard::F, false, "F", Command::follow, Phrase::key_follow},
    KeyBinding{Keyboard::Num1, false, "1", Command::view_overview, Phrase::view_overview},
    KeyBinding{Keyboard::Num2, false, "2", Command::view_flow, Phrase::view_flow},
    KeyBinding{Keyboard::Num3, false, "3", Command::view_markets, Phrase::view_markets},
    KeyBinding{Keyboard::Num4, false, "4", Command::view_book, Phrase::view_book},
    KeyBinding{Keyboard::Num5, false, "5", Command::view_rates, Phrase::view_rates},
    KeyBinding{Keyboard::Num6, false, "6", Command::view_agents, Phrase::view_agents},
    KeyBinding{Keyboard::L, false, "L", Command::log, Phrase::key_log},
    KeyBinding{Keyboard::I, false, "I", Command::inject, Phrase::key_inject},
    KeyBinding{Keyboard::T, false, "T", Command::theme, Phrase::key_theme},
    KeyBinding{Keyboard::G, false, "G", Command::language, Phrase::key_language},
    KeyBinding{Keyboard::S, false, "S", Command::screenshot, Phrase::key_screenshot},
    KeyBinding{Keyboard::H, false, "H", Command::help, Phrase::key_help},
    KeyBinding{Keyboard::Slash, true, "?", Command::help, Phrase::key_help},
    KeyBinding{Keyboard::Escape, false, "Esc", Command::clear, Phrase::key_clear},
    KeyBinding{Keyboard::Q, false, "Q", Command::quit, Phrase::key_quit},
};

std::vector<HelpLine> grouped() {
    std::vector<HelpLine> lines;
    const KeyBinding* before = nullptr;
    for (const KeyBinding& binding : bindings) {
        if (before != nullptr && before->command == binding.command) {
            lines.back().labels.append("  ").append(binding.label);
        } else {
            lines.push_back({std::string{binding.label}, binding.phrase});
        }
        before = &binding;
    }
    return lines;
}

}  // namespace

std::span<const KeyBinding> key_bindings() {
    return bindings;
}

std::optional<Command> command_of(const sf::Event::KeyEvent& key) {
    if (key.control || key.alt || key.system) return std::nullopt;
    std::optional<Command> plain;
    for (const KeyBinding& binding : bindings) {
        if (binding.key != key.code) continue;
        if (binding.shift == key.shift) return binding.command;
        if (!binding.shift) plain = binding.command;
    }
    return plain;
}

std::span<const HelpLine> help_lines() {
    static const std::vector<HelpLine> lines = grouped();
    return lines;
}

std::string keys_markdown() {
    std::string table = "| key | does | 作用 |\n|---|---|---|\n";
    for (const HelpLine& line : help_lines()) {
        table.append("| `").append(line.labels).append("` | ");
        table.append(text(line.phrase, Language::english)).append(" | ");
        table.append(text(line.phrase, Language::chinese)).append(" |\n");
    }
    return table;
}

}  // namespace crowdout::viz
