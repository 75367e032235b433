// SPDX-License-Identifier: Apache-2.0
#include "world/par.hpp"

#include <sched.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#ifdef CROWDOUT_PARALLEL_tbb
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#endif

namespace crowdout::world {

int cores_available() {
    cpu_set_t set;
    CPU_ZERO(&set);
    int cores = 1;
    if (sched_getaffinity(0, sizeof set, &set) == 0) cores = std::max(1, CPU_COUNT(&set));
    std::ifstream file{"/sys/fs/cgroup/cpu.max"};  // "max 100000" or "150000 100000"
    std::string quota;
    double period = 0;
    if (file >> quota >> period && quota != "max" && period > 0) {
        const double share = std::strtod(quota.c_str(), nullptr) / period;
        cores = std::max(1, std::min(cores, static_cast<int>(std::ceil(share))));
    }
    return cores;
}

#if defined(CROWDOUT_PARALLEL_tbb)

// An arena of its own per pool: switching tbb::global_control back and forth in one process was
// measured to leave loops on one thread.
struct Pool::BackEnd {
    explicit BackEnd(int threads) : arena{threads} {
        // More threads than cores are a test's wish; TBB starts them only if an arena asks.
        static const tbb::global_control most{tbb::global_control::max_allowed_parallelism, 256};
    }
    tbb::task_arena arena;
};

void Pool::run(std::size_t pieces, void* context, Piece piece) {
    if (threads_ == 1) {
        for (std::size_t i = 0; i < pieces; ++i) piece(context, i);
        return;
    }
    back_end_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>{0, pieces, 1},
            [&](const tbb::blocked_range<std::size_t>& range) {
                for (std::size_t i = range.begin(); i != range.end(); ++i) piece(context, i);
            },
            tbb::simple_partitioner{});
    });
}

#elif defined(CROWDOUT_PARALLEL_threads)

struct Pool::BackEnd {
    explicit BackEnd(int) {}
};

void Pool::run(std::size_t pieces, void* context, Piece piece) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < pieces; i = next++) piece(context, i);
    };
    std::vector<std::thread> helpers;
    const std::size_t wanted = std::min(pieces, static_cast<std::size_t>(threads_));
    for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers) helper.join();
}

#else

struct Pool::BackEnd {
    explicit BackEnd(int) {}
};

void Pool::run(std::size_t pieces, void* context, Piece piece) {
    for (std::size_t i = 0; i < pieces; ++i) piece(context, i);
}

#endif

Pool::Pool(int threads) : threads_{threads > 0 ? threads : cores_available()} {
    back_end_ = std::make_unique<BackEnd>(threads_);
}

Pool::~Pool() = default;

}  // namespace crowdout::world
