// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Window/Event.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "viz/language.hpp"

namespace crowdout::viz {

/// What a key asks of the window; buttons ask the same.
enum class Command : std::uint8_t {
    pause,
    step_forward,
    step_back,
    slower,
    faster,
    speed_one,
    follow,
    help,
    screenshot,
    log,
    view_overview,
    view_flow,
    view_markets,
    view_book,
    view_rates,
    view_agents,
    theme,
    language,
    clear,  ///< closes what is on top, or else gives up the selection
    frame_left,
    frame_right,
    ten_left,
    ten_right,
    first,
    last,
    previous_event,
    next_event,
    go_to,   ///< a typed moment
    loop,    ///< begins, ends, and then gives up a part that plays again and again
    fork,    ///< tells how to run on from here under other terms
    inject,  ///< a shock, into a live run
    quit,
};
inline constexpr std::size_t command_count = static_cast<std::size_t>(Command::quit) + 1;

/// A key, and what it asks for. Some commands have two.
struct KeyBinding {
    sf::Keyboard::Key key;
    bool shift;              ///< with Shift
    std::string_view label;  ///< as printed on a keyboard
    Command command;
    Phrase phrase;
};

/// The one table: dispatch, the help overlay and docs/window.md are read from it.
[[nodiscard]] std::span<const KeyBinding> key_bindings();

/// What a pressed key means, if anything. Shift is ignored where the table has no line with it.
/// With Control, Alt or the system's key down a key means nothing here: those belong to the
/// desktop.
[[nodiscard]] std::optional<Command> command_of(const sf::Event::KeyEvent& key);

/// One line of help: all labels of a command, and what it does.
struct HelpLine {
    std::string labels;  ///< `H  ?`
    Phrase phrase;
};

/// The table by command, in its order.
[[nodiscard]] std::span<const HelpLine> help_lines();

/// The table as Markdown, for docs/window.md.
[[nodiscard]] std::string keys_markdown();

}  // namespace crowdout::viz
