// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/archive.hpp"
#include "world/flow_of_funds.hpp"

/// What tests of flows have in common: the words of the field, and two ways to look at a value.
namespace crowdout::world {

using market::Money;
using market::Reason;

using Rows = std::vector<FlowRow>;

inline Rows rows_of(const FlowMatrix& matrix) {
    Rows rows;
    matrix.rows(rows);
    return rows;
}

/// What comes back from an archive of `value`.
template <class Value>
Value through_archive(Value value) {
    market::ArchiveWriter writer;
    value.archive(writer);
    Value copy;
    market::ArchiveReader reader{writer.bytes()};
    copy.archive(reader);
    return copy;
}

}  // namespace crowdout::world
