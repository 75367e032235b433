// SPDX-License-Identifier: Apache-2.0
#include "studies/forced_sales.hpp"

#include <algorithm>
#include <map>

#include "market/ids.hpp"
#include "market/time.hpp"

namespace crowdout::studies {
namespace {

/// Between calls of one sale, and from a sale to one that follows it.
constexpr std::int64_t pause_max = market::day.ns;
/// Between sales of a sector: with many accounts in it something is sold on most days.
constexpr std::int64_t sector_pause_max = 4 * market::hour.ns;
/// A forced order joins the next step and is seen in the frame of that step.
constexpr std::int64_t order_delay_max = market::hour.ns;

std::uint16_t sector_of(const world::Manifest& manifest, std::uint32_t account) {
    return manifest.blocks[market::AccountId::from_packed(account).block()].sector;
}

/// The calls of each account, cut where it had peace for a day.
std::vector<ForcedSale> group_calls(const RunSketch& run) {
    std::vector<ForcedSale> sales;
    std::map<std::uint32_t, std::size_t> latest;
    for (const RunSketch::Event& event : run.events()) {
        if (event.row.kind != static_cast<std::uint8_t>(world::EventKind::forced_sale)) continue;
        const double usd = static_cast<double>(event.row.amount) / market::money_per_dollar;
        const auto found = latest.find(event.row.account);
        if (found != latest.end() && event.time - sales[found->second].end < pause_max) {
            ForcedSale& sale = sales[found->second];
            sale.end = event.time;
            sale.usd = std::max(sale.usd, usd);
            continue;
        }
        latest[event.row.account] = sales.size();
        sales.push_back({.account = event.row.account,
                         .sector = sector_of(run.manifest(), event.row.account),
                         .begin = event.time,
                         .end = event.time,
                         .usd = usd});
    }
    return sales;
}

/// What sectors sold without a lender's call behind it, cut where they had peace for a while.
void group_trades(const RunSketch& run, std::vector<ForcedSale>& sales) {
    const std::size_t calls = sales.size();
    std::map<std::uint16_t, std::size_t> latest;
    for (const RunSketch::ForcedTrade& trade : run.forced_trades()) {
        const bool is_called =
            std::any_of(sales.begin(), sales.begin() + static_cast<std::ptrdiff_t>(calls),
                        [&](const ForcedSale& sale) {
                            return sale.sector == trade.sector && trade.time >= sale.begin &&
                                   trade.time <= sale.end + order_delay_max;
                        });
        if (is_called) continue;
        const auto found = latest.find(trade.sector);
        if (found != latest.end() && trade.time - sales[found->second].end < sector_pause_max) {
            sales[found->second].end = trade.time;
            sales[found->second].usd += trade.usd;
            continue;
        }
        latest[trade.sector] = sales.size();
        sales.push_back(
            {.sector = trade.sector, .begin = trade.time, .end = trade.time, .usd = trade.usd});
    }
    std::ranges::stable_sort(sales, {}, &ForcedSale::begin);
}

void find_books(const RunSketch& run, ForcedSale& sale) {
    for (const RunSketch::ForcedTrade& trade : run.forced_trades()) {
        if (trade.sector != sale.sector || trade.time < sale.begin) continue;
        const bool by_account = sale.account != ForcedSale::whole_sector;
        if (trade.time > sale.end + (by_account ? order_delay_max : 0)) continue;
        if (std::ranges::find(sale.books, trade.book) == sale.books.end()) {
            sale.books.push_back(trade.book);
        }
    }
    std::ranges::sort(sale.books);
}

/// Prices of a book in the frames in which it was sold by force, in order of time.
using ForcedPrices = std::vector<std::vector<std::pair<std::int64_t, double>>>;

ForcedPrices prices_of(const RunSketch& run) {
    ForcedPrices prices(run.books().size());
    for (const RunSketch::ForcedTrade& trade : run.forced_trades()) {
        prices[trade.book].emplace_back(trade.time, trade.mid);
    }
    return prices;
}

/// Of the first forced trade that is not before a time; of the last where there is none.
double price_at(const ForcedPrices& prices, std::uint16_t book, std::int64_t time) {
    const auto& each = prices[book];
    const auto at =
        std::ranges::lower_bound(each, time, {}, &std::pair<std::int64_t, double>::first);
    return at == each.end() ? each.back().second : at->second;
}

bool fell_together(const ForcedPrices& prices, const ForcedSale& earlier, const ForcedSale& later) {
    return std::ranges::any_of(later.books, [&](std::uint16_t book) {
        return std::ranges::find(earlier.books, book) != earlier.books.end() &&
               price_at(prices, book, later.begin) < price_at(prices, book, earlier.begin);
    });
}

}  // namespace

std::vector<ForcedSale> forced_sales(const RunSketch& run) {
    std::vector<ForcedSale> sales = group_calls(run);
    group_trades(run, sales);
    for (ForcedSale& sale : sales) find_books(run, sale);
    const ForcedPrices prices = prices_of(run);
    for (std::size_t i = 0; i < sales.size(); ++i) {
        for (std::size_t before = i; before-- > 0;) {
            if (sales[before].begin >= sales[i].begin) continue;
            if (sales[i].begin - sales[before].end > pause_max) continue;
            if (!fell_together(prices, sales[before], sales[i])) continue;
            sales[i].follows = before;
            break;
        }
    }
    return sales;
}

}  // namespace crowdout::studies
