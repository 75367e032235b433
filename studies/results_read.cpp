// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstring>

#include "market/hash.hpp"
#include "studies/results.hpp"
#include "studies/results_tables.hpp"

namespace crowdout::studies {

namespace {

std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
    return market::hash_bytes(text.data(), text.size(), seed);
}

/// One value with its type, so that 1, 1.0 and '1' differ, as do NULL and ''.
std::uint64_t hash_value(const Statement& row, int column, std::uint64_t seed) {
    if (row.is_null(column)) return market::mix(seed ^ 1);
    if (row.is_text(column)) return hash_text(row.text(column), market::mix(seed ^ 2));
    std::uint64_t bits = 0;
    if (row.is_whole(column)) {
        bits = static_cast<std::uint64_t>(row.whole(column));
        return market::mix(market::mix(seed ^ 3) ^ bits);
    }
    const double value = row.real(column);
    std::memcpy(&bits, &value, sizeof bits);
    return market::mix(market::mix(seed ^ 4) ^ bits);
}

}  // namespace

StudyProgress results_progress(const Database& results) {
    StudyProgress progress;
    Statement states = results.prepare("SELECT state, count(*) FROM members GROUP BY state");
    while (states.step()) {
        const auto count = static_cast<std::size_t>(states.whole(1));
        const std::string state = states.text(0);
        progress.members += count;
        if (state == "done") progress.done += count;
        if (state != "done" && state != "open") progress.lost += count;
    }
    Statement mean = results.prepare("SELECT avg(seconds) FROM timing WHERE cached = 0");
    if (mean.step() && !mean.is_null(0)) progress.seconds_mean = mean.real(0);
    return progress;
}

std::string results_digest(const Database& results) {
    std::uint64_t digest = hash_text(results_study_hash(results), 0);
    for (const ResultsTable& table : results_tables()) {
        if (!table.is_compared) continue;
        digest = hash_text(table.name, digest);
        Statement rows =
            results.prepare(fmt::format("SELECT * FROM \"{}\" ORDER BY {}", table.name, table.key));
        while (rows.step()) {
            for (int column = 0; column < rows.columns(); ++column) {
                digest = hash_value(rows, column, digest);
            }
        }
    }
    return fmt::format("{:016x}", digest);
}

namespace {

std::optional<std::string> hash_in(const Database& results) {
    const auto has_meta =
        results.value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'");
    return has_meta ? results.value("SELECT value FROM meta WHERE key = 'study_hash'")
                    : std::optional<std::string>{};
}

}  // namespace

bool are_results(const Database& database) {
    return hash_in(database).has_value();
}

std::string results_study_hash(const Database& results) {
    const auto hash = hash_in(results);
    if (!hash) throw ResultsError{fmt::format("'{}' is no study's results", results.path())};
    const int format =
        std::stoi(results.value("SELECT value FROM meta WHERE key = 'format'").value_or("0"));
    if (format != results_format) {
        throw ResultsError{fmt::format("'{}' has format {}; this program reads {}", results.path(),
                                       format, results_format)};
    }
    return *hash;
}

}  // namespace crowdout::studies
