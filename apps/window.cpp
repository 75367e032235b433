// SPDX-License-Identifier: Apache-2.0
#include "apps/window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "apps/exit_code.hpp"
#include "apps/interrupt.hpp"
#include "viz/display.hpp"
#include "viz/poster.hpp"
#include "viz/video.hpp"
#include "viz/viewer.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

constexpr std::array<std::string_view, viz::view_count> view_words{"overview", "flow",  "markets",
                                                                   "book",     "rates", "agents"};
constexpr std::array<std::string_view, viz::language_count> language_words{"en", "zh"};
constexpr std::array<std::string_view, viz::theme_count> theme_words{"dark", "light"};

template <class Enum, std::size_t n>
Enum one_of(const std::array<std::string_view, n>& words, const std::string& word,
            std::string_view option) {
    const auto found = std::ranges::find(words, word);
    if (found != words.end()) return static_cast<Enum>(found - words.begin());
    throw Failure{ExitCode::usage,
                  fmt::format("{} takes {}, not '{}'", option, fmt::join(words, ", "), word)};
}

viz::Speed parse_speed(const std::string& text) {
    viz::Speed speed = viz::Speed::one();
    if (viz::Speed::parse(text, speed)) return speed;
    throw Failure{ExitCode::usage,
                  fmt::format("--speed takes days a second, a power of two from 1/16 to 64, or "
                              "max, not '{}'",
                              text)};
}

viz::PosterOptions poster_options(const PictureRequest& request) {
    return {.size = {request.width, request.height},
            .view = one_of<viz::View>(view_words, request.views.front(), "--view"),
            .theme = one_of<viz::ThemeName>(theme_words, request.theme, "--theme"),
            .language = one_of<viz::Language>(language_words, request.language, "--lang")};
}

}  // namespace

void require_window() try { viz::require_display(); } catch (const viz::NoDisplay& none) {
    throw Failure{ExitCode::no_display, none.what()};
}

void check_speed(const std::string& speed) {
    (void)parse_speed(speed);
}

bool show_window(world::FrameSource& source, const WindowRequest& request, Console& console) try {
    viz::ViewerOptions options{.title = request.title,
                               .subject = request.subject,
                               .speed = parse_speed(request.speed),
                               .at = request.at,
                               .follow = request.follow,
                               .fork_command = request.fork_command,
                               .run = request.run,
                               .config = request.config};
    const Interrupt interrupt;
    options.should_close = [&] { return interrupt.requested(); };
    if (request.tell) {
        options.tell = [&](const std::string& line) { console.out << line << std::endl; };
    }
    viz::Viewer viewer{source, std::move(options)};
    viewer.run();
    return interrupt.requested();
} catch (const viz::NoDisplay& none) {
    throw Failure{ExitCode::no_display, none.what()};
}

std::vector<std::string> render_pictures(world::FrameSource& source, const std::string& folder,
                                         const PictureRequest& request) try {
    require_window();
    const viz::PosterOptions options = poster_options(request);
    std::vector<viz::View> views;
    for (const std::string& view : request.views) {
        views.push_back(one_of<viz::View>(view_words, view, "--view"));
    }
    const world::FrameTimes& times = source.history().time;
    std::vector<std::size_t> moments;
    for (const market::Time moment : request.moments) {
        moments.push_back(std::max<std::size_t>(times.until(moment.ns), 1) - 1);
    }
    if (moments.empty()) moments.push_back(times.size() - 1);
    std::vector<std::string> files;
    for (const auto& file : viz::write_posters(source, folder, moments, views, options)) {
        files.push_back(file.string());
    }
    return files;
} catch (const Failure&) {
    throw;
} catch (const world::ReplayError&) {
    throw;
} catch (const std::runtime_error& error) {
    throw Failure{ExitCode::io, error.what()};
}

void render_video(world::FrameSource& source, const std::string& file, double seconds,
                  const PictureRequest& request) try {
    require_window();
    viz::write_video(source, file, {.picture = poster_options(request), .seconds = seconds});
} catch (const Failure&) {
    throw;
} catch (const world::ReplayError&) {
    throw;
} catch (const std::runtime_error& error) {
    throw Failure{ExitCode::io, error.what()};
}

}  // namespace crowdout::apps
