// SPDX-License-Identifier: Apache-2.0
#include "viz/display.hpp"

#include <X11/Xlib.h>
#include <stdlib.h>

#include <string>

namespace crowdout::viz {

namespace {

/// The connection that stays open until the program ends. A virtual server without other clients
/// starts anew when its last one goes, and turns away whoever comes meanwhile: our own window.
Display* kept_display() {
    static Display* display = nullptr;
    if (display != nullptr) return display;
    display = XOpenDisplay(nullptr);
    if (display == nullptr) {
        throw NoDisplay{std::string{"no display: no X server answers at DISPLAY="} +
                        XDisplayName(nullptr)};
    }
    return display;
}

}  // namespace

void require_display() {
    XInitThreads();
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread of the window
    setenv("LP_NUM_THREADS", "1", 0);
    const char* name = getenv("DISPLAY");
    if (name == nullptr || *name == '\0') {
        const bool wayland = getenv("WAYLAND_DISPLAY") != nullptr;
        throw NoDisplay{wayland ? "no display: the window needs XWayland, and DISPLAY is not set"
                                : "no display: DISPLAY is not set (over ssh: ssh -X)"};
    }
    int event = 0;
    int error = 0;
    int opcode = 0;
    if (XQueryExtension(kept_display(), "GLX", &opcode, &event, &error) == 0) {
        throw NoDisplay{std::string{"no display: the X server at "} + name +
                        " has no OpenGL (GLX)"};
    }
}

sf::Vector2i screen_size() {
    Display* display = kept_display();
    const int screen = DefaultScreen(display);
    return {DisplayWidth(display, screen), DisplayHeight(display, screen)};
}

}  // namespace crowdout::viz
