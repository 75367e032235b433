// SPDX-License-Identifier: Apache-2.0
#include "viz/settings.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace crowdout;
using viz::Settings;

namespace {

/// A folder of this test's own, gone with it.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "crowdout-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

Settings load(const std::string& text, std::string& warning) {
    const Folder folder;
    const auto path = folder.path() / "window.yaml";
    std::ofstream{path} << text;
    return viz::load_settings(path, warning);
}

}  // namespace

TEST_CASE("settings: what is saved comes back") {
    const Folder folder;
    const auto path = folder.path() / "new" / "folder" / "window.yaml";
    const Settings settings{.language = viz::Language::chinese,
                            .theme = viz::ThemeName::light,
                            .size = {1600, 900},
                            .view = viz::View::book,
                            .log = false,
                            .text_size = 1.25F,
                            .splits = {.main = 0.7F, .charts = 0.3F, .bottom = 0.2F, .side = 0.3F}};
    std::string warning;

    CHECK(viz::save_settings(settings, path) == "");
    CHECK(viz::load_settings(path, warning) == settings);
    CHECK(warning == "");
    CHECK_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_CASE("settings: no file is the defaults, without a word") {
    std::string warning = "old";

    CHECK(viz::load_settings("/no/such/file", warning) == Settings{});
    CHECK(warning == "");
}

TEST_CASE("settings: a bad line is passed over and told, the others count") {
    std::string warning;
    const Settings settings =
        load("# a comment\n\ntheme: light\nwidth: twelve\nheight: 900 # tall\nlanguage: klingon\n",
             warning);

    CHECK(settings.theme == viz::ThemeName::light);
    CHECK(settings.size == sf::Vector2u{1280, 900});
    CHECK(settings.language == viz::Language::english);
    CHECK(warning.ends_with("window.yaml:4: not understood, passed over"));
}

TEST_CASE("settings: values out of range are not taken") {
    std::string warning;
    for (const char* line : {"width: 959", "width: 99999999999", "height: -1", "text_size: 0",
                             "text_size: nan", "split_main: 1", "split_side: 0.05", "theme:",
                             "colour: red", "width", ":", "log: yes please", "\x01\xff\xfe"}) {
        CAPTURE(line);
        CHECK(load(line, warning) == Settings{});
        CHECK_FALSE(warning.empty());
    }
}

TEST_CASE("settings: a file of noise is soon given up") {
    std::string warning;
    std::string noise;
    for (int i = 0; i < 100'000; ++i) noise += "noise\n";

    CHECK(load(noise, warning) == Settings{});
    CHECK_FALSE(warning.empty());
}

TEST_CASE("settings: what cannot be written is told, and leaves nothing") {
    CHECK(viz::save_settings({}, "/proc/none/window.yaml").find("/proc/none") != std::string::npos);
    CHECK_FALSE(viz::save_settings({}, {}).empty());
}

TEST_CASE("settings: their place is the user's") {
    const char* before = getenv("XDG_CONFIG_HOME");
    const std::string kept = before == nullptr ? "" : before;
    setenv("XDG_CONFIG_HOME", "/tmp/xdg", 1);
    CHECK(viz::settings_path() == "/tmp/xdg/crowdout/window.yaml");
    setenv("XDG_CONFIG_HOME", "relative", 1);  // the specification: ignore it
    CHECK(viz::settings_path().string().ends_with("/.config/crowdout/window.yaml"));
    if (before == nullptr) {
        unsetenv("XDG_CONFIG_HOME");
    } else {
        setenv("XDG_CONFIG_HOME", kept.c_str(), 1);
    }
}
