// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <set>

#include "apps/diff_accounts.hpp"
#include "apps/figures.hpp"
#include "apps/replay_input.hpp"
#include "apps/verbs.hpp"
#include "world/quantity_text.hpp"
#include "world/replay_error.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

using world::Frame;

constexpr std::size_t accounts_max = 20;  // named one by one (our choice)

struct DiffOptions {
    std::string a;
    std::string b;
    bool json = false;
    bool accounts = false;
    int threads = 0;
};

/// What two recordings do not have in common.
struct Difference {
    std::uint64_t step = 0;  ///< the first of those compared whose digests differ
    std::int64_t time = 0;
    std::uint64_t digest_a = 0;
    std::uint64_t digest_b = 0;
    std::string phase{};  ///< of that step, where marks tell
    /// A plan alone makes another state: when it shows is later. Nothing where it never does.
    std::optional<world::FrameHead> seen{};
    std::vector<std::string> books{};  ///< by name, as the manifest of the first has them
    std::vector<std::string> sectors{};
    std::vector<std::string> accounts{};  ///< watched ones; all, where the runs are made again
    std::size_t accounts_left_out = 0;
};

struct Comparison {
    std::uint64_t compared = 0;  ///< steps that both show
    std::uint64_t alike = 0;     ///< of these, up to where the digests part
    std::optional<Difference> difference{};
};

void need_same_lists(const world::Manifest& a, const world::Manifest& b) {
    const auto same = [](const auto& x, const auto& y) {
        return std::ranges::equal(
            x, y, {}, [](const auto& each) { return each.name; },
            [](const auto& each) { return each.name; });
    };
    if (!same(a.books, b.books) || !same(a.sectors, b.sectors)) {
        throw Failure{ExitCode::usage,
                      "the two replays have not the same books and sectors: there is nothing to "
                      "compare frame by frame"};
    }
}

/// Numbers `key(row)` of rows that only one of two tables has.
template <class Row, class Key>
void gather(const std::vector<Row>& a, const std::vector<Row>& b, Key key, std::set<unsigned>& to) {
    const auto add_missing = [&](const std::vector<Row>& from, const std::vector<Row>& in) {
        for (const Row& row : from) {
            if (std::ranges::find(in, row) == in.end()) to.insert(key(row));
        }
    };
    add_missing(a, b);
    add_missing(b, a);
}

template <class Items>
std::vector<std::string> names_of(const std::set<unsigned>& numbers, const Items& items) {
    std::vector<std::string> names;
    for (const unsigned number : numbers) {
        if (number < items.size()) names.push_back(items[number].name);
    }
    return names;
}

void describe_state(const Frame& a, const Frame& b, Difference& difference) {
    difference.step = a.head.step;
    difference.time = a.head.to;
    difference.digest_a = a.head.digest;
    difference.digest_b = b.head.digest;
    for (std::size_t i = 0; i < std::min(a.marks.size(), b.marks.size()); ++i) {
        if (a.marks[i] == b.marks[i]) continue;
        difference.phase = world::phase_names[a.marks[i].phase];
        return;
    }
}

/// What of the books is of the frame's end, not of all the time since the frame before.
std::vector<world::BookRow> books_at_end(const Frame& frame) {
    std::vector<world::BookRow> books = frame.books;
    for (world::BookRow& book : books) {
        book.volume = 0;
        book.volume_signed = 0;
        book.volume_forced = 0;
    }
    return books;
}

/// @return whether anything that is seen differs.
bool describe_sight(const Frame& a, const Frame& b, const world::Manifest& manifest,
                    Difference& difference) {
    std::set<unsigned> books;
    std::set<unsigned> sectors;
    std::set<unsigned> blocks;
    const auto book = [](const auto& row) -> unsigned { return row.book; };
    const auto sector = [](const auto& row) -> unsigned { return row.sector; };
    const auto block = [](const auto& row) -> unsigned {
        return row.account >> market::AccountId::row_bits;
    };
    gather(books_at_end(a), books_at_end(b), book, books);
    gather(a.cash, b.cash, sector, sectors);
    // Frames that begin apart tell of different times.
    if (a.head.from == b.head.from) {
        gather(a.books, b.books, book, books);
        gather(a.trades, b.trades, book, books);
        gather(a.trades, b.trades, sector, sectors);
        gather(a.fills, b.fills, book, books);
        gather(a.accounts, b.accounts, block, blocks);
        gather(a.orders, b.orders, block, blocks);
        gather(a.decisions, b.decisions, block, blocks);
    }
    difference.books = names_of(books, manifest.books);
    difference.sectors = names_of(sectors, manifest.sectors);
    difference.accounts = names_of(blocks, manifest.blocks);
    return !(books.empty() && sectors.empty() && blocks.empty());
}

