// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "agents/distribution.hpp"
#include "agents/field.hpp"
#include "market/time.hpp"
#include "market/units.hpp"
#include "world/bound.hpp"
#include "world/variant.hpp"

namespace crowdout::world {

using agents::FieldInfo;

struct Type;

/// Any value, kept as the YAML that was written, for someone else to read: `5%`, `[1d, 20d]`.
struct Literal {
    std::string text;
};

/// Is told the fields of a struct, one by one, in the order in which `visit` lists them.
///
/// `visit` is a template, so that structs need to know nothing; behind it stands this one
/// interface, so that readers, printers and schemas are ordinary code, compiled once.
class FieldSink {
public:
    virtual void field(const char* key, const FieldInfo& info, const Type& type, void* member) = 0;

protected:
    ~FieldSink() = default;
};

/// A type that a world file can give a value to: its kind and how to handle one through a pointer.
struct Type {
    enum class Kind : std::uint8_t {
        boolean,       ///< bool
        integer,       ///< std::int64_t; with a ratio or a rate for unit, billionths of it
        real,          ///< double
        money,         ///< market::Money
        duration,      ///< market::Duration
        time,          ///< market::Time
        text,          ///< std::string
        literal,       ///< Literal
        distribution,  ///< agents::Distribution
        bound,         ///< Bound: a number that brings its unit
        choice,        ///< an enum: one of `names`
        group,         ///< a struct with `visit`
        optional,      ///< an `item`, or none
        list,          ///< `item`s
        named_list,    ///< `item`s with unique names
        map,           ///< `item`s by key
        variant,       ///< one of `catalogue`, chosen by the text under the key itself
    };

    Kind kind = Kind::boolean;
    const Type* (*item)() = nullptr;
    Catalogue (*catalogue)() = nullptr;
    VariantValue* (*as_variant)(void* variant) = nullptr;
    agents::EnumNames names;

    std::shared_ptr<void> (*make)() = nullptr;  ///< a default one
    void (*visit)(void* group, FieldSink& sink) = nullptr;
    void (*check)(const void* group, agents::Complaints& complaints) = nullptr;  ///< may be null
    std::size_t (*get_choice)(const void* choice) = nullptr;
    void (*set_choice)(void* choice, std::size_t index) = nullptr;

    /// Of optionals (size 0 or 1), lists and maps.
    std::size_t (*size)(const void* items) = nullptr;
    void* (*at)(void* items, std::size_t index) = nullptr;
    const std::string& (*key_at)(const void* map, std::size_t index) = nullptr;
    void (*clear)(void* items) = nullptr;
    void* (*append)(void* items, std::string key) = nullptr;  ///< the key counts in maps only
};

/// The one description of `T`. Lives as long as the program.
template <class T>
[[nodiscard]] const Type* type_of();

/// What `visit` is called with: hands each member on with the description of its type.
class FieldVisitor {
public:
    explicit FieldVisitor(FieldSink& sink) : sink_{sink} {}

