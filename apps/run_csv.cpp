// SPDX-License-Identifier: Apache-2.0
#include "apps/run_csv.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <iterator>
#include <map>
#include <system_error>
#include <tuple>

#include "agents/names.hpp"
#include "apps/exit_code.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

double usd(market::Money money) {
    return static_cast<double>(money.value()) / market::money_per_dollar;
}

[[noreturn]] void fail(const std::string& path) {
    throw Failure{ExitCode::io, fmt::format("cannot write '{}': {}", path,
                                            std::generic_category().message(errno))};
}

/// A name as a CSV field (RFC 4180): quoted where it must be.
std::string field(const std::string& name) {
    if (name.find_first_of(",\"\n\r") == std::string::npos) return name;
    std::string quoted = "\"";
    for (const char c : name) quoted += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return quoted + '"';
}

/// The folder itself, made where it is not there.
std::string made(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        throw Failure{ExitCode::io, fmt::format("cannot make '{}': {}", folder, error.message())};
    }
    return folder;
}

template <class... Values>
void append(std::string& text, fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(text), form, std::forward<Values>(values)...);
}

}  // namespace

RunCsv::Output::Output(const std::string& folder, const char* name, const char* mode,
                       const char* heads)
    : path{(fs::path{folder} / name).string()}, file{std::fopen(path.c_str(), mode)} {
    if (!file || std::fseek(file.get(), 0, SEEK_END) != 0) fail(path);
    if (std::ftell(file.get()) == 0) write(heads);
}

void RunCsv::Output::write(const std::string& text) const {
    if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) fail(path);
}

RunCsv::RunCsv(const std::string& folder, const world::World& world, Start start)
    : sectors_{world},
      mode_{start == Start::anew ? "w" : "a"},
      prices_{made(folder), "prices.csv", mode_,
              "step,time,instrument,bid,ask,mid,volume,volume_signed,sigma_daily,value\n"},
      flows_{folder, "flows.csv", mode_, "step,time,from,to,reason,usd\n"},
      balances_{folder, "balances.csv", mode_, "step,time,sector,cash,idle\n"},
      trades_{folder, "trades.csv", mode_, "step,time,instrument,sector,cause,side,usd,quantity\n"},
      capital_{folder, "capital.csv", mode_, "step,time,measure,instrument,value\n"},
      gauge_{world} {}

std::vector<std::string> RunCsv::files(const std::string& folder) {
    std::vector<std::string> paths;
    for (const char* name :
         {"prices.csv", "flows.csv", "balances.csv", "trades.csv", "capital.csv"}) {
        paths.push_back((fs::path{folder} / name).string());
    }
    return paths;
}

void RunCsv::write(const world::World& world) {
    stamp_ = fmt::format("{},{},", world.steps(), world::format_time(world.now()));
    write_prices(world);
    write_flows(world);
    write_balances(world);
    write_trades(world);
    write_capital(world);
}

void RunCsv::finish() {
    for (const Output* output : {&prices_, &flows_, &balances_, &trades_, &capital_}) {
        if (std::fflush(output->file.get()) != 0) fail(output->path);
    }
}

void RunCsv::write_prices(const world::World& world) {
    text_.clear();
    for (std::size_t i = 0; i < world.instruments().size(); ++i) {
        const market::Instrument& instrument = world.instruments()[i];
        const agents::BookView& view = world.view(static_cast<market::InstrumentId>(i));
        append(text_, "{}{},{:.12g},{:.12g},{:.12g},{:.12g},{:.12g},{:.6g},{:.12g}\n", stamp_,
               field(instrument.name), instrument.to_usd(view.bid), instrument.to_usd(view.ask),
               view.mid, view.volume, view.volume_signed, view.sigma_daily, view.value);
    }
    prices_.write(text_);
}

void RunCsv::write_flows(const world::World& world) {
    text_.clear();
    world.economy().flows.step_rows(flow_rows_);
    world::roll_up(flow_rows_, sectors_.of_block(), sector_rows_);
    for (const world::FlowRow& row : sector_rows_) {
        append(text_, "{}{},{},{},{}\n", stamp_, field(sectors_.name(row.from)),
               field(sectors_.name(row.to)),
               market::reason_names[static_cast<std::size_t>(row.reason)], usd(row.money));
    }
    flows_.write(text_);
}

void RunCsv::write_balances(const world::World& world) {
    text_.clear();
    const std::vector<Sectors::Cash> cash = sectors_.cash(world);
    for (std::size_t i = 0; i < cash.size(); ++i) {
        append(text_, "{}{},{},{}\n", stamp_, field(sectors_.name(i)), cash[i].total, cash[i].idle);
    }
    balances_.write(text_);
}

void RunCsv::write_capital(const world::World& world) {
    const auto reading = gauge_.record(world);
    if (!reading) return;
    text_.clear();
    append(text_,
           "{0}idle_capital,,{1}\n{0}gap,,{2}\n{0}demand,,{3}\n{0}saving,,{4}\n{0}credit,,{5}\n",
           stamp_, reading->idle, usd(reading->gap.gap()), usd(reading->gap.demand),
           usd(reading->gap.saving), usd(reading->gap.credit));
    for (std::size_t i = 0; i < reading->multipliers.size(); ++i) {
        append(text_, "{}flow_multiplier,{},{}\n", stamp_, field(world.instruments()[i].name),
               reading->multipliers[i]);
    }
    capital_.write(text_);
}

void RunCsv::write_trades(const world::World& world) {
    text_.clear();
    for (std::size_t i = 0; i < world.instruments().size(); ++i) {
        const market::Instrument& instrument = world.instruments()[i];
        world.flows(static_cast<market::InstrumentId>(i)).step_trades(trade_rows_);
        std::map<std::tuple<std::uint16_t, market::Cause, market::Side>, world::Traded> sums;
        for (const world::TradeRow& row : trade_rows_) {
            sums[{sectors_.of_block()[row.block], row.cause, row.side}] += row.traded;
        }
        for (const auto& [key, traded] : sums) {
            const auto& [sector, cause, side] = key;
            append(text_, "{}{},{},{},{},{},{}\n", stamp_, field(instrument.name),
                   field(sectors_.name(sector)),
                   market::cause_names[static_cast<std::size_t>(cause)],
                   side == market::Side::buy ? "buy" : "sell", usd(traded.money),
                   instrument.to_whole_units(traded.lots));
        }
    }
    trades_.write(text_);
}

}  // namespace crowdout::apps
