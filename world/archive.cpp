// SPDX-License-Identifier: Apache-2.0
#include "world/world.hpp"

namespace crowdout::world {

/// The whole state, in one order for writing and for reading. What the configuration says (which
/// instruments, whose accounts) is not in it, and scratch memory is nobody's state.
template <class Archive>
void World::archive_all(Archive& a) {
    a(seed_, clock_, markets_, tapes_, book_flows_, next_order_);
    a(economy_.ledger, economy_.loans, economy_.obligations, economy_.flows);
    a(macro_, opening_cash_, borrowers_, calendar_, alarms_, woken_early_, open_orders_);
    a(agents_digest_, forced_, rates_, totals_);
    for (agents::BookView& view : views_) a(view.value, view.value_sigma);
    for (auto& population : populations_) population->archive(a);
}

void World::archive(market::ArchiveWriter& a) {
    archive_all(a);
}

void World::archive(market::ArchiveReader& a) {
    archive_all(a);
    if (a.left() != 0) throw market::ArchiveError{"the checkpoint holds more than the world"};
}

}  // namespace crowdout::world
