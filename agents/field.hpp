// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace crowdout::agents {

/// What a number in a world file measures: the suffixes it may carry and the unit it is kept in.
///
/// | dimension    | in the file                            | a double holds    |
/// |--------------|----------------------------------------|-------------------|
/// | `number`     | `12`, `1e6`, `3.5k`, `2M`              | the number        |
/// | `ratio`      | `0.05`, `5%`, `25bp`                   | 1 is the whole    |
/// | `rate`       | `0.04`, `4%/yr`, `25bp/yr`, `6/d`      | per 365-day year  |
/// | `money`      | `1200`, `$1.2B`, `-$30M`               | US dollars        |
/// | `money_rate` | `$400B/yr`, `$1M/d`                    | dollars per year  |
/// | `price`      | `92k`, `$92000`, `$0.25`               | dollars per whole |
/// | `quantity`   | `450`, `19.8M`                         | whole units       |
/// | `duration`   | `30d`, `2h`, `5min`, `100ms`, `1yr`    | seconds           |
///
/// A whole unit is a coin, a share or $100 of face. `market::Money`, `market::Duration`,
/// `market::Time` and `market::RateR9` members are exact; a double is the nearest one.
enum class Dimension : std::uint8_t {
    number,
    ratio,
    rate,
    money,
    money_rate,
    price,
    quantity,
    duration,
};

/// What kind of name a text is or points at. Kinds can be joined: `instrument | sector`.
enum class Reference : std::uint16_t {
    none = 0,
    instrument = 1,
    venue = 2,
    population = 4,
    sector = 8,
    institution = 16,  ///< a named single account: a bank, the treasury, a fund
    asset = 32,
    shock = 64,
    counterfactual = 128,  ///< another run of the same luck, see world/claim.hpp
    /// A figure of the past, see historical_series.hpp; the field's unit is the one it must have.
    data_series = 256,
    tape = 512,  ///< recorded orders, see agents/order_tape.hpp
};

[[nodiscard]] constexpr Reference operator|(Reference a, Reference b) {
    return static_cast<Reference>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
[[nodiscard]] constexpr bool overlaps(Reference a, Reference b) {
    return (static_cast<std::uint16_t>(a) & static_cast<std::uint16_t>(b)) != 0;
}

/// Everything about a field but its name and place. A struct states it once, in
///
///     template <class Visitor>
///     void visit(Visitor& field) {
///         field("leverage_max", leverage_max,
///               {.help = "Assets over equity, at most.", .help_zh = "最大杠杆。",
///                .unit = Dimension::ratio, .min = 1, .max = 100});
///     }
///
/// and the reader, the printer, the JSON Schema, the overrides and the manual are visitors of that
/// list. The initial value of the member is the default. Members may be: bool, std::int64_t,
/// double, std::string, Distribution, the four exact types above, enums with an `enum_names(E)`,
/// structs with a `visit`, and std::optional, std::vector, NamedList,
/// std::vector<std::pair<std::string, T>> (a map in the order of the file) and world::Variant of
/// those.
struct FieldInfo {
    const char* help = "";     ///< a sentence, for the manual and for editors
    const char* help_zh = "";  ///< the same in Chinese
    Dimension unit = Dimension::number;
    double min = -std::numeric_limits<double>::infinity();  ///< inclusive, in the unit above;
    double max = std::numeric_limits<double>::infinity();   ///< for lists and maps: each item's
    bool required = false;                                  ///< must be written in the file
    bool positive = false;                                  ///< greater than zero
    Reference refers_to = Reference::none;  ///< the text, each item, or each key of a map
    Reference declares = Reference::none;  ///< the text itself, names of a NamedList, keys of a map
    std::size_t items_min = 0;             ///< of lists and maps
};

/// The names of an enum in the order of its values, from 0. Found by argument-dependent lookup:
/// declare it beside the enum, in its namespace.
///
///     constexpr agents::EnumNames enum_names(Colour) { return {names.data(), names.size()}; }
struct EnumNames {
    const std::string_view* data = nullptr;
    std::size_t size = 0;
};

/// A list of things with a member `std::string name`, unique in the list and listed by `visit`.
///
/// A later world file patches such a list item by item; `--set list[name].field=` reaches inside.
template <class T>
struct NamedList {
    std::vector<T> items;

    [[nodiscard]] const T* find(std::string_view name) const {
        for (const T& item : items) {
            if (item.name == name) return &item;
        }
        return nullptr;
    }
    [[nodiscard]] std::size_t size() const { return items.size(); }
    [[nodiscard]] bool empty() const { return items.empty(); }
    [[nodiscard]] const T& operator[](std::size_t index) const { return items[index]; }
    [[nodiscard]] T& operator[](std::size_t index) { return items[index]; }
    [[nodiscard]] auto begin() const { return items.begin(); }
    [[nodiscard]] auto end() const { return items.end(); }
    [[nodiscard]] auto begin() { return items.begin(); }
    [[nodiscard]] auto end() { return items.end(); }
};

/// Where a struct says what is wrong between its fields, once each of them is right by itself:
///
///     void check(agents::Complaints& complaints) const {
///         if (spread_min > spread_max) complaints.error("spread_min", "lies above spread_max");
///     }
///
/// It is called after reading, if the struct has it; `key` is one of its own keys, a path that
/// starts with one (`instruments[BTC].bond`), or "" for the struct as a whole.
class Complaints {
public:
    virtual void error(std::string_view key, const std::string& what) = 0;
    virtual void warning(std::string_view key, const std::string& what) = 0;

protected:
    ~Complaints() = default;
};

}  // namespace crowdout::agents
