// SPDX-License-Identifier: Apache-2.0
// Many books that do not fit the cache together, fed message by message or in batches.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/bench.hpp"
#include "bench/lob_player.hpp"
#include "bench/lob_workload.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::bench {

namespace {

using market::BookEvents;
using market::OrderBook;

constexpr std::uint32_t book_count = 2048;
constexpr std::uint32_t share = message_count / book_count;  // messages for each book
constexpr std::uint32_t batch = 64;                          // messages for one book in turn
constexpr std::uint32_t room = 5'200;                        // LOB-W 1 has at most 5,102 resting
constexpr std::string_view scene_name = "2048_books";

/// A message as owners send it: a cancel knows where its order rests.
struct Cued {
    LobMessage message;
    std::uint32_t slot = 0;
};

/// 2,048 moments of W1 as books of their own, each with the messages that followed.
struct Crowd {
    std::vector<OrderBook> books;
    std::vector<Cued> messages;  // book b has those from b * share
    std::uint64_t digest = 0;    // sum over the books once all is played
};

Crowd make_crowd(const LobWorkload& workload) {
    Crowd crowd;
    LobPlayer player{workload.id_max};
    for (const LobMessage& message : workload.prefill) player.play(message);
    crowd.books.reserve(book_count);
    crowd.messages.reserve(std::size_t{book_count} * share);
    for (std::uint32_t n = 0; n < book_count * share; ++n) {
        if (n % share == 0) {
            crowd.books.push_back(player.book());
            crowd.books.back().reserve(room);
        }
        crowd.messages.push_back({workload.messages[n], player.slot(workload.messages[n].id)});
        player.play(workload.messages[n]);
        player.forget_events();
        if (n % share == share - 1) crowd.digest += player.book().digest();
    }
    return crowd;
}

/// The consumer's part: counts the fills and forgets the rest.
void consume(BookEvents& events, std::uint64_t& fills) {
    fills += events.fills.size();
    events.clear();
}

/// A random book for each message: all that a message touches has left the cache since last time.
std::uint64_t play_singly(Crowd& crowd, const std::vector<std::uint16_t>& turns) {
    std::vector<const Cued*> next;
    for (std::uint32_t b = 0; b < book_count; ++b)
        next.push_back(&crowd.messages[std::size_t{b} * share]);
    BookEvents events;
    std::uint64_t fills = 0;
    for (const std::uint16_t book : turns) {
        const Cued& cued = *next[book]++;
        apply(cued.message, cued.slot, crowd.books[book], events);
        consume(events, fills);
    }
    return fills;
}

market::Side side_of(const LobMessage& message) {
    return static_cast<market::Side>(message.side);
}

void prefetch_heads(const Crowd& crowd, std::uint32_t b, std::uint32_t from) {
    if (b >= book_count) return;
    crowd.books[b].prefetch();
    const char* const bytes = reinterpret_cast<const char*>(&crowd.messages[b * share + from]);
    for (std::size_t at = 0; at < batch * sizeof(Cued); at += 64) __builtin_prefetch(bytes + at);
}

/// What the messages name, and where the book's ends are kept.
void prefetch_orders(const Crowd& crowd, std::uint32_t b, std::uint32_t from, std::uint32_t count) {
    if (b >= book_count) return;
    const OrderBook& book = crowd.books[b];
    book.prefetch_ends();
    const Cued* const first = &crowd.messages[b * share + from];
    for (const Cued* cued = first; cued != first + count; ++cued) {
        book.prefetch(cued->slot);
        book.prefetch(side_of(cued->message), market::Price{cued->message.price});
    }
}

/// Whom those stand beside, and who would trade first.
void prefetch_neighbours(const Crowd& crowd, std::uint32_t b, std::uint32_t from,
                         std::uint32_t count) {
    if (b >= book_count) return;
    const OrderBook& book = crowd.books[b];
    book.prefetch_front();
    const Cued* const first = &crowd.messages[b * share + from];
    for (const Cued* cued = first; cued != first + count; ++cued) {
        book.prefetch_neighbours(cued->slot);
        book.prefetch_tail(side_of(cued->message), market::Price{cued->message.price});
    }
}

/// 64 messages for each book in turn. While one book works, the memory fetches what the next will
/// touch, for the one after it what leads there, and the heads of the third.
std::uint64_t play_in_batches(Crowd& crowd) {
    BookEvents events;
    std::uint64_t fills = 0;
    for (std::uint32_t from = 0; from < share; from += batch) {
        const std::uint32_t count = std::min(batch, share - from);
        for (std::uint32_t b = 0; b < book_count; ++b) {
            prefetch_heads(crowd, b + 3, from);
            prefetch_orders(crowd, b + 2, from, count);
            prefetch_neighbours(crowd, b + 1, from, count);
            OrderBook& book = crowd.books[b];
            book.prefetch_second();
            const Cued* const first = &crowd.messages[b * share + from];
            for (const Cued* cued = first; cued != first + count; ++cued) {
                apply(cued->message, cued->slot, book, events);
            }
            consume(events, fills);
        }
    }
    return fills;
}

/// Books in random order, each as often as it has messages.
std::vector<std::uint16_t> random_turns() {
    std::vector<std::uint16_t> turns;
    for (std::uint32_t n = 0; n < book_count * share; ++n) {
        turns.push_back(static_cast<std::uint16_t>(n / share));
    }
    test::SplitMix64 random{1};
    for (std::size_t n = turns.size(); n > 1; --n) {
        std::swap(turns[n - 1],
                  turns[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(n)))]);
    }
    return turns;
}

template <class Play>
double time(const LobWorkload& workload, Play play, std::uint64_t& digest) {
    Crowd crowd = make_crowd(workload);
    const double start = cpu_seconds();
    play(crowd);
    const double seconds = cpu_seconds() - start;
    digest = 0;
    for (const OrderBook& book : crowd.books) digest += book.digest();
    if (digest != crowd.digest) fail(scene_name, "the books ended up elsewhere");
    return seconds * 1e9 / (double{book_count} * share);
}

void compare(const Options& options) {
    const LobWorkload workload = make_workload(lob_main);
    const std::vector<std::uint16_t> turns = random_turns();
    std::vector<double> batches, singles, ratios;
    std::uint64_t digest = 0;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        batches.push_back(time(workload, play_in_batches, digest));
        singles.push_back(time(
            workload, [&](Crowd& crowd) { return play_singly(crowd, turns); }, digest));
        ratios.push_back(singles.back() / batches.back());
    }
    report(scene_name, 1, median(batches), "ns per message in batches of 64", digest);
    report(scene_name, 1, median(singles), "ns per message one by one", digest);
    report(scene_name, 1, median(ratios), "times faster in batches", digest);
}

const Scene many{scene_name, "2,048 books of 5,000 orders, in batches against one by one", compare};

}  // namespace

}  // namespace crowdout::bench
