// SPDX-License-Identifier: Apache-2.0
#include "world/tape_data.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "agents/names.hpp"
#include "agents/tape_trader.hpp"
#include "market/time.hpp"
#include "world/config.hpp"
#include "world/csv.hpp"
#include "world/field_type.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {

using agents::Complaints;
using agents::TapeOrder;
using agents::TapeOrderKind;
using market::Time;

namespace {

constexpr double size_max = 1e15;         // our choice: what a ledger can count of anything
constexpr double price_max = 1e12;        // USD; our choice
constexpr double relative_max = 1e6;      // basis points; our choice: a hundred times the mid
constexpr double relative_min = -10'000;  // basis points: nothing is left of the price

constexpr std::array<std::string_view, 2> side_names{"buy", "sell"};

/// A moment whose seconds may have decimals, to the nanosecond.
std::optional<Refusal> parse_moment(const std::string& text, Time& value) {
    constexpr std::string_view digits = "0123456789";
    const std::size_t point = text.find('.');
    const std::size_t end = std::min(text.find_first_not_of(digits, point + 1), text.size());
    const bool has_seconds =
        point != std::string::npos &&
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(point), ':') == 2;
    if (!has_seconds || end == point + 1) return parse_time(text, value);
    const std::string decimals = text.substr(point + 1, end - point - 1);
    if (decimals.size() > 9) {
        return Refusal{Code::bad_time, "'" + shortened(text) + "' is finer than a nanosecond",
                       "at most nine decimals"};
    }
    if (auto refusal = parse_time(text.substr(0, point) + text.substr(end), value)) return refusal;
    value.ns += std::stoll(decimals + std::string(9 - decimals.size(), '0'));
    return std::nullopt;
}

/// Where a table has what.
struct Columns {
    std::size_t time = 0;
    std::size_t side = 0;
    std::size_t size = 0;
    std::optional<std::size_t> price;
    std::optional<std::size_t> kind;
    std::optional<std::size_t> cause;
};

/// Reads the rows of one table, each told about as it comes.
class TapeReader {
public:
    TapeReader(const CsvTable& table, TapeConfig& tape, TableMistakes& mistakes)
        : table_{table}, tape_{tape}, mistakes_{mistakes} {}

    void read() {
        if (!find_columns()) return;
        std::vector<TapeOrder> orders;
        std::size_t counted = 0;
        for (std::size_t i = 0; i < table_.rows(); ++i) {
            if (!counts(table_.row(i))) continue;
            ++counted;
            if (const auto order = order_of(table_.row(i))) orders.push_back(*order);
        }
        if (counted == 0 && mistakes_.count() == 0) {
            mistakes_.add(Code::no_rows, table_.header.front().place,
                          table_.rows() == 0 ? "the table has no row but its first"
                                             : "no row has what `where` asks for",
                          "a row for each order");
        }
        if (mistakes_.count() == 0) tape_.orders = {std::move(orders), tape_.relative};
    }

private:
    using Row = std::span<const CsvCell>;

    bool find_columns() {
        bool all = true;
        const auto need = [&](const std::string& name, std::string_view usual,
                              std::string_view exported, std::size_t& column) {
            const auto found = find(name, usual, exported);
            // Told by the name that it should have had.
            const auto told = found ? found : table_.column(name.empty() ? usual : name, mistakes_);
            if (told) column = *told;
            all = all && told.has_value();
        };
        const auto may = [&](const std::string& name, std::string_view usual,
                             std::string_view exported, std::optional<std::size_t>& column) {
            column = find(name, usual, exported);
            if (!column && !name.empty()) column = table_.column(name, mistakes_);
        };
        need(tape_.time, "time", "time", columns_.time);
        need(tape_.side, "side", "taker_side", columns_.side);
        need(tape_.size, "size", "quantity", columns_.size);
        may(tape_.price, "price", "price", columns_.price);
        may(tape_.kind, "kind", "kind", columns_.kind);
        may(tape_.cause, "cause", "taker_cause", columns_.cause);
        for (const auto& [name, text] : tape_.where) {
            const auto column = table_.column(name, mistakes_);
            if (column) filters_.emplace_back(*column, text);
        }
        return all && mistakes_.count() == 0;
    }

    [[nodiscard]] std::optional<std::size_t> find(const std::string& name, std::string_view usual,
                                                  std::string_view exported) const {
        const auto place = [&](std::string_view text) -> std::optional<std::size_t> {
            const auto found = std::ranges::find(table_.header, text, &CsvCell::text);
            if (found == table_.header.end()) return std::nullopt;
            return static_cast<std::size_t>(found - table_.header.begin());
        };
        if (!name.empty()) return place(name);
        const auto found = place(usual);
        return found ? found : place(exported);
    }

    [[nodiscard]] bool counts(Row row) const {
        return std::ranges::all_of(
            filters_, [&](const auto& filter) { return row[filter.first].text == filter.second; });
    }