    template <class T>
    void operator()(const char* key, T& member, const FieldInfo& info = {}) {
        sink_.field(key, info, *type_of<T>(), &member);
    }

private:
    FieldSink& sink_;
};

namespace detail {

template <class T>
struct ItemsOf {
    static constexpr bool is_items = false;
};
template <class T>
struct ItemsOf<std::optional<T>> {
    static constexpr bool is_items = true;
    static constexpr auto kind = Type::Kind::optional;
    using Item = T;
    static std::size_t size(const std::optional<T>& value) { return value ? 1 : 0; }
    static void* at(std::optional<T>& value, std::size_t) { return &*value; }
    static void clear(std::optional<T>& value) { value.reset(); }
    static void* append(std::optional<T>& value, const std::string&) { return &value.emplace(); }
};
template <class T>
struct ItemsOf<std::vector<T>> {
    static_assert(!std::is_same_v<T, bool>, "std::vector<bool> has no members to point at");
    static constexpr bool is_items = true;
    static constexpr auto kind = Type::Kind::list;
    using Item = T;
    static std::size_t size(const std::vector<T>& list) { return list.size(); }
    static void* at(std::vector<T>& list, std::size_t index) { return &list[index]; }
    static void clear(std::vector<T>& list) { list.clear(); }
    static void* append(std::vector<T>& list, const std::string&) { return &list.emplace_back(); }
};
template <class T>
struct ItemsOf<agents::NamedList<T>> : ItemsOf<std::vector<T>> {
    static constexpr auto kind = Type::Kind::named_list;
    static std::size_t size(const agents::NamedList<T>& list) { return list.items.size(); }
    static void* at(agents::NamedList<T>& list, std::size_t index) { return &list.items[index]; }
    static void clear(agents::NamedList<T>& list) { list.items.clear(); }
    static void* append(agents::NamedList<T>& list, const std::string&) {
        return &list.items.emplace_back();
    }
};
template <class T>
struct ItemsOf<std::vector<std::pair<std::string, T>>> {
    using Map = std::vector<std::pair<std::string, T>>;
    static constexpr bool is_items = true;
    static constexpr auto kind = Type::Kind::map;
    using Item = T;
    static std::size_t size(const Map& map) { return map.size(); }
    static void* at(Map& map, std::size_t index) { return &map[index].second; }
    static void clear(Map& map) { map.clear(); }
    static void* append(Map& map, std::string key) {
        return &map.emplace_back(std::move(key), T{}).second;
    }
};

template <class T>
concept HasVisit = requires(T& value, FieldVisitor& visitor) {
    value.visit(visitor);
};
template <class T>
concept HasCheck = requires(const T& value, agents::Complaints& complaints) {
    value.check(complaints);
};
template <class T>
concept IsVariant = requires {
    T::catalogue();
};

template <class T>
[[nodiscard]] constexpr std::optional<Type::Kind> scalar_kind() {
    if (std::is_same_v<T, bool>) return Type::Kind::boolean;
    if (std::is_same_v<T, std::int64_t>) return Type::Kind::integer;
    if (std::is_same_v<T, double>) return Type::Kind::real;
    if (std::is_same_v<T, market::Money>) return Type::Kind::money;
    if (std::is_same_v<T, market::Duration>) return Type::Kind::duration;
    if (std::is_same_v<T, market::Time>) return Type::Kind::time;
    if (std::is_same_v<T, std::string>) return Type::Kind::text;
    if (std::is_same_v<T, Literal>) return Type::Kind::literal;
    if (std::is_same_v<T, agents::Distribution>) return Type::Kind::distribution;
    if (std::is_same_v<T, Bound>) return Type::Kind::bound;
    return std::nullopt;
}

template <class T>
Type described_items() {
    using Items = ItemsOf<T>;
    Type type;
    type.kind = Items::kind;
    type.item = [] { return type_of<typename Items::Item>(); };
    type.size = [](const void* items) { return Items::size(*static_cast<const T*>(items)); };
    type.at = [](void* items, std::size_t i) { return Items::at(*static_cast<T*>(items), i); };
    type.clear = [](void* items) { Items::clear(*static_cast<T*>(items)); };
    type.append = [](void* items, std::string key) {
        return Items::append(*static_cast<T*>(items), std::move(key));
    };
    if constexpr (Items::kind == Type::Kind::map) {
        type.key_at = [](const void* map, std::size_t index) -> const std::string& {
            return (*static_cast<const T*>(map))[index].first;
        };
    }
    return type;
}

template <HasVisit T>
Type described_group() {
    Type type;
    type.kind = Type::Kind::group;
    type.visit = [](void* group, FieldSink& sink) {
        FieldVisitor visitor{sink};
        static_cast<T*>(group)->visit(visitor);
    };
    if constexpr (HasCheck<T>) {
        type.check = [](const void* group, agents::Complaints& complaints) {
            static_cast<const T*>(group)->check(complaints);
        };
    }
    return type;
}

template <class T>
Type described() {
    Type type;
    if constexpr (scalar_kind<T>().has_value()) {
        type.kind = *scalar_kind<T>();
    } else if constexpr (std::is_enum_v<T>) {
        type.kind = Type::Kind::choice;
        type.names = enum_names(T{});
        type.get_choice = [](const void* choice) {
            return static_cast<std::size_t>(*static_cast<const T*>(choice));
        };
        type.set_choice = [](void* choice, std::size_t index) {
            *static_cast<T*>(choice) = static_cast<T>(index);
        };
    } else if constexpr (IsVariant<T>) {
        type.kind = Type::Kind::variant;
        type.catalogue = [] { return T::catalogue(); };
        type.as_variant = [](void* variant) -> VariantValue* { return static_cast<T*>(variant); };
    } else if constexpr (ItemsOf<T>::is_items) {
        type = described_items<T>();
    } else {
        static_assert(HasVisit<T>, "a field's type must be one of those that FieldInfo lists");
        type = described_group<T>();
    }
    type.make = []() -> std::shared_ptr<void> { return std::make_shared<T>(); };
    return type;
}

}  // namespace detail

template <class T>
const Type* type_of() {
    static const Type type = detail::described<T>();
    return &type;
}

/// One line of a catalogue: `entry<MarketMaker::Params>("market_maker", "Quotes ...", "做市商")`.
template <class Params>
[[nodiscard]] CatalogueEntry entry(std::string_view tag, const char* help, const char* help_zh) {
    return {tag, help, help_zh, type_of<Params>()};
}

}  // namespace crowdout::world
