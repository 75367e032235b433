// SPDX-License-Identifier: Apache-2.0
#include <mpi.h>

#include <climits>
#include <deque>
#include <stdexcept>

#include "studies/ranks.hpp"

// A library of its own, loaded by `open_ranks` where mpirun started the process.

namespace crowdout::studies {

namespace {

void check(int result, const char* what) {
    if (result != MPI_SUCCESS) throw std::runtime_error{std::string{"MPI failed: "} + what};
}

int length(const std::string& text) {
    if (text.size() > static_cast<std::size_t>(INT_MAX)) {
        throw std::runtime_error{"a message of more than 2 GiB"};
    }
    return static_cast<int>(text.size());
}

class MpiRanks final : public Ranks {
public:
    MpiRanks() {
        int level = 0;
        check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level), "MPI_Init");
        check(MPI_Comm_rank(MPI_COMM_WORLD, &rank_), "MPI_Comm_rank");
        check(MPI_Comm_size(MPI_COMM_WORLD, &size_), "MPI_Comm_size");
    }
    ~MpiRanks() override {
        for (Sent& each : sent_) MPI_Wait(&each.request, MPI_STATUS_IGNORE);
        MPI_Finalize();
    }
    MpiRanks(const MpiRanks&) = delete;
    MpiRanks& operator=(const MpiRanks&) = delete;

    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int size() const override { return size_; }

    [[nodiscard]] std::string broadcast(std::string text) override {
        int bytes = length(text);
        check(MPI_Bcast(&bytes, 1, MPI_INT, 0, MPI_COMM_WORLD), "MPI_Bcast");
        text.resize(static_cast<std::size_t>(bytes));
        check(MPI_Bcast(text.data(), bytes, MPI_CHAR, 0, MPI_COMM_WORLD), "MPI_Bcast");
        return text;
    }

    void send(int to, std::string text) override {
        forget_sent();
        // MPI reads the text until the other side has it, so it stays where it is: a deque.
        Sent& sent = sent_.emplace_back();
        sent.text = std::move(text);
        check(MPI_Isend(sent.text.data(), length(sent.text), MPI_CHAR, to, tag, MPI_COMM_WORLD,
                        &sent.request),
              "MPI_Isend");
    }

    [[nodiscard]] std::optional<Message> receive() override {
        forget_sent();
        int waits = 0;
        MPI_Status status;
        check(MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &waits, &status), "MPI_Iprobe");
        if (waits == 0) return std::nullopt;
        int bytes = 0;
        check(MPI_Get_count(&status, MPI_CHAR, &bytes), "MPI_Get_count");
        Message message{.from = status.MPI_SOURCE};
        message.text.resize(static_cast<std::size_t>(bytes));
        check(MPI_Recv(message.text.data(), bytes, MPI_CHAR, status.MPI_SOURCE, tag, MPI_COMM_WORLD,
                       MPI_STATUS_IGNORE),
              "MPI_Recv");
        return message;
    }

    void abort(int exit_code) override { MPI_Abort(MPI_COMM_WORLD, exit_code); }

private:
    static constexpr int tag = 1;

    struct Sent {
        std::string text{};
        MPI_Request request = MPI_REQUEST_NULL;
    };

    void forget_sent() {
        while (!sent_.empty()) {
            int is_done = 0;
            check(MPI_Test(&sent_.front().request, &is_done, MPI_STATUS_IGNORE), "MPI_Test");
            if (is_done == 0) return;
            sent_.pop_front();
        }
    }

    int rank_ = 0;
    int size_ = 1;
    std::deque<Sent> sent_;
};

}  // namespace

}  // namespace crowdout::studies

extern "C" crowdout::studies::Ranks* crowdout_open_ranks() {
    return new crowdout::studies::MpiRanks;
}
