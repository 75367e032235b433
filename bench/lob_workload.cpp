// SPDX-License-Identifier: Apache-2.0
#include "bench/lob_workload.hpp"

#include <algorithm>

#include "bench/bench.hpp"
#include "bench/lob_player.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::bench {

namespace {

constexpr std::uint64_t seed = 20240607;
constexpr std::int32_t mid_at_start = 100'000;
constexpr double p_move = 0.002;   // that the mid moves by a tick, per message
constexpr double p_market = 0.10;  // that a message is a market order

/// Draws messages while a book plays them, so that each cancel names an order that rests.
class Generator {
public:
    explicit Generator(const LobShape& shape)
        : shape_{shape}, target_{static_cast<double>(shape.target)} {}

    LobWorkload run() {
        LobWorkload workload;
        while (live_.size() < shape_.target) workload.prefill.push_back(play(draw_add()));
        workload.messages.reserve(message_count);
        for (std::uint32_t n = 0; n < message_count; ++n) {
            workload.messages.push_back(play(draw()));
        }
        workload.id_max = id_;
        return workload;
    }

private:
    LobMessage draw() {
        if (uniform() < p_move) mid_ += random_.next() >> 63 != 0 ? 1 : -1;
        if (uniform() < p_market) return draw_market();
        const double live = static_cast<double>(live_.size());
        const double p_add = std::clamp(0.54 + 2.0 * (target_ - live) / target_, 0.0, 1.0);
        if (uniform() < p_add || live_.empty()) return draw_add();
        return draw_cancel();
    }

    LobMessage draw_add() {
        LobMessage message{.id = ++id_, .kind = LobKind::add, .side = draw_side()};
        std::int32_t distance = 0;
        do {
            distance = 1;
            while (uniform() >= shape_.p_near) ++distance;
        } while (distance > shape_.distance_max);
        message.price = message.side == 0 ? mid_ - distance : mid_ + distance;
        message.quantity = 1 + below(100);
        return message;
    }

    LobMessage draw_market() {
        LobMessage message{.id = ++id_, .kind = LobKind::market, .side = draw_side()};
        message.quantity = 1 + below(50);
        if (below(16) == 0) message.quantity *= 8;
        return message;
    }

    LobMessage draw_cancel() {
        const std::uint32_t id = live_[below(static_cast<std::uint32_t>(live_.size()))];
        return {.id = id, .kind = LobKind::cancel, .side = sides_[id]};
    }

    LobMessage play(const LobMessage& message) {
        sides_.resize(id_ + 1);
        places_.resize(id_ + 1);
        if (message.kind != LobKind::cancel) sides_[message.id] = message.side;
        player_.expect(message.id);
        player_.play(message);
        const market::BookEvents& events = player_.events();
        for (const market::Fill& fill : events.fills) {
            if (fill.maker_left == market::Quantity{0}) forget(market::index(fill.maker_order));
        }
        for (const market::Removed& removed : events.removed) {
            if (removed.rested) forget(market::index(removed.id));
        }
        for (const market::Rested& rested : events.rested) {
            const auto id = static_cast<std::uint32_t>(rested.ticket.id);
            places_[id] = static_cast<std::uint32_t>(live_.size());
            live_.push_back(id);
        }
        player_.forget_events();
        return message;
    }

    void forget(std::size_t id) {
        const std::uint32_t place = places_[id];
        live_[place] = live_.back();
        places_[live_[place]] = place;
        live_.pop_back();
    }

    std::uint8_t draw_side() { return static_cast<std::uint8_t>(random_.next() >> 63); }
    double uniform() { return static_cast<double>(random_.next() >> 11) * 0x1.0p-53; }
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_.below(n)); }

    test::SplitMix64 random_{seed};
    const LobShape& shape_;
    double target_;
    LobPlayer player_;
    std::vector<std::uint32_t> live_;    // resting ids
    std::vector<std::uint32_t> places_;  // of an id in live_
    std::vector<std::uint8_t> sides_;    // of an id
    std::uint32_t id_ = 0;
    std::int32_t mid_ = mid_at_start;
};

/// Where the workload's published hashes start. It is the offset basis of FNV-1a less its last
/// digit, a slip that has become part of the definition.
constexpr std::uint64_t fnv_start = 1'469'598'103'934'665'603;

/// Fowler, Noll & Vo, version 1a.
std::uint64_t fnv(const std::vector<LobMessage>& messages, std::uint64_t hash) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(messages.data());
    for (std::size_t n = 0; n < messages.size() * sizeof(LobMessage); ++n) {
        hash = (hash ^ bytes[n]) * 0x100000001b3;
    }
    return hash;
}

}  // namespace

LobWorkload make_workload(const LobShape& shape) {
    LobWorkload workload = Generator{shape}.run();
    if (fnv(workload.messages, fnv(workload.prefill, fnv_start)) != shape.stream_hash) {
        fail(shape.name, "the workload is not the published one");
    }
    return workload;
}

}  // namespace crowdout::bench
