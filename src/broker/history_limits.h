// HistoryLimits: how much of the log a node keeps for pages that come back. Evictions: what that has cost.
//
// Threads: any (a plain value).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tayori::broker {

struct HistoryLimits {
  std::chrono::seconds age{600};
  std::size_t messages_per_topic = 1'000;
  /// Payload and bookkeeping of one topic, so that none takes the room of all. By default it has room for
  /// messages_per_topic of the longest messages.
  std::size_t bytes_per_topic = 33'554'432;
  /// Payload and bookkeeping of all topics together.
  std::size_t bytes = 268'435'456;
  /// Topics of which nothing is held any more but whose last loss is still known exactly. Beyond it, the
  /// oldest are remembered together: their readers may be told of a gap that was none, never the reverse.
  std::size_t remembered_topics = 100'000;
};

/// How many messages have left for which limit.
struct Evictions {
  std::uint64_t age = 0;
  std::uint64_t messages_per_topic = 0;
  std::uint64_t bytes_per_topic = 0;
  std::uint64_t bytes = 0;
};

}  // namespace tayori::broker