/// The first frame that shows `step` or a later one.
std::uint64_t frame_of(world::ReplayFile& replay, std::uint64_t step) {
    std::uint64_t at = 0;
    while (at < replay.frames() && replay.head(at).step < step) ++at;
    return at;
}

/// Two frames of one step, by their numbers.
struct Pair {
    std::uint64_t in_a = 0;
    std::uint64_t in_b = 0;
};

/// What both show: a fork begins where it forked, and a recording may skip steps.
std::vector<Pair> pairs_of(world::ReplayFile& a, world::ReplayFile& b) {
    std::vector<Pair> pairs;
    Pair at;
    while (at.in_a < a.frames() && at.in_b < b.frames()) {
        const std::uint64_t step_a = a.head(at.in_a).step;
        const std::uint64_t step_b = b.head(at.in_b).step;
        if (step_a == step_b) pairs.push_back(at);
        if (step_a <= step_b) ++at.in_a;
        if (step_b <= step_a) ++at.in_b;
    }
    return pairs;
}

/// Step by step, of those that both show.
Comparison compare(world::ReplayFile& a, world::ReplayFile& b) {
    need_same_lists(a.manifest(), b.manifest());
    const std::vector<Pair> pairs = pairs_of(a, b);
    if (pairs.empty()) {
        throw Failure{ExitCode::usage,
                      "the two replays show no step in common: there is nothing to compare"};
    }
    const auto parted = std::ranges::find_if(pairs, [&](const Pair& pair) {
        return a.head(pair.in_a).digest != b.head(pair.in_b).digest;
    });
    Comparison comparison{.compared = pairs.size(),
                          .alike = static_cast<std::uint64_t>(parted - pairs.begin())};
    if (parted == pairs.end()) return comparison;

    Difference& difference = comparison.difference.emplace();
    describe_state(a.frame(parted->in_a), b.frame(parted->in_b), difference);
    const auto seen = std::find_if(parted, pairs.end(), [&](const Pair& pair) {
        return describe_sight(a.frame(pair.in_a), b.frame(pair.in_b), a.manifest(), difference);
    });
    if (seen != pairs.end()) difference.seen = a.head(seen->in_a);
    return comparison;
}

std::string listed(const std::vector<std::string>& names) {
    const std::vector<std::string_view> views{names.begin(), names.end()};
    return names.empty() ? "none" : world::joined(views);
}

/// Makes both runs again, to where they differ in what is seen: only worlds know every account.
void name_accounts(const DiffOptions& options, world::ReplayFile& a, world::ReplayFile& b,
                   Difference& difference) {
    const std::uint64_t step = difference.seen ? difference.seen->step : difference.step;
    const auto frame = [&](world::ReplayFile& replay) {
        return replay.head(frame_of(replay, step));
    };
    difference.accounts = accounts_that_differ({a, frame(a)}, {b, frame(b)}, options.threads);
    if (difference.accounts.size() <= accounts_max) return;
    difference.accounts_left_out = difference.accounts.size() - accounts_max;
    difference.accounts.resize(accounts_max);
}

std::string json_list(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + world::json_quoted(name);
    }
    return "[" + text + "]";
}

