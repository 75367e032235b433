// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "apps/claims_text.hpp"
#include "world/json_fields.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace {

using studies::Judgement;
using studies::PlannedClaim;
using world::ClaimConfig;
using world::json_number;
using world::json_quoted;

/// The fields of an object, in a row; those without a value are left out.
class Fields {
public:
    void text(std::string_view key, std::string_view value) { add(key, json_quoted(value)); }
    void number(std::string_view key, double value) {
        if (std::isfinite(value)) add(key, json_number(value));
    }
    void count(std::string_view key, std::uint64_t value) { add(key, std::to_string(value)); }
    void truth(std::string_view key, bool value) { add(key, value ? "true" : "false"); }
    void add(std::string_view key, std::string_view json) {
        text_ += fmt::format("{}{}: {}", text_.empty() ? "" : ", ", json_quoted(key), json);
    }
    [[nodiscard]] std::string object() const { return "{" + text_ + "}"; }

private:
    std::string text_;
};

/// A claim's figures under their names, for any of the forms.
template <class Sink>
void visit_claim(Sink& sink, const PlannedClaim& planned, const Judgement& judgement) {
    const ClaimConfig& claim = planned.claim;
    const auto unit = static_cast<std::size_t>(studies::judged_unit(claim));
    const world::Bounds bounds = studies::judged_bounds(claim);
    sink.text("world", planned.world);
    sink.text("name", claim.name);
    sink.text("row", claim.row);
    sink.text("tier", enum_names(claim.tier).data[static_cast<std::size_t>(claim.tier)]);
    sink.text("says", claim.says);
    sink.text("says_zh", claim.says_zh);
    sink.text("measure", claim.measure.tag());
    sink.text("judge", enum_names(claim.judge).data[static_cast<std::size_t>(claim.judge)]);
    sink.text("unit", world::measure_unit_names[unit]);
    sink.number("estimate", judgement.interval.estimate);
    sink.number("low", judgement.interval.low);
    sink.number("high", judgement.interval.high);
    sink.number("bound_low", bounds.low);
    sink.number("bound_high", bounds.high);
    const world::Measured past = planned.past.value_or(world::Measured{});
    sink.number("data", past.value.value_or(NAN));
    sink.text("data_why_not", past.why_not);
    sink.text("verdict", studies::verdict_names[static_cast<std::size_t>(judgement.verdict)]);
    sink.truth("is_known", !claim.known_failure.empty());
    sink.text("why", claim.known_failure.empty() ? judgement.why : claim.known_failure);
    sink.count("members", judgement.members);
    sink.count("missing", judgement.missing);
}

std::string values_json(const ClaimsOutcome& outcome, std::size_t claim) {
    std::string list;
    std::uint64_t seed = outcome.first_seed;
    const std::size_t members = outcome.run.judgements()[claim].members;
    for (const world::Measured& value : outcome.run.values(claim, members)) {
        Fields fields;
        fields.count("seed", seed++);
        if (value.value) fields.number("value", *value.value);
        if (!value.why_not.empty()) fields.text("why_not", value.why_not);
        list += (list.empty() ? "" : ", ") + fields.object();
    }
    return "[" + list + "]";
}

/// A line of comma-separated values, or the line of their names.
class CsvLine {
public:
    explicit CsvLine(bool names) : names_{names} {}

    void text(std::string_view key, std::string_view value) { cell(names_ ? key : value); }
    void number(std::string_view key, double value) {
        text(key, std::isfinite(value) ? json_number(value) : std::string{});
    }
    void count(std::string_view key, std::uint64_t value) { text(key, std::to_string(value)); }
    void truth(std::string_view key, bool value) { text(key, value ? "true" : "false"); }
    [[nodiscard]] std::string line() const { return text_ + "\r\n"; }

private:
    void cell(std::string_view value) {
        if (!first_) text_ += ',';
        first_ = false;
        if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
            text_ += value;
            return;
        }
        text_ += '"';
        for (const char c : value) text_ += c == '"' ? std::string{"\"\""} : std::string{c};
        text_ += '"';
    }

    std::string text_;
    bool names_;
    bool first_ = true;
};

}  // namespace

std::string claims_json(const ClaimsOutcome& outcome) {
    std::string claims;
    for (std::size_t at = 0; at < outcome.plan.claims.size(); ++at) {
        Fields fields;
        visit_claim(fields, outcome.plan.claims[at], outcome.run.judgements()[at]);
        fields.add("values", values_json(outcome, at));
        claims += (at == 0 ? "" : ",\n  ") + fields.object();
    }
    std::string lost;
    for (const studies::LostMember& member : outcome.run.lost()) {
        Fields fields;
        fields.text("world", member.scene);
        fields.count("seed", member.seed);
        fields.text("state", enum_names(member.state).data[static_cast<std::size_t>(member.state)]);
        fields.text("what", member.what);
        lost += (lost.empty() ? "" : ", ") + fields.object();
    }
    Fields all;
    all.add("claims", "[\n  " + claims + "]");
    all.add("lost", "[" + lost + "]");
    all.count("members_made", outcome.run.made());
    all.count("members_cached", outcome.run.cached());
    all.count("exit_code", static_cast<std::uint64_t>(claims_exit(outcome)));
    return all.object();
}

std::string claims_csv(const ClaimsOutcome& outcome) {
    std::string text;
    for (std::size_t at = 0; at < outcome.plan.claims.size(); ++at) {
        if (at == 0) {
            CsvLine names{true};
            visit_claim(names, outcome.plan.claims[at], outcome.run.judgements()[at]);
            text += names.line();
        }
        CsvLine line{false};
        visit_claim(line, outcome.plan.claims[at], outcome.run.judgements()[at]);
        text += line.line();
    }
    return text;
}

}  // namespace crowdout::apps
