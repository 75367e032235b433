// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Image.hpp>
#include <SFML/Graphics/RenderTarget.hpp>
#include <SFML/System/Vector2.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "viz/canvas.hpp"
#include "viz/fonts.hpp"
#include "viz/language.hpp"
#include "viz/layout.hpp"
#include "viz/panels.hpp"
#include "viz/theme.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// What a picture without a window shows, and how large.
struct PosterOptions {
    sf::Vector2u size{1600, 900};  ///< pixels; not below `window_size_min`
    View view = View::overview;
    ThemeName theme = ThemeName::dark;
    Language language = Language::english;
    FlowSpan span = FlowSpan::all;
    std::uint16_t book = 0;  ///< of the order-book views
    std::optional<Picked> picked{};
    bool log = true;
    double seconds = 0;  ///< where particles are: for the frames of a clip
};

/// The window's pictures in one image: the same panels in the same places, under a line that says
/// which world and when, instead of buttons.
///
/// Needs a display all the same (`require_display`), if only a virtual one: SFML draws nothing
/// without. One thread.
class Poster {
public:
    /// @param fonts  must outlive this.
    explicit Poster(const Fonts& fonts) : canvas_{fonts} {}

    /// @param index  a frame that the source has.
    void draw(sf::RenderTarget& target, world::FrameSource& source, std::size_t index,
              const PosterOptions& options);

    /// @throws std::runtime_error  where the graphics system has no picture of that size.
    [[nodiscard]] sf::Image image(world::FrameSource& source, std::size_t index,
                                  const PosterOptions& options);

    /// Of the last picture: a budget for machines without a graphics card.
    [[nodiscard]] std::size_t vertex_count() const { return canvas_.vertex_count(); }

private:
    void draw_heading(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                      std::size_t index) const;
    void draw_foot(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                   std::size_t index) const;

    Canvas canvas_;
    Panels panels_;
    TimeWindow time_;
};

/// Writes `NAME-VIEW-FRAME.png` for each moment and view into a folder, and makes the folder.
/// @return the files, in the order of moments, then views.
/// @throws NoDisplay, std::runtime_error  naming the file that could not be written.
[[nodiscard]] std::vector<std::filesystem::path> write_posters(
    world::FrameSource& source, const std::filesystem::path& folder,
    const std::vector<std::size_t>& moments, const std::vector<View>& views,
    const PosterOptions& options);

}  // namespace crowdout::viz
