// SPDX-License-Identifier: Apache-2.0
#include "viz/poster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <stdexcept>
#include <system_error>

#include "viz/display.hpp"
#include "viz/screenshot.hpp"

namespace crowdout::viz {
namespace {

constexpr std::array<std::string_view, view_count> view_names{"overview", "flow",  "markets",
                                                              "book",     "rates", "agents"};

}  // namespace

void Poster::draw(sf::RenderTarget& target, world::FrameSource& source, std::size_t index,
                  const PosterOptions& options) {
    assert(index < source.frames());
    const Theme& colors = theme(options.theme);
    const sf::Vector2f size{options.size};
    const Look look{colors, options.language, text_scale(size)};
    const Layout layout = lay_out({.size = size,
                                   .view = options.view,
                                   .log = options.log,
                                   .inspector = options.picked.has_value(),
                                   .scale = look.scale});
    const world::History& history = source.history();
    // A picture of the past does not know what came after.
    time_ = {};
    time_.set_extent(market::Time{history.begin}, market::Time{history.time[index]});
    const Pointer nobody;
    target.clear(colors.background);
    canvas_.begin(target);
    const Stage stage{canvas_, look, nobody, time_, options.seconds};
    panels_.set_span(options.span);
    panels_.pick(options.picked);
    panels_.set_book(options.book);
    (void)panels_.draw(stage, layout, source, index, options.picked, SIZE_MAX);
    const auto show = [&](Panel panel, auto&& draw) {
        if (layout[panel]) draw(*layout[panel]);
    };
    show(Panel::toolbar, [&](const auto& rect) { draw_heading(stage, rect, source, index); });
    show(Panel::timeline, [&](const auto& rect) { draw_foot(stage, rect, source, index); });
    show(Panel::status, [&](const auto& rect) {
        // With these two numbers and the world's file anybody can make the picture again.
        const std::string run = fmt::format("{}, {}", source.manifest().seed, index + 1);
        canvas_.text_in(stage.words(Phrase::poster_run, run), rect,
                        {.size = look.small_text(), .color = colors.muted, .align = Align::center});
    });
    canvas_.end();
}

void Poster::draw_heading(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                          std::size_t index) const {
    const Look& look = stage.look;
    const world::Manifest& manifest = source.manifest();
    const unsigned size = look.title_text();
    const std::string when = time_text(market::Time{source.history().time[index]}, look.language);
    const float width = stage.canvas.text_width(when, size);
    stage.canvas.text_in(when, rect,
                         {.size = size, .color = look.colors.text, .align = Align::right});
    stage.canvas.text_in(manifest.world_name, rect, {.size = size, .color = look.colors.accent});
    const float left = stage.canvas.text_width(manifest.world_name, size) + look.px(14);
    const std::string& told = look.language == Language::chinese && !manifest.description_zh.empty()
                                  ? manifest.description_zh
                                  : manifest.description;
    stage.canvas.text_in(told,
                         {rect.left + left, rect.top,
                          std::max(rect.width - left - width - look.px(14), 1.0F), rect.height},
                         {.size = look.body_text(), .color = look.colors.muted});
}

/// How much of the run has passed: a line in the place of the timeline.
void Poster::draw_foot(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                       std::size_t index) const {
    const Look& look = stage.look;
    const world::Manifest& manifest = source.manifest();
    const double passed = static_cast<double>(source.history().time[index] - manifest.start) /
                          static_cast<double>(std::max<std::int64_t>(manifest.duration, 1));
    const float y = std::round(rect.top + rect.height * 0.4F);
    const auto share = static_cast<float>(std::clamp(passed, 0.0, 1.0));
    stage.canvas.fill({rect.left, y, rect.width, look.px(4)}, look.colors.grid);
    stage.canvas.fill({rect.left, y, rect.width * share, look.px(4)}, look.colors.accent);
    const sf::FloatRect line{rect.left, y + look.px(6), rect.width, look.px(18)};
    const TextStyle style{.size = look.small_text(), .color = look.colors.muted};
    stage.canvas.text_in(time_text(market::Time{manifest.start}, look.language), line, style);
    stage.canvas.text_in(time_text(market::Time{manifest.start + manifest.duration}, look.language),
                         line, {.size = style.size, .color = style.color, .align = Align::right});
}

sf::Image Poster::image(world::FrameSource& source, std::size_t index,
                        const PosterOptions& options) {
    return render_picture(options.size,
                          [&](sf::RenderTarget& target) { draw(target, source, index, options); });
}

std::vector<std::filesystem::path> write_posters(world::FrameSource& source,
                                                 const std::filesystem::path& folder,
                                                 const std::vector<std::size_t>& moments,
                                                 const std::vector<View>& views,
                                                 const PosterOptions& options) {
    require_display();
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    const Fonts fonts;
    Poster poster{fonts};
    PictureWriter writer;
    std::vector<std::filesystem::path> files;
    for (const std::size_t moment : moments) {
        for (const View view : views) {
            PosterOptions each = options;
            each.view = view;
            files.push_back(folder / fmt::format("{}-{}-{:06}.png", source.manifest().world_name,
                                                 view_names[static_cast<std::size_t>(view)],
                                                 moment + 1));
            writer.save(poster.image(source, moment, each), files.back());
        }
    }
    writer.finish();
    while (const auto result = writer.take_result()) {
        if (!result->error.empty()) {
            throw std::runtime_error{result->path.string() + ": " + result->error};
        }
    }
    return files;
}

}  // namespace crowdout::viz