    std::optional<TapeOrder> order_of(Row row) {
        TapeOrder order;
        bool right = read_time(row[columns_.time], order.time);
        right = read_choice(row[columns_.side], side_names, "side", order.side) && right;
        right = read_size(row[columns_.size], order.size) && right;
        const CsvCell* price = columns_.price ? &row[*columns_.price] : nullptr;
        const bool has_price = price != nullptr && !price->text.empty();
        order.kind = has_price ? TapeOrderKind::limit : TapeOrderKind::market;
        if (columns_.kind && !row[*columns_.kind].text.empty()) {
            const CsvCell& kind = row[*columns_.kind];
            right = read_choice(kind, agents::tape_order_kind_names, "kind", order.kind) && right;
            if (right && (order.kind != TapeOrderKind::market) != has_price) {
                mistakes_.add(Code::bad_row, has_price ? price->place : kind.place,
                              has_price ? "an order at market has no price"
                                        : "an order of this kind needs a price",
                              has_price ? "an empty cell" : "a price, or the kind market");
                right = false;
            }
        }
        if (has_price) right = read_price(*price, order.price) && right;
        if (columns_.cause && !row[*columns_.cause].text.empty()) {
            right = read_choice(row[*columns_.cause], market::cause_names, "cause", order.cause) &&
                    right;
        }
        return right ? std::optional{order} : std::nullopt;
    }

    bool read_time(const CsvCell& cell, Time& time) {
        if (const auto refusal = parse_moment(cell.text, time)) {
            mistakes_.add(refusal->code, cell.place, refusal->message, refusal->expected);
            return false;
        }
        if (above_ != nullptr && time < last_) {
            mistakes_.add(Code::time_not_after, cell.place, "earlier than the row before",
                          "rows by date, none before the one above",
                          {{above_->place, "the row before"}});
            return false;
        }
        above_ = &cell;
        last_ = time;
        return true;
    }

    template <class Choice>
    bool read_choice(const CsvCell& cell, std::span<const std::string_view> names,
                     std::string_view what, Choice& choice) {
        const auto found = std::ranges::find(names, cell.text);
        if (found == names.end()) {
            mistakes_.add(Code::unknown_choice, cell.place,
                          "unknown " + std::string{what} + " '" + shortened(cell.text) + "'" +
                              did_you_mean(cell.text, names),
                          "one of " + joined(names));
            return false;
        }
        choice = static_cast<Choice>(found - names.begin());
        return true;
    }

    bool read_size(const CsvCell& cell, double& size) {
        constexpr std::string_view expected = "whole coins or shares, above 0, such as 0.25";
        if (!read_number(cell, expected, size)) return false;
        if (size > 0 && size <= size_max) return true;
        mistakes_.add(Code::out_of_range, cell.place,
                      size > 0 ? "the size is out of all bounds" : "a size is above 0",
                      std::string{expected});
        return false;
    }

    bool read_price(const CsvCell& cell, double& price) {
        const std::string expected = tape_.relative
                                         ? "basis points from the mid, above -10000, such as -12.5"
                                         : "a price in USD, above 0, such as 92000.5";
        if (!read_number(cell, expected, price)) return false;
        const bool right = tape_.relative ? price > relative_min && price <= relative_max
                                          : price > 0 && price <= price_max;
        if (!right) mistakes_.add(Code::out_of_range, cell.place, "no such price", expected);
        return right;
    }

    bool read_number(const CsvCell& cell, std::string_view expected, double& value) {
        const auto refusal = parse_real(cell.text, Dimension::number, value);
        if (!refusal) return true;
        mistakes_.add(refusal->code, cell.place,
                      cell.text.empty() ? "this cell is empty" : refusal->message,
                      std::string{expected});
        return false;
    }

    const CsvTable& table_;
    TapeConfig& tape_;
    TableMistakes& mistakes_;
    Columns columns_;
    std::vector<std::pair<std::size_t, std::string>> filters_;  ///< column, and what it must say
    const CsvCell* above_ = nullptr;
    Time last_;
};

}  // namespace

void TapeConfig::check(Complaints& complaints) const {
    check_place(complaints);
}

void read_tape(const Sources& sources, std::uint32_t source, TapeConfig& tape, Report& report) {
    TableMistakes mistakes{report, "tapes[" + tape.name + "]"};
    if (const auto table = parse_csv(sources, source, table_rows_max, mistakes)) {
        TapeReader{*table, tape, mistakes}.read();
        tape.take_source(*table);
    }
    mistakes.finish();
}

std::vector<std::string> tape_notes(const WorldConfig& config) {
    std::vector<std::string> notes;
    for (const PopulationConfig& population : config.populations) {
        if (!population.archetype.holds<agents::TapeTrader::Params>()) continue;
        const auto& params = population.archetype.as<agents::TapeTrader::Params>();
        const TapeConfig* tape = config.tapes.find(params.tape);
        if (tape == nullptr || tape->orders.orders.empty()) continue;
        const auto& orders = tape->orders.orders;
        const market::Time begin = params.begin.value_or(orders.front().time);
        const market::Duration shift = begin - orders.front().time;
        const auto outside = std::ranges::count_if(orders, [&](const TapeOrder& order) {
            Time at;
            return __builtin_add_overflow(order.time.ns, shift.ns, &at.ns) || at < config.start ||
                   at >= config.start + config.duration;
        });
        if (outside == 0) continue;
        notes.push_back("populations[" + population.name + "]: " + std::to_string(outside) +
                        " of the " + std::to_string(orders.size()) + " orders on " + tape->name +
                        " lie outside the run and never come");
    }
    return notes;
}

}  // namespace crowdout::world
