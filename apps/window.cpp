// SPDX-License-Identifier: Apache-2.0
#include "apps/window.hpp"

#include <fmt/format.h>

#include <ostream>

#include "apps/exit_code.hpp"
#include "apps/interrupt.hpp"
#include "viz/display.hpp"
#include "viz/viewer.hpp"

namespace crowdout::apps {

void require_window() try { viz::require_display(); } catch (const viz::NoDisplay& none) {
    throw Failure{ExitCode::no_display, none.what()};
}

bool show_window(world::FrameSource& source, const WindowRequest& request, Console& console) try {
    viz::ViewerOptions options{.title = request.title,
                               .subject = request.subject,
                               .at = request.at,
                               .follow = request.follow,
                               .run = request.run,
                               .config = request.config};
    if (!viz::Speed::parse(request.speed, options.speed)) {
        throw Failure{ExitCode::usage,
                      fmt::format("--speed takes days a second, a power of two from 1/16 to 64, "
                                  "or max, not '{}'",
                                  request.speed)};
    }
    const Interrupt interrupt;
    options.should_close = [&] { return interrupt.requested(); };
    if (request.tell) {
        options.tell = [&](const std::string& line) { console.out << line << std::endl; };
    }
    viz::Viewer viewer{source, std::move(options)};
    viewer.run();
    return interrupt.requested();
} catch (const viz::NoDisplay& none) {
    throw Failure{ExitCode::no_display, none.what()};
}

}  // namespace crowdout::apps
