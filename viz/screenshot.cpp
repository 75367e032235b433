// SPDX-License-Identifier: Apache-2.0
#include "viz/screenshot.hpp"

#include <SFML/Graphics/RenderTexture.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace crowdout::viz {
namespace {

constexpr std::size_t waiting_max = 4;

std::string write_picture(const sf::Image& image, const std::filesystem::path& path) {
    std::filesystem::path draft = path;
    draft += ".new.png";  // SFML chooses the format by the ending
    std::error_code error;
    if (!image.saveToFile(draft.string())) {
        std::filesystem::remove(draft, error);
        return "the file cannot be written";
    }
    std::filesystem::rename(draft, path, error);
    return error ? error.message() : std::string{};
}

}  // namespace

std::string sentence(const PictureResult& result, Language language) {
    if (result.error.empty()) {
        return text(Phrase::screenshot_saved, language, result.path.string());
    }
    return text(Phrase::screenshot_failed, language,
                result.path.string().append(": ").append(result.error));
}

PictureWriter::PictureWriter() : thread_{[this] { work(); }} {}

PictureWriter::~PictureWriter() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void PictureWriter::save(const sf::Image& image, std::filesystem::path path) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return jobs_.size() < waiting_max; });
    jobs_.push_back({image, std::move(path)});
    changed_.notify_all();
}

std::optional<PictureResult> PictureWriter::take_result() {
    const std::lock_guard lock{mutex_};
    if (results_.empty()) return std::nullopt;
    PictureResult result = std::move(results_.front());
    results_.pop_front();
    return result;
}

void PictureWriter::finish() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return jobs_.empty() && !busy_; });
}

void PictureWriter::work() {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        const Job job = std::move(jobs_.front());
        jobs_.pop_front();
        busy_ = true;
        changed_.notify_all();
        lock.unlock();
        std::string error = write_picture(job.image, job.path);
        lock.lock();
        results_.push_back({job.path, std::move(error)});
        busy_ = false;
        changed_.notify_all();
    }
}

sf::Image picture_of(const sf::RenderWindow& window) {
    sf::Texture texture;
    if (!texture.create(window.getSize().x, window.getSize().y)) {
        throw std::runtime_error{"the graphics system has no memory for a picture of the window"};
    }
    texture.update(window);
    return texture.copyToImage();
}

sf::Image render_picture(sf::Vector2u size, const std::function<void(sf::RenderTarget&)>& draw) {
    sf::RenderTexture target;
    if (!target.create(size.x, size.y)) {
        throw std::runtime_error{"the graphics system cannot draw a picture of this size"};
    }
    draw(target);
    target.display();
    return target.getTexture().copyToImage();
}

std::filesystem::path free_path(const std::filesystem::path& folder, const std::string& stem) {
    std::filesystem::path path = folder / (stem + ".png");
    for (int number = 2; std::filesystem::exists(path); ++number) {
        path = folder / (stem + "-" + std::to_string(number) + ".png");
    }
    return path;
}

}  // namespace crowdout::viz
