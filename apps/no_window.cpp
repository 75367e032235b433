// SPDX-License-Identifier: Apache-2.0
#include "apps/exit_code.hpp"
#include "apps/window.hpp"

namespace crowdout::apps {

void require_window() {
    throw Failure{ExitCode::usage,
                  "this program was built without the window: it needs libsfml-dev, libimgui-dev "
                  "and libgl1-mesa-dev, and CROWDOUT_VIZ=ON"};
}

void check_speed(const std::string&) {}

bool show_window(world::FrameSource&, const WindowRequest&, Console&) {
    require_window();
    return false;
}

std::vector<std::string> render_pictures(world::FrameSource&, const std::string&,
                                         const PictureRequest&) {
    require_window();
    return {};
}

void render_video(world::FrameSource&, const std::string&, double, const PictureRequest&) {
    require_window();
}

}  // namespace crowdout::apps