void print_json(const Comparison& comparison, Console& console) {
    const auto& difference = comparison.difference;
    if (!difference) {
        console.out << fmt::format("{{\"compared\": {}, \"alike\": {}, \"step\": null}}\n",
                                   comparison.compared, comparison.alike);
        return;
    }
    console.out << fmt::format(
        "{{\"compared\": {}, \"alike\": {}, \"step\": {}, \"phase\": {}, \"digests\": "
        "[\"{:016x}\", \"{:016x}\"], "
        "\"seen\": {}, \"books\": {}, \"sectors\": {}, \"accounts\": {}}}\n",
        comparison.compared, comparison.alike, difference->step,
        world::json_quoted(difference->phase), difference->digest_a, difference->digest_b,
        difference->seen ? std::to_string(difference->seen->step) : "null",
        json_list(difference->books), json_list(difference->sectors),
        json_list(difference->accounts));
}

void print_text(const Comparison& comparison, Console& console) {
    const auto& difference = comparison.difference;
    const auto frames = counted(static_cast<std::int64_t>(comparison.compared), "frame");
    if (!difference) {
        console.out << fmt::format("alike in the {} that both have\n", frames);
        return;
    }
    console.out << fmt::format("alike in {} of the {} that both have, then they part\n",
                               thousands(static_cast<std::int64_t>(comparison.alike)), frames);
    console.out << fmt::format("step      {}, {}{}\n", difference->step,
                               world::format_time(market::Time{difference->time}),
                               difference->phase.empty() ? "" : ", phase " + difference->phase);
    console.out << fmt::format("digests   {:016x} and {:016x}\n", difference->digest_a,
                               difference->digest_b);
    const auto print_accounts = [&] {
        if (difference->accounts.empty()) return;
        const std::string more = difference->accounts_left_out == 0
                                     ? ""
                                     : fmt::format(" and {} more", difference->accounts_left_out);
        console.out << fmt::format("accounts  {}{}\n", listed(difference->accounts), more);
    };
    if (!difference->seen) {
        console.out << "seen      never: the states differ in what no frame shows\n";
        print_accounts();
        return;
    }
    console.out << fmt::format("seen      first in step {}, {}\n", difference->seen->step,
                               world::format_time(market::Time{difference->seen->to}));
    console.out << fmt::format("books     {}\n", listed(difference->books));
    console.out << fmt::format("sectors   {}\n", listed(difference->sectors));
    print_accounts();
}

ExitCode diff(const DiffOptions& options, Console& console) try {
    const auto a = open_recording(options.a);
    const auto b = open_recording(options.b);
    Comparison comparison = compare(*a, *b);
    if (options.accounts && comparison.difference) {
        name_accounts(options, *a, *b, *comparison.difference);
    }
    if (options.json) {
        print_json(comparison, console);
    } else {
        print_text(comparison, console);
    }
    return comparison.difference ? ExitCode::mismatch : ExitCode::ok;
} catch (const world::ReplayError& damaged) {
    throw Failure{ExitCode::corrupt_replay, damaged.what()};
}

}  // namespace

void add_diff(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("diff", "Say where two replays part");
    auto options = std::make_shared<DiffOptions>();
    verb->add_option("A", options->a, "A replay")->required()->option_text(" ");
    verb->add_option("B", options->b, "Another one, of the same books and sectors")
        ->required()
        ->option_text(" ");
    verb->add_flag(
        "--accounts", options->accounts,
        "Make both runs again up to where they are seen to differ, and name every account that "
        "does");
    verb->add_option("--threads", options->threads,
                     "For --accounts; 0, the default: as many as this machine allows")
        ->option_text("N")
        ->check(CLI::Range(0, 1024));
    verb->add_flag("--json", options->json, "One line of JSON");
    verb->footer(
        "Compares the steps that both show: a fork begins where it forked, and record.every skips\n"
        "some. Names the first of them whose digests differ, the phase, then the books whose "
        "prices\n"
        "or trades differ and the sectors whose trades or cash do; accounts where they were\n"
        "recorded, or all of them with --accounts.\n"
        "\n"
        "Ends with 0 where every frame that both have is alike, with 7 where one is not, with 2 "
        "where\n"
        "they have none in common.\n"
        "\n"
        "example:\n"
        "  crowdout diff drain.mcap drain_with_surplus.mcap");
    verb->callback([&action, options] {
        action = [options](Console& console) { return diff(*options, console); };
    });
}

}  // namespace crowdout::apps
