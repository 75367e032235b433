// SPDX-License-Identifier: Apache-2.0
#include "world/world.hpp"

namespace crowdout::world {

/// The whole state, in one order for writing and for reading. What the configuration says (which
/// instruments, whose accounts) is not in it, and scratch memory is nobody's state.
template <class Archive>
void World::archive_all(Archive& a) {
    a(seed_, clock_, markets_, tapes_, book_flows_, next_order_);
    a(economy_.ledger, economy_.loans, economy_.obligations, economy_.flows);
    a(macro_, opening_cash_, escrowed_, borrowers_, calendar_, alarms_, woken_early_);
    a(open_orders_, agents_digest_, forced_, rates_, totals_, refusals_);
    for (agents::BookView& view : views_) a(view.value, view.value_sigma);
    for (auto& population : populations_) population->archive(a);
}

void World::archive(market::ArchiveWriter& a) {
    archive_all(a);
}

std::string World::state() const {
    market::ArchiveWriter writer;
    // One list serves both directions, and only the reader changes what it is given.
    const_cast<World&>(*this).archive(writer);
    return writer.bytes();
}

void World::archive(market::ArchiveReader& a) {
    archive_all(a);
    if (a.left() != 0) throw market::ArchiveError{"the checkpoint holds more than the world"};
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        view_book(book, clock_.now());  // for who looks before the next step does
        views_[book].history = nullptr;
    }
}

}  // namespace crowdout::world
