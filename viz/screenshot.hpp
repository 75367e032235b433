// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Image.hpp>
#include <SFML/Graphics/RenderTarget.hpp>
#include <SFML/Graphics/RenderWindow.hpp>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "viz/language.hpp"

namespace crowdout::viz {

/// How the writing of a picture ended.
struct PictureResult {
    std::filesystem::path path;
    std::string error;  ///< the reason it could not be written, or ""
};

/// What to tell the user of it.
[[nodiscard]] std::string sentence(const PictureResult& result, Language language);

/// Writes PNG files on a thread of its own: packing 1280x720 pixels takes 160 ms, ten frames.
///
/// A file appears under its name when it is whole. At most a few pictures wait; `save` then waits
/// for one to be written, so that a clip cannot fill the memory.
class PictureWriter {
public:
    PictureWriter();
    PictureWriter(const PictureWriter&) = delete;
    PictureWriter& operator=(const PictureWriter&) = delete;
    /// Writes what still waits.
    ~PictureWriter();

    void save(const sf::Image& image, std::filesystem::path path);
    /// What has ended since the last call, one at a time.
    [[nodiscard]] std::optional<PictureResult> take_result();
    /// Waits until nothing is left to write.
    void finish();

private:
    struct Job {
        sf::Image image;
        std::filesystem::path path;
    };

    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    std::deque<PictureResult> results_;
    bool busy_ = false;
    bool ending_ = false;
    std::thread thread_;  // last: it uses the others from its start
};

/// What the window shows.
[[nodiscard]] sf::Image picture_of(const sf::RenderWindow& window);

/// A picture of any size, drawn without being shown. After `require_display`, main thread.
/// @throws std::runtime_error  where the graphics system has no such texture.
[[nodiscard]] sf::Image render_picture(sf::Vector2u size,
                                       const std::function<void(sf::RenderTarget&)>& draw);

/// `folder/stem.png`, or with -2, -3 ... where that is taken.
[[nodiscard]] std::filesystem::path free_path(const std::filesystem::path& folder,
                                              const std::string& stem);

}  // namespace crowdout::viz
