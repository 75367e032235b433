// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <ostream>

#include "apps/files.hpp"
#include "apps/moment.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "apps/window.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

struct RenderOptions {
    std::string file;
    std::string folder;
    std::string video;
    std::string size = "1600x900";
    std::vector<std::string> at;
    double seconds = 30;
    PictureRequest request;
};

/// `1600x900`
void read_size(const std::string& text, PictureRequest& request) {
    constexpr std::uint32_t edge_max = 8192;  // pixels: what software OpenGL has textures for
    const char* end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, request.width);
    bool good = width.ec == std::errc{} && width.ptr != end && *width.ptr == 'x';
    if (good) {
        const auto height = std::from_chars(width.ptr + 1, end, request.height);
        good = height.ec == std::errc{} && height.ptr == end;
    }
    good = good && request.width <= edge_max && request.height <= edge_max &&
           request.width >= PictureRequest::width_min &&
           request.height >= PictureRequest::height_min;
    if (!good) {
        throw Failure{ExitCode::usage,
                      fmt::format("--size takes WIDTHxHEIGHT in pixels, {}x{} "
                                  "to {}x{}, not '{}'",
                                  PictureRequest::width_min, PictureRequest::height_min, edge_max,
                                  edge_max, text)};
    }
}

ExitCode render(RenderOptions options, Console& console) try {
    if (options.folder.empty() && options.video.empty()) {
        throw Failure{ExitCode::usage, "render takes --png and a folder, or --video and a file"};
    }
    read_size(options.size, options.request);
    refuse_replacing(options.video, {options.file});
    need_regular(options.video, "video");
    require_window();
    const auto replay = open_recording(options.file);
    print_troubles(*replay, console);
    if (replay->frames() == 0) {
        throw Failure{ExitCode::io, options.file + ": it has no frame yet"};
    }
    for (const std::string& at : options.at) {
        options.request.moments.push_back(moment_in(*replay, at));
    }
    if (!options.folder.empty()) {
        for (const auto& file : render_pictures(*replay, options.folder, options.request)) {
            console.out << file << '\n';
        }
    }
    if (!options.video.empty()) {
        render_video(*replay, options.video, options.seconds, options.request);
        console.out << options.video << '\n';
    }
    return ExitCode::ok;
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, fmt::format("{}: {}", options.file, damaged.what())};
}

}  // namespace

void add_render(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("render", "Draw a recorded run as pictures or a video");
    auto options = std::make_shared<RenderOptions>();
    verb->add_option("FILE", options->file, "A replay, finished or not")
        ->required()
        ->option_text(" ");
    verb->add_option("--png", options->folder, "Write pictures into this folder")
        ->option_text("DIR");
    verb->add_option("--video", options->video,
                     "Write a clip of the whole run; ffmpeg picks the format by the ending")
        ->option_text("FILE");
    verb->add_option("--at", options->at,
                     "A date (2026-03-01), a span (30d) or a step; may be repeated; the end unless "
                     "said")
        ->option_text("WHEN")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
    verb->add_option("--view", options->request.views,
                     "overview, flow, markets, book, rates or agents; may be repeated")
        ->option_text("NAME")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
    verb->add_option("--size", options->size, "Pixels, 960x600 at least; 1600x900 unless said")
        ->option_text("WxH");
    verb->add_option("--lang", options->request.language, "en or zh")->option_text("LANG");
    verb->add_option("--theme", options->request.theme, "dark or light")->option_text("NAME");
    verb->add_option("--seconds", options->seconds, "Of the clip; 30 unless said")
        ->option_text("N")
        ->check(CLI::Range(0.1, 3600.0));
    verb->footer(
        "It draws what the window shows, and needs a display as the window does, if only a "
        "virtual\n"
        "one: xvfb-run -a crowdout render ...\n"
        "\n"
        "examples:\n"
        "  crowdout render drain.mcap --png pictures --at 10d --at 60d --view flow --view markets\n"
        "  crowdout render drain.mcap --video drain.mp4 --seconds 20 --size 1280x720");
    verb->callback([&action, options] {
        action = [options](Console& console) { return render(*options, console); };
    });
}

}  // namespace crowdout::apps
