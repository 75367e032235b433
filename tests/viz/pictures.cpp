// SPDX-License-Identifier: Apache-2.0
// Every picture of a short run of a shipped world, at three sizes, for a test that looks at them:
//
//     viz_pictures FOLDER
//
// writes PNG files and says on stdout where panels lie in them and what the mouse does.
#include <fmt/format.h>
#include <SFML/Graphics/RenderTexture.hpp>

#include <array>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>

#include "viz/display.hpp"
#include "viz/poster.hpp"
#include "world/builder.hpp"
#include "world/frame_camera.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"

using namespace crowdout;
using namespace crowdout::viz;

namespace {

/// A month of the drain: long enough for capital calls, short enough for a test.
world::FilmStrip film() {
    auto loaded = world::load_world(
        CROWDOUT_SOURCE_DIR "/configs/ai_capex_drain_small.yaml",
        {"record.every=6h", "record.ladders=6h", "record.books=[BTC]", "duration=30d"});
    if (!loaded.report.ok()) throw std::runtime_error{loaded.text()};
    world::World world =
        world::build(std::make_shared<const world::WorldConfig>(std::move(loaded.config)));
    world::Pool pool{1};
    world::FrameCamera camera{world};
    world::FilmStrip strip{camera.manifest()};
    const market::Time end = world.config().start + world.config().duration;
    while (world.now() < end) {
        world.step(pool);
        if (camera.see(world)) strip.append(camera.frame());
    }
    strip.finish();
    return strip;
}

void tell_panels(const PosterOptions& options, const std::string& file) {
    const sf::Vector2f size{options.size};
    const Layout layout = lay_out({.size = size,
                                   .view = options.view,
                                   .log = options.log,
                                   .inspector = options.picked.has_value(),
                                   .scale = text_scale(size)});
    for (std::size_t panel = 0; panel < panel_count; ++panel) {
        const auto& rect = layout.rects[panel];
        if (!rect) continue;
        fmt::print("panel {} {} {} {} {} {}\n", file, panel, rect->left, rect->top, rect->width,
                   rect->height);
    }
}

void draw_all(world::FrameSource& source, const Fonts& fonts, const std::filesystem::path& folder) {
    Poster poster{fonts};
    const std::size_t last = source.frames() - 1;
    const auto one = [&](const std::string& name, const PosterOptions& options) {
        const std::string file = name + ".png";
        if (!poster.image(source, last, options).saveToFile((folder / file).string())) {
            throw std::runtime_error{"cannot write " + (folder / file).string()};
        }
        fmt::print("vertices {} {}\n", file, poster.vertex_count());
        tell_panels(options, file);
    };
    for (std::size_t view = 0; view < view_count; ++view) {
        PosterOptions options{.size = {1280, 720}, .view = static_cast<View>(view)};
        if (options.view == View::agents) options.picked = Picked{Picked::Kind::sector, 14};
        one(fmt::format("view{}", view), options);
        if (view % 3 == 0) one(fmt::format("again{}", view), options);
        options.theme = ThemeName::light;
        options.language = Language::chinese;
        one(fmt::format("view{}-light-zh", view), options);
    }
    one("small", {.size = window_size_min});
    one("large", {.size = {1600, 900}, .span = FlowSpan::week});
    one("huge", {.size = {2560, 1440}, .language = Language::chinese});
}

/// Indices of 16 bits end at 65,536 vertices: a layer of 230,400 shows whether anything counts
/// with them. Each rectangle has a colour of its own, looked at in the middle.
void draw_many(const Fonts& fonts) {
    constexpr unsigned columns = 320;
    constexpr unsigned rows = 180;
    constexpr unsigned side = 4;
    sf::RenderTexture target;
    if (!target.create(columns * side, rows * side)) throw std::runtime_error{"no texture"};
    const auto color = [](unsigned x, unsigned y) {
        return sf::Color{static_cast<sf::Uint8>(x % 256), static_cast<sf::Uint8>(y),
                         static_cast<sf::Uint8>(x / 256 * 100 + 50)};
    };
    Canvas canvas{fonts};
    canvas.begin(target);
    for (unsigned y = 0; y < rows; ++y) {
        for (unsigned x = 0; x < columns; ++x) {
            const sf::Vector2f corner{sf::Vector2u{x * side, y * side}};
            canvas.fill({corner.x, corner.y, side, side}, color(x, y));
        }
    }
    canvas.end();
    target.display();
    const sf::Image seen = target.getTexture().copyToImage();
    unsigned right = 0;
    for (unsigned y = 0; y < rows; ++y) {
        for (unsigned x = 0; x < columns; ++x) {
            right += seen.getPixel(x * side + side / 2, y * side + side / 2) == color(x, y) ? 1 : 0;
        }
    }
    fmt::print("many {} of {} with {} vertices\n", right, columns * rows, canvas.vertex_count());
}

/// The mouse goes over the whole flow picture; what it picks and chooses is told.
void use_mouse(world::FrameSource& source, const Fonts& fonts) {
    // Only a corner is painted: what counts here is where things are.
    const sf::FloatRect rect{0, 0, 1280, 720};
    sf::RenderTexture target;
    if (!target.create(16, 16)) throw std::runtime_error{"no texture of 16x16"};
    Canvas canvas{fonts};
    FlowPicture picture;
    LogPanel log;
    LadderPanel ladder;
    TimeWindow time;
    std::set<std::string> picked;
    std::set<std::size_t> spans;
    std::set<std::size_t> jumps;
    std::set<std::string> books;
    const std::size_t last = source.frames() - 1;
    for (float y = 4; y < rect.height; y += 14) {
        for (float x = 4; x < rect.width; x += 16) {
            Pointer pointer;
            pointer.position = pointer.pressed_at = {x, y};
            pointer.inside = pointer.released = true;
            canvas.begin(target);
            const Stage stage{canvas, {theme(ThemeName::dark)}, pointer, time};
            picture.draw(stage, rect, source, last);
            if (const auto& now = picture.picked()) {
                picked.insert(now->kind == Picked::Kind::book
                                  ? source.manifest().books[now->number].name
                                  : source.manifest().sectors[now->number].name);
            }
            spans.insert(static_cast<std::size_t>(picture.span()));
            if (const auto line = log.draw(stage, rect, source, last)) jumps.insert(line->last);
            ladder.draw(stage, rect, source, last);
            books.insert(source.manifest().books[ladder.book()].name);
            canvas.end();
        }
    }
    for (const std::string& name : picked) fmt::print("picked {}\n", name);
    fmt::print("spans {}\njumps {}\nbooks {}\n", spans.size(), jumps.size(), books.size());
}

}  // namespace

int main(int count, char** arguments) try {
    if (count != 2) throw std::runtime_error{"usage: viz_pictures FOLDER"};
    require_display();
    world::FilmStrip strip = film();
    const Fonts fonts;
    draw_all(strip, fonts, arguments[1]);
    draw_many(fonts);
    use_mouse(strip, fonts);
    return 0;
} catch (const NoDisplay& error) {
    fmt::print(stderr, "viz_pictures: {}\n", error.what());
    return 10;
} catch (const std::exception& error) {
    fmt::print(stderr, "viz_pictures: {}\n", error.what());
    return 1;
}
