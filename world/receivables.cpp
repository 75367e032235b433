// SPDX-License-Identifier: Apache-2.0
#include "world/receivables.hpp"

#include <algorithm>
#include <tuple>

namespace crowdout::world {

using agents::Obligation;

void Receivables::refresh(const ObligationBook& book) {
    if (book.digest() == digest_) return;
    digest_ = book.digest();
    open_.assign(book.all().begin(), book.all().end());
    std::ranges::sort(open_, {}, [](const Obligation& o) {
        return std::tuple{o.creditor, o.due, o.id};
    });
}

std::span<const Obligation> Receivables::of(market::AccountId creditor) const {
    const auto first = std::ranges::lower_bound(open_, creditor, {}, &Obligation::creditor);
    const auto last = std::ranges::upper_bound(open_, creditor, {}, &Obligation::creditor);
    return {first, last};
}

}  // namespace crowdout::world
