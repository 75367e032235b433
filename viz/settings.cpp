// SPDX-License-Identifier: Apache-2.0
#include "viz/settings.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <span>
#include <string_view>
#include <system_error>

namespace crowdout::viz {
namespace {

constexpr std::array<std::string_view, language_count> language_names{"english", "chinese"};
constexpr std::array<std::string_view, theme_count> theme_names{"dark", "light"};
constexpr std::array<std::string_view, view_count> view_names{"overview", "flow",  "markets",
                                                              "book",     "rates", "agents"};
constexpr std::array<std::string_view, 2> switch_names{"off", "on"};

template <class Enum>
bool read_name(std::string_view word, std::span<const std::string_view> names, Enum& value) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != word) continue;
        value = static_cast<Enum>(i);
        return true;
    }
    return false;
}

template <class Number>
bool read_number(std::string_view word, Number low, Number high, Number& value) {
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool whole = error == std::errc{} && end == word.data() + word.size();
    if (!whole || !(number >= low && number <= high)) return false;
    value = number;
    return true;
}

/// A split leaves both sides something to draw on.
bool read_split(std::string_view word, float& value) {
    return read_number(word, 0.1F, 0.9F, value);
}

bool set(Settings& settings, std::string_view key, std::string_view word) {
    constexpr unsigned edge_max = 16'384;  // pixels; wider than any screen
    if (key == "language") return read_name(word, language_names, settings.language);
    if (key == "theme") return read_name(word, theme_names, settings.theme);
    if (key == "view") return read_name(word, view_names, settings.view);
    if (key == "log") return read_name(word, switch_names, settings.log);
    if (key == "width") return read_number(word, window_size_min.x, edge_max, settings.size.x);
    if (key == "height") return read_number(word, window_size_min.y, edge_max, settings.size.y);
    if (key == "text_size") return read_number(word, 0.75F, 2.0F, settings.text_size);
    if (key == "split_main") return read_split(word, settings.splits.main);
    if (key == "split_charts") return read_split(word, settings.splits.charts);
    if (key == "split_bottom") return read_split(word, settings.splits.bottom);
    if (key == "split_side") return read_split(word, settings.splits.side);
    return false;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::filesystem::path settings_path() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config == '/') {
        return std::filesystem::path{config} / "crowdout" / "window.yaml";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        return std::filesystem::path{home} / ".config" / "crowdout" / "window.yaml";
    }
    return {};
}

Settings load_settings(const std::filesystem::path& path, std::string& warning) {
    Settings settings;
    warning.clear();
    std::ifstream file{path};
    constexpr int lines_max = 200;  // a file of ours has a dozen
    std::string line;
    for (int number = 1; number <= lines_max && std::getline(file, line); ++number) {
        const std::string_view content = trimmed(std::string_view{line}.substr(0, line.find('#')));
        if (content.empty()) continue;
        const auto colon = content.find(':');
        const bool known =
            colon != std::string_view::npos &&
            set(settings, trimmed(content.substr(0, colon)), trimmed(content.substr(colon + 1)));
        if (!known && warning.empty()) {
            warning = fmt::format("{}:{}: not understood, passed over", path.string(), number);
        }
    }
    return settings;
}

std::string save_settings(const Settings& settings, const std::filesystem::path& path) {
    if (path.empty()) return "neither XDG_CONFIG_HOME nor HOME is set";
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) return fmt::format("{}: {}", path.parent_path().string(), error.message());
    std::filesystem::path draft = path;
    draft += ".new";
    {
        std::ofstream file{draft};
        file << settings_text(settings);
        file.close();
        if (!file) return fmt::format("{}: cannot be written", draft.string());
    }
    std::filesystem::rename(draft, path, error);
    return error ? fmt::format("{}: {}", path.string(), error.message()) : std::string{};
}

std::string settings_text(const Settings& settings) {
    const auto name = [](auto names, auto value) { return names[static_cast<std::size_t>(value)]; };
    return fmt::format(
        "# The window of crowdout keeps its settings here.\n"
        "language: {}\ntheme: {}\nview: {}\nlog: {}\nwidth: {}\nheight: {}\ntext_size: {}\n"
        "split_main: {}\nsplit_charts: {}\nsplit_bottom: {}\nsplit_side: {}\n",
        name(language_names, settings.language), name(theme_names, settings.theme),
        name(view_names, settings.view), name(switch_names, settings.log), settings.size.x,
        settings.size.y, settings.text_size, settings.splits.main, settings.splits.charts,
        settings.splits.bottom, settings.splits.side);
}

}  // namespace crowdout::viz
