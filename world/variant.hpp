// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace crowdout::world {

struct Type;
template <class T>
const Type* type_of();

/// One kind of thing that a tag in a world file can choose, with the struct of its parameters.
struct CatalogueEntry {
    std::string_view tag;
    const char* help = "";
    const char* help_zh = "";
    const Type* params = nullptr;  ///< a group
};

using Catalogue = std::span<const CatalogueEntry>;

/// A variant without the catalogue it draws on: what readers and printers handle.
struct VariantValue {
    const CatalogueEntry* entry = nullptr;
    std::shared_ptr<void> params;
};

/// What a tag chose: `archetype: market_maker` makes this hold a market maker's parameters.
///
/// The fields of the chosen struct stand in the file beside the tag, in the same map. A value:
/// copies share the parameters, which nobody changes once they are read.
///
///     Catalogue archetypes();                  // one line an entry, in catalogue.cpp
///     Variant<archetypes> archetype;           // in a struct; listed by `visit` like any field
///     archetype.as<MarketMaker::Params>()      // after loading
template <Catalogue (*entries)()>
class Variant : public VariantValue {
public:
    [[nodiscard]] static Catalogue catalogue() { return entries(); }

    [[nodiscard]] bool empty() const { return entry == nullptr; }
    /// "" while nothing is chosen.
    [[nodiscard]] std::string_view tag() const { return empty() ? std::string_view{} : entry->tag; }
    template <class Params>
    [[nodiscard]] bool holds() const {
        return !empty() && entry->params == type_of<Params>();
    }
    template <class Params>
    [[nodiscard]] const Params& as() const {
        assert(holds<Params>());
        return *static_cast<const Params*>(params.get());
    }
};

}  // namespace crowdout::world
