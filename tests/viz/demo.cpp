// SPDX-License-Identifier: Apache-2.0
//
// A window with one of everything that viz/ offers, on made-up data: what the tests in tests/gui
// press and look at. It tells on standard output what it understood.
//
//     viz_demo                          a window, until Q
//     viz_demo --picture FILE W H       one picture, without a window
//     viz_demo --points N               points in each series (default 20,000)
#include <imgui.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "viz/canvas.hpp"
#include "viz/display.hpp"
#include "viz/heatmap.hpp"
#include "viz/help.hpp"
#include "viz/layout.hpp"
#include "viz/platform.hpp"
#include "viz/plot.hpp"
#include "viz/screenshot.hpp"
#include "viz/settings.hpp"
#include "viz/timeline.hpp"

using namespace crowdout;
using namespace crowdout::viz;

namespace {

const market::Time start{1'767'225'600 * market::second.ns};  // 2026-01-01

/// Uniform in [0, 1), the same on every machine.
class Noise {
public:
    double operator()() {
        state_ = state_ * 1'664'525 + 1'013'904'223;
        return static_cast<double>(state_ >> 8) / (1 << 24);
    }

private:
    std::uint32_t state_ = 1;
};

struct Data {
    explicit Data(std::size_t points) : heat{600, 120} {
        Noise noise;
        const market::Duration step{180 * market::day.ns / static_cast<std::int64_t>(points)};
        std::vector<double> values{100, 60, 30, 140, 90};
        std::vector<double> peaks = values;
        prices.resize(values.size());
        drawdowns.resize(values.size());
        for (std::size_t i = 0; i < points; ++i) {
            const market::Time time = start + step * static_cast<std::int64_t>(i);
            const bool closed = i % 50 > 40;  // the last series has sessions
            for (std::size_t k = 0; k < values.size(); ++k) {
                values[k] *= 1 + 0.01 * (noise() - 0.501) * (k < 3 ? 1.5 : 1.0);
                peaks[k] = std::fmax(peaks[k], values[k]);
                if (closed && k + 1 == values.size()) {
                    prices[k].gap(time);
                } else {
                    prices[k].append(time, values[k] * 633);
                }
                drawdowns[k].append(time, values[k] / peaks[k] - 1);
            }
        }
        end = start + step * static_cast<std::int64_t>(points);
        std::vector<float> depth(heat.buffer().rows());
        for (std::size_t column = 0; column < 900; ++column) {
            const double mid = 60 + 25 * std::sin(static_cast<double>(column) / 90);
            for (std::size_t row = 0; row < depth.size(); ++row) {
                const double away = static_cast<double>(row) - mid;
                const double size =
                    std::abs(away) < 2 ? 0 : noise() * std::exp(-std::abs(away) / 25);
                depth[row] = static_cast<float>(away < 0 ? size : -size);
            }
            heat.push(start + step * static_cast<std::int64_t>(column), depth);
        }
        events = {{start + market::day * 40, theme(ThemeName::dark).warning, "capital call"},
                  {start + market::day * 100, theme(ThemeName::dark).ask, "outage"}};
    }

    std::vector<Series> prices;
    std::vector<Series> drawdowns;
    HeatMap heat;
    std::vector<EventMark> events;
    market::Time end;
};

/// What keys and the mouse change.
struct State {
    Settings settings;
    TimeWindow window;
    market::Time current;
    bool help = false;
    bool picture = false;
    bool quit = false;
};

class Demo {
public:
    Demo(const Fonts& fonts, std::size_t points) : data{points}, canvas{fonts} {
        state.window.set_extent(start, data.end);
        state.current = data.end;
    }

    void obey(Command command) {
        Settings& settings = state.settings;
        switch (command) {
            case Command::theme:
                settings.theme = other(settings.theme);
                break;
            case Command::language:
                settings.language = other(settings.language);
                break;
            case Command::log:
                settings.log = !settings.log;
                break;
            case Command::help:
                state.help = !state.help;
                break;
            case Command::clear:
                state.help = false;
                break;
            case Command::follow:
                state.window.show_all();
                break;
            case Command::screenshot:
                state.picture = true;
                break;
            case Command::quit:
                state.quit = true;
                break;
            case Command::first:
                state.current = start;
                break;
            case Command::last:
                state.current = data.end;
                break;
            default: {
                const auto view =
                    static_cast<int>(command) - static_cast<int>(Command::view_overview);
                if (view >= 0 && view < static_cast<int>(view_count)) {
                    settings.view = static_cast<View>(view);
                }
            }
        }
    }

    void draw(sf::RenderTarget& target, const Pointer& pointer) {
        const sf::Vector2f size{target.getSize()};
        const Look look{theme(state.settings.theme), state.settings.language, text_scale(size)};
        LayoutRequest request{.size = size,
                              .view = state.settings.view,
                              .log = state.settings.log,
                              .splits = state.settings.splits,
                              .scale = look.scale};
        Layout layout = lay_out(request);
        if (drag.update(layout, pointer, state.settings.splits)) {
            request.splits = state.settings.splits;
            layout = lay_out(request);
        }
        target.clear(look.colors.background);
        canvas.begin(target);
        state.window.point_at(std::nullopt);
        for (std::size_t i = 0; i < panel_count; ++i) {
            if (!layout.rects[i]) continue;
            canvas.ground(*layout.rects[i], look.colors.panel);
            canvas.frame(*layout.rects[i], look.colors.border);
        }
        // Both charts first learn where the pointer is, so that they agree on the crosshair.
        if (const auto& rect = layout[Panel::prices]) {
            prices.interact(*rect, look, pointer, state.window);
        }
        if (const auto& rect = layout[Panel::drawdowns]) {
            drawdowns.interact(*rect, look, pointer, state.window);
        }
        const std::vector<std::string_view> names{"BTC", "ETH", "ALT", "NVDA", "QQQ 纳指"};
        const auto lines = [&](const std::vector<Series>& series) {
            std::vector<PlotLine> result;
            for (std::size_t k = 0; k < series.size(); ++k) {
                result.push_back({&series[k], names[k], look.colors.instrument(k), k == 2});
            }
            return result;
        };
        if (const auto& rect = layout[Panel::prices]) {
            prices.draw(canvas, *rect, look, {look.word(Phrase::panel_prices), Unit::dollars},
                        state.window, lines(data.prices), data.events);
        }
        if (const auto& rect = layout[Panel::drawdowns]) {
            const auto all = lines(data.drawdowns);
            drawdowns.draw(canvas, *rect, look,
                           {look.word(Phrase::panel_drawdowns), Unit::percent, true}, state.window,
                           std::span{all}.first(1), data.events);
        }
        if (const auto& rect = layout[Panel::depth]) data.heat.draw(canvas, *rect, look.colors, 2);
        if (const auto& rect = layout[Panel::flow]) draw_flow(*rect, look);
        const TimelineState timeline_state{start, data.end, state.current, &data.prices[0],
                                           data.events};
        const sf::FloatRect bar = layout[Panel::timeline].value();
        if (const auto time = timeline.interact(bar, look, pointer, timeline_state)) {
            state.current = *time;
        }
        timeline.draw(canvas, bar, look, timeline_state);
        canvas.end();
    }

    void draw_over_panels(sf::RenderTarget& target) {
        if (!state.help) return;
        canvas.begin(target);
        draw_help(canvas, {theme(state.settings.theme), state.settings.language,
                           text_scale(sf::Vector2f{target.getSize()})});
        canvas.end();
    }

    Data data;
    State state;
    Canvas canvas;
    Plot prices;
    Plot drawdowns;
    Timeline timeline;
    SplitDrag drag;

private:
    void draw_flow(const sf::FloatRect& rect, const Look& look) {
        canvas.clip(rect);
        canvas.text(look.word(Phrase::panel_flow), {rect.left + 8, rect.top + 4},
                    {look.title_text(), look.colors.text});
        for (std::size_t i = 0; i < flow_group_count; ++i) {
            const auto k = static_cast<float>(i);
            const auto group = static_cast<FlowGroup>(i);
            const float thick = 4 + 2 * k;
            const sf::Vector2f from{rect.left + 140, rect.top + 40 + 26 * k};
            const sf::Vector2f to{rect.left + rect.width - 60, rect.top + 60 + 18 * k};
            auto upper = flow_curve(from, to);
            auto lower = flow_curve(from + sf::Vector2f{0, thick}, to + sf::Vector2f{0, thick});
            canvas.band(upper, lower, with_alpha(look.colors.of(group), 0.4F),
                        with_alpha(look.colors.of(group), 0.9F));
            canvas.disc({rect.left + 16, from.y + thick / 2}, 5, look.colors.of(group));
            canvas.text_in(look.word(phrase_of(group)), {rect.left + 28, from.y - 8, 110, 20},
                           {look.body_text(), look.colors.muted});
            canvas.line({rect.left + 10, rect.top + rect.height - 20 - 6 * k},
                        {rect.left + 200, rect.top + rect.height - 24 - 8 * k},
                        look.colors.instrument(i), 0.5F + 0.5F * k);
        }
        canvas.unclip();
    }
};

void say(const std::string& what) {
    std::printf("%s\n", what.c_str());
    std::fflush(stdout);
}

void show(Demo& demo, const Fonts& fonts) {
    std::string warning;
    demo.state.settings = load_settings(settings_path(), warning);
    Platform platform{demo.state.settings.size, "viz demo 演示", fonts};
    PictureWriter writer;
    platform.announce("直骨角刃海曜令与");
    int clicks = 0;
    std::string entry(64, '\0');
    sf::Clock clock;
    int frames = 0;
    std::size_t vertices = 0;
    while (!demo.state.quit) {
        for (const Command command : platform.poll()) {
            demo.obey(command);
            say("command " + std::to_string(static_cast<int>(command)));
        }
        const Pointer& pointer = platform.pointer();
        if (pointer.pressed) say("pressed");
        if (pointer.double_clicked) say("double click");
        platform.style(theme(demo.state.settings.theme), text_scale(platform.size()));
        demo.draw(platform.window(), pointer);
        vertices = demo.canvas.vertex_count();
        platform.begin_panels();
        ImGui::SetNextWindowPos({platform.size().x - 270, 60}, ImGuiCond_Always);
        ImGui::SetNextWindowSize({250, 150}, ImGuiCond_Always);
        ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove);
        if (ImGui::Button("click", {100, 24})) say("clicks " + std::to_string(++clicks));
        ImGui::SetNextItemWidth(150);
        if (ImGui::InputText("name", entry.data(), entry.size()))
            say("name " + std::string{entry.c_str()});
        ImGui::TextUnformatted("直骨角刃海曜令与");
        ImGui::End();
        platform.end_panels();
        demo.draw_over_panels(platform.window());
        if (demo.state.picture) {
            demo.state.picture = false;
            writer.save(picture_of(platform.window()), free_path(".", "shot"));
        }
        while (const auto result = writer.take_result()) {
            say(sentence(*result, demo.state.settings.language));
        }
        platform.show();
        if (++frames == 1) say("ready");
    }
    std::printf("frames %d seconds %.2f vertices %zu\n", frames,
                static_cast<double>(clock.getElapsedTime().asSeconds()), vertices);
    demo.state.settings.size = platform.window().getSize();
    if (const std::string error = save_settings(demo.state.settings, settings_path());
        !error.empty()) {
        say("settings " + error);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t points = 20'000;
    if (argc == 3 && std::strcmp(argv[1], "--points") == 0) {
        points = static_cast<std::size_t>(std::atol(argv[2]));
    }
    try {
        require_display();
        const Fonts fonts;
        Demo demo{fonts, points};
        if (argc == 5 && std::strcmp(argv[1], "--picture") == 0) {
            const sf::Vector2u size{static_cast<unsigned>(std::atoi(argv[3])),
                                    static_cast<unsigned>(std::atoi(argv[4]))};
            PictureWriter writer;
            const auto draw = [&](sf::RenderTarget& target) { demo.draw(target, {}); };
            writer.save(render_picture(size, draw), argv[2]);
            writer.finish();
            return writer.take_result()->error.empty() ? 0 : 5;
        }
        show(demo, fonts);
    } catch (const NoDisplay& error) {
        std::fprintf(stderr, "viz_demo: %s\n", error.what());
        return 10;
    }
    return 0;
}
