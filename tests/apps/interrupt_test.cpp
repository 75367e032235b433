// SPDX-License-Identifier: Apache-2.0
#include "apps/interrupt.hpp"

#include <doctest/doctest.h>

#include <csignal>

using namespace crowdout::apps;

TEST_CASE("interrupt: the first signal asks, the second would kill") {
    const Interrupt interrupt;
    CHECK_FALSE(interrupt.requested());

    std::raise(SIGINT);

    CHECK(interrupt.requested());
    struct sigaction now {};
    sigaction(SIGINT, nullptr, &now);
    const bool is_default = now.sa_handler == SIG_DFL;
    CHECK(is_default);
}

TEST_CASE("interrupt: a new one has forgotten the last") {
    const Interrupt interrupt;

    CHECK_FALSE(interrupt.requested());
}
