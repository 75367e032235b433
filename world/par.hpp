// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>

namespace crowdout::world {

/// Where parallel loops run. Three back ends behind one door, chosen at build time: oneTBB is the
/// product, std::thread lets ThreadSanitizer see (Debian's TBB is not instrumented), and serial is
/// the oracle. A pool is no part of a world: it changes the speed of a step, never its result.
class Pool {
public:
    /// @param threads  0 means one per core that this process may use.
    explicit Pool(int threads = 0);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    [[nodiscard]] int threads() const { return threads_; }

    /// Calls `body(begin, end)` for pieces of [0, count) of `grain` items each, the last shorter.
    ///
    /// Pieces depend on `count` and `grain` alone, not on the threads. `body` may write only what
    /// belongs to its piece. It must not throw anything but a bug: which comes first is timing.
    template <class Body>
    void each(std::size_t count, std::size_t grain, Body&& body) {
        if (count == 0) return;
        grain = std::max<std::size_t>(grain, 1);
        if (count <= grain) {
            body(std::size_t{0}, count);
            return;
        }
        struct Context {
            std::remove_reference_t<Body>* body;
            std::size_t count, grain;
        } context{&body, count, grain};
        run((count + grain - 1) / grain, &context, [](void* raw, std::size_t piece) {
            const auto* c = static_cast<Context*>(raw);
            const std::size_t begin = piece * c->grain;
            (*c->body)(begin, std::min(begin + c->grain, c->count));
        });
    }

private:
    using Piece = void (*)(void* context, std::size_t piece);
    void run(std::size_t pieces, void* context, Piece piece);

    int threads_ = 1;
    struct BackEnd;
    std::unique_ptr<BackEnd> back_end_;
};

/// Cores that this process may use: its affinity, and the quota of its cgroup if there is one.
[[nodiscard]] int cores_available();

}  // namespace crowdout::world
