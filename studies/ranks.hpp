// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace crowdout::studies {

/// The processes that run one study together, as MPI numbers them: rank 0 leads.
///
/// Behind it stands MPI where the process was started by mpirun or srun, and nobody else otherwise;
/// a test puts threads behind it. One thread of a process uses it.
class Ranks {
public:
    struct Message {
        int from = 0;
        std::string text{};
    };

    virtual ~Ranks() = default;
    [[nodiscard]] virtual int rank() const = 0;
    [[nodiscard]] virtual int size() const = 0;

    /// Gives rank 0's text to all; every rank must call it.
    [[nodiscard]] virtual std::string broadcast(std::string text) = 0;
    /// Sends without waiting for anybody; messages between two ranks arrive in order.
    virtual void send(int to, std::string text) = 0;
    /// A message that has come in, or nothing. Never waits.
    [[nodiscard]] virtual std::optional<Message> receive() = 0;
    /// Ends all ranks, whatever they do. Does not return where there are others.
    virtual void abort(int exit_code) = 0;
};

/// Those that mpirun or srun started this process among, or this process alone.
///
/// MPI is loaded here and nowhere else, so that other runs neither need it nor wait for it.
/// @throws std::runtime_error  where there are others and MPI cannot be used.
[[nodiscard]] std::unique_ptr<Ranks> open_ranks();

/// Whether the environment is that of a process started by mpirun or srun.
[[nodiscard]] bool is_started_by_mpi();

/// Whether this program can use MPI: the file with that part lies beside it.
[[nodiscard]] bool has_mpi();

}  // namespace crowdout::studies
