// SPDX-License-Identifier: Apache-2.0
#include "viz/screenshot.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace crowdout;
namespace fs = std::filesystem;

namespace {

/// A folder of this test's own, gone with it.
struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "crowdout-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path); }

    fs::path path;
};

sf::Image image_of(unsigned width, sf::Color color) {
    sf::Image image;
    image.create(width, 5, color);
    return image;
}

}  // namespace

TEST_CASE("pictures: what is saved can be read, and nothing else is left") {
    const Folder folder;
    {
        viz::PictureWriter writer;
        for (unsigned i = 1; i <= 10; ++i) {  // more than may wait
            writer.save(image_of(i, {10, 20, 30}), folder.path / (std::to_string(i) + ".png"));
        }
        writer.finish();
        for (int i = 1; i <= 10; ++i) CHECK(writer.take_result().value().error == "");
        CHECK_FALSE(writer.take_result().has_value());
    }
    CHECK(std::distance(fs::directory_iterator{folder.path}, {}) == 10);
    sf::Image back;
    REQUIRE(back.loadFromFile((folder.path / "7.png").string()));
    CHECK(back.getSize() == sf::Vector2u{7, 5});
    CHECK(back.getPixel(6, 4) == sf::Color{10, 20, 30});
}

TEST_CASE("pictures: the writer's end writes what still waits") {
    const Folder folder;
    {
        viz::PictureWriter writer;
        writer.save(image_of(200, sf::Color::Red), folder.path / "a.png");
        writer.save(image_of(200, sf::Color::Red), folder.path / "b.png");
    }
    CHECK(fs::exists(folder.path / "a.png"));
    CHECK(fs::exists(folder.path / "b.png"));
}

TEST_CASE("pictures: one that cannot be written is told") {
    viz::PictureWriter writer;
    writer.save(image_of(3, sf::Color::Red), "/proc/none/a.png");
    writer.finish();
    const viz::PictureResult result = writer.take_result().value();
    CHECK_FALSE(result.error.empty());
    CHECK(
        viz::sentence(result, viz::Language::english).starts_with("Picture not saved: /proc/none"));
}

TEST_CASE("pictures: no older picture is written over") {
    const Folder folder;
    CHECK(viz::free_path(folder.path, "crowdout").filename() == "crowdout.png");
    std::ofstream{folder.path / "crowdout.png"} << "x";
    std::ofstream{folder.path / "crowdout-2.png"} << "x";
    CHECK(viz::free_path(folder.path, "crowdout").filename() == "crowdout-3.png");
}
