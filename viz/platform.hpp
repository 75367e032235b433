// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/RenderWindow.hpp>
#include <SFML/System/Clock.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/fonts.hpp"
#include "viz/input.hpp"
#include "viz/keys.hpp"
#include "viz/pointer.hpp"
#include "viz/theme.hpp"

namespace crowdout::viz {

/// The window, its events, and Dear ImGui inside it.
///
/// One at a time (Dear ImGui's context is global), all on the main thread. A frame is
///
///     for (const Command command : platform.poll()) ...     keys, and `quit` when closed
///     ... draw the scene on window() ...
///     platform.begin_panels();  ImGui::Begin(...) ...
///     platform.end_panels();
///     ... draw what lies over the panels: help ...
///     platform.show();
class Platform {
public:
    /// @param size  of the window, pixels; not below `window_size_min`.
    /// @throws NoDisplay
    Platform(sf::Vector2u size, const std::string& title, const Fonts& fonts);
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;
    ~Platform();

    /// Takes this frame's events and passes them on to panels, pointer and keys.
    [[nodiscard]] std::span<const Command> poll();

    [[nodiscard]] const Pointer& pointer() const { return tracker_.pointer(); }
    [[nodiscard]] sf::RenderWindow& window() { return window_; }
    [[nodiscard]] sf::Vector2f size() const { return sf::Vector2f{window_.getSize()}; }

    void begin_panels();
    void end_panels();
    void show() { window_.display(); }

    /// Colours and metrics of the panels. @param scale  of text, as `text_scale` says.
    void style(const Theme& theme, float scale);

    /// Announces text that panels will show: a world's names. Its characters are there from the
    /// next frame on.
    void announce(std::string_view text);

    /// At most so many frames a second; a picture that nobody looks at can go slower.
    void limit_frame_rate(unsigned per_second) { window_.setFramerateLimit(per_second); }

private:
    void stay_on_screen();
    void tell_panels(const sf::Event& event);
    void resized(const sf::Event::SizeEvent& size);
    void build_font_atlas();

    const Fonts& fonts_;
    sf::RenderWindow window_;
    InputQueue queue_;
    PointerTracker tracker_;
    std::vector<sf::Event> events_;
    std::vector<Command> commands_;
    CharacterSet characters_;
    sf::Clock since_start_;
    sf::Clock since_frame_;
    float text_size_ = 0;  // pixels; of the font atlas that is built
    bool atlas_is_old_ = false;
};

}  // namespace crowdout::viz
