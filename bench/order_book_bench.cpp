// SPDX-License-Identifier: Apache-2.0
// One hot order book, ours and the textbook's in turn.

#include <string>
#include <vector>

#include "bench/bench.hpp"
#include "bench/lob_player.hpp"
#include "bench/lob_workload.hpp"
#include "bench/textbook_book.hpp"

namespace crowdout::bench {

namespace {

struct Timing {
    double nanoseconds = 0;  // of processor time per message
    std::uint64_t digest = 0;
};

constexpr std::size_t batch = 64;       // messages between two looks at the events
constexpr std::size_t look_ahead = 12;  // messages; neighbours follow at half of it
static_assert(message_count % batch == 0);

Timing time_ours(const LobShape& shape, const LobWorkload& workload) {
    LobPlayer player{workload.id_max};
    for (const LobMessage& message : workload.prefill) {
        player.play(message);
        player.forget_events();
    }
    std::vector<LobMessage> messages = workload.messages;
    messages.resize(messages.size() + look_ahead);
    const LobMessage* const end = messages.data() + workload.messages.size();
    const double start = cpu_seconds();
    // The last messages are looked ahead of into padding: the loop needs no test for them.
    for (const LobMessage* message = messages.data(); message != end;) {
        for (const LobMessage* stop = message + batch; message != stop; ++message) {
            player.prefetch(message[look_ahead]);
            player.prefetch_neighbours(message[look_ahead / 2]);
            player.play(*message);
        }
        player.forget_events();
    }
    const double seconds = cpu_seconds() - start;
    if (player.sums() != shape.sums) fail(shape.name, "our book's sums are wrong");
    return {seconds * 1e9 / static_cast<double>(workload.messages.size()), player.book().digest()};
}

Timing time_textbook(const LobShape& shape, const LobWorkload& workload) {
    TextbookBook book;
    for (const LobMessage& message : workload.prefill) book.play(message);
    const double start = cpu_seconds();
    for (const LobMessage& message : workload.messages) book.play(message);
    const double seconds = cpu_seconds() - start;
    if (book.sums() != shape.sums) fail(shape.name, "the textbook's sums are wrong");
    return {seconds * 1e9 / static_cast<double>(workload.messages.size()), 0};
}

void compare(const LobShape& shape, const Options& options) {
    const LobWorkload workload = make_workload(shape);
    std::vector<double> ours, textbooks, ratios;
    std::uint64_t digest = 0;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        const Timing our = time_ours(shape, workload);
        const Timing textbook = time_textbook(shape, workload);
        ours.push_back(our.nanoseconds);
        textbooks.push_back(textbook.nanoseconds);
        ratios.push_back(textbook.nanoseconds / our.nanoseconds);
        digest = our.digest;
    }
    report(shape.name, 1, median(ours), "ns per message", digest);
    report(shape.name, 1, median(textbooks), "ns per message of the textbook book", digest);
    report(shape.name, 1, median(ratios), "times faster than the textbook book", digest);
}

const Scene thin{"W0", "one book, 500 orders resting, against a textbook book",
                 [](const Options& options) { compare(lob_thin, options); }};
const Scene main_one{"W1", "one book, 5,000 orders resting, against a textbook book",
                     [](const Options& options) { compare(lob_main, options); }};
const Scene deep{"W2", "one book, 100,000 orders resting, against a textbook book",
                 [](const Options& options) { compare(lob_deep, options); }};

}  // namespace

}  // namespace crowdout::bench
