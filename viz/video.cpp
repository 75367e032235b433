// SPDX-License-Identifier: Apache-2.0
#include "viz/video.hpp"

#include <fmt/format.h>
#include <stdio.h>
#include <sys/wait.h>
#include <SFML/Graphics/RenderTexture.hpp>

#include <algorithm>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "viz/display.hpp"

namespace crowdout::viz {
namespace {

/// For a shell: in single quotes, whatever is in it.
std::string quoted(const std::string& word) {
    std::string result = "'";
    for (const char c : word) c == '\'' ? result += "'\\''" : result += c;
    return result + "'";
}

/// An ffmpeg that reads pictures.
class Encoder {
public:
    Encoder(const std::filesystem::path& file, sf::Vector2u size, unsigned frames_per_second) {
        // An ffmpeg that ends early is an error of the next write, not the end of this program.
        previous_ = std::signal(SIGPIPE, SIG_IGN);
        const std::string command = fmt::format(
            "ffmpeg -hide_banner -loglevel error -y -f rawvideo -pix_fmt rgba -s {}x{} -r {} -i - "
            "-an -pix_fmt yuv420p {}",
            size.x, size.y, frames_per_second, quoted(file.string()));
        pipe_ = popen(command.c_str(), "w");
        if (pipe_ == nullptr) throw std::runtime_error{"ffmpeg cannot be started"};
    }
    ~Encoder() {
        if (pipe_ != nullptr) pclose(pipe_);
        std::signal(SIGPIPE, previous_);
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    void add(const sf::Image& picture) {
        const std::size_t bytes = std::size_t{4} * picture.getSize().x * picture.getSize().y;
        if (fwrite(picture.getPixelsPtr(), 1, bytes, pipe_) == bytes) return;
        finish();
        throw std::runtime_error{"ffmpeg took no more pictures"};
    }
    void finish() {
        const int status = pclose(std::exchange(pipe_, nullptr));
        constexpr int not_found = 127;  // what a shell answers
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
        if (WIFEXITED(status) && WEXITSTATUS(status) == not_found) {
            throw std::runtime_error{
                "ffmpeg is not installed (Debian: apt-get install ffmpeg); pictures need none"};
        }
        throw std::runtime_error{"ffmpeg could not write the video; its own words are above"};
    }

private:
    FILE* pipe_ = nullptr;
    void (*previous_)(int) = SIG_DFL;
};

}  // namespace

std::vector<std::size_t> video_moments(const world::FrameTimes& times, std::size_t pictures) {
    std::vector<std::size_t> moments;
    const double span = static_cast<double>(times.back() - times.front());
    for (std::size_t i = 0; i < pictures; ++i) {
        const double share =
            pictures < 2 ? 1 : static_cast<double>(i) / static_cast<double>(pictures - 1);
        const std::int64_t at = times.front() + static_cast<std::int64_t>(share * span);
        moments.push_back(times.until(at) - 1);
    }
    return moments;
}

void write_video(world::FrameSource& source, const std::filesystem::path& file,
                 const VideoOptions& options) {
    require_display();
    // H.264 with colours at half the resolution takes even sizes only.
    VideoOptions even = options;
    even.picture.size = {options.picture.size.x & ~1U, options.picture.size.y & ~1U};
    const Fonts fonts;
    Poster poster{fonts};
    sf::RenderTexture target;
    if (!target.create(even.picture.size.x, even.picture.size.y)) {
        throw std::runtime_error{"the graphics system cannot draw a picture of this size"};
    }
    std::filesystem::path draft = file;
    draft.replace_extension(".part" + file.extension().string());
    const double rate = options.frames_per_second;
    const auto count = static_cast<std::size_t>(options.seconds * rate);
    try {
        Encoder encoder{draft, even.picture.size, options.frames_per_second};
        for (std::size_t i = 0; const std::size_t moment : video_moments(
                                    source.history().time, std::max<std::size_t>(count, 1))) {
            even.picture.seconds = static_cast<double>(i++) / rate;
            poster.draw(target, source, moment, even.picture);
            target.display();
            encoder.add(target.getTexture().copyToImage());
        }
        encoder.finish();
        std::filesystem::rename(draft, file);
    } catch (...) {
        std::error_code ignored;  // what went wrong first is what counts
        std::filesystem::remove(draft, ignored);
        throw;
    }
}

}  // namespace crowdout::viz
