// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace crowdout::apps {

/// While one lives, the first SIGINT or SIGTERM only asks the run to stop after its step; the
/// second ends the process at once, as if nothing had been caught.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] bool requested() const;
};

}  // namespace crowdout::apps
