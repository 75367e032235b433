// SPDX-License-Identifier: Apache-2.0
#include "world/replay_writer.hpp"

#include <fmt/format.h>

#include <span>

#include "market/posting.hpp"
#include "market/units.hpp"
#include "world/json_fields.hpp"
#include "world/manifest_json.hpp"
#include "world/text.hpp"

namespace crowdout::world {

namespace {

/// Frames from one message of `/metrics` to the next: our choice, 4 in a segment.
constexpr std::uint64_t metrics_every = 16;

constexpr std::uint16_t metrics_schema_id = 1;
constexpr std::string_view metrics_schema =
    R"({"type": "object", "properties": {"step": {"type": "integer"}, )"
    R"("prices": {"type": "object"}, "idle_usd": {"type": "number"}, )"
    R"("capex_usd": {"type": "number"}, "orders": {"type": "integer"}, )"
    R"("fills": {"type": "integer"}}})";

double usd(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

}  // namespace

std::string metrics_json(const Frame& frame, const Manifest& manifest) {
    std::string prices;
    for (const BookRow& row : frame.books) {
        const Manifest::Book& book = manifest.books[row.book];
        prices +=
            fmt::format("{}{}: {}", prices.empty() ? "" : ", ", json_quoted(book.name),
                        json_number(static_cast<double>(row.mid_twice) / 2 * book.usd_per_tick));
    }
    std::int64_t idle = 0;
    std::int64_t capex = 0;
    for (const CashRow& row : frame.cash) idle += row.idle;
    for (const MoneyRow& row : frame.flows) {
        if (row.reason == static_cast<std::uint8_t>(market::Reason::capex)) capex += row.money;
    }
    return fmt::format(
        R"({{"step": {}, "prices": {{{}}}, "idle_usd": {}, "capex_usd": {}, "orders": {}, )"
        R"("fills": {}}})",
        frame.head.step, prices, json_number(usd(idle)), json_number(usd(capex)), frame.head.orders,
        frame.head.fills);
}

ReplayWriter::ReplayWriter(ByteSink& sink, const ReplayHead& head)
    : writer_{sink,
              {.profile = std::string{replay_profile}, .library = "crowdout " + head.meta.version}},
      manifest_{head.manifest} {
    attach(head);
    add_channels();
}

void ReplayWriter::attach(const ReplayHead& head) {
    const auto time = static_cast<std::uint64_t>(head.manifest.start);
    const auto add = [&](std::string_view name, std::string_view type, std::string_view data) {
        writer_.attach({.name = std::string{name},
                        .media_type = std::string{type},
                        .time = time,
                        .data = bytes_of(data)});
    };
    add(meta_attachment, "application/json", meta_json(head.meta));
    add(manifest_attachment, "application/json", manifest_json(head.manifest));
    add(world_attachment, "application/yaml", head.world);
    for (const auto& [name, text] : head.sources) {
        add(std::string{source_folder} + name, "application/yaml", text);
    }
    if (!head.meta.checkpoint.empty()) {
        add(head.meta.checkpoint, "application/octet-stream", head.checkpoint);
    }
}

void ReplayWriter::add_channels() {
    writer_.add(McapSchema{.id = metrics_schema_id,
                           .name = "crowdout.metrics",
                           .encoding = "jsonschema",
                           .data = std::string{metrics_schema}});
    head_ = add_columns<FrameHead>(head_topic, ReplayStream::series);
    first_table_ = channels_.size();
    Frame::tables([&]<class Row>(std::string_view name, TableKind, std::vector<Row> Frame::*) {
        add_columns<Row>("/" + std::string{name},
                         is_series(name) ? ReplayStream::series : ReplayStream::detail);
    });
    capex_ = add_columns<MoneyRow>(capex_topic, ReplayStream::series);
    flows_total_ = add_columns<MoneyRow>(flows_total_topic, ReplayStream::detail);
    trades_total_ = add_columns<TradedRow>(trades_total_topic, ReplayStream::detail);
    channels_[flows_total_].always = true;
    metrics_ = add_channel(metrics_topic, "json", ReplayStream::plots);
    input_ = add_channel(input_topic, "json", ReplayStream::series);
    sequences_.resize(channels_.size());
}

std::size_t ReplayWriter::add_channel(std::string_view topic, std::string_view encoding,
                                      ReplayStream stream) {
    const std::size_t number = channels_.size();
    writer_.add(McapChannel{.id = static_cast<std::uint16_t>(number + 1),
                            .schema = topic == metrics_topic ? metrics_schema_id : std::uint16_t{0},
                            .topic = std::string{topic},
                            .encoding = std::string{encoding}});
    channels_.push_back({.stream = stream});
    return number;
}

template <class Row>
std::size_t ReplayWriter::add_columns(std::string_view topic, ReplayStream stream) {
    const std::size_t number = add_channel(topic, "crowdout-columns", stream);
    set_columns<Row>(channels_[number].block);
    return number;
}

template <class Row>
void ReplayWriter::add_rows(std::size_t channel, const std::vector<Row>& rows) {
    append_rows(rows, frames_, channels_[channel].block);
    pending_bytes_ += rows.size() * sizeof(Row);
}

void ReplayWriter::add(const Frame& frame) {
    const bool is_key = frames_ == frames_flushed_;
    if (is_key) time_ = static_cast<std::uint64_t>(frame.head.to);
    scene_.advance(frame);

    append_rows(std::span{&frame.head, 1}, frames_, channels_[head_].block);
    pending_bytes_ += sizeof(FrameHead);
    std::size_t channel = first_table_;
    Frame::tables([&](std::string_view, TableKind kind, auto member) {
        const bool is_complete = is_key && kind != TableKind::change;
        add_rows(channel++, is_complete ? scene_.frame.*member : frame.*member);
    });
    capex_rows_.clear();
    for (const MoneyRow& row : frame.flows) {
        if (row.reason == static_cast<std::uint8_t>(market::Reason::capex)) {
            capex_rows_.push_back(row);
        }
    }
    add_rows(capex_, capex_rows_);
    if (is_key) {
        add_rows(flows_total_, scene_.flows);
        add_rows(trades_total_, scene_.trades);
    }
    if (frames_ % metrics_every == 0) {
        const std::string text = metrics_json(frame, manifest_);
        plots_.add({.channel = static_cast<std::uint16_t>(metrics_ + 1),
                    .sequence = sequences_[metrics_]++,
                    .time = static_cast<std::uint64_t>(frame.head.to),
                    .data = bytes_of(text)});
    }
    ++frames_;
}

void ReplayWriter::add(const LiveInput& input) {
    if (frames_ == frames_flushed_) time_ = static_cast<std::uint64_t>(scene_.frame.head.to);
    add_message(input_, bytes_of(input_json(input)));
}

void ReplayWriter::flush() {
    if (frames_ > frames_flushed_) {
        for (std::size_t number = 0; number < channels_.size(); ++number) {
            ColumnBlock& block = channels_[number].block;
            if (block.columns.empty() || (block.rows() == 0 && !channels_[number].always)) continue;
            block.first_step = frames_flushed_;
            block.steps = static_cast<std::uint32_t>(frames_ - frames_flushed_);
            grouper_.group(block);
            bytes_.clear();
            encode(block, bytes_);
            add_message(number, bytes_);
            block.clear();
        }
    }
    for (McapChunk* chunk : {&plots_, &detail_, &series_}) {
        writer_.write(*chunk);
        chunk->clear();
    }
    writer_.sync();
    frames_flushed_ = frames_;
    pending_bytes_ = 0;
}

void ReplayWriter::close() {
    flush();
    writer_.close();
}

McapChunk& ReplayWriter::chunk(ReplayStream stream) {
    return stream == ReplayStream::series   ? series_
           : stream == ReplayStream::detail ? detail_
                                            : plots_;
}

void ReplayWriter::add_message(std::size_t channel, ByteSpan data) {
    chunk(channels_[channel].stream)
        .add({.channel = static_cast<std::uint16_t>(channel + 1),
              .sequence = sequences_[channel]++,
              .time = time_,
              .data = data});
}

}  // namespace crowdout::world
