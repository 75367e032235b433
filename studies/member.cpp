// SPDX-License-Identifier: Apache-2.0
#include "studies/member.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>

#include "world/builder.hpp"
#include "world/field_printer.hpp"
#include "world/fork.hpp"
#include "world/live_input.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"

namespace crowdout::studies {

namespace {

using Config = std::shared_ptr<const world::WorldConfig>;

/// What messages call the world of a job: it has no file any more.
constexpr const char* world_name = "world";

Config load(const MemberJob& job, const std::vector<std::string>& more = {}) {
    std::vector<std::string> sets = job.set;
    sets.insert(sets.end(), more.begin(), more.end());
    auto loaded = world::load_world_text(world_name, job.world, sets);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
}

/// A run in hand: the world, and what has been seen of it.
class Run {
public:
    Run(const MemberJob& job, const Config& config)
        : job_{&job}, world_{world::build(config, job.seed)} {}

    /// Another future from here on, which shares what has been seen so far.
    [[nodiscard]] Run branch(const Branch& branch) const {
        Run other{*this};
        // At the opening nothing is held yet: there every field may differ, not only the later
        // ones.
        const Config config = load(*job_, branch.set);
        if (world_.steps() == 0) {
            other = Run{*job_, config};
        } else if (!branch.set.empty()) {
            other.world_ = world::fork(world_, config, job_->seed);
        }
        std::uint32_t order = 0;
        for (const std::string& shock : branch.shocks) {
            const world::World& now = other.world_;
            other.world_.inject(world::read_live_shock(shock, now.config(), now.now()), order++);
        }
        return other;
    }

    [[nodiscard]] const world::World& world() const { return world_; }
    [[nodiscard]] market::Time end() const {
        return world_.config().start + world_.config().duration;
    }

    void play_until(market::Time time, world::Pool& pool) {
        while (world_.now() < std::min(time, end())) world_.step(pool);
    }

    [[nodiscard]] BranchResult result(const std::string& name) const {
        if (const std::string broken = world_.audit_afresh(); !broken.empty()) {
            throw world::InvariantBroken{broken};
        }
        return {.name = name, .digest = world_.digest()};
    }

private:
    const MemberJob* job_;
    world::World world_;
};

std::vector<Branch> by_time(std::vector<Branch> branches) {
    std::ranges::stable_sort(branches, {}, [](const Branch& each) { return each.at; });
    return branches;
}

/// The base run, with every branch played to its end where it leaves it: two worlds at most are in
/// memory.
std::vector<BranchResult> play(const MemberJob& job, world::Pool& pool) {
    const Config config = load(job);
    Run base{job, config};
    std::vector<BranchResult> branches;
    for (const Branch& branch : by_time(job.branches)) {
        base.play_until(config->start + branch.at, pool);
        Run other = base.branch(branch);
        other.play_until(other.end(), pool);
        branches.push_back(other.result(branch.name));
    }
    base.play_until(base.end(), pool);
    std::vector<BranchResult> results{base.result("")};
    for (const Branch& branch : job.branches) {
        results.push_back(*std::ranges::find(branches, branch.name, &BranchResult::name));
    }
    return results;
}

}  // namespace

MemberResult run_member(const MemberJob& job, int threads) {
    const auto start = std::chrono::steady_clock::now();
    MemberResult result;
    try {
        world::Pool pool{threads};
        result.branches = play(job, pool);
        result.state = MemberState::done;
    } catch (const std::bad_alloc&) {
        result.state = MemberState::out_of_memory;
        result.what = "it takes more memory than it may have";
    } catch (const world::ImpossibleWorld& impossible) {
        result.what = impossible.path().empty()
                          ? impossible.what()
                          : fmt::format("{}: {}", impossible.path(), impossible.what());
    } catch (const world::InvariantBroken& broken) {
        result.what = fmt::format("money was made or lost: {}", broken.what());
    } catch (const std::exception& error) {
        result.what = error.what();
    }
    result.wall_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

std::string member_world(const world::WorldConfig& config) {
    world::WorldConfig bare = config;
    bare.description.clear();
    bare.description_zh.clear();
    return world::print_resolved(world::world_type(), &bare);
}

}  // namespace crowdout::studies
