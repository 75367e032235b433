// SPDX-License-Identifier: Apache-2.0
#include "studies/member.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "studies/member_series.hpp"
#include "world/builder.hpp"
#include "world/config_fields.hpp"
#include "world/data_check.hpp"
#include "world/field_printer.hpp"
#include "world/fork.hpp"
#include "world/frame_camera.hpp"
#include "world/live_input.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"
#include "world/tracks.hpp"

namespace crowdout::studies {

namespace {

using Config = std::shared_ptr<const world::WorldConfig>;

/// What messages call the world of a job: it has no file any more.
constexpr const char* world_name = "world";

/// The world of a job, which shows to a camera what is to be measured and no more.
Config load(const MemberJob& job, const std::vector<std::string>& more,
            const world::TrackNeeds& needs) {
    std::vector<std::string> sets = job.set;
    sets.insert(sets.end(), more.begin(), more.end());
    auto loaded = world::load_world_text(world_name, job.world, sets);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    world::record_for(needs, loaded.config);
    return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
}

/// What a job asks of each of its runs.
struct Questions {
    std::vector<world::MeasureConfig> measures;
    market::Duration series_every;
    world::TrackNeeds needs;
};

/// @throws world::InvalidWorld  also where a measure names what the world does not have.
Questions questions_of(const MemberJob& job) {
    const Config config = load(job, {}, {});
    Questions questions{.measures = {}, .series_every = job.series_every, .needs = {}};
    for (const std::string& text : job.measures) {
        const std::string source = "measure";
        const world::LoadOptions options{.overrides = {"name=measure"},
                                         .built_in_names = world::declared_names(*config),
                                         .read = [&](const std::string& path, std::string& why) {
                                             return path == source ? std::optional{text}
                                                                   : world::read_file(path, why);
                                         }};
        questions.measures.push_back(world::load_or_throw<world::MeasureConfig>(source, options));
    }
    questions.needs = world::needs_of(questions.measures);
    if (job.series_every.ns > 0) {
        questions.needs.refine(job.series_every);
        questions.needs.series = true;
        questions.needs.idle = true;
        for (const auto& instrument : config->instruments.items) {
            questions.needs.books[instrument.name];
        }
    }
    return questions;
}

/// A run in hand: the world, and what has been seen of it.
class Run {
public:
    Run(const MemberJob& job, const Questions& questions, const Config& config)
        : job_{&job},
          questions_{&questions},
          world_{world::build(config, job.seed)},
          camera_{world_},
          recorder_{camera_.manifest(), questions.needs} {}

    /// Another future from here on, which shares what has been seen so far.
    [[nodiscard]] Run branch(const Branch& branch) const {
        Run other{*this};
        const Config config = load(*job_, branch.set, questions_->needs);
        // At the opening nothing is held yet: there every field may differ, not only those that a
        // later fork may change.
        if (world_.steps() == 0) {
            other = Run{*job_, *questions_, config};
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

    [[nodiscard]] market::Time start() const { return world_.config().start; }
    [[nodiscard]] market::Time end() const { return start() + world_.config().duration; }

    void play_until(market::Time time, world::Pool& pool) {
        while (world_.now() < std::min(time, end())) {
            world_.step(pool);
            if (camera_.see(world_)) recorder_.take(camera_.frame());
        }
    }

    /// Call once, at the end.
    [[nodiscard]] BranchResult result(const std::string& name) {
        if (const std::string broken = world_.audit_afresh(); !broken.empty()) {
            throw world::InvariantBroken{broken};
        }
        BranchResult result{.name = name, .digest = world_.digest(), .values = {}, .series = {}};
        if (camera_.see_end(world_)) recorder_.take(camera_.frame());
        const world::Tracks tracks = recorder_.finish();
        for (const world::MeasureConfig& measure : questions_->measures) {
            result.values.push_back(world::evaluate(measure, tracks));
        }
        if (questions_->series_every.ns > 0) {
            result.series = member_series(tracks, world_.config(), questions_->series_every);
        }
        return result;
    }

private:
    const MemberJob* job_;
    const Questions* questions_;
    world::World world_;
    world::FrameCamera camera_;
    world::TrackRecorder recorder_;
};

std::vector<Branch> by_time(std::vector<Branch> branches) {
    std::ranges::stable_sort(branches, {}, [](const Branch& each) { return each.at; });
    return branches;
}

/// The base run, with every branch played to its end where it leaves it: two worlds at most are in
/// memory.
std::vector<BranchResult> play(const MemberJob& job, world::Pool& pool) {
    const Questions questions = questions_of(job);
    Run base{job, questions, load(job, {}, questions.needs)};
    std::vector<BranchResult> branches;
    for (const Branch& branch : by_time(job.branches)) {
        base.play_until(base.start() + branch.at, pool);
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

std::string measure_text(const world::MeasureConfig& measure) {
    world::MeasureConfig nameless = measure;
    nameless.name.clear();
    return world::print_resolved(*world::type_of<world::MeasureConfig>(), &nameless);
}

std::string member_world(const world::WorldConfig& config) {
    const std::vector<world::SeriesUse> followed = world::series_uses(config);
    world::WorldConfig bare = config;
    bare.description.clear();
    bare.description_zh.clear();
    bare.claims.items.clear();
    bare.counterfactuals.items.clear();
    std::erase_if(bare.data.items, [&](const world::DataSeriesConfig& series) {
        return std::ranges::none_of(
            followed, [&](const world::SeriesUse& use) { return use.series == series.name; });
    });
    return world::print_resolved(world::world_type(), &bare);
}

}  // namespace crowdout::studies
