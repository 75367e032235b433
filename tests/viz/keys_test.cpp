// SPDX-License-Identifier: Apache-2.0
#include "viz/keys.hpp"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace crowdout;
using viz::Command;

namespace {

sf::Event::KeyEvent pressed(sf::Keyboard::Key code, bool shift = false) {
    sf::Event::KeyEvent key{};
    key.code = code;
    key.shift = shift;
    return key;
}

}  // namespace

TEST_CASE("keys: no key means two things, and every command has one") {
    std::set<std::pair<int, bool>> keys;
    std::array<int, viz::command_count> bound{};
    for (const viz::KeyBinding& binding : viz::key_bindings()) {
        CAPTURE(binding.label);
        CHECK(keys.insert({binding.key, binding.shift}).second);
        ++bound[static_cast<std::size_t>(binding.command)];
    }
    for (std::size_t i = 0; i < bound.size(); ++i) {
        CAPTURE(i);
        CHECK(bound[i] >= 1);
    }
}

TEST_CASE("keys: a key asks for its command") {
    CHECK(viz::command_of(pressed(sf::Keyboard::Space)) == Command::pause);
    CHECK(viz::command_of(pressed(sf::Keyboard::Num3)) == Command::view_markets);
    CHECK(viz::command_of(pressed(sf::Keyboard::H)) == Command::help);
    CHECK(viz::command_of(pressed(sf::Keyboard::Slash, true)) == Command::help);
    CHECK(viz::command_of(pressed(sf::Keyboard::Z)) == std::nullopt);
}

TEST_CASE("keys: Shift counts where the table has a line with it, and only there") {
    CHECK(viz::command_of(pressed(sf::Keyboard::Left)) == Command::frame_left);
    CHECK(viz::command_of(pressed(sf::Keyboard::Left, true)) == Command::ten_left);
    CHECK(viz::command_of(pressed(sf::Keyboard::S, true)) == Command::screenshot);
    CHECK(viz::command_of(pressed(sf::Keyboard::Slash)) == std::nullopt);
}

TEST_CASE("keys: combinations with Control, Alt or the system's key are the desktop's") {
    sf::Event::KeyEvent key = pressed(sf::Keyboard::Q);
    key.control = true;
    CHECK(viz::command_of(key) == std::nullopt);
    key = pressed(sf::Keyboard::Q);
    key.alt = true;
    CHECK(viz::command_of(key) == std::nullopt);
    key = pressed(sf::Keyboard::Q);
    key.system = true;
    CHECK(viz::command_of(key) == std::nullopt);
}

TEST_CASE("keys: help has a line for each command") {
    const auto lines = viz::help_lines();

    CHECK(lines.size() == viz::command_count);
    std::string labels;
    for (const viz::HelpLine& line : lines) labels += line.labels + "|";
    CHECK(labels.find("|H  ?|") != std::string::npos);
}

TEST_CASE("keys: docs/window.md shows the table") {
    std::ifstream file{std::string{CROWDOUT_SOURCE_DIR} + "/docs/window.md"};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};

    CHECK(page.find(viz::keys_markdown()) != std::string::npos);
}
