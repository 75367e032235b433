// SPDX-License-Identifier: Apache-2.0
#include "studies/ranks.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace crowdout::studies {

namespace {

namespace fs = std::filesystem;

class Alone final : public Ranks {
public:
    [[nodiscard]] int rank() const override { return 0; }
    [[nodiscard]] int size() const override { return 1; }
    [[nodiscard]] std::string broadcast(std::string text) override { return text; }
    void send(int, std::string) override {}
    [[nodiscard]] std::optional<Message> receive() override { return std::nullopt; }
    void abort(int) override {}
};

/// The part of the program that speaks MPI: a file beside it, built from mpi_ranks.cpp.
fs::path mpi_part() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path() / "libcrowdout_mpi.so";
}

}  // namespace

bool is_started_by_mpi() {
    // Open MPI's mpirun, PMIx (srun --mpi=pmix), PMI (srun --mpi=pmi2, MPICH's mpiexec).
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_SIZE"}) {
        if (std::getenv(name) != nullptr) return true;
    }
    return false;
}

bool has_mpi() {
    std::error_code error;
    return fs::exists(mpi_part(), error);
}

std::unique_ptr<Ranks> open_ranks() {
    if (!is_started_by_mpi()) return std::make_unique<Alone>();
    if (!has_mpi()) {
        throw std::runtime_error{
            "started by mpirun, but built without MPI: install libopenmpi-dev and build again, or "
            "use --shard i/n"};
    }
    // Global, because Open MPI loads parts of its own that look for its symbols.
    void* part = ::dlopen(mpi_part().c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (part == nullptr) {
        throw std::runtime_error{fmt::format("cannot use MPI: {}", ::dlerror())};
    }
    auto* const open = reinterpret_cast<Ranks* (*)()>(::dlsym(part, "crowdout_open_ranks"));
    if (open == nullptr) throw std::runtime_error{fmt::format("cannot use MPI: {}", ::dlerror())};
    return std::unique_ptr<Ranks>{open()};
}

}  // namespace crowdout::studies
