// Record: an entry of the log, either a message or a control record.
//
// A message is what a backend sent to a topic; it belongs to history. A control record tells the nodes
// something (a join, a leave, a revocation): it takes a number in the same order and is never shown to a page.
//
// Threads: any (a plain value).
// Source:  docs/explanation/log.md
#pragma once

#include <cstdint>
#include <string>

#include "broker/topic.h"

namespace tayori::broker {

struct Record {
  enum class Kind : std::uint8_t { message, control };

  Kind kind = Kind::message;
  Topic topic;
  /// A message's payload byte for byte, or a control record's own text.
  std::string body;
  /// A message's idempotency key, if it has one: read twice, it counts once.
  std::string key = {};

  friend bool operator==(const Record&, const Record&) = default;
};

}  // namespace tayori::broker
