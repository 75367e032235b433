// SPDX-License-Identifier: Apache-2.0
#include "world/name_table.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace crowdout::world {

namespace {

/// The place of `name`, which the loader has checked to exist.
std::size_t place(const std::vector<std::string>& names, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

}  // namespace

market::InstrumentId NameTable::instrument(std::string_view name) const {
    const std::size_t at = place(instruments, name);
    if (at == instruments.size()) {
        throw std::invalid_argument{"no instrument is called " + std::string{name}};
    }
    asked_.insert(market::AssetId{static_cast<std::uint16_t>(at + 1)});
    return market::InstrumentId{static_cast<std::uint16_t>(at)};
}

market::AssetId NameTable::asset(std::string_view name) const {
    if (name == "USD") return market::usd;
    std::size_t at = 1 + place(instruments, name);
    if (at > instruments.size()) at += place(assets, name);
    if (at == asset_count()) throw std::invalid_argument{"no asset is called " + std::string{name}};
    const market::AssetId id{static_cast<std::uint16_t>(at)};
    asked_.insert(id);
    return id;
}

market::AccountId NameTable::account(std::string_view name, std::uint32_t member) const {
    const std::size_t at = place(accounts, name);
    if (at == accounts.size()) {
        throw std::invalid_argument{"no account is called " + std::string{name}};
    }
    return {static_cast<std::uint32_t>(at), member};
}

const agents::HistoricalSeries& NameTable::series(std::string_view name) const {
    const auto found = data.find(name);
    if (found == data.end()) {
        throw std::invalid_argument{"no series is called " + std::string{name}};
    }
    return found->second;
}

const agents::OrderTape& NameTable::order_tape(std::string_view name) const {
    for (const auto& [known, tape] : tapes) {
        if (known == name) return *tape;
    }
    throw std::invalid_argument{"no tape is called " + std::string{name}};
}

std::vector<market::AssetId> NameTable::take_asked() const {
    const auto asked = std::exchange(asked_, {});
    return {asked.begin(), asked.end()};
}

}  // namespace crowdout::world
