// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "market/order.hpp"

namespace crowdout::market {

enum class MessageKind : std::uint8_t { submit, cancel, replace };

/// What reaches a book: an order backed by escrow, or a word about one that rests.
struct Message {
    MessageKind kind = MessageKind::submit;
    std::uint32_t slot = 0;  ///< with `order.id`, the ticket of what is cancelled or replaced
    Time arrival;            ///< within the step; a queue is sorted by it
    Order order;             ///< of a cancel: owner and id; of a replace: limit and quantity too
};

}  // namespace crowdout::market
