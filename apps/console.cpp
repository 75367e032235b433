// SPDX-License-Identifier: Apache-2.0
#include "apps/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace crowdout::apps {

namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

int terminal_columns() {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::string_view code(Tint tint) {
    switch (tint) {
        case Tint::bold:
            return "\x1b[1m";
        case Tint::dim:
            return "\x1b[2m";
        case Tint::red:
            return "\x1b[31m";
        case Tint::green:
            return "\x1b[32m";
        case Tint::yellow:
            return "\x1b[33m";
    }
    return "";
}

}  // namespace

bool Console::colors(bool is_terminal) const {
    if (color != ColorMode::automatic) return color == ColorMode::always;
    return is_terminal && !no_color;
}

Console process_console() {
    return {.out = std::cout,
            .err = std::cerr,
            .out_is_terminal = isatty(STDOUT_FILENO) == 1,
            .err_is_terminal = isatty(STDERR_FILENO) == 1,
            .no_color = !variable("NO_COLOR").empty() || variable("TERM") == "dumb",
            .columns = terminal_columns()};
}

std::string tinted(Tint tint, std::string_view text, bool on) {
    std::string result;
    if (on) result += code(tint);
    result += text;
    if (on) result += "\x1b[0m";
    return result;
}

void print_error(Console& console, std::string_view message) {
    console.err << "crowdout: " << tinted(Tint::red, "error:", console.err_colors()) << ' '
                << message << '\n';
}

}  // namespace crowdout::apps
