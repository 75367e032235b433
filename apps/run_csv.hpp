// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "apps/sectors.hpp"
#include "world/capital_gauge.hpp"

namespace crowdout::apps {

/// A run as five tables of comma-separated values, a few rows a step:
///
///     prices.csv    step,time,instrument,bid,ask,mid,volume,volume_signed,sigma_daily,value
///     flows.csv     step,time,from,to,reason,usd
///     balances.csv  step,time,sector,cash,idle
///     trades.csv    step,time,instrument,sector,cause,side,usd,quantity
///     capital.csv   step,time,measure,instrument,value   (once a day: idle capital, the funding
///     gap
///                   of 30 days and its parts, the flow multiplier of each instrument)
///
/// Prices in USD per whole, sums in USD, times in UTC. Sectors are the world's. Flows and trades
/// have a row for what happened in the step, none for what did not.
class RunCsv {
public:
    /// What becomes of files of those names that are there.
    enum class Start { anew, going_on };

    /// Makes the folder and the five files in it.
    /// @throws Failure  (io)
    RunCsv(const std::string& folder, const world::World& world, Start start);

    /// Paths of the five.
    [[nodiscard]] static std::vector<std::string> files(const std::string& folder);

    /// Once after every step. @throws Failure  (io)
    void write(const world::World& world);
    /// @throws Failure  (io)  where the last rows do not reach the disk.
    void finish();

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    struct Output {
        std::string path;
        std::unique_ptr<std::FILE, Close> file;

        Output(const std::string& folder, const char* name, const char* mode, const char* heads);
        void write(const std::string& text) const;
    };

    void write_prices(const world::World& world);
    void write_flows(const world::World& world);
    void write_balances(const world::World& world);
    void write_trades(const world::World& world);
    void write_capital(const world::World& world);

    Sectors sectors_;
    const char* mode_;  ///< of fopen
    Output prices_;
    Output flows_;
    Output balances_;
    Output trades_;
    Output capital_;
    world::CapitalGauge gauge_;
    std::string stamp_;  // `step,time,` of the step being written
    std::string text_;
    std::vector<world::FlowRow> flow_rows_;
    std::vector<world::FlowRow> sector_rows_;
    std::vector<world::TradeRow> trade_rows_;
};

}  // namespace crowdout::apps
