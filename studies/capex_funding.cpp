// SPDX-License-Identifier: Apache-2.0
#include "studies/capex_funding.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "world/flow_network.hpp"

namespace crowdout::studies {
namespace {

using market::Money;
using market::Reason;

/// Payments into a spender for one reason go through a node of their own, so that the mix of each
/// channel can be asked for.
struct Channels {
    std::map<std::pair<std::uint16_t, Reason>, std::uint32_t> node;  ///< by spender and reason
    std::map<std::pair<std::uint16_t, Reason>, Money> sum;
};

bool is_capex(const world::MoneyRow& row) {
    return static_cast<Reason>(row.reason) == Reason::capex;
}

bool is_payment(const world::MoneyRow& row) {
    const auto reason = static_cast<Reason>(row.reason);
    return reason != Reason::escrow && row.from != row.to && row.money > 0;
}

std::map<std::uint16_t, Money> capex_by_spender(std::span<const world::MoneyRow> flows) {
    std::map<std::uint16_t, Money> spent;
    for (const world::MoneyRow& row : flows) {
        if (is_capex(row) && is_payment(row)) spent[row.from] += Money{row.money};
    }
    return spent;
}

/// What a sector sold in each kind of market, as shares of all its sales.
std::array<double, market_class_count> sales_by_class(const world::Manifest& manifest,
                                                      std::span<const world::TradedRow> trades,
                                                      std::uint16_t sector) {
    std::array<double, market_class_count> shares{};
    double sum = 0;
    for (const world::TradedRow& row : trades) {
        if (row.sector != sector || row.side != static_cast<std::uint8_t>(market::Side::sell)) {
            continue;
        }
        const auto kind = static_cast<std::size_t>(class_of(manifest.books[row.book].kind));
        shares[kind] += static_cast<double>(row.money);
        sum += static_cast<double>(row.money);
    }
    if (sum > 0) {
        for (double& share : shares) share /= sum;
    }
    return shares;
}

class Tracer {
public:
    Tracer(const world::Manifest& manifest, std::span<const world::MoneyRow> flows,
           std::span<const world::TradedRow> trades, std::span<const std::int64_t> opening)
        : manifest_{manifest}, flows_{flows}, trades_{trades}, opening_{opening} {
        for (std::uint16_t sector = 0; sector < manifest.sectors.size(); ++sector) {
            const auto& sources = manifest.sources;
            if (std::ranges::find(sources, manifest.sectors[sector].name) == sources.end())
                continue;
            sources_.push_back(sector);
        }
        spent_ = capex_by_spender(flows);
        weave();
    }

    std::vector<CapexStream> streams() {
        for (const auto& [spender, money] : spent_) trace(spender, usd(money));
        return std::move(streams_);
    }

private:
    static double usd(Money money) {
        return static_cast<double>(money.value()) / market::money_per_dollar;
    }
    [[nodiscard]] bool is_source(std::uint32_t sector) const {
        return std::ranges::find(sources_, sector) != sources_.end();
    }

    void weave() {
        auto nodes = static_cast<std::uint32_t>(manifest_.sectors.size()) + 1;
        for (const world::MoneyRow& row : flows_) {
            if (is_capex(row) || !is_payment(row) || !spent_.contains(row.to)) continue;
            const std::pair key{row.to, static_cast<Reason>(row.reason)};
            if (channels_.node.emplace(key, nodes).second) ++nodes;
            channels_.sum[key] += Money{row.money};
        }
        network_ = world::FlowNetwork{nodes};
        const auto sink = static_cast<std::uint32_t>(manifest_.sectors.size());
        for (const world::MoneyRow& row : flows_) {
            if (!is_payment(row)) continue;
            const Money money{row.money};
            // Through AI capex as `world::capex_network` has it: whoever sells to the builders gets
            // the mix of all who pay them.
            if (is_capex(row)) {
                network_.add(row.from, sink, money);
                network_.add(sink, row.to, money);
            } else if (spent_.contains(row.to)) {
                const auto node = channels_.node.at({row.to, static_cast<Reason>(row.reason)});
                network_.add(row.from, node, money);
                network_.add(node, row.to, money);
            } else {
                network_.add(row.from, row.to, money);
            }
        }
        money_.assign(nodes, Money{0});
        for (std::size_t i = 0; i < opening_.size(); ++i) money_[i] = Money{opening_[i]};
    }

    void trace(std::uint16_t spender, double spent) {
        const Money own = money_[spender];
        Money pot = std::max(own, Money{0});
        for (const auto& [key, sum] : channels_.sum) {
            if (key.first == spender) pot += sum;
        }
        // Named sources and issuers of dollars are followed no further back than to themselves.
        if (is_source(spender) || own < Money{0} || pot == Money{0}) {
            add(spender, !is_source(spender), {}, spender, spent);
            return;
        }
        add(spender, true, {}, spender, spent * usd(own) / usd(pot));
        for (const auto& [key, sum] : channels_.sum) {
            if (key.first != spender) continue;
            trace_channel(spender, key.second, channels_.node.at(key), spent * usd(sum) / usd(pot));
        }
    }

    void trace_channel(std::uint16_t spender, Reason reason, std::uint32_t node, double usd_in) {
        const world::SourceTrace mix = world::trace_sources(network_, money_, sources_, node);
        const double all = usd(mix.total);
        std::array<double, market_class_count> kinds{};
        if (reason == Reason::trades) kinds = sales_by_class(manifest_, trades_, spender);
        const auto split = [&](std::uint32_t source, bool is_opening, double amount) {
            CapexChannel channel{.reason = reason, .market = {}};
            if (reason != Reason::trades) {
                add(static_cast<std::uint16_t>(source), is_opening, channel, spender, amount);
                return;
            }
            for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
                channel.market = static_cast<MarketClass>(kind);
                add(static_cast<std::uint16_t>(source), is_opening, channel, spender,
                    amount * kinds[kind]);
            }
        };
        for (const world::NodeAmount& each : mix.proportional) {
            split(each.node, false, usd_in * usd(each.money) / all);
        }
        for (const world::NodeAmount& each : mix.balances) {
            split(each.node, true, usd_in * usd(each.money) / all);
        }
    }

    void add(std::uint16_t source, bool is_opening, const CapexChannel& channel,
             std::uint16_t spender, double amount) {
        if (amount <= 0) return;
        streams_.push_back({source, is_opening, channel, spender, amount});
    }

    const world::Manifest& manifest_;
    std::span<const world::MoneyRow> flows_;
    std::span<const world::TradedRow> trades_;
    std::span<const std::int64_t> opening_;
    std::vector<std::uint32_t> sources_;
    std::map<std::uint16_t, Money> spent_;
    Channels channels_;
    world::FlowNetwork network_{0};
    std::vector<Money> money_;
    std::vector<CapexStream> streams_;
};

}  // namespace

std::vector<CapexStream> capex_streams(const world::Manifest& manifest,
                                       std::span<const world::MoneyRow> flows,
                                       std::span<const world::TradedRow> trades,
                                       std::span<const std::int64_t> opening) {
    std::vector<CapexStream> streams = Tracer{manifest, flows, trades, opening}.streams();
    std::ranges::stable_sort(streams, std::ranges::greater{}, &CapexStream::usd);
    return streams;
}

}  // namespace crowdout::studies
