// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

#include "studies/member.hpp"
#include "world/json_fields.hpp"
#include "world/replay_error.hpp"

namespace crowdout::studies {

namespace {

template <class Object, class T>
concept Is = std::is_same_v<std::remove_const_t<Object>, T>;

/// A value as JSON has it: lists of none or one, or of two, since fields have no other way to be
/// absent.
struct ValueRow {
    std::vector<double> value{};
    std::string why_not{};
    std::vector<double> within_run_95{};
};

struct SeriesRow {
    std::string name{};
    std::string values{};  ///< see `packed`
};

struct BranchRow {
    std::string name{};
    std::string digest{};  ///< hexadecimal: readers of JSON elsewhere keep 53 bits of a number
    std::vector<ValueRow> values{};
    std::vector<SeriesRow> series{};
};

struct ResultRow {
    MemberState state = MemberState::failed;
    std::string what{};
    double wall_seconds = 0;
    std::vector<BranchRow> branches{};
};

/// Numbers in one text, a blank between two: a tree with a node for each would be too large for
/// long series. `-` stands for NaN.
std::string packed(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) {
        if (!text.empty()) text += ' ';
        text += std::isnan(value) ? "-" : fmt::format("{}", value);
    }
    return text;
}

std::vector<double> unpacked(std::string_view text) {
    std::vector<double> values;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        double value = std::numeric_limits<double>::quiet_NaN();
        const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
        const bool is_number = read.ec == std::errc{} && read.ptr == word.data() + word.size();
        if (!is_number && word != "-") throw world::ReplayError{"a series has no such number", 0};
        values.push_back(value);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return values;
}

std::uint64_t read_digest(std::string_view text) {
    std::uint64_t digest = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), digest, 16);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        throw world::ReplayError{"a digest is no hexadecimal number", 0};
    }
    return digest;
}

ValueRow row_of(const world::Measured& value) {
    ValueRow row;
    if (value.value) row.value = {*value.value};
    row.why_not = value.why_not;
    if (value.within_run_95)
        row.within_run_95 = {value.within_run_95->first, value.within_run_95->second};
    return row;
}

world::Measured value_of(const ValueRow& row) {
    world::Measured value;
    if (!row.value.empty()) value.value = row.value.front();
    value.why_not = row.why_not;
    if (row.within_run_95.size() == 2) {
        value.within_run_95 = {row.within_run_95[0], row.within_run_95[1]};
    }
    return value;
}

BranchRow row_of(const BranchResult& branch) {
    BranchRow row{.name = branch.name, .digest = fmt::format("{:016x}", branch.digest)};
    for (const world::Measured& value : branch.values) row.values.push_back(row_of(value));
    for (const MemberSeries& each : branch.series) {
        row.series.push_back({each.name, packed(each.values)});
    }
    return row;
}

BranchResult branch_of(const BranchRow& row) {
    BranchResult branch{.name = row.name, .digest = read_digest(row.digest)};
    for (const ValueRow& value : row.values) branch.values.push_back(value_of(value));
    for (const SeriesRow& each : row.series) {
        branch.series.push_back({each.name, unpacked(each.values)});
    }
    return branch;
}

}  // namespace

// Found by argument-dependent lookup, in the classes' own namespace.

template <class Field, Is<Branch> AnyBranch>
void visit_fields(Field& field, AnyBranch& branch) {
    field("name", branch.name);
    field("at_ns", branch.at.ns);
    field("set", branch.set);
    field("shocks", branch.shocks);
}

template <class Field, Is<MemberJob> Job>
void visit_fields(Field& field, Job& job) {
    field("world", job.world);
    field("set", job.set);
    field("seed", job.seed);
    field("branches", job.branches);
    field("measures", job.measures);
    field("series_every_ns", job.series_every.ns);
}

namespace {

template <class Field, Is<ValueRow> Row>
void visit_fields(Field& field, Row& row) {
    field("value", row.value);
    field("why_not", row.why_not);
    field("within_run_95", row.within_run_95);
}

template <class Field, Is<SeriesRow> Row>
void visit_fields(Field& field, Row& row) {
    field("name", row.name);
    field("values", row.values);
}

template <class Field, Is<BranchRow> Row>
void visit_fields(Field& field, Row& row) {
    field("name", row.name);
    field("digest", row.digest);
    field("values", row.values);
    field("series", row.series);
}

template <class Field, Is<ResultRow> Row>
void visit_fields(Field& field, Row& row) {
    field("state", row.state);
    field("what", row.what);
    field("wall_seconds", row.wall_seconds);
    field("branches", row.branches);
}

template <class T>
T read_json(std::string_view name, std::string_view text) {
    T object;
    const world::Node node = world::parse_json(name, text);
    world::JsonReader{node}.read(object);
    return object;
}

}  // namespace

std::string job_json(const MemberJob& job) {
    return world::to_json(job);
}

MemberJob read_job_json(std::string_view text) {
    return read_json<MemberJob>("job", text);
}

std::string result_json(const MemberResult& result) {
    ResultRow row{.state = result.state, .what = result.what, .wall_seconds = result.wall_seconds};
    for (const BranchResult& branch : result.branches) row.branches.push_back(row_of(branch));
    return world::to_json(row);
}

MemberResult read_result_json(std::string_view text) {
    const auto row = read_json<ResultRow>("result", text);
    MemberResult result{.state = row.state, .what = row.what, .wall_seconds = row.wall_seconds};
    for (const BranchRow& branch : row.branches) result.branches.push_back(branch_of(branch));
    return result;
}

}  // namespace crowdout::studies
