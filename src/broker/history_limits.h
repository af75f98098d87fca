// HistoryLimits: how much of the log a node keeps for pages that come back.
//
// Threads: any (a plain value).
#pragma once

#include <chrono>
#include <cstddef>

namespace tayori::broker {

struct HistoryLimits {
  std::chrono::seconds age{600};
  std::size_t messages_per_topic = 1'000;
  /// Payload and bookkeeping of all topics together.
  std::size_t bytes = 268'435'456;
  /// Topics of which nothing is held any more but whose last loss is still known exactly. Beyond it, the
  /// oldest are remembered together: their readers may be told of a gap that was none, never the reverse.
  std::size_t remembered_topics = 100'000;
};

}  // namespace tayori::broker
