// SPDX-License-Identifier: Apache-2.0
#include "apps/interrupt.hpp"

#include <csignal>

namespace crowdout::apps {

namespace {

volatile std::sig_atomic_t asked = 0;

extern "C" void ask_to_stop(int) {
    asked = 1;
}

}  // namespace

Interrupt::Interrupt() {
    asked = 0;
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    // Back to the default after the first: the second then kills, even in the middle of a step.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interrupt::requested() const {
    return asked != 0;
}

}  // namespace crowdout::apps
